import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path, { delimiter } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { projectFiles } from '../../scripts/lint-workflows/files.ts';
import { projectRoot } from '../repository/project.ts';

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lint-workflows-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

function lint(files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/lint-workflows.ts', ...files], {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('close', (status) => {
      resolve({ status, output });
    });
  });
}

/** Both put untrusted text into a script; the second also pins an action only by its tag. */
const flaws = ['${{ github.event.issue.title }}', '${{ github.head_ref }}'];

function workflowWith(script: string): string {
  return [
    'name: Flawed',
    'on: [issues, pull_request]',
    'permissions: {}',
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: someone/something@v1',
    '      - uses: aura-action/aura-action@v1',
    '        with:',
    '          operation: get',
    `      - run: echo ${script}`,
    '',
  ].join('\n');
}

describe('the check of workflows', () => {
  test.for(flaws)(
    'finds %s in a script, and an action that is not pinned',
    async (script, context) => {
      const folder = path.join(temporaryFolder(), '.github', 'workflows');
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, 'flawed.yml');
      writeFileSync(file, workflowWith(script));
      const { status, output } = await lint([file]);
      const skips = output.split('\n').filter((line) => line.startsWith('Skipped '));
      if (!skips.some((line) => line.includes('actionlint'))) {
        expect(output).toContain('is potentially untrusted');
      }
      if (!skips.some((line) => line.includes('zizmor'))) {
        expect(output).toContain('template-injection');
        expect(output).toMatch(/someone\/something@v1\n[^\n]*action is not pinned to a hash/);
        // Our own is excepted by name.
        expect(output).not.toMatch(/aura-action@v1\n[^\n]*\^/);
      }
      if (skips.length === 2) context.skip(skips.join(' '));
      expect(status).toBe(1);
    },
  );

  test('covers this repository, the examples and the whole workflows in the documents', () => {
    const folder = temporaryFolder();
    const { workflows, others } = projectFiles(folder);
    expect(workflows).toEqual(
      expect.arrayContaining([
        '.github/workflows/ci.yml',
        '.github/workflows/release.yml',
        'examples/pull-request-database.yml',
      ]),
    );
    expect(
      readdirSync(folder).filter((name) => /^README\.md-line-\d+\.yml$/.test(name)),
    ).not.toEqual([]);
    expect(others).toEqual(expect.arrayContaining(['action.yml', '.github/dependabot.yml']));
  });
});

/** Shell scripts in place of Go and Python. */
interface Machine {
  readonly go?: string;
  readonly python?: string;
}

const installsActionlint =
  'printf "#!/bin/sh\\n" >"$GOBIN/actionlint"; chmod +x "$GOBIN/actionlint"';
const installsZizmor =
  'while [ "$1" != --target ]; do shift; done; mkdir "$2/bin"; printf "#!/bin/sh\\n" >"$2/bin/zizmor"; chmod +x "$2/bin/zizmor"';
const complete = { go: installsActionlint, python: installsZizmor };

/** Runs the script with an empty cache on a machine with these programs, as often as asked. */
async function runOn({ go, python }: Machine, times = 1): Promise<Ended & { cached: string[] }> {
  const folder = temporaryFolder();
  const scripts = {
    go: go && `[ "$1" = version ] && exit 0\n${go}`,
    python3: python && `[ "$1" = -c ] && exit 0\n${python}`,
    python: undefined,
  };
  for (const [name, body] of Object.entries(scripts)) {
    const text = `#!/bin/sh\n${body ?? 'exit 1'}\n`;
    writeFileSync(path.join(folder, name), text, { mode: 0o755 });
  }
  const env = {
    PATH: [folder, process.env['PATH']].join(delimiter),
    XDG_CACHE_HOME: path.join(folder, 'cache'),
  };
  let ended: Ended = { status: null, output: '' };
  for (let run = 0; run < times; run += 1) ended = await lint(['.github/workflows/ci.yml'], env);
  const cache = path.join(folder, 'cache', 'aura-action');
  return { ...ended, cached: readdirSync(cache) };
}

describe('where a program is missing', () => {
  test('both are skipped without Go and Python, and the output says why', async () => {
    const { status, output } = await runOn({});
    expect(status).toBe(77);
    expect(output).toBe(
      [
        'Skipped actionlint 1.7.12: Go is not at hand.',
        'Skipped zizmor 1.32.0: Python 3.9 or later, with pip, is not at hand.',
        '',
      ].join('\n'),
    );
  });

  test('the other one still runs', async () => {
    const { status, output } = await runOn({ python: installsZizmor });
    expect(status).toBe(77);
    expect(output).toContain('Skipped actionlint');
    expect(output).toContain('zizmor 1.32.0: 1 files, no finding');
  });

  test('a finding of the other one is a failure', async () => {
    const python = `${installsZizmor}; echo 'echo finding; exit 14' >>"$2/bin/zizmor"`;
    const { status, output } = await runOn({ python });
    expect(status).toBe(1);
    expect(output).toContain('zizmor 1.32.0: 1 files, FAILED\nfinding');
  });

  test('a package registry that cannot be reached is a reason to skip', async () => {
    const { status, output, cached } = await runOn({
      go: 'echo "dial tcp: lookup proxy.golang.org: no such host" >&2; exit 1',
      python: 'echo "connection broken by NewConnectionError"; exit 1',
    });
    expect(status).toBe(77);
    expect(output.match(/its package registry cannot be reached/g)).toHaveLength(2);
    expect(cached).toEqual([]);
  });

  test('an installation that fails is a failure, and nothing of it is kept', async () => {
    const go = `${installsActionlint}; echo 'checksum mismatch' >&2; exit 1`;
    const { status, output, cached } = await runOn({ ...complete, go });
    expect(status).toBe(1);
    expect(output).toContain('actionlint could not be installed:\nchecksum mismatch');
    expect(cached).toEqual(['zizmor-1.32.0']);
  });

  test('what is installed is used again, and stays outside the checkout', async () => {
    const broken = {
      ...complete,
      go: `[ -d "$XDG_CACHE_HOME/x" ] && exit 1; mkdir "$XDG_CACHE_HOME/x"; ${installsActionlint}`,
    };
    const { status, output, cached } = await runOn(broken, 2);
    expect(output).toContain('actionlint 1.7.12: 1 files, no finding');
    expect(status).toBe(0);
    expect(cached.toSorted()).toEqual(['actionlint-1.7.12', 'zizmor-1.32.0']);
  });
});
