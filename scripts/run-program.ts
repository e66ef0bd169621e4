import { spawn } from 'node:child_process';

/** Exit code of a check that could not run here, as for automake. */
export const skipped = 77;

/** Ends a script without a failure: something it needs is not at hand. */
export class Skipped extends Error {}

/** How a program ended. */
export interface Ended {
  /** Null if it did not start, or was stopped. */
  readonly status: number | null;
  readonly output: string;
}

interface Limits {
  /** Variables besides those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly seconds: number;
}

/** Prints lines. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Runs a program to its end, and keeps what it prints. */
export function run(
  command: string,
  args: readonly string[],
  { env = {}, seconds }: Limits,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', (error) => {
      resolve({ status: null, output: error.message });
    });
    child.once('close', (status, signal) => {
      const ended = signal === null ? '' : `\nIt was stopped after ${seconds} s.`;
      resolve({ status, output: output + ended });
    });
  });
}
