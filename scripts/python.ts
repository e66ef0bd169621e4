import { run, Skipped } from './run-program.ts';

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
