import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import { onWindows } from '../../../harness/runner/platform.ts';
import { type Moment, cancelStep } from './cancelled-step.ts';

const tenant = { id: '11111111-2222-4333-8444-555555555555', name: 'Ours' };
const source = 'source';
const config = {
  tenant_id: tenant.id,
  type: 'business-critical',
  cloud_provider: 'gcp',
  region: 'europe-west1',
  memory: '4GB',
  secondaries_count: 2,
  cdc_enrichment_mode: 'FULL',
};
const simulator: SimulatorOptions = { tenants: [tenant] };
const patch: Moment = { method: 'PATCH', path: /./ };
const minutes = 60_000;

/** The create takes 3 minutes, and each of the two updates too. */
const moments: readonly Moment[] = [
  { method: 'POST', path: /^\/v1\/instances$/ },
  1 * minutes,
  patch,
  3.2 * minutes,
  5 * minutes,
  6.6 * minutes,
  9 * minutes,
];

function inputsOf(more: Readonly<Record<string, string>>) {
  return { operation: 'create', name: 'ours', ...more };
}

describe.skipIf(onWindows)('a create from a config', () => {
  it.each([
    ...moments.map((moment) => ({ moment, by: 'SIGINT' as const })),
    { moment: patch, by: 'SIGKILL' as const },
    { moment: 3.2 * minutes, by: 'SIGKILL' as const },
    { moment: 5 * minutes, by: 'SIGKILL' as const },
  ])('that ends by $by at $moment is deleted by the post step', async ({ moment, by }) => {
    const inputs = inputsOf({ config: JSON.stringify(config), 'delete-after-job': 'true' });
    await using aftermath = await cancelStep({
      inputs,
      moment,
      simulator,
      ...(by === 'SIGKILL' ? { kill: by } : {}),
    });
    const { scenario, step, posts, lingered } = aftermath;
    const history = scenario.simulator.history();
    expect(history).toHaveLength(1);
    const [made] = history;
    expect(step.outputs).toMatchObject({ 'instance-id': made?.id, password: made?.password });
    const told = posts.flatMap(({ annotations }) => annotations).map(({ message }) => message);
    const alive = scenario.simulator.instances().filter(({ status }) => status !== 'destroying');
    expect(told).toEqual([]);
    expect(alive).toEqual([]);
    expect(posts.map(({ conclusion }) => conclusion)).toEqual(['success']);
    if (by === 'SIGINT') expect(lingered).toBeLessThan(2_000);
  });

  it('that is killed between its create and its update is deleted, not only named', async () => {
    const inputs = inputsOf({ config: JSON.stringify(config), 'delete-after-job': 'true' });
    // Right before the update: the instance is running.
    const moment: Moment = { method: 'GET', path: /^\/v1\/instances$/ };
    let lists = 0;
    await using aftermath = await cancelStep({
      inputs,
      moment: {
        ...moment,
        path: {
          test: (path: string) => {
            if (/^\/v1\/instances$/.test(path)) lists += 1;
            return lists === 3;
          },
        } as RegExp,
      },
      simulator,
      kill: 'SIGKILL',
    });
    const { scenario, posts } = aftermath;
    expect(scenario.simulator.exchanges.some(({ method }) => method === 'PATCH')).toBe(false);
    expect(scenario.simulator.instances().map(({ status }) => status)).toEqual(['destroying']);
    expect(posts[0]?.annotations).toEqual([]);
  });
});

describe.skipIf(onWindows)('a copy of an instance', () => {
  it.each([
    { moment: 60_000, by: 'SIGINT' as const },
    { moment: 60_000, by: 'SIGKILL' as const },
    // Aura loads the data into it.
    { moment: 140_000, by: 'SIGINT' as const },
    { moment: 140_000, by: 'SIGKILL' as const },
  ])('that ends by $by at $moment is deleted, and its source stays', async ({ moment, by }) => {
    // The id of the source is known only when it exists.
    let id = '';
    const inputs: Record<string, string> = inputsOf({ 'delete-after-job': 'true' });
    await using aftermath = await cancelStep({
      inputs,
      moment,
      simulator,
      prepare: (scenario) => {
        ({ id } = scenario.simulator.seedInstance({ name: source }));
        inputs['source-instance-id'] = id;
      },
      ...(by === 'SIGKILL' ? { kill: by } : {}),
    });
    const { scenario, posts } = aftermath;
    expect(scenario.simulator.instances().map(({ name, status }) => `${name} ${status}`)).toEqual([
      'source running',
      'ours destroying',
    ]);
    expect(scenario.simulator.history()[1]?.dataFrom).toBe(id);
    expect(posts.map(({ annotations }) => annotations)).toEqual([[]]);
  });
});
