import { type GitHubServerOptions, startGitHub } from '../../harness/github/server.ts';
import type { JobOptions, StepResult } from '../../harness/runner/fake-runner.ts';
import {
  type Scenario,
  type ScenarioOptions,
  startScenario,
} from '../../harness/world/scenario.ts';
import { instanceName } from '../../src/aura/inputs/naming.ts';

/** A run of the action, for a picture of its summary or its log. */
export interface Scene {
  /** The picture's file name, without its ending. */
  readonly name: string;
  readonly shows: 'summary' | 'log';
  /** The name of the job or the step, as GitHub shows it above. */
  readonly title: string;
  readonly run: () => Promise<StepResult>;
}

const repository = 'acme/shop';
const hour = 3_600_000;

/** The pictures of the documentation. */
export const scenes: readonly Scene[] = [
  { name: 'summary-create', shows: 'summary', title: 'test summary', run: createOne },
  { name: 'summary-several', shows: 'summary', title: 'pause summary', run: pauseSeveral },
  { name: 'summary-failure', shows: 'summary', title: 'test summary', run: refuseOne },
  { name: 'summary-sweep', shows: 'summary', title: 'sweep summary', run: sweepOld },
  { name: 'log-create', shows: 'log', title: 'Create the database', run: createOne },
];

/** A push to the branch of a pull request. */
const push: JobOptions = {
  repository,
  ref: 'refs/heads/feature/cart',
  event: {
    name: 'push',
    payload: { ref: 'refs/heads/feature/cart', repository: { default_branch: 'main' } },
  },
};

const schedule: JobOptions = {
  repository,
  ref: 'refs/heads/main',
  event: { name: 'schedule', payload: { repository: { default_branch: 'main' } } },
};

async function inScenario(
  options: ScenarioOptions,
  act: (scenario: Scenario) => Promise<StepResult>,
): Promise<StepResult> {
  await using scenario = await startScenario(options);
  return await act(scenario);
}

function createOne(): Promise<StepResult> {
  return inScenario({ job: { ...push, filesWithSecrets: ['.env'] } }, (scenario) =>
    scenario.run({
      operation: 'create',
      region: 'europe-west1',
      'cloud-provider': 'gcp',
      'delete-after-job': 'true',
      'export-env': 'true',
      'env-file': '.env',
    }),
  );
}

/** One of four instances is busy until the step gives up on it; one is paused already. */
function pauseSeveral(): Promise<StepResult> {
  return inScenario({ job: schedule }, async (scenario) => {
    const { simulator } = scenario;
    const seed = (name: string): string =>
      simulator.seedInstance({ name, type: 'professional-db' }).id;
    seed('staging');
    seed('demo-eu');
    const [busy, idle] = [seed('reports'), seed('demo-us')];
    simulator.setStatus(idle, 'paused');
    simulator.addFault({
      match: { method: 'POST', path: `/${busy}/pause$` },
      times: 'always',
      fault: {
        kind: 'status',
        status: 409,
        body: {
          errors: [
            { message: 'Another operation is in progress', reason: 'ongoing-database-operation' },
          ],
        },
      },
    });
    const ids = simulator.instances().map(({ id }) => id);
    return scenario.run({ operation: 'pause', 'instance-id': ids.join(', '), timeout: '5m' });
  });
}

/** Aura Free allows one instance, and there is one. */
function refuseOne(): Promise<StepResult> {
  return inScenario({ simulator: { instanceQuota: 1 }, job: push }, (scenario) => {
    const { simulator } = scenario;
    simulator.seedInstance({ name: 'old-prototype', type: 'free-db' });
    return scenario.run({ operation: 'create', 'delete-after-job': 'true' });
  });
}

/** Instances of an open and a closed pull request, of a deleted branch, of main, and of others. */
async function sweepOld(): Promise<StepResult> {
  const options: GitHubServerOptions = { repository };
  await using server = await startGitHub(options);
  server.putPullRequest({ number: 92, branch: 'feature/cart' });
  const job = { ...schedule, env: { GITHUB_API_URL: server.url } };
  return await inScenario({ job }, (scenario) => {
    const { simulator } = scenario;
    const seed = (name: string, hours: number): void => {
      const createdAt = simulator.auraTime() - hours * hour;
      simulator.seedInstance({ name, type: 'professional-db', createdAt });
    };
    const ages = { 'old-idea': 288, 'fix-login': 77, 'feature/cart': 2, main: 2_160 };
    for (const [name, hours] of Object.entries(ages)) {
      seed(instanceName(repository, { name, owner: undefined }), hours);
    }
    seed('production', 9_000);
    seed('staging', 5_000);
    return scenario.run({ operation: 'sweep' });
  });
}
