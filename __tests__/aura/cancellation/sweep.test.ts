import { describe, expect, it } from 'vitest';
import { type GitHubServer, startGitHub } from '../../../harness/github/server.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import type { Cancellation, JobOptions, StepResult } from '../../../harness/runner/fake-runner.ts';
import { type Scenario, startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { instanceName } from '../../../src/aura/inputs/naming.ts';
import { startScenario } from '../in-process/scenario.ts';

const nameOf = (branch: string): string =>
  instanceName('octo/shop', { name: branch, owner: undefined });
const stale = [nameOf('a'), nameOf('b'), nameOf('c')];
const kept = [nameOf('open'), nameOf('main'), 'production'];

/** A moment of a sweep: a request to Aura or to GitHub, or a time after the start. */
type Moment =
  | number
  | { readonly method: string; readonly path: RegExp }
  | { readonly github: RegExp; readonly nth: number };

interface World extends AsyncDisposable {
  readonly scenario: Scenario;
  readonly github: GitHubServer;
  readonly job: JobOptions;
}

async function startWorld(bundle: boolean): Promise<World> {
  const github = await startGitHub();
  const scenario = bundle ? await startBundle() : await startScenario();
  github.putPullRequest({ number: 7, branch: 'open' });
  for (const name of [...stale, ...kept]) scenario.simulator.seedInstance({ name });
  const job = {
    env: { GITHUB_API_URL: github.url },
    event: { name: 'schedule', payload: { schedule: '17 3 * * *' } },
    ref: 'refs/heads/main',
    quickKeys: true,
  };
  const dispose = async (): Promise<void> => {
    await scenario.finish();
    await github.close();
  };
  return { scenario, github, job, [Symbol.asyncDispose]: dispose };
}

async function reach({ scenario, github }: World, moment: Moment): Promise<void> {
  if (typeof moment === 'number') return;
  if ('path' in moment) {
    await scenario.nextExchange(
      ({ method, path }) => method === moment.method && moment.path.test(path),
    );
    return;
  }
  const seen = (): number => github.exchanges.filter(({ path }) => moment.github.test(path)).length;
  while (seen() < moment.nth) await github.nextRequest();
}

/** Runs a sweep in a new job, and its post step, which has nothing to do. */
async function sweep(
  { scenario, job }: World,
  { when, kill }: { readonly when?: Cancellation['when']; readonly kill?: 'SIGKILL' } = {},
): Promise<StepResult> {
  const inputs = { ...scenario.credentials, operation: 'sweep' };
  const cancel = when === undefined ? {} : { cancel: { when, ...(kill && { kill }) } };
  const started = await scenario.startJob(job);
  const step = await started.step({ inputs, ...cancel });
  const posts = await started.post();
  expect(posts).toMatchObject([{ conclusion: 'success', annotations: [] }]);
  return step;
}

/** What a sweep did wrong, however it ended. */
function problemsOf({ scenario: { simulator } }: World, step: StepResult): readonly string[] {
  const problems: string[] = [];
  const statusOf = new Map(simulator.instances().map(({ name, status }) => [name, status]));
  for (const name of kept) {
    if (statusOf.get(name) !== 'running') problems.push(`${name} was changed`);
  }
  const entries = JSON.parse(step.outputs['instances'] ?? '[]') as readonly {
    readonly id: string;
    readonly name: string;
    readonly changed: boolean;
  }[];
  for (const { name } of entries) {
    if (!stale.includes(name)) problems.push(`${name} is in the outputs`);
  }
  const sent = simulator.exchanges.filter(({ method }) => method === 'DELETE');
  for (const { path } of sent) {
    if (!entries.some(({ id }) => path.endsWith(id)))
      problems.push(`${path} is not in the outputs`);
  }
  return problems;
}

const moments: readonly Moment[] = [
  { method: 'POST', path: /token$/ },
  { method: 'GET', path: /instances$/ },
  { github: /pulls$/, nth: 1 },
  { github: /branches$/, nth: 1 },
  { method: 'GET', path: /instances\/./ },
  { github: /pulls$/, nth: 2 },
  { github: /branches$/, nth: 2 },
  { method: 'DELETE', path: /./ },
  { github: /deployments$/, nth: 1 },
  5_000,
  30_000,
];

describe.skipIf(onWindows)('a sweep that is cancelled', () => {
  it.each(moments)('touches only what is stale, and says what it did: %o', async (moment) => {
    await using world = await startWorld(false);
    const { scenario } = world;
    let signalledAt = Number.NaN;
    const step = await sweep(world, {
      when: async ({ sleep }) => {
        if (typeof moment === 'number') await sleep(moment);
        else await reach(world, moment);
        signalledAt = scenario.clock.now();
      },
    });
    expect(problemsOf(world, step)).toEqual([]);
    expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 1 });
    expect(scenario.clock.now() - signalledAt).toBeLessThan(2_000);
    expect(step.annotations).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^The step was cancelled \(SIGINT\)\. /) as string,
      }),
    ]);
    // The next sweep completes it.
    const next = await sweep(world);
    expect(next.exitCode).toBe(0);
    expect(scenario.simulator.instances().map(({ name }) => name)).toEqual(kept);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('by a real %s does the same', async (kill) => {
    await using world = await startWorld(true);
    const when: Cancellation['when'] = () => reach(world, { method: 'DELETE', path: /./ });
    const step = await sweep(world, { when, ...(kill === 'SIGKILL' && { kill }) });
    expect(step.signal).toBe(kill === 'SIGKILL' ? 'SIGKILL' : null);
    expect(problemsOf(world, step)).toEqual([]);
    const next = await sweep(world);
    expect(next.exitCode).toBe(0);
    expect(world.scenario.simulator.instances().map(({ name }) => name)).toEqual(kept);
  });
});

describe.skipIf(onWindows)('two sweeps at once', () => {
  it('both succeed, and together delete only what is stale', async () => {
    await using world = await startWorld(true);
    const steps = await Promise.all([sweep(world), sweep(world)]);
    for (const step of steps) {
      expect(step.exitCode).toBe(0);
      const entries = JSON.parse(step.outputs['instances'] ?? '[]') as { readonly name: string }[];
      expect(entries.filter(({ name }) => !stale.includes(name))).toEqual([]);
    }
    const left = world.scenario.simulator.instances();
    expect(left.filter(({ status }) => status !== 'destroying').map(({ name }) => name)).toEqual(
      kept,
    );
  });
});
