import { checkEnvFile } from '../../core/secrets/env-file-places.ts';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/time/clock.ts';
import { type EnvFileRoots, isTrackedEnvFile } from '../../../src/core/secrets/env-file.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { startScenario } from '../in-process/scenario.ts';
import { errorOf } from '../../../harness/world/support.ts';
import { makeRoots, refusalOf, write } from '../../core/secrets/env-file-places.ts';

const marker = '# Written by aura-action\n';

function git(directory: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
  execFileSync('git', [...identity, '-C', directory, ...args], { stdio: 'ignore' });
}

/** Sets a variable of this process until the end of the test. */
function setVariable(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before;
  });
}

/** Whether git tracks the file, checked as in a step. */
function isTracked(place: string, roots: Omit<EnvFileRoots, 'marker'>): Promise<boolean> {
  return isTrackedEnvFile(place, roots, {
    clock: systemClock,
    milliseconds: 5_000,
    signal: undefined,
  });
}

describe('an env file in the directory of git', () => {
  const refusal = "it is in git's own directory";

  it.each([
    '.git/hooks/pre-commit',
    '.git/index.lock',
    '.git/.env',
    '.git',
    'nested/.git/hooks/post-checkout',
    'nested/.git',
    '.GIT/.env',
    '.Git/hooks/pre-push',
    'store/hooks/pre-commit',
    'store/worktrees/tree/.env',
    'link/pre-commit',
    'bare.git/hooks/update',
    '.g\u200cit/.env',
    'git~1/.env',
  ])('is refused: %s', (place) => {
    const roots = makeRoots();
    const at = (name: string): string => path.join(roots.workspace, name);
    git(roots.workspace, 'init', '--quiet');
    mkdirSync(at('nested'));
    git(at('nested'), 'init', '--quiet');
    git(roots.workspace, 'init', '--quiet', '--separate-git-dir', at('store'), at('elsewhere'));
    git(at('elsewhere'), 'commit', '--quiet', '--allow-empty', '--message', 'First');
    git(at('elsewhere'), 'worktree', 'add', '--quiet', at('tree'));
    git(roots.workspace, 'init', '--quiet', '--bare', at('bare.git'));
    symlinkSync(at('.git/hooks'), at('link'));
    mkdirSync(path.dirname(at(place)), { recursive: true });
    expect(refusalOf(() => checkEnvFile(place, roots))).toBe(refusal);
  });

  it.each(['.env', '.github/.env', '.gitx/.env', 'app.git/.env', 'refs/.env', '.gitignored'])(
    'is not refused at %s',
    (place) => {
      const roots = makeRoots();
      git(roots.workspace, 'init', '--quiet');
      mkdirSync(path.join(roots.workspace, path.dirname(place)), { recursive: true });
      expect(checkEnvFile(place, roots)).toBe(path.join(roots.workspace, place));
    },
  );
});

describe('an env file that git tracks', () => {
  it.each(['.env', 'app/.env', '[a]/*.env'])('is found: %s', async (place) => {
    const roots = makeRoots();
    const file = path.join(roots.workspace, place);
    mkdirSync(path.dirname(file), { recursive: true });
    git(roots.workspace, 'init', '--quiet');
    expect(await isTracked(place, roots)).toBe(false);
    writeFileSync(file, marker);
    expect(await isTracked(place, roots)).toBe(false);
    git(roots.workspace, 'add', '--all');
    expect(await isTracked(place, roots)).toBe(true);
    rmSync(file);
    expect(await isTracked(place, roots)).toBe(true);
    expect(await isTracked(file, roots)).toBe(true);
    expect(await isTracked(`${place}2`, roots)).toBe(false);
  });

  it('may be tracked by an outer repository', async () => {
    const roots = makeRoots();
    const inner = path.join(roots.workspace, 'inner');
    mkdirSync(inner);
    writeFileSync(path.join(inner, '.env'), marker);
    git(roots.workspace, 'init', '--quiet');
    git(roots.workspace, 'add', '--all');
    git(inner, 'init', '--quiet');
    expect(await isTracked('inner/.env', roots)).toBe(true);
  });

  it.each<[string, (elsewhere: string) => string]>([
    ['GIT_DIR', (elsewhere) => path.join(elsewhere, '.git')],
    ['GIT_INDEX_FILE', (elsewhere) => path.join(elsewhere, '.git', 'index')],
    ['GIT_LITERAL_PATHSPECS', () => '1'],
  ])('is found if the job sets %s', async (name, valueOf) => {
    const roots = makeRoots();
    git(roots.outside, 'init', '--quiet', 'elsewhere');
    const elsewhere = path.join(roots.outside, 'elsewhere');
    writeFileSync(path.join(elsewhere, 'other'), '');
    git(elsewhere, 'add', '--all');
    git(roots.workspace, 'init', '--quiet');
    writeFileSync(path.join(roots.workspace, '.env'), marker);
    git(roots.workspace, 'add', '--all');
    setVariable(name, valueOf(elsewhere));
    expect(await isTracked('.env', roots)).toBe(true);
    expect(await isTracked('other', roots)).toBe(false);
  });

  it.skipIf(onWindows)('is found without running a program of the repository', async () => {
    const roots = makeRoots();
    const trace = path.join(roots.outside, 'ran');
    const program = path.join(roots.outside, 'monitor');
    writeFileSync(program, `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
    git(roots.workspace, 'init', '--quiet');
    git(roots.workspace, 'config', 'core.fsmonitor', program);
    await isTracked('.env', roots);
    expect(existsSync(trace)).toBe(false);
  });

  it('is not reported outside a repository, or in a missing directory', async () => {
    const roots = makeRoots();
    expect(await isTracked('.env', roots)).toBe(false);
    expect(await isTracked('no/such/.env', roots)).toBe(false);
  });

  it('fails the step before any request, together with the inputs, even if the action wrote it', async () => {
    await using scenario = await startScenario();
    const { workspace } = scenario.job;
    git(workspace, 'init', '--quiet');
    writeFileSync(path.join(workspace, '.env'), marker);
    git(workspace, 'add', '.env');
    const inputs = { operation: 'create', name: 'x', 'env-file': '.env', timeout: 'x' };
    expect(errorOf(await scenario.run(inputs)).split('\n')).toEqual([
      "Input 'env-file' is '.env', but git tracks it. Set another path inside the workspace or RUNNER_TEMP.",
      expect.stringMatching(/^Input 'timeout' is 'x'/),
    ]);
    expect(scenario.simulator.exchanges).toEqual([]);
    expect(readFileSync(path.join(workspace, '.env'), 'utf8')).toBe(marker);
  });
});

describe("a nested repository's exclude file", () => {
  it.skipIf(onWindows).each(['info/exclude', 'info'])(
    'is not followed if it is a link: %s',
    async (link) => {
      const roots = makeRoots();
      const inner = path.join(roots.workspace, 'inner');
      mkdirSync(inner);
      git(inner, 'init', '--quiet');
      const target = path.join(roots.outside, 'target');
      if (link === 'info') mkdirSync(target);
      else writeFileSync(target, 'before\n');
      rmSync(path.join(inner, '.git', link), { recursive: true });
      symlinkSync(target, path.join(inner, '.git', link));
      const file = path.join(inner, '.env');
      expect(await write(file)).toContain('symbolic link');
      expect(existsSync(file)).toBe(true);
      if (link === 'info') expect(existsSync(path.join(target, 'exclude'))).toBe(false);
      else expect(readFileSync(target, 'utf8')).toBe('before\n');
    },
  );

  it.skipIf(onWindows)('does not block the step if it is a FIFO', async () => {
    const roots = makeRoots();
    git(roots.workspace, 'init', '--quiet');
    const exclude = path.join(roots.workspace, '.git', 'info', 'exclude');
    rmSync(exclude);
    execFileSync('mkfifo', [exclude]);
    const file = path.join(roots.workspace, '.env');
    expect(await write(file)).toBe("git's exclude file is not a regular file");
    expect(existsSync(file)).toBe(true);
  });
});
