import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import type { StepResult, TraceEvent } from '../../../harness/runner/fake-runner.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { startScenario } from '../../../harness/world/scenario.ts';

/** Real milliseconds after the start of main, while it loads; its exact progress does not matter. */
const whileLoading = [0, 25, 50];
/** Number of parallel runs, each with its own process and simulator. */
const atATime = 2;

const job = { quickKeys: true };
/** The first line of a wait. */
const isWaiting = /^::group::(Waiting|Deleting) /;

/** When a step is killed: some time after its start, or right before one of its actions. */
type Point = { readonly after: number } | { readonly killBefore: number };

interface Killed {
  readonly point: Point;
  readonly problems: readonly string[];
}

interface Step {
  readonly inputs: Readonly<Record<string, string>>;
  readonly seed: 'running' | undefined;
}

/** Kills a step at a point, runs its post step, and returns what that did wrong. */
async function killAt(point: Point, { inputs, seed }: Step): Promise<Killed> {
  await using scenario = await startScenario({ job });
  const { simulator } = scenario;
  const theirs = simulator.seedInstance({ name: 'theirs' }).id;
  const seeded = seed === undefined ? undefined : seedOurs(simulator);
  const step =
    'after' in point
      ? { cancel: { when: () => setTimeout(point.after), kill: 'SIGKILL' as const } }
      : point;
  const { signal } = await scenario.run(inputsOf(inputs, seeded), step);
  const before = changesOf(simulator);
  const posts = await scenario.job.post();
  const problems = problemsOf(simulator, posts, { before, theirs, seeded });
  return { point, problems: signal === 'SIGKILL' ? problems : ['it was not killed', ...problems] };
}

/**
 * Before each action of a step until it waits; before the first one of several of the same kind in a
 * row. A kill at any other moment until then leaves the same as at one of these points.
 */
async function pointsOf({ inputs, seed }: Step): Promise<readonly Point[]> {
  await using scenario = await startScenario({ job });
  const seeded = seed === undefined ? undefined : seedOurs(scenario.simulator);
  const { trace } = await scenario.run(inputsOf(inputs, seeded));
  const until = trace.findIndex((event) => event.kind === 'stdout' && isWaiting.test(event.text));
  const kindOf = (event: TraceEvent | undefined): string =>
    event?.kind === 'command-file' ? event.file : (event?.kind ?? '');
  const numbers = [...trace.keys()].filter(
    (index) =>
      index <= until &&
      kindOf(trace[index]) !== 'sleep' &&
      (kindOf(trace[index]) === 'request' || kindOf(trace[index]) !== kindOf(trace[index - 1])),
  );
  // Fewer would mean that the trace has changed.
  expect(numbers.length).toBeGreaterThanOrEqual(12);
  return numbers.map((killBefore) => ({ killBefore }));
}

function changesOf(simulator: Simulator): readonly string[] {
  return simulator.exchanges
    .filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')
    .map(({ method, path }) => `${method} ${path}`);
}

function problemsOf(
  simulator: Simulator,
  posts: readonly StepResult[],
  {
    before,
    theirs,
    seeded,
  }: { before: readonly string[]; theirs: string; seeded: string | undefined },
): readonly string[] {
  const byPost = changesOf(simulator).slice(before.length);
  const ofStep = simulator
    .history()
    .map(({ id }) => id)
    .filter((id) => id !== theirs && id !== seeded);
  const problems = byPost
    .filter((change) => !ofStep.some((id) => change === `DELETE /v1/instances/${id}`))
    .map((change) => `post sent ${change}`);
  const alive = simulator.instances().filter(({ status }) => status !== 'destroying');
  if (alive.some(({ id }) => ofStep.includes(id))) {
    problems.push('the instance of the step is left');
  }
  for (const { conclusion, annotations } of posts) {
    if (conclusion !== 'success') problems.push('the post step failed');
    problems.push(...annotations.map(({ message }) => `post says: ${message}`));
  }
  return problems;
}

/** The word `itself` stands for the id of the instance. */
function inputsOf(inputs: Step['inputs'], id = ''): Readonly<Record<string, string>> {
  const given = Object.entries(inputs);
  return Object.fromEntries(given.map(([name, value]) => [name, value === 'itself' ? id : value]));
}

/** The instance, with a snapshot. */
function seedOurs(simulator: Simulator): string {
  const { id } = simulator.seedInstance({ name: 'ours' });
  simulator.seedSnapshot(id);
  return id;
}

async function killAtAll(step: Step): Promise<readonly Killed[]> {
  const left = [...whileLoading.map((after) => ({ after })), ...(await pointsOf(step))];
  const results: Killed[] = [];
  const work = async (): Promise<void> => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) {
      results.push(await killAt(point, step));
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return results.filter(({ problems }) => problems.length > 0);
}

describe.skipIf(onWindows)('the post stage of a main stage that was killed early', () => {
  it('creates nothing, and deletes what the create started', { timeout: 180_000 }, async () => {
    const inputs = {
      operation: 'create',
      name: 'ours',
      tier: 'professional',
      region: 'europe-west1',
      'delete-after-job': 'true',
    };
    expect(await killAtAll({ inputs, seed: undefined })).toEqual([]);
  });

  it.each([
    { operation: 'pause', name: 'ours' },
    { operation: 'resize', name: 'ours', memory: '4GB', 'new-name': 'renamed' },
    { operation: 'restore', name: 'ours', 'snapshot-id': 'latest' },
    {
      operation: 'overwrite',
      name: 'ours',
      'source-instance-id': 'itself',
      'source-snapshot-id': 'latest',
    },
    { operation: 'delete', name: 'ours' },
    { operation: 'delete', 'name-pattern': 'our?' },
  ])('does nothing after %o', { timeout: 180_000 }, async (inputs) => {
    expect(await killAtAll({ inputs, seed: 'running' })).toEqual([]);
  });
});
