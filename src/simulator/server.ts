import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { ActionError, asError } from '../core/errors.ts';
import { readSafely } from '../core/secrets/safe-file.ts';
import type { Clock } from '../core/time/clock.ts';
import { again, done, poll } from '../core/time/patience.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that a program of Node.js may need to start. */
const needed = [
  'PATH',
  'LD_LIBRARY_PATH',
  'SystemRoot',
  'windir',
  'TEMP',
  'TMP',
  // The runner ends all processes that have it at the end of the job.
  'RUNNER_TRACKING_ID',
];
const largestOutputBytes = 1024 * 1024;
/** The end of the output explains a failure. */
const shownCharacters = 1_500;
const readEveryMilliseconds = 20;

interface Start {
  /** The program, a file. */
  readonly script: string;
  readonly args: readonly string[];
  /** A new file for everything that the program prints. */
  readonly file: string;
  readonly env: Environment;
  /** Variables for this program only. */
  readonly own: Readonly<Record<string, string>>;
}

/** The program of the simulator, as long as the step that started it runs. */
export interface Server {
  /** How it ended; undefined as long as it runs. */
  readonly end: () => string | undefined;
  readonly kill: () => void;
}

/**
 * Starts the simulator so that it continues to run after this process. It gets no input of the step and no token
 * of the job: it does not need them, and it runs as long as the job.
 */
export function startServer({ script, args, file, env, own }: Start): Server {
  const output = openSync(file, 'ax', 0o600);
  try {
    const child = spawn(process.execPath, [script, ...args], {
      // On Windows nobody can delete the directory in which a process runs.
      cwd: path.dirname(file),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', output, output],
      env: { ...Object.fromEntries(needed.map((name) => [name, env[name]])), ...own },
    });
    let end: string | undefined;
    child.once('error', (error) => {
      end = error.message;
    });
    child.once('exit', (code, signal) => {
      end = signal ?? `exit code ${String(code)}`;
    });
    child.unref();
    return {
      end: () => end,
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  } finally {
    closeSync(output);
  }
}

interface Wait {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly milliseconds: number;
  /** How the program ended; without this, only the time is over at some point. */
  readonly end?: Server['end'];
}

/**
 * Waits until the program has printed its address.
 *
 * @throws ActionError with what it printed instead; the signal's reason when aborted.
 */
export function awaitAddress(file: string, wait: Wait): Promise<URL> {
  const { clock, signal, milliseconds, end = () => undefined } = wait;
  const begin = clock.now();
  const limits = { begin, deadline: begin + milliseconds, pollInterval: readEveryMilliseconds };
  const rest = { random: Math.random, graceSignal: undefined, log: () => undefined };
  return poll(
    { clock, signal, ...limits, ...rest },
    {
      first: 'now',
      // In this order: what a program prints before its end is not overlooked.
      read: () => Promise.resolve({ ended: end(), text: readOutput(file) }),
      judge: ({ ended, text }) => {
        const address = /^url +(http:\/\/127\.0\.0\.1:\d+)\n/m.exec(text)?.[1];
        if (address !== undefined) return done(new URL(address));
        if (ended === undefined) return again();
        throw new ActionError(`its program ended with ${ended}. ${describeOutput(text)}`);
      },
      overdue: () => {
        const seconds = Math.round(milliseconds / 1000);
        const text = readOutput(file);
        throw new ActionError(`no address after ${seconds}s. ${describeOutput(text)}`);
      },
      tolerance: {
        forgive: (error) => {
          throw asError(error);
        },
        reset: () => undefined,
      },
    },
  );
}

/** A sentence about what the program printed. */
export function describeOutput(text: string): string {
  const shown = text.trim().slice(-shownCharacters);
  return shown === '' ? 'It printed nothing.' : `It printed: ${shown}`;
}

/** What the program has printed; empty if its file is missing. */
export function readOutput(file: string): string {
  try {
    return readSafely(file, { maxBytes: largestOutputBytes }).toString('utf8');
  } catch {
    return '';
  }
}
