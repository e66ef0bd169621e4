import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { type Clock } from '../time/clock.ts';
import { asError } from '../errors.ts';
import { readSafely } from './safe-file.ts';
import { type Roots, findWithin, realOrUndefined } from './within-roots.ts';
import { TimeLimitError, withTimeLimit } from '../time/time-limit.ts';
import { excludeLines } from './exclude-file.ts';
import { isTracked, isWithinGit } from './git-places.ts';
import { type GitLimit, GitRefusal, askGit } from './git.ts';

/** Larger than any file that is read here. */
const maxBytes = 16 * 1024 * 1024;
/** Time limit for git in total: it only reads its own directory. */
const gitMilliseconds = 5_000;
/** Values that dotenv, `docker --env-file` and a shell's `source` all read unchanged. */
const plain = /^[\w.:/+@%=,-]*$/;

/** A pattern that git matches against a UUID. */
const draftPattern = [8, 4, 4, 4, 12].map((length) => '?'.repeat(length)).join('-');

/** An env file that cannot be written; the message says why, without any value. */
export class EnvFileError extends Error {
  override readonly name = 'EnvFileError';
}

/** Where env files may be: within one of these directories. */
export interface EnvFileRoots extends Roots {
  /**
   * The first line of every file that the action writes: a file without it was created by something
   * else.
   */
  readonly marker: string;
}

/**
 * Checks that a file can be written at `path`, before there is anything to write.
 *
 * @returns the absolute path, without symbolic links in its directory.
 * @throws {@link EnvFileError} for a path outside of the roots, a missing directory, a symbolic
 *   link, or a file that this action did not write.
 */
export function checkEnvFile(path: string, roots: EnvFileRoots): string {
  return refusing('it cannot be accessed', () => findPlace(path, roots));
}

/** Converts an error of the file system to an {@link EnvFileError}. */
function refusing<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof EnvFileError) throw error;
    throw new EnvFileError(`${what}: ${asError(error).message}`, { cause: error });
  }
}

function findPlace(path: string, { workspace, temp, marker }: EnvFileRoots): string {
  const place = findWithin(path, { workspace, temp });
  if ('problem' in place) throw new EnvFileError(place.problem);
  const { directory, file } = place;
  if (isWithinGit(file)) throw new EnvFileError("it is in git's own directory");
  assertOwn(file, marker);
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EnvFileError(`its directory cannot be written to: ${asError(error).message}`, {
      cause: error,
    });
  }
  return file;
}

/** Whether git tracks the file at a path: its content would be committed. */
export async function isTrackedEnvFile(
  path: string,
  { workspace }: Pick<EnvFileRoots, 'workspace'>,
  limit: GitLimit,
): Promise<boolean> {
  const wanted = resolve(workspace, path);
  const directory = realOrUndefined(dirname(wanted));
  return directory !== undefined && isTracked(join(directory, basename(wanted)), limit);
}

function assertOwn(file: string, marker: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isSymbolicLink()) throw new EnvFileError('it is a symbolic link');
  if (!found.isFile()) throw new EnvFileError('it is not a regular file');
  if (!readSafely(file, { maxBytes }).toString('utf8').startsWith(marker)) {
    throw new EnvFileError('a file exists there that this action did not create');
  }
}

/** Whether a value can be written to an env file unchanged. */
export function isPlain(value: string): boolean {
  return plain.test(value);
}

/** The first line of an env file, and the time limit for writing it. */
export interface Haste {
  /** The first line of the file, as {@link EnvFileRoots} has it. */
  readonly marker: string;
  readonly clock: Clock;
  /** The step's deadline, in epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Writes variables as a dotenv file that only this user can read, and keeps it out of git.
 *
 * @param file the result of {@link checkEnvFile}.
 * @param variables values by name.
 * @returns why git does not ignore the file; undefined if it does, or if there is no git.
 * @throws {@link EnvFileError} for a value that readers of such files interpret differently; the
 *   signal's reason when aborted.
 */
export async function writeEnvFile(
  file: string,
  variables: Readonly<Record<string, string>>,
  { marker, clock, deadline, signal }: Haste,
): Promise<string | undefined> {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (!isPlain(value)) {
      throw new EnvFileError(
        `the value of ${name} contains characters that dotenv, Docker and shells interpret differently`,
      );
    }
    return `${name}=${value}`;
  });
  // Check again: another process may have replaced the file since the inputs were checked.
  refusing('it cannot be accessed', () => {
    assertOwn(file, marker);
  });
  // Git reads only local files, so it still gets a second at the end of the time.
  const milliseconds = Math.min(gitMilliseconds, Math.max(1_000, deadline - clock.now()));
  const trouble = await excludeFromGit(file, { clock, milliseconds, signal });
  writeDraft(file, [marker, ...lines, ''].join('\n'));
  return trouble;
}

function writeDraft(file: string, text: string): void {
  // Created under another name with its mode, then renamed: no other user can read it in between,
  // and a link at its place is replaced, not followed.
  const draft = `${file}.${randomUUID()}`;
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      writeSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new EnvFileError(`it could not be written: ${asError(error).message}`, { cause: error });
  }
}

/**
 * Adds the file to the repository's own exclude file, which is never committed.
 *
 * @returns why git does not ignore the file; undefined if it does, or outside of a repository.
 */
async function excludeFromGit(file: string, limit: GitLimit): Promise<string | undefined> {
  try {
    const place = await withTimeLimit(
      (stop) => findExclude(file, { ...limit, signal: stop }),
      limit,
    );
    // The draft next to it has its own name for a moment.
    excludeLines(place.path, [place.pattern, `${place.pattern}.${draftPattern}`]);
    return undefined;
  } catch (error) {
    limit.signal?.throwIfAborted();
    // Without a repository or git, nothing can be committed from here.
    if (error instanceof GitRefusal) return undefined;
    return error instanceof TimeLimitError ? `git gave ${error.message}` : asError(error).message;
  }
}

interface ExcludePlace {
  /** The exclude file of the repository. */
  readonly path: string;
  /** The entry for the env file. */
  readonly pattern: string;
}

async function findExclude(file: string, limit: GitLimit): Promise<ExcludePlace> {
  const directory = dirname(file);
  const top = realpathSync(await askGit(directory, ['rev-parse', '--show-toplevel'], limit));
  const found = await askGit(directory, ['rev-parse', '--git-path', 'info/exclude'], limit);
  const pattern = `/${relative(top, file)
    .split(sep)
    .join('/')
    .replace(/[\\*?[\] ]/g, '\\$&')}`;
  return { path: resolve(directory, found), pattern };
}
