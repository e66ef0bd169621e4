import { onTestFinished } from 'vitest';
import type { Simulator, SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import { type Bundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import type { Recording } from '../../core/github/recorded-events.ts';
import { remarkable } from '../../../harness/world/support.ts';
import { startScenario } from '../in-process/scenario.ts';
import { jobFor } from './recorded-jobs.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** A simulated Aura, and steps that run in this process. */
export interface Steps {
  readonly simulator: Simulator;
  /** Runs a step in octo/shop, for a recorded event of the branch `feature/cart` if one is named. */
  readonly run: (
    inputs: Readonly<Record<string, string>>,
    recording?: Recording,
  ) => Promise<StepResult>;
  /** The requests that changed something, or tried to. */
  readonly changes: () => readonly string[];
  /** The sealed credentials of an instance from another step. */
  readonly seal: (changes: Partial<Bundle>) => string;
}

/** Starts it for the duration of the test. */
export async function startSteps(options: SimulatorOptions = {}): Promise<Steps> {
  const scenario = await startScenario({ simulator: options });
  onTestFinished(() => scenario.finish());
  const { simulator } = scenario;
  return {
    simulator,
    run: async (inputs, recording = 'push') => {
      const job = await scenario.startJob(jobFor(recording));
      return job.step({ inputs: { ...scenario.credentials, ...inputs } });
    },
    changes: () =>
      simulator.exchanges
        .filter(({ method, path: at }) => method !== 'GET' && at !== '/oauth/token')
        .map(({ method, path: at, status }) => `${method} ${at} ${status}`),
    seal: (changes) => {
      const bundle: Bundle = {
        instanceId: '0000000a',
        name: 'shop',
        tenantId: simulator.tenantId,
        connectionUri: undefined,
        username: 'neo4j',
        password: secretOf('letMeIn-0123'),
        clientId: simulator.clientId,
        apiOrigin: new URL(simulator.url).origin,
        token: undefined,
        ...changes,
      };
      return sealBundle(bundle, secretOf(simulator.clientSecret));
    },
  };
}

/** The only error of a failed step. */
export function failureOf({ exitCode, annotations }: StepResult): string {
  const errors = annotations.filter(({ level }) => level === 'error');
  if (exitCode !== 1 || errors.length !== 1) {
    throw new Error(`No plain failure: ${JSON.stringify({ exitCode, annotations })}`);
  }
  return errors[0]?.message ?? '';
}

/** The warnings and notices of a successful step, without the notice of its result. */
export function remarksOf(result: StepResult): readonly string[] {
  const { exitCode, annotations } = result;
  if (exitCode !== 0) {
    throw new Error(`No success: ${JSON.stringify({ exitCode, annotations })}`);
  }
  return remarkable(result).map(({ level, message }) => `${level}: ${message}`);
}

/** The notices of a step, also of one that failed. */
export function noticesOf({ annotations }: StepResult): readonly string[] {
  return annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
}
