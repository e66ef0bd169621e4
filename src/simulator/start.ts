import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { getInput } from '@actions/core';
import { ActionError, CancelledError, asError } from '../core/errors.ts';
import { Secret } from '../core/secrets/secret.ts';
import type { Clock } from '../core/time/clock.ts';
import { formatDuration } from '../core/time/clock.ts';
import { type Account, readAccount } from './ask.ts';
import { readInputs } from './inputs.ts';
import { type SimulatorReport, createSimulatorReport } from './report.ts';
import { awaitAddress, startServer } from './server.ts';
import { type Saved, saveState } from './state.ts';

/** Values that a process receives from outside. */
export interface Surroundings {
  readonly clock: Clock;
  /** Aborts when the runner cancels the step. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The program of the simulator, a file. */
  readonly script: string;
}

/** Usually it takes a fraction of a second. */
const addressMilliseconds = 10_000;
const answerMilliseconds = 5_000;

/** Starts a simulator for the rest of the job. Never throws; a failure sets the exit code. */
export async function startSimulator(surroundings: Surroundings): Promise<void> {
  const report = createSimulatorReport();
  try {
    await start(report, surroundings);
  } catch (error) {
    report.failure(error);
  }
}

interface Started {
  readonly url: URL;
  readonly account: Account;
}

async function start(report: SimulatorReport, surroundings: Surroundings): Promise<void> {
  const { clock, env } = surroundings;
  const begin = clock.now();
  const args = readInputs(getInput, env);
  const clientSecret = new Secret(randomBytes(32).toString('base64url'), report.mask);
  const saved: Saved = {
    file: path.join(env['RUNNER_TEMP'] ?? '', `simulator-${randomUUID()}.log`),
    clientId: randomBytes(24).toString('base64url'),
  };
  report.info(`Starting a simulated Aura API: ${args.join(' ')}`);
  // Before the program runs: even if this step is killed now, the post step stops it.
  saveState(report, saved);
  const { url, account } = await run(surroundings, args, { saved, clientSecret }).catch(
    (error: unknown) => {
      saveState(report, undefined);
      if (error instanceof CancelledError) throw error;
      throw new ActionError(`Could not start the simulator: ${asError(error).message}`);
    },
  );
  report.outputs({
    'api-url': url.origin,
    'client-id': saved.clientId,
    'client-secret': clientSecret.reveal(),
    tenant: account.tenants[0]?.id,
  });
  report.exportEnv({ AURA_API_URL: url.origin });
  const took = clock.now() - begin;
  const shown = took < 1000 ? `${took} ms` : formatDuration(took);
  report.info(`The simulator answers at ${url.origin} after ${shown}.`);
  for (const { id, name } of account.tenants) report.info(`Tenant '${name}': ${id}`);
  report.info('AURA_API_URL is set for later steps. The simulator stops when the job ends.');
}

interface Identity {
  readonly saved: Saved;
  readonly clientSecret: Secret;
}

/** Starts the program, and ends it again if it does not answer. */
async function run(
  { clock, signal, env, script }: Surroundings,
  args: readonly string[],
  { saved: { file, clientId }, clientSecret }: Identity,
): Promise<Started> {
  const own = {
    SIMULATOR_CLIENT_ID: clientId,
    SIMULATOR_CLIENT_SECRET: clientSecret.reveal(),
  };
  const anyPort = ['--host=127.0.0.1', '--port=0'];
  const server = startServer({ script, args: [...anyPort, ...args], file, env, own });
  try {
    const { end } = server;
    const url = await awaitAddress(file, { clock, signal, milliseconds: addressMilliseconds, end });
    const simulator = { url, clock, signal, milliseconds: answerMilliseconds };
    return { url, account: await readAccount(simulator) };
  } catch (error) {
    server.kill();
    throw error;
  }
}
