import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';

import { fieldsOf, itemsOf, readProjectFile } from './project.ts';

const workflow = fieldsOf(parse(readProjectFile('.github/workflows/rebuild-dist.yml')));
const jobs = fieldsOf(workflow['jobs']);

function stepsOf(job: string): Record<string, unknown>[] {
  return itemsOf(fieldsOf(jobs[job])['steps']).map(fieldsOf);
}

const script = String(stepsOf('commit').find(({ id }) => id === 'commit')?.['run']);

interface Committed {
  readonly status: number | null;
  readonly output: string;
  /** The files that the new commit changes; none without one. */
  readonly files: readonly string[];
  readonly message: string;
  readonly outputs: string;
  /** The modes of all files of dist in the new commit, each once. */
  readonly modes: readonly string[];
  /** Whether a program that the build named was run. */
  readonly ran: boolean;
  /** What src/main.ts contains afterwards. */
  readonly source: string;
}

/**
 * Runs the script of the job that commits, in a checkout of its own.
 *
 * @param build changes what was built; it can name a program that creates the file `proof`
 * @param branch changes the checkout before its first commit
 */
function commit(
  build: (folder: string, proof: string) => void,
  branch: (checkout: string) => void = () => undefined,
): Committed {
  const folder = mkdtempSync(path.join(tmpdir(), 'rebuild-dist-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const checkout = path.join(folder, 'checkout');
  const built = path.join(folder, 'temp', 'dist');
  for (const [name, text] of [
    ['dist/index.js', 'old();'],
    ['dist/gone.js', 'gone();'],
    ['src/main.ts', 'source();'],
  ] as const) {
    mkdirSync(path.dirname(path.join(checkout, name)), { recursive: true });
    writeFileSync(path.join(checkout, name), text);
  }
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  const git = (...args: string[]): string =>
    execFileSync('git', [...identity, ...args], { cwd: checkout, encoding: 'utf8' });
  mkdirSync(path.dirname(built), { recursive: true });
  cpSync(path.join(checkout, 'dist'), built, { recursive: true });
  branch(checkout);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  const first = git('rev-parse', 'HEAD');
  const proof = path.join(folder, 'proof');
  build(built, proof);
  const outputFile = path.join(folder, 'outputs');
  writeFileSync(outputFile, '');
  const { status, stdout } = spawnSync('bash', ['-e', '-c', script], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, RUNNER_TEMP: path.join(folder, 'temp'), GITHUB_OUTPUT: outputFile },
  });
  const changed = git('rev-parse', 'HEAD') !== first;
  const files = changed ? git('diff', '--name-only', 'HEAD~1').trim().split('\n') : [];
  const message = git('log', '-1', '--format=%B').trim();
  const listed = git('ls-tree', '-r', '--format=%(objectmode)', 'HEAD', 'dist').trim().split('\n');
  return {
    status,
    output: stdout,
    files,
    message,
    outputs: readFileSync(outputFile, 'utf8'),
    modes: [...new Set(listed)],
    ran: existsSync(proof),
    source: readFileSync(path.join(checkout, 'src/main.ts'), 'utf8'),
  };
}

describe('the job that commits dist', () => {
  it('commits changed, new and deleted files of dist, and nothing else', () => {
    const { status, files, message, outputs } = commit((built) => {
      writeFileSync(path.join(built, 'index.js'), 'new();');
      writeFileSync(path.join(built, 'more.js'), 'more();');
      rmSync(path.join(built, 'gone.js'));
    });
    expect(status).toBe(0);
    expect(files).toEqual(['dist/gone.js', 'dist/index.js', 'dist/more.js']);
    expect(message).toBe('Rebuild dist\n\n[dependabot skip]');
    expect(outputs).toBe('changed=true\n');
  });

  it('commits nothing if dist is up to date', () => {
    const { status, files, outputs } = commit(() => undefined);
    expect({ status, files, outputs }).toEqual({ status: 0, files: [], outputs: '' });
  });

  it('refuses a build with a link, which could point out of dist', () => {
    const { status, output, files, outputs } = commit((built) => {
      symlinkSync('../../checkout/src', path.join(built, 'src'));
    });
    expect(status).toBe(1);
    expect(output).toContain('::error title=Not committed::');
    expect({ files, outputs }).toEqual({ files: [], outputs: '' });
  });

  it.each([
    ['at the top', '.git'],
    ['in a folder', 'more/.git'],
  ])('refuses a build with a repository of its own %s, whose settings git would obey', (_, at) => {
    const { status, output, files, ran } = commit((built, proof) => {
      const own = path.join(built, at);
      mkdirSync(path.dirname(own), { recursive: true });
      execFileSync('git', ['init', '--quiet'], { cwd: path.dirname(own) });
      // Git runs this program when it looks for changes in the files of that repository.
      execFileSync('git', ['config', 'core.fsmonitor', `touch ${proof}; false`], {
        cwd: path.dirname(own),
      });
      const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
      const message = ['commit', '--quiet', '--allow-empty', '--message', 'x'];
      execFileSync('git', [...identity, '-c', 'core.fsmonitor=false', ...message], {
        cwd: path.dirname(own),
      });
    });
    expect({ status, files, ran }).toEqual({ status: 1, files: [], ran: false });
    expect(output).toContain('::error title=Not committed::');
  });

  it.each(['.gitattributes', 'more/.gitmodules', 'two\nlines.js', 'with space.js', '-rf'])(
    'refuses a build with a file that no build of ours has: %j',
    (name) => {
      const { status, files } = commit((built) => {
        mkdirSync(path.dirname(path.join(built, name)), { recursive: true });
        writeFileSync(path.join(built, name), '');
      });
      expect({ status, files }).toEqual({ status: 1, files: [] });
    },
  );

  it('makes no file executable', () => {
    const { status, files, modes } = commit((built) => {
      writeFileSync(path.join(built, 'more.js'), 'more();', { mode: 0o755 });
      chmodSync(path.join(built, 'index.js'), 0o755);
    });
    expect({ status, files, modes }).toEqual({
      status: 0,
      files: ['dist/more.js'],
      modes: ['100644'],
    });
  });

  it('replaces a dist that the branch has made a link', () => {
    const { status, files, source } = commit(
      () => undefined,
      (checkout) => {
        rmSync(path.join(checkout, 'dist'), { recursive: true });
        symlinkSync('src', path.join(checkout, 'dist'));
      },
    );
    expect({ status, source }).toEqual({ status: 0, source: 'source();' });
    expect(files).toEqual(['dist', 'dist/gone.js', 'dist/index.js']);
  });

  it('runs nothing of the build and of the pull request', () => {
    const runs = stepsOf('commit').map(({ run }) => String(run));
    expect(runs.filter((run) => /\b(npm|npx|node)\b|\.\//.test(run))).toEqual([]);
    const used = stepsOf('commit').map(({ uses }) => String(uses).split('@')[0]);
    expect(used).toEqual([
      'actions/checkout',
      'actions/download-artifact',
      'undefined',
      'undefined',
    ]);
  });
});

describe('the workflow that rebuilds dist', () => {
  it('is started only by hand, and only for branches of Dependabot', () => {
    expect(workflow['on']).toEqual({ workflow_dispatch: null });
    expect(fieldsOf(jobs['build'])['if']).toBe("startsWith(github.ref, 'refs/heads/dependabot/')");
    expect(fieldsOf(jobs['commit'])['needs']).toBe('build');
  });

  it('builds without the right to write', () => {
    expect(fieldsOf(jobs['build'])['permissions']).toEqual({ contents: 'read' });
    expect(fieldsOf(jobs['commit'])['permissions']).toEqual({ contents: 'write' });
  });
});
