import { delimiter, dirname, join } from 'node:path';

import { Skipped } from '../run-program.ts';
import { goTool, programOf } from '../tools.ts';
import { type Ended, run, type RunOptions } from './processes.ts';

/** https://github.com/nektos/act */
const act = goTool('act', '0.2.89', 'github.com/nektos/act');

/**
 * @returns the path of act
 * @throws Skipped if it cannot be installed here
 * @throws Error if it cannot be built
 */
export async function installAct(): Promise<string> {
  if (process.platform === 'win32') throw new Skipped('act runs these workflows only on Unix');
  return programOf(act);
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
