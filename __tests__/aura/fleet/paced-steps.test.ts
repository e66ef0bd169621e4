import { describe, expect, it } from 'vitest';
import {
  addFaults,
  changesOf,
  countOf,
  errorOf,
  linesOf,
  outputsOf,
  refusal,
  tooMany,
} from '../../../harness/world/support.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';

const inputs = {
  operation: 'create',
  name: 'x',
  tier: 'professional',
  region: 'europe-west1',
  'cloud-provider': 'gcp',
  memory: '1GB',
};
const creation = { operation: 'createInstance' };
const deletion = { operation: 'deleteInstance' };

/** The pauses between requests other than for a token, from the n-th on, in milliseconds. */
function pauses({ simulator }: Scenario, from: number): readonly number[] {
  const times = simulator.exchanges
    .filter(({ path }) => path !== '/oauth/token')
    .map(({ at }) => at)
    .slice(from);
  return times.slice(1).map((at, index) => at - (times[index] ?? 0));
}

describe('a step in which Aura refuses one request', () => {
  it('sends all later ones at a gap that shrinks, and says so', async () => {
    await using scenario = await startScenario();
    addFaults(scenario, { operation: 'listInstances' }, { faults: [refusal(429)] });
    const result = await scenario.run({ ...inputs, wait: 'false' });
    outputsOf(result);
    const [refused = 0, ...others] = pauses(scenario, 1);
    expect(refused).within(6_800, 9_200);
    // The create, and the look for another job's instance.
    expect(others).toHaveLength(2);
    for (const [index, pause] of others.entries()) {
      const gap = 8_000 * 0.9 ** (index + 1);
      expect(pause).within(0.84 * gap, 1.16 * gap);
    }
    expect(linesOf(result).filter((line) => /retrying|before the next/.test(line))).toEqual([
      expect.stringMatching(/^Aura answered 429 'No'; retrying in [789]s\.$/),
      expect.stringMatching(/^Waiting [678]s before the next request: Aura limits the requests/),
    ]);
  });

  it('gets a token without waiting', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    addFaults(scenario, { operation: 'listInstances' }, { faults: [refusal(429)] });
    simulator.addFault({ match: creation, fault: { kind: 'expired-token' } });
    outputsOf(await scenario.run({ ...inputs, wait: 'false' }));
    const [, refused, renewed] = simulator.exchanges.filter(
      ({ path, status }) => path === '/oauth/token' || status === 401,
    );
    expect(countOf(scenario, 'POST', /^\/oauth\/token$/)).toBe(2);
    expect([refused?.status, (renewed?.at ?? 0) - (refused?.at ?? 0)]).toEqual([401, 0]);
  });
});

describe('a create that waits for its turn', () => {
  it.each([20, 60, 120])(
    'for %d s and whose answer is then lost is found, deleted and sent again',
    async (seconds) => {
      await using scenario = await startScenario();
      const faults = [tooMany(seconds), { kind: 'reset-after' } as const];
      addFaults(scenario, creation, { faults });
      expect(outputsOf(await scenario.run(inputs))).toMatchObject({ status: 'running' });
      expect(changesOf(scenario)).toEqual([
        'POST /v1/instances 429',
        'POST /v1/instances reset',
        'DELETE /v1/instances/{id} 202',
        'POST /v1/instances 202',
      ]);
      expect(scenario.simulator.instances()).toHaveLength(1);
    },
  );

  it('is not sent after the timeout', async () => {
    await using scenario = await startScenario();
    addFaults(scenario, creation, { faults: [tooMany(100)] });
    const result = await scenario.run({ ...inputs, timeout: '90s' });
    expect(errorOf(result)).toContain("Aura answered 429 'Rate limit exceeded'");
    expect(result.drivenMilliseconds).toBeLessThan(1_000);
    expect(scenario.simulator.history()).toEqual([]);
  });

  it('is not sent when the step is cancelled, and nothing is left to clean up', async () => {
    await using scenario = await startScenario();
    addFaults(scenario, creation, { faults: [tooMany(60)] });
    const result = await scenario.run(
      { ...inputs, 'delete-after-job': 'true' },
      { cancel: { when: ({ sleep }) => sleep(10_000) } },
    );
    expect(result.conclusion).toBe('cancelled');
    expect(result.drivenMilliseconds).toBe(10_000);
    const [post] = await scenario.job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(scenario.simulator.history()).toEqual([]);
  });
});

describe('the post step', () => {
  async function created(): Promise<Scenario> {
    const scenario = await startScenario();
    outputsOf(await scenario.run({ ...inputs, 'delete-after-job': 'true' }));
    return scenario;
  }

  it.each([
    ['says to wait for more than a minute', [tooMany(90)]],
    ['refuses four times', Array.from({ length: 4 }, () => refusal(429))],
  ])('still deletes if Aura %s', async (_, faults) => {
    await using scenario = await created();
    addFaults(scenario, deletion, { faults });
    const [post] = await scenario.job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(post?.drivenMilliseconds).toBeGreaterThan(60_000);
    expect(changesOf(scenario).at(-1)).toBe('DELETE /v1/instances/{id} 202');
  });

  it('gives up after four and a half minutes, and names what is left', async () => {
    await using scenario = await created();
    scenario.simulator.addFault({ match: deletion, times: 'always', fault: refusal(429) });
    const [post] = await scenario.job.post();
    expect(post?.drivenMilliseconds).toBeLessThanOrEqual(272_000);
    const [made] = scenario.simulator.instances();
    expect(post?.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        new RegExp(`^Could not delete instance 'x' \\(${made?.id ?? ''}\\) .* Aura answered 429`),
      ),
    ]);
  });
});
