import { type Recording, eventFor } from '../../core/github/recorded-events.ts';
import type { JobOptions } from '../../../harness/runner/fake-runner.ts';
import type { GitHubServer } from '../../../harness/github/server.ts';
import { giveToken } from '../credentials-across-jobs/job-token.ts';
import { type Scenario, type ScenarioOptions, startScenario } from '../in-process/scenario.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { startGitHub, type GitHubServerOptions } from '../../../harness/github/server.ts';

/** The job that GitHub would start in octo/shop for a recorded event. */
export function jobFor(recording: Recording, branch = 'feature/cart'): JobOptions {
  const { name, ref, actor, payload } = eventFor(recording, { branch });
  return { event: { name, payload: Object(payload) as object }, ref, actor };
}

/** A simulated Aura and GitHub. */
export interface TwoServers {
  readonly scenario: Scenario;
  readonly server: GitHubServer;
  /** Runs a step in a new job for a recorded event. */
  readonly run: (
    recording: Recording,
    inputs?: Readonly<Record<string, string>>,
    options?: JobOptions,
  ) => Promise<StepResult>;
  /** Creates an instance; returns its id. */
  readonly seed: (name: string, createdAt?: string) => string;
  /** The ids of the instances that exist. */
  readonly ids: () => readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts both. */
export async function startTwoServers(
  options: GitHubServerOptions = {},
  simulated: ScenarioOptions['simulator'] = {},
): Promise<TwoServers> {
  const server = await startGitHub(options);
  const scenario = await startScenario({ simulator: simulated });
  const { simulator } = scenario;
  return {
    scenario,
    server,
    run: async (recording, inputs = {}, changes = {}) => {
      const env = { GITHUB_API_URL: server.url };
      const job = await scenario.startJob({ ...jobFor(recording), env, ...changes });
      // These tests are about the stored credentials, not about the token that jobs share.
      const sends = inputs['client-id'] !== '';
      if (inputs['credentials-store'] !== undefined && sends) await giveToken(scenario, job);
      return job.step({ inputs: { operation: 'delete', ...scenario.credentials, ...inputs } });
    },
    seed: (name, createdAt) => {
      const at = createdAt === undefined ? {} : { createdAt: Date.parse(createdAt) };
      return simulator.seedInstance({ name, type: 'professional-db', ...at }).id;
    },
    ids: () => simulator.instances().map(({ id }) => id),
    [Symbol.asyncDispose]: async () => {
      await scenario.finish();
      await server.close();
    },
  };
}
