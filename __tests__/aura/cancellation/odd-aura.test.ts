import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import type { Scenario } from '../../../harness/world/scenario.ts';
import { type Aftermath, type Moment, cancelStep } from './cancelled-step.ts';

const inputs = { operation: 'create', name: 'ours', 'delete-after-job': 'true' };
const post: Moment = { method: 'POST', path: /^\/v1\/instances$/ };

const oddities: readonly (readonly [string, SimulatorOptions])[] = [
  ["Aura's clock 3 minutes ahead", { clockSkew: 180_000 }],
  ["Aura's clock 90 seconds behind", { clockSkew: -90_000 }],
  ["Aura's clock 3 minutes behind", { clockSkew: -180_000 }],
  ['a database clock 2 seconds ahead', { createdAtSkew: 2_000 }],
  ['a database clock a second behind', { createdAtSkew: -1_000 }],
  ['new instances listed after 45 s', { durations: { listAfterCreate: 45_000 } }],
  ['new instances shown after 30 s', { durations: { readAfterCreate: 30_000 } }],
];

/** The answer to the POST is delayed, so that the step can't have read it when it is killed. */
function holdAnswerBack({ simulator }: Scenario): void {
  const match = { operation: 'createInstance' };
  simulator.addFault({ match, fault: { kind: 'hang-after' } });
}

const statuses = ({ scenario }: Aftermath): readonly string[] =>
  scenario.simulator.instances().map(({ status }) => status);

describe.skipIf(onWindows).each(oddities)('a create that is killed, with %s', (_, simulator) => {
  it('at its POST: the post step finds the instance and deletes it', async () => {
    await using aftermath = await cancelStep({
      inputs,
      moment: post,
      kill: 'SIGKILL',
      simulator,
      prepare: holdAnswerBack,
    });
    expect(aftermath.posts.map(({ annotations }) => annotations)).toEqual([[]]);
    expect(statuses(aftermath)).toEqual(['destroying']);
  });

  it('while Aura creates it: the post step deletes it', async () => {
    // With late lists or reads it is not visible yet; otherwise it has a wrong time.
    const moment = 15_000;
    await using aftermath = await cancelStep({ inputs, moment, kill: 'SIGKILL', simulator });
    expect(aftermath.posts.map(({ annotations }) => annotations)).toEqual([[]]);
    expect(statuses(aftermath)).toEqual(['destroying']);
  });
});

describe.skipIf(onWindows)('a create that is killed at its POST', () => {
  it('is kept and named by the post step if Aura returns no time', async () => {
    const simulator = { date: 'none' } as const;
    await using aftermath = await cancelStep({
      inputs,
      moment: post,
      kill: 'SIGKILL',
      simulator,
      prepare: holdAnswerBack,
    });
    const [left] = aftermath.scenario.simulator.instances();
    expect(statuses(aftermath)).toEqual(['creating']);
    expect(aftermath.posts[0]?.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining(left?.id ?? '') as string },
    ]);
  });

  it('is not confused with an older instance of another job', async () => {
    await using aftermath = await cancelStep({
      inputs,
      moment: post,
      kill: 'SIGKILL',
      simulator: { durations: { listAfterCreate: 45_000 }, clockSkew: -180_000 },
      prepare: (scenario) => {
        holdAnswerBack(scenario);
        const { simulator } = scenario;
        const posted = scenario.nextExchange(
          ({ method, path }) => method === 'POST' && path.endsWith('s'),
        );
        const createdAt = simulator.clock.now() - 20_000;
        void posted.then(() => simulator.seedInstance({ name: 'ours', createdAt }));
      },
    });
    const { scenario, posts } = aftermath;
    const [theirs] = scenario.simulator.instances().filter(({ status }) => status === 'running');
    expect(theirs).toBeDefined();
    expect(posts[0]?.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining(theirs?.id ?? '') as string },
    ]);
  });
});
