import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { startScenario } from '../../../harness/world/scenario.ts';

/** Real milliseconds after the start of main: it loads, reads inputs, asks for a token, creates. */
const moments = Array.from({ length: 81 }, (_, index) => index * 5);
/** So many at a time: each is a process of its own on a simulator of its own. */
const atATime = 3;

interface Killed {
  readonly moment: number;
  readonly problems: readonly string[];
}

/** Kills a step at a moment, runs its post step, and says what that should not have done. */
async function killAt(
  moment: number,
  { inputs, seed }: { inputs: Readonly<Record<string, string>>; seed: 'running' | undefined },
): Promise<Killed> {
  // Only the moment is real: what the post step waits for passes in driven time.
  await using scenario = await startScenario();
  const { simulator } = scenario;
  const theirs = simulator.seedInstance({ name: 'theirs' }).id;
  const seeded = seed === undefined ? undefined : simulator.seedInstance({ name: 'ours' }).id;
  const when = (): Promise<void> => setTimeout(moment);
  await scenario.run({ name: 'ours', ...inputs }, { cancel: { when, kill: 'SIGKILL' } });
  const before = changesOf(simulator);
  const posts = await scenario.job.post();
  return { moment, problems: problemsOf(simulator, posts, { before, theirs, seeded }) };
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

async function killAtAll(
  inputs: Readonly<Record<string, string>>,
  seed?: 'running',
): Promise<readonly Killed[]> {
  const left = [...moments];
  const results: Killed[] = [];
  const work = async (): Promise<void> => {
    for (let moment = left.shift(); moment !== undefined; moment = left.shift()) {
      results.push(await killAt(moment, { inputs, seed }));
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return results.filter(({ problems }) => problems.length > 0);
}

describe.skipIf(onWindows)('the post stage of a main stage that was killed early', () => {
  it('creates nothing, and deletes what a create began', { timeout: 180_000 }, async () => {
    const inputs = {
      operation: 'create',
      tier: 'professional',
      region: 'europe-west1',
      'delete-after-job': 'true',
    };
    expect(await killAtAll(inputs)).toEqual([]);
  });

  it.each(['pause', 'delete'])('does nothing after %s', { timeout: 180_000 }, async (operation) => {
    expect(await killAtAll({ operation }, 'running')).toEqual([]);
  });
});
