import { spawn, type ChildProcess } from 'node:child_process';

/** How a process ended. */
export interface Ended {
  /** `null` if it could not start or was killed. */
  readonly status: number | null;
  readonly output: string;
}

/** How to run a process. */
export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly seconds: number;
  readonly folder?: string;
  /** Receives the process right after its start. */
  readonly onStart?: (child: ChildProcess) => void;
}

const running = new Set<ChildProcess>();
let stopped = false;

/**
 * Runs a command to its end and keeps what it prints.
 *
 * @throws Error after `stopAll`
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { env, seconds, folder, onStart } = options;
  if (stopped) return Promise.reject(new Error('It was stopped.'));
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      ...(folder !== undefined && { cwd: folder }),
      stdio: ['ignore', 'pipe', 'pipe'],
      // On SIGTERM act stops the steps that it has started; SIGKILL would leave them behind.
      timeout: seconds * 1000,
    });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', (error) => {
      running.delete(child);
      resolve({ status: null, output: error.message });
    });
    child.once('close', (status, signal) => {
      running.delete(child);
      const ended = signal === null ? '' : `\nIt was stopped by ${signal}.`;
      resolve({ status, output: output + ended });
    });
    onStart?.(child);
  });
}

/** Ends all processes that `run` has started, and starts no more. */
export function stopAll(): void {
  stopped = true;
  for (const child of running) child.kill('SIGTERM');
}
