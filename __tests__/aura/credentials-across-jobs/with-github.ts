import type { SimulatedInstance } from '../../../simulator/aura/simulator.ts';
import { type Bundle, sealBundle } from '../../../src/aura/credentials/bundle.ts';
import type { FakeJob, JobOptions, StepResult } from '../../../harness/runner/fake-runner.ts';
import {
  startGitHub,
  type GitHubServer,
  type GitHubServerOptions,
  type KeptDeployment,
} from '../../../harness/github/server.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { giveToken } from './job-token.ts';
import { expectSealedOnly, stepIn } from './support.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** A local Aura and GitHub, and jobs that store credentials for later ones. */
export interface Keeping {
  readonly scenario: Scenario;
  readonly server: GitHubServer;
  /** Runs a `create` of the instance 'shop' with the store, in its own job. */
  readonly create: (
    inputs?: Readonly<Record<string, string>>,
    job?: FakeJob,
  ) => Promise<StepResult>;
  /** Runs any step with the store, in its own job. */
  readonly run: (inputs: Readonly<Record<string, string>>, job?: FakeJob) => Promise<StepResult>;
  readonly startJob: (options?: JobOptions) => Promise<FakeJob>;
  /** An existing instance 'shop'. */
  readonly seed: (status?: string) => SimulatedInstance;
  /** Stores the credentials of an instance, as an earlier run would. */
  readonly keep: (
    instance: SimulatedInstance,
    changes?: Partial<Bundle>,
    key?: string,
  ) => KeptDeployment;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts both. Each job has its access token already, so the store contains only credentials; at the end it checks that every secret sent to GitHub was sealed.
 *
 * @param start how the scenario is started: with steps in this process, or with the bundle
 */
export async function startKeeping(
  githubOptions: GitHubServerOptions = {},
  start = startScenario,
): Promise<Keeping> {
  const server = await startGitHub(githubOptions);
  const scenario = await start({ job: { env: { GITHUB_API_URL: server.url } } });
  const { simulator } = scenario;
  const startJob: Keeping['startJob'] = async (options = {}) => {
    const env = { GITHUB_API_URL: server.url, ...options.env };
    const job = await scenario.startJob({ ...options, env });
    await giveToken(scenario, job);
    return job;
  };
  const run: Keeping['run'] = async (inputs, job) =>
    stepIn(scenario, job ?? (await startJob()), { 'credentials-store': 'deployment', ...inputs });
  return {
    scenario,
    server,
    startJob,
    run,
    create: (inputs = {}, job) => run({ operation: 'create', name: 'shop', ...inputs }, job),
    seed: (status = 'running') => simulator.seedInstance({ name: 'shop', status }),
    keep: (instance, changes = {}, key = simulator.clientSecret) => {
      const { id, name, tenantId, connectionUrl, username, password } = instance;
      const secret = secretOf(password);
      const credentials = { instanceId: id, name, tenantId, username, password: secret };
      const bundle = { ...credentials, connectionUri: connectionUrl, token: undefined, ...changes };
      return server.seed({
        ...keptAs(name),
        payload: {
          id: bundle.instanceId,
          scope: bundle.tenantId,
          sealed: sealBundle(bundle, secretOf(key)),
        },
      });
    },
    [Symbol.asyncDispose]: async () => {
      expectSealedOnly(server, scenario);
      await scenario.finish();
      await server.close();
    },
  };
}

/**
 * Runs a step whose first request to GitHub is never answered. The test clock stands still during
 * a request, unless Aura holds back an answer; so Aura holds back one in the meantime.
 */
export async function whileGitHubHangs(
  { scenario, server }: Keeping,
  run: () => Promise<StepResult>,
): Promise<StepResult> {
  server.order({ answer: 'hang', times: 9 });
  const asked = server.nextRequest();
  const step = run();
  await asked;
  const { simulator } = scenario;
  simulator.addFault({ match: { operation: 'listTenants' }, fault: { kind: 'hang' } });
  const stop = new AbortController();
  const headers = { authorization: 'Bearer a.b.c', accept: 'application/json' };
  const held = fetch(`${simulator.url}/v1/tenants`, { headers, signal: stop.signal }).catch(
    () => undefined,
  );
  try {
    return await step;
  } finally {
    stop.abort();
    await held;
  }
}

/** The fields that all deployments for a name have in common. */
export function keptAs(name: string) {
  return {
    ref: 'main',
    task: `aura:${name}`,
    environment: 'aura',
    transient_environment: true,
  } as const;
}
