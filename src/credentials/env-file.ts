import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { asError } from '../clock.ts';

/** The first line of every file written here: a file without it is somebody else's. */
const marker = '# Written by aura-action';
/** What dotenv, `docker --env-file` and a shell's `source` all read as it stands. */
const plain = /^[\w.:/+@%=,-]*$/;

/** What a UUID is to git. */
const draftPattern = [8, 4, 4, 4, 12].map((length) => '?'.repeat(length)).join('-');

/** An env file that can't be written; the message says why, without any value. */
export class EnvFileError extends Error {
  override readonly name = 'EnvFileError';
}

/** Where env files may be: within one of these directories. */
export interface EnvFileRoots {
  /** `GITHUB_WORKSPACE`; relative paths are relative to it. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string | undefined;
}

/**
 * Checks that a file can be written at `path`, before there is anything to write.
 *
 * @returns the absolute path, without symbolic links in its directory.
 * @throws {@link EnvFileError} for a path outside of the roots, a missing directory, a symbolic
 *   link, or a file that this action did not write.
 */
export function checkEnvFile(path: string, roots: EnvFileRoots): string {
  return refusing("it can't be looked at", () => findPlace(path, roots));
}

/** Turns what the file system says into an {@link EnvFileError}. */
function refusing<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof EnvFileError) throw error;
    throw new EnvFileError(`${what}: ${asError(error).message}`, { cause: error });
  }
}

function findPlace(path: string, { workspace, temp }: EnvFileRoots): string {
  const wanted = resolve(workspace, path);
  const directory = realOrUndefined(dirname(wanted));
  if (directory === undefined) throw new EnvFileError('its directory does not exist');
  const roots = [workspace, temp ?? workspace].map(realOrUndefined);
  if (!roots.some((root) => root !== undefined && isWithin(directory, root))) {
    throw new EnvFileError('it is outside of the workspace and of RUNNER_TEMP');
  }
  const file = join(directory, basename(wanted));
  assertOwn(file);
  return file;
}

function assertOwn(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isSymbolicLink()) throw new EnvFileError('it is a symbolic link');
  if (!found.isFile()) throw new EnvFileError('it is no file');
  if (!readFileSync(file, 'utf8').startsWith(marker)) {
    throw new EnvFileError('it exists, and this action did not write it');
  }
}

/** Whether a value can stand in an env file as it is. */
export function isPlain(value: string): boolean {
  return plain.test(value);
}

/**
 * Writes variables as a dotenv file that only this user can read, and keeps it out of git.
 *
 * @param file what {@link checkEnvFile} gave.
 * @param variables values by name.
 * @throws {@link EnvFileError} for a value that not all readers of such files read alike.
 */
export function writeEnvFile(file: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (!isPlain(value)) {
      throw new EnvFileError(
        `the value of ${name} holds characters that dotenv, docker and a shell read differently`,
      );
    }
    return `${name}=${value}`;
  });
  // Once more: it may have become somebody else's since the inputs were checked.
  refusing("it can't be looked at", () => {
    assertOwn(file);
  });
  excludeFromGit(file);
  // Made under another name with its mode, then renamed: nobody can read it in between, and what
  // stands at its place by then is replaced, not followed.
  const draft = `${file}.${randomUUID()}`;
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      writeSync(descriptor, [marker, ...lines, ''].join('\n'));
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new EnvFileError(`it could not be written: ${asError(error).message}`, { cause: error });
  }
}

/** The repository's own exclude file needs no commit; outside of a repository there is none. */
function excludeFromGit(file: string): void {
  const git = (...args: readonly string[]): string =>
    // In a container the workspace often belongs to somebody else, which git refuses to look at.
    execFileSync('git', ['-c', 'safe.directory=*', '-C', dirname(file), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).replace(/\n$/, '');
  try {
    const top = realpathSync(git('rev-parse', '--show-toplevel'));
    const exclude = resolve(dirname(file), git('rev-parse', '--git-path', 'info/exclude'));
    const pattern = `/${relative(top, file)
      .split(sep)
      .join('/')
      .replace(/[\\*?[\] ]/g, '\\$&')}`;
    mkdirSync(dirname(exclude), { recursive: true });
    writeFileSync(exclude, '', { flag: 'a' });
    const text = readFileSync(exclude, 'utf8');
    if (text.split('\n').includes(pattern)) return;
    // The draft beside it has a name of its own for a moment.
    appendFileSync(
      exclude,
      `${text === '' || text.endsWith('\n') ? '' : '\n'}${pattern}\n${pattern}.${draftPattern}\n`,
    );
  } catch {
    // No repository, or no git: then nothing can be committed from here either.
  }
}

function realOrUndefined(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isWithin(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path);
}
