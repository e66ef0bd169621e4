import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { type Ended, run, type RunOptions } from './processes.ts';

const version = 'v0.2.89';
const source = `github.com/nektos/act@${version}`;

/** What Go prints if it does not reach the module proxy. */
const unreachable =
  /dial tcp|i\/o timeout|no such host|connection re(fused|set)|TLS handshake|5\d\d [A-Z]|proxyconnect/;

/** Ends the script without a failure: something it needs is not at hand. */
export class Skipped extends Error {}

/**
 * Installs act, once for each user and version, outside of the checkout.
 *
 * @returns the path of the program
 * @throws Skipped if there is no Go, or it does not reach the module proxy
 * @throws Error if act cannot be built
 */
export async function installAct(): Promise<string> {
  if (process.platform === 'win32') throw new Skipped('act runs these workflows only on Unix');
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'aura-action', `act-${version}`);
  const program = join(folder, 'act');
  if (await exists(program)) return program;
  const { status } = await run('go', ['version'], { env: process.env, seconds: 30 });
  if (status !== 0) throw new Skipped('Go is not at hand');
  await mkdir(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder };
  const installed = await run('go', ['install', source], { env, seconds: 400 });
  if (installed.status === 0) return program;
  if (unreachable.test(installed.output)) {
    throw new Skipped('the module proxy of Go cannot be reached');
  }
  throw new Error(`act could not be installed:\n${installed.output}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** One event that act runs a workflow for. */
export interface ActRun {
  readonly event: string;
  readonly actor: string;
  /** Path of the payload. */
  readonly payload: string;
  /** Path of the workflow. */
  readonly workflow: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly onStart?: NonNullable<RunOptions['onStart']>;
}

/** The places that act needs. */
export interface Places {
  readonly act: string;
  /** The checkout that jobs get. */
  readonly workspace: string;
  /** A copy of the action with nothing but what users get: a job copies all of it for each step. */
  readonly action: string;
  /** Programs that the jobs find before all others. */
  readonly programs: string;
  /** For everything else that act and the jobs write. */
  readonly scratch: string;
}

/** Runs a workflow; all its jobs and steps are processes on this machine. */
export function runAct(places: Places, one: ActRun): Promise<Ended> {
  const { act, workspace, action, programs, scratch } = places;
  const list = (option: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
  const args = [
    ...[one.event, '--json', '--no-cache-server', '--container-daemon-socket', '-'],
    ...['--directory', workspace, '--workflows', one.workflow],
    ...['--eventpath', one.payload, '--actor', one.actor],
    ...['--platform', 'ubuntu-latest=-self-hosted'],
    ...['--local-repository', `aura-action/aura-action@v1=${action}`],
    ...['--action-cache-path', join(scratch, 'cache')],
    ...list('--secret', one.secrets),
    ...list('--var', one.variables),
    ...list('--env', one.env),
  ];
  return run(act, args, {
    env: {
      // act runs an action with `using: node24` by the first `node` in the path, whatever version.
      PATH: [programs, dirname(process.execPath), process.env['PATH']].join(delimiter),
      HOME: join(scratch, 'home'),
      TMPDIR: scratch,
      LANG: 'C.UTF-8',
    },
    seconds: 120,
    ...(one.onStart !== undefined && { onStart: one.onStart }),
  });
}
