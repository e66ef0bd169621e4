import { createSharedTokens } from '../../../src/core/oauth/shared-tokens.ts';
import type { Token } from '../../../src/core/oauth/token.ts';
import { digestOf } from '../../../src/core/oauth/token-file.ts';
import { deriveTokenKey } from '../../../src/core/secrets/seal.ts';
import type { Answer } from '../../../harness/github/answers.ts';
import {
  type GitHubServer,
  type GitHubServerOptions,
  startGitHub,
} from '../../../harness/github/server.ts';
import type { FakeJob, StepOptions, StepResult } from '../../../harness/runner/fake-runner.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';
import { type Scenario, type ScenarioOptions, startScenario } from '../in-process/scenario.ts';
import { expectSealedOnly } from './support.ts';

type Inputs = Readonly<Record<string, string>>;

/** A local Aura and GitHub, and jobs that share their token. */
export interface Sharing {
  readonly scenario: Scenario;
  readonly server: GitHubServer;
  /** Runs a step, by default a `get` in a job of its own. */
  readonly run: (
    inputs?: Inputs,
    job?: FakeJob,
    step?: Omit<StepOptions, 'inputs'>,
  ) => Promise<StepResult>;
  readonly startJob: () => Promise<FakeJob>;
  /** The deployments that contain a token, newest first. */
  readonly shared: () => ReturnType<GitHubServer['deployments']>;
  /** Shares a token as another job would; with another key it cannot be opened. */
  readonly share: (token: Token, secret?: string) => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The name of the one instance. */
export const name = 'shop';

/** Starts both, with an instance; at the end it checks that every secret sent to GitHub was sealed. */
export async function startSharing(
  options: ScenarioOptions & { readonly github?: GitHubServerOptions } = {},
  start: typeof startScenario = startScenario,
): Promise<Sharing> {
  const server = await startGitHub(options.github);
  const scenario = await start({ simulator: { tokensPerHour: 15, ...options.simulator } });
  const { simulator, credentials } = scenario;
  simulator.seedInstance({ name });
  const startJob = (): Promise<FakeJob> =>
    scenario.startJob({ env: { GITHUB_API_URL: server.url } });
  const isToken = ({ task }: { readonly task: string }): boolean => task.startsWith('aura:token:');
  return {
    scenario,
    server,
    startJob,
    run: async (inputs = {}, job, step = {}) =>
      (job ?? (await startJob())).step({
        ...step,
        inputs: {
          operation: 'get',
          name,
          'credentials-store': 'deployment',
          ...credentials,
          ...inputs,
        },
      }),
    shared: () => server.deployments().filter(isToken),
    share: async (token, secret = simulator.clientSecret) => {
      const { clientId, url } = simulator;
      const write = (text: string): Promise<void> => {
        const task = `aura:token:${digestOf({ clientId, apiOrigin: url })}`;
        server.seed({ task, environment: 'aura', payload: { shared: text } }, 'inactive');
        return Promise.resolve();
      };
      const key = deriveTokenKey({ clientId, clientSecret: secretOf(secret) }, url);
      const read = (): Promise<undefined> => Promise.resolve(undefined);
      const debug = (): void => undefined;
      await createSharedTokens({ read, write }, { key, mask: noMask, debug }).share(token);
    },
    [Symbol.asyncDispose]: async () => {
      expectSealedOnly(server, scenario);
      await scenario.finish();
      await server.close();
    },
  };
}

/** The statuses of all token requests. */
export function tokenAnswersOf({ scenario }: Sharing): readonly Answer['status'][] {
  return scenario.simulator.exchanges
    .filter(({ path }) => path === '/oauth/token')
    .map(({ status }) => Number(status));
}
