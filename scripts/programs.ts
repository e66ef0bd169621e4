import { spawn } from 'node:child_process';

/** Exit code of a check that could not run here, as for automake. */
export const skippedStatus = 77;

/** Ends a check without a failure: something it needs is not at hand. */
export class Skipped extends Error {}

/** The end of a command, and all that it printed. */
export interface Ended {
  /** Null if it could not be started, or was stopped. */
  readonly status: number | null;
  readonly output: string;
}

/** How a command is run. */
export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly seconds: number;
}

/** Prints lines on stdout. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Runs a command to its end, and keeps what it prints. */
export function run(
  command: string,
  args: readonly string[],
  { env = {}, seconds }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
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

/** What pip and Go print if they do not reach their registry. */
export const unreachable =
  /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|SSLError|ConnectionResetError|RemoteDisconnected|HTTP error 5\d\d|\b5\d\d (Server|Gateway) |dial tcp|TLS handshake|i\/o timeout|unexpected EOF/i;

/**
 * A Python of at least this version that has some modules.
 *
 * @throws Skipped if there is none
 */
export async function findPython(oldest: string, modules: readonly string[]): Promise<string> {
  const check = `import sys, ${modules.join(', ')}; sys.exit(sys.version_info < (${oldest.replace('.', ', ')}))`;
  for (const command of ['python3', 'python']) {
    const { status } = await run(command, ['-c', check], { seconds: 30 });
    if (status === 0) return command;
  }
  const wanted = modules.filter((name) => name !== 'ensurepip').join(' and ');
  throw new Skipped(`Python ${oldest} or later, with ${wanted}, is not at hand`);
}

/** Options of pip for a command that nobody watches. */
export const pipInstall = [
  ...['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
  ...['--no-cache-dir', '--retries', '2', '--timeout', '20'],
];
