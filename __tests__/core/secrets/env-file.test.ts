import { checkEnvFile } from './env-file-places.ts';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EnvFileError } from '../../../src/core/secrets/env-file.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import {
  makeDirectory,
  makeRoots,
  refusalOf,
  refusalOfWriting,
  variables,
  write,
} from './env-file-places.ts';

const isRoot = process.getuid?.() === 0;

describe('the place of an env file', () => {
  it.each(['.env', './a/../.env', 'sub/.env', '..env', 'with space', '.env/'])(
    'is in the workspace: %s',
    async (place) => {
      const roots = makeRoots();
      mkdirSync(path.join(roots.workspace, 'sub'));
      const file = checkEnvFile(place, roots);
      expect(file).toBe(path.resolve(roots.workspace, place));
      await write(file);
      expect(statSync(file).isFile()).toBe(true);
    },
  );

  it('can also be RUNNER_TEMP, or only the workspace if there is none', () => {
    const { workspace, temp } = makeRoots();
    const file = path.join(temp, 'aura.env');
    expect(checkEnvFile(file, { workspace, temp })).toBe(file);
    expect(refusalOf(() => checkEnvFile(file, { workspace, temp: undefined }))).toMatch(/outside/);
    const missing = { workspace, temp: path.join(temp, 'missing') };
    expect(refusalOf(() => checkEnvFile(file, missing))).toMatch(/outside/);
  });

  it.each<[string, (outside: string) => string]>([
    ['a level above', () => '../x'],
    ['further above', () => '../../x'],
    ['above and down again, beside RUNNER_TEMP', () => '../../_temporary/x'],
    ['an absolute path', (outside) => path.join(outside, 'x')],
    ['a directory whose name begins alike', (outside) => path.join(outside, 'work', 'shop2', 'x')],
    ['the workspace itself', () => '.'],
    ['the workspace by another way', () => '../shop'],
    ['what is above it', () => '..'],
  ])('cannot be outside of both: %s', (_, place) => {
    const roots = makeRoots();
    for (const name of ['_temporary', 'work/shop2']) mkdirSync(path.join(roots.outside, name));
    expect(refusalOf(() => checkEnvFile(place(roots.outside), roots))).toBe(
      'it is outside the workspace and RUNNER_TEMP',
    );
  });

  it('must have a directory', () => {
    expect(refusalOf(() => checkEnvFile('missing/.env', makeRoots()))).toBe(
      'its directory does not exist',
    );
  });

  it.each([
    ['~/.env', /^it begins with '~', which only a shell replaces$/],
    ['$HOME/.env', /^it contains a variable, which only a shell replaces; use an expression/],
    ['%TEMP%/.env', /^it contains a variable/],
    ['"x.env"', /^it has quotes around it$/],
  ])('cannot be written as for a shell: %s', (place, why) => {
    expect(refusalOf(() => checkEnvFile(place, makeRoots()))).toMatch(why);
  });

  it.each([
    ['below a file', 'file/.env'],
    ['too long a name', 'x'.repeat(300)],
  ])('cannot be a path where no file can be: %s', (_, place) => {
    const roots = makeRoots();
    writeFileSync(path.join(roots.workspace, 'file'), '');
    refusalOf(() => checkEnvFile(place, roots));
  });

  it('can be reached through a link to a directory, and the target is checked', () => {
    const { outside, workspace, temp } = makeRoots();
    mkdirSync(path.join(workspace, 'real'));
    symlinkSync('real', path.join(workspace, 'inward'));
    symlinkSync(outside, path.join(workspace, 'outward'));
    const roots = { workspace, temp };
    expect(checkEnvFile('inward/.env', roots)).toBe(path.join(workspace, 'real', '.env'));
    expect(refusalOf(() => checkEnvFile('outward/.env', roots))).toMatch(/^it is outside/);
    expect(checkEnvFile('outward/_temp/.env', roots)).toBe(path.join(temp, '.env'));
  });

  it('can be in a workspace that is itself reached through a link', () => {
    const { outside, workspace, temp } = makeRoots();
    const link = path.join(outside, 'link');
    symlinkSync(workspace, link);
    expect(checkEnvFile('.env', { workspace: link, temp })).toBe(path.join(workspace, '.env'));
  });
});

describe('an existing file', () => {
  it.each<[string, (file: string, outside: string) => unknown, string]>([
    [
      'a link to a file of its own',
      async (file, outside) => {
        await write(path.join(outside, 'own'));
        symlinkSync(path.join(outside, 'own'), file);
      },
      'it is a symbolic link',
    ],
    [
      'a link to nowhere',
      (file, outside) => {
        symlinkSync(path.join(outside, 'nowhere'), file);
      },
      'it is a symbolic link',
    ],
    [
      'a directory',
      (file) => {
        mkdirSync(file);
      },
      'it is not a regular file',
    ],
    [
      "somebody else's file",
      (file) => {
        writeFileSync(file, 'PRECIOUS=1\n');
      },
      'a file exists there that this action did not create',
    ],
    [
      'an empty file',
      (file) => {
        writeFileSync(file, '');
      },
      'a file exists there that this action did not create',
    ],
    [
      'a file that names this action further down',
      (file) => {
        writeFileSync(file, 'PRECIOUS=1\n# Written by aura-action\n');
      },
      'a file exists there that this action did not create',
    ],
  ])('is refused and not changed: %s', async (_, place, refusal) => {
    const { outside, workspace, temp } = makeRoots();
    const file = path.join(workspace, '.env');
    await place(file, outside);
    const look = () => [lstatSync(file).ino, lstatSync(file).mtimeMs, readdirSync(workspace)];
    const before = look();
    expect(refusalOf(() => checkEnvFile('.env', { workspace, temp }))).toBe(refusal);
    expect(look()).toEqual(before);
    expect(existsSync(path.join(outside, 'nowhere'))).toBe(false);
  });

  it.skipIf(isRoot || onWindows)('is refused if it cannot be read', () => {
    const { workspace, temp } = makeRoots();
    writeFileSync(path.join(workspace, '.env'), '', { mode: 0o000 });
    refusalOf(() => checkEnvFile('.env', { workspace, temp }));
  });

  it('is replaced if this action wrote it, even if its mode was widened', async () => {
    const roots = makeRoots();
    const file = path.join(roots.workspace, '.env');
    await write(file, { ...variables, NEO4J_PASSWORD: 'older', OLD: '1' });
    chmodSync(file, 0o666);
    await write(checkEnvFile('.env', roots));
    expect(readFileSync(file, 'utf8')).not.toMatch(/older|OLD/);
    if (!onWindows) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(roots.workspace)).toEqual(['.env']);
  });

  it('is never followed, even if it has become a link in the meantime', async () => {
    const { outside, workspace } = makeRoots();
    const precious = path.join(outside, 'precious');
    writeFileSync(precious, 'precious');
    const file = path.join(workspace, '.env');
    symlinkSync(precious, file);
    try {
      await write(file);
    } catch (error) {
      // Both are correct: to replace the link and to refuse it.
      expect(error).toBeInstanceOf(EnvFileError);
    }
    expect(readFileSync(precious, 'utf8')).toBe('precious');
  });

  it.each<[string, (file: string) => void]>([
    [
      'a directory is in its place',
      (file) => mkdirSync(path.join(file, 'full'), { recursive: true }),
    ],
    [
      'its directory is gone',
      (file) => {
        renameSync(path.dirname(file), `${path.dirname(file)}-gone`);
      },
    ],
  ])('leaves no file behind after a failure if by then %s', async (_, happen) => {
    const { outside, workspace } = makeRoots();
    const file = path.join(workspace, '.env');
    happen(file);
    const message = await refusalOfWriting(write(file));
    expect(message).not.toContain(variables.NEO4J_PASSWORD);
    const files = readdirSync(outside, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toEqual([]);
  });
});

describe.skipIf(onWindows)('an env file can be read', () => {
  it.each(['022', '000', '077'])('by its owner, whatever the umask: %s', async (mask) => {
    const before = process.umask(mask);
    onTestFinished(() => {
      process.umask(before);
    });
    const file = path.join(makeDirectory(), '.env');
    await write(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('by no other user at any time, and neither can its draft', async () => {
    const before = process.umask(0);
    onTestFinished(() => {
      process.umask(before);
    });
    const directory = makeDirectory();
    // Checks all files over and over while files are written.
    const watcher = new Worker(
      `const { readdirSync, statSync } = require('node:fs');
      const { parentPort, workerData } = require('node:worker_threads');
      let open = true;
      const modes = new Set();
      parentPort.on('message', () => { open = false; });
      parentPort.postMessage('ready');
      const look = () => {
        const end = performance.now() + 20;
        while (performance.now() < end) {
          for (const name of readdirSync(workerData)) {
            const stat = statSync(workerData + '/' + name, { throwIfNoEntry: false });
            if (stat) modes.add(stat.mode & 0o777);
          }
        }
        if (open) setImmediate(look);
        else parentPort.postMessage([...modes]);
      };
      look();`,
      { eval: true, workerData: directory },
    );
    onTestFinished(async () => {
      await watcher.terminate();
    });
    const next = () => new Promise<unknown>((resolve) => watcher.once('message', resolve));
    await next();
    for (let round = 0; round < 60; round += 1) {
      await write(path.join(directory, '.env'));
    }
    const seen = next();
    watcher.postMessage('end');
    expect(await seen).toEqual([0o600]);
  });
});
