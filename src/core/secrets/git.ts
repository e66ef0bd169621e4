import type { ChildProcess } from 'node:child_process';
import { type Clock } from '../time/clock.ts';
import { asError } from '../errors.ts';
import { withTimeLimit } from '../time/time-limit.ts';

/** Git's last output may arrive after git has ended; see {@link outputOf}. */
const lastWordsMilliseconds = 100;
/** More than any path. */
const mostBytes = 64 * 1024;

/** The time limit for git, and the signal that ends it earlier. */
export interface GitLimit {
  readonly clock: Clock;
  readonly milliseconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Git refused, or is not installed. */
export class GitRefusal extends Error {
  override readonly name = 'GitRefusal';
}

/**
 * Runs git as a process that the step does not have to wait for: a file system, a filter or a
 * wrapper may make it hang.
 *
 * @param directory where git runs.
 * @returns its output, without the final newline.
 * @throws {@link GitRefusal}; TimeLimitError if it takes too long; the signal's reason when aborted.
 */
export async function askGit(
  directory: string,
  args: readonly string[],
  limit: GitLimit,
): Promise<string> {
  // Not at the top of this file, because most steps do not need git.
  const { spawn } = process.getBuiltinModule('node:child_process');
  return withTimeLimit(async (stop) => {
    // In a container the workspace often belongs to another user, and git then refuses to read it.
    const child = spawn('git', ['-c', 'safe.directory=*', '-C', directory, ...args], {
      env: ownEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'ignore'],
      // A separate process group, so that its child processes end with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    stop.addEventListener('abort', () => {
      kill(child);
    });
    return (await outputOf(child, limit.clock)).replace(/\n$/, '');
  }, limit);
}

/**
 * The job's environment without git's own variables. With some of them, git would use a repository,
 * index or configuration of another directory, or interpret paths differently. Source: git's
 * documentation, "Environment Variables".
 */
function ownEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const kept = Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  return Object.fromEntries(kept);
}

/**
 * The output of a child process until it ends. A grandchild that has inherited the stream may keep
 * it open forever, so the end of the stream is awaited only for a moment.
 */
async function outputOf(child: ChildProcess, clock: Clock): Promise<string> {
  const chunks: Buffer[] = [];
  const exited = Promise.withResolvers<number | null>();
  child.stdout?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (chunks.reduce((sum, { length }) => sum + length, 0) <= mostBytes) return;
    exited.reject(new Error('git said more than a path'));
    kill(child);
  });
  const closed = Promise.withResolvers<undefined>();
  child.once('error', (error) => {
    exited.reject(new GitRefusal(asError(error).message, { cause: error }));
  });
  child.once('exit', exited.resolve);
  child.once('close', () => {
    closed.resolve(undefined);
  });
  const code = await exited.promise;
  const limit = { clock, milliseconds: lastWordsMilliseconds, signal: undefined };
  await withTimeLimit(() => closed.promise, limit).catch(() => undefined);
  child.stdout?.destroy();
  if (code !== 0) throw new GitRefusal(`git ended with ${code ?? 'a signal'}`);
  return Buffer.concat(chunks).toString('utf8');
}

function kill(child: ChildProcess): void {
  child.stdout?.destroy();
  // It may have ended before, and another process may have its number now.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended at this moment.
  }
}
