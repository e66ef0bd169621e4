import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeDirectory, write } from './env-file-places.ts';

function git(directory: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  return execFileSync('git', ['-C', directory, ...identity, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function makeRepository(...options: readonly string[]): string {
  const directory = makeDirectory();
  git(directory, 'init', '--quiet', ...options);
  return directory;
}

/** Whether git ignores a file, which need not exist. */
function isIgnored(directory: string, file: string): boolean {
  try {
    git(directory, 'check-ignore', '--quiet', '--no-index', '--', file);
    return true;
  } catch {
    return false;
  }
}

/** The files that git would add. */
function statusOf(directory: string): string {
  return git(directory, 'status', '--porcelain', '--untracked-files=all');
}

/** Writes an env file and its directory. */
async function writeIn(directory: string, ...place: readonly string[]): Promise<string> {
  const file = path.join(directory, ...place);
  mkdirSync(path.dirname(file), { recursive: true });
  await write(file);
  return file;
}

function excludeOf(repository: string): string {
  return readFileSync(path.join(repository, '.git', 'info', 'exclude'), 'utf8');
}

describe('an env file in a repository', () => {
  it('is ignored by git in a new one, and so is its draft', async () => {
    const repository = makeRepository();
    const file = await writeIn(repository, '.env');
    expect(isIgnored(repository, file)).toBe(true);
    expect(statusOf(repository)).toBe('');
    git(repository, 'add', '--all');
    expect(git(repository, 'ls-files')).toBe('');
    expect(isIgnored(repository, `${file}.0b1c3f1e-7f43-4a52-9d0e-0d8a7c0f4b11`)).toBe(true);
  });

  it('is the only file that git ignores for it', async () => {
    const repository = makeRepository();
    await writeIn(repository, 'app', '.env');
    const others = ['.env', 'app/x.env', 'app/.envrc', 'app/.env.example', 'other/.env', 'app/env'];
    for (const other of others)
      expect([other, isIgnored(repository, other)]).toEqual([other, false]);
  });

  it('is ignored if the repository has no exclude file yet', async () => {
    const repository = makeRepository('--template=');
    expect(existsSync(path.join(repository, '.git', 'info'))).toBe(false);
    await writeIn(repository, '.env');
    expect(statusOf(repository)).toBe('');
  });

  it.each(['# mine\n*.log\n', '# mine\n*.log', ''])(
    'is ignored in addition to existing entries: %j',
    async (before) => {
      const repository = makeRepository();
      writeFileSync(path.join(repository, '.git', 'info', 'exclude'), before);
      await writeIn(repository, '.env');
      expect(excludeOf(repository)).toMatch(new RegExp(`^${before.replaceAll('*', '\\*')}`));
      expect(isIgnored(repository, 'a.log')).toBe(before !== '');
      expect(statusOf(repository)).toBe('');
    },
  );

  it('is excluded once, however often it is written', async () => {
    const repository = makeRepository();
    await writeIn(repository, '.env');
    const once = excludeOf(repository);
    for (let round = 0; round < 3; round += 1) await writeIn(repository, '.env');
    expect(excludeOf(repository)).toBe(once);
    await writeIn(repository, 'app', '.env');
    expect(statusOf(repository)).toBe('');
  });

  it.each([
    ['in a subdirectory', 'a/b/.env'],
    ['with a space', 'a b/.env'],
    ['with a space at the end', 'a/.env '],
    ['with a space at the beginning', ' a/.env'],
    ['with brackets', 'a[b]c/.env'],
    ['with stars and question marks', 'a*b?/.env*'],
    ['with a backslash', 'a\\b/.env'],
    ['with a number sign', '#a/#env'],
    ['with an exclamation mark', '!a/!env'],
    ['with quotes', 'a"b\'c/.env'],
    ['with a dollar sign', '$a/.env'],
    ['with letters of other scripts', 'gr\u00fc\u00dfe/\u74b0\u5883.env'],
    ['with a dash', '-a/-env'],
  ])('is ignored %s, and no similar path is', async (_, place) => {
    const repository = makeRepository();
    await writeIn(repository, place);
    expect(statusOf(repository)).toBe('');
    for (const other of ['abc/.env', 'aXbY/.envZ', 'x', 'env']) {
      expect([other, isIgnored(repository, other)]).toEqual([other, false]);
    }
  });

  it('is ignored in a worktree', async () => {
    const repository = makeRepository();
    git(repository, 'commit', '--quiet', '--allow-empty', '--message', 'First');
    const worktree = path.join(makeDirectory(), 'worktree');
    git(repository, 'worktree', 'add', '--quiet', worktree);
    await writeIn(worktree, 'app', '.env');
    expect(statusOf(worktree)).toBe('');
    expect(statusOf(repository)).toBe('');
  });

  it('is ignored in a repository within another', async () => {
    const outer = makeRepository();
    const inner = path.join(outer, 'inner');
    mkdirSync(inner);
    git(inner, 'init', '--quiet');
    await writeIn(inner, '.env');
    expect(statusOf(inner)).toBe('');
    expect(excludeOf(outer)).not.toContain('.env');
  });

  it.each<[string, (repository: string, elsewhere: string) => string]>([
    ['GIT_DIR', (_, elsewhere) => path.join(elsewhere, '.git')],
    ['GIT_CEILING_DIRECTORIES', (repository) => repository],
  ])('is ignored in its own repository if the job sets %s', async (name, valueOf) => {
    const elsewhere = makeRepository();
    const repository = makeRepository();
    process.env[name] = valueOf(repository, elsewhere);
    try {
      await writeIn(repository, 'app', '.env');
    } finally {
      Reflect.deleteProperty(process.env, name);
    }
    expect(statusOf(repository)).toBe('');
    expect(excludeOf(elsewhere)).not.toContain('.env');
  });

  it('does not change the files of the repository', async () => {
    const repository = makeRepository();
    writeFileSync(path.join(repository, '.gitignore'), '*.log\n');
    git(repository, 'add', '--all');
    git(repository, 'commit', '--quiet', '--message', 'First');
    await writeIn(repository, '.env');
    expect(statusOf(repository)).toBe('');
    expect(readFileSync(path.join(repository, '.gitignore'), 'utf8')).toBe('*.log\n');
  });
});

describe('an env file without git', () => {
  it('is written outside of a repository, and no other file is', async () => {
    const directory = makeDirectory();
    await writeIn(directory, '.env');
    expect(readdirSync(directory)).toEqual(['.env']);
  });

  it('is written if git is not installed', async () => {
    const before = process.env['PATH'];
    const directory = makeDirectory();
    process.env['PATH'] = directory;
    onTestFinished(() => {
      process.env['PATH'] = before;
    });
    await writeIn(directory, '.env');
    expect(readdirSync(directory)).toEqual(['.env']);
  });

  it('is written if the exclude file cannot be', async () => {
    const repository = makeRepository();
    const exclude = path.join(repository, '.git', 'info', 'exclude');
    rmSync(exclude);
    mkdirSync(exclude);
    const file = await writeIn(repository, '.env');
    expect(existsSync(file)).toBe(true);
  });

  it('is written in a directory that only looks like a repository', async () => {
    const directory = makeDirectory();
    mkdirSync(path.join(directory, '.git'));
    expect(existsSync(await writeIn(directory, '.env'))).toBe(true);
  });
});
