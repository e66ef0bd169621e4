import { describe, expect, test } from 'vitest';
import { startScenario } from '../../in-process/scenario.ts';
import { detailOutputs, subjects, theInstance } from '../../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  instancesOf,
  linesOf,
  outputsOf,
  requestsOf,
  resultLinesOf,
  statesOf,
} from '../../../../harness/world/support.ts';
import { testNotFound } from '../status-changes.ts';
import { testChange, testLookUp, testWait } from '../troubles.ts';
import { patchesOf, refusedWith, seedLarge, showInstead } from './resize-step.ts';

describe('in trouble', () => {
  testLookUp(subjects.resize);
  testChange(subjects.resize);
  testWait(subjects.resize);
  testNotFound('resize', { memory: '4GB' });
});

describe('the requests of a resize', () => {
  /** Inputs, the bodies they give for an instance of 4GB with storage 8GB, and what is changed then. */
  test.each<[what: string, inputs: Record<string, string>, patches: object[], then: object]>([
    ['memory', { memory: '8GB' }, [{ memory: '8GB' }], { memory: '8GB', storage: '16GB' }],
    [
      'memory with storage',
      { memory: '8GB', storage: '16GB' },
      [{ memory: '8GB', storage: '16GB' }],
      { storage: '16GB' },
    ],
    ['only memory, which is smaller', { memory: '2GB' }, [{ memory: '2GB' }], { storage: '4GB' }],
    [
      'only the storage that differs',
      { memory: '4GB', storage: '8GB', secondaries: '1' },
      [{ secondaries_count: 1 }],
      {},
    ],
    [
      'vector',
      { 'vector-optimized': 'true' },
      [{ vector_optimized: true }],
      { vectorOptimized: true },
    ],
    ['secondaries', { secondaries: '2' }, [{ secondaries_count: 2 }], { secondariesCount: 2 }],
    [
      'CDC',
      { 'cdc-enrichment-mode': 'DIFF' },
      [{ cdc_enrichment_mode: 'DIFF' }],
      { cdcEnrichmentMode: 'DIFF' },
    ],
    ['a name', { 'new-name': 'y' }, [{ name: 'y' }], { name: 'y', memory: '4GB' }],
    [
      'all, in a fixed order and the name last',
      {
        'new-name': 'y',
        'cdc-enrichment-mode': 'FULL',
        secondaries: '3',
        'vector-optimized': 'true',
        storage: '32GB',
        memory: '16GB',
      },
      [
        { memory: '16GB', storage: '32GB' },
        { vector_optimized: true },
        { secondaries_count: 3 },
        { cdc_enrichment_mode: 'FULL' },
        { name: 'y' },
      ],
      {
        name: 'y',
        memory: '16GB',
        storage: '32GB',
        secondariesCount: 3,
        cdcEnrichmentMode: 'FULL',
      },
    ],
    [
      'what differs, and nothing else',
      {
        memory: '4GB',
        'vector-optimized': 'false',
        secondaries: '0',
        'cdc-enrichment-mode': 'OFF',
        'new-name': 'y',
      },
      [{ name: 'y' }],
      { name: 'y' },
    ],
  ])('are one for each kind that differs: %s', async (_what, inputs, patches, then) => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const result = await scenario.run({ operation: 'resize', name: 'x', ...inputs });
    const { name, memory } = theInstance(scenario);
    expect(outputsOf(result)).toMatchObject({ 'instance-id': id, name, memory, changed: 'true' });
    expect(instancesOf(result)).toEqual([{ id, name, status: 'running', changed: true }]);
    expect(patchesOf(scenario)).toEqual(patches);
    expect(theInstance(scenario)).toMatchObject({ status: 'running', ...then });
  });

  test('install the plugin on the tier that has it', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario, { type: 'professional-db' });
    const inputs = { operation: 'resize', name: 'x', 'graph-analytics-plugin': 'true' };
    outputsOf(await scenario.run(inputs));
    expect(patchesOf(scenario)).toEqual([{ graph_analytics_plugin: true }]);
    expect(theInstance(scenario).graphAnalyticsPlugin).toBe(true);
  });

  test('send the storage again with a new memory, because Aura changes both', async () => {
    await using scenario = await startScenario();
    const instance = seedLarge(scenario);
    showInstead(scenario, instance, { fields: { memory: '4GB', storage: '16GB' } });
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', storage: '16GB' };
    outputsOf(await scenario.run(inputs));
    expect(patchesOf(scenario)).toEqual([{ memory: '8GB', storage: '16GB' }]);
  });

  test('contain only the storage if the memory stays, and Aura decides about the pair', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    const inputs = { operation: 'resize', name: 'x', memory: '4GB', storage: '16GB' };
    expect(errorOf(await scenario.run(inputs))).toContain('4GB with storage 16GB is not available');
    expect(patchesOf(scenario)).toEqual([{ storage: '16GB' }]);
  });

  test('are none if all values are so, and for a name that it has not even a list', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const inputs = { memory: '4GB', storage: '8GB', secondaries: '0', 'new-name': 'x' };
    const result = await scenario.run({ operation: 'resize', 'instance-id': id, ...inputs });
    expect(outputsOf(result)).toEqual(detailOutputs(scenario));
    expect(resultLinesOf(result)).toEqual([
      `Instance 'x' (${id}) already has memory 4GB and storage 8GB, secondaries 0, new-name 'x'; nothing to do.`,
    ]);
    expect(requestsOf(scenario)).toEqual(['POST /oauth/token 200', 'GET /v1/instances/{id} 200']);
  });

  test.each([
    [{ secondaries: '0' }, { secondaries_count: null }],
    [{ secondaries: '0' }, {}],
    [{ 'cdc-enrichment-mode': 'OFF' }, { cdc_enrichment_mode: null }],
    [{ 'cdc-enrichment-mode': 'OFF' }, {}],
    [{ 'vector-optimized': 'false' }, { vector_optimized: null }],
    [{ 'graph-analytics-plugin': 'false' }, {}],
  ])('are none for %o if Aura shows %o', async (inputs, fields) => {
    await using scenario = await startScenario();
    const instance = seedLarge(scenario);
    showInstead(scenario, instance, { fields });
    const result = await scenario.run({ operation: 'resize', name: 'x', ...inputs });
    expect(outputsOf(result)['changed']).toBe('false');
    expect(changesOf(scenario)).toEqual([]);
  });
});

describe('the wait of a resize', () => {
  test('logs each status, and each kind that is done', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', 'new-name': 'y' };
    const result = await scenario.run(inputs);
    expect(statesOf(result)).toEqual([
      '0s updating',
      expect.stringMatching(/^3m( \d+s)? running$/),
    ]);
    expect(resultLinesOf(result)).toEqual([
      `Instance 'x' (${id}) is set to memory 8GB.`,
      `Instance 'x' (${id}) is renamed to 'y'.`,
    ]);
  });

  test('does not end with the old values, however long Aura shows them', async () => {
    await using scenario = await startScenario({
      simulator: { durations: { readAfterUpdate: 150_000 } },
    });
    seedLarge(scenario);
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
    expect(outputsOf(result)).toMatchObject({ memory: '8GB', status: 'running' });
    expect(result.drivenMilliseconds).toBeGreaterThan(300_000);
  });

  test('does not end while the new values are shown with another status', async () => {
    await using scenario = await startScenario();
    const instance = seedLarge(scenario);
    const fields = { memory: '8GB', storage: '16GB', status: 'updating' };
    showInstead(scenario, instance, { fields, nth: 2, times: 3 });
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', 'poll-interval': '10s' };
    const result = await scenario.run(inputs);
    expect(outputsOf(result)['memory']).toBe('8GB');
    expect(result.drivenMilliseconds).toBeGreaterThan(180_000);
  });

  test('is only for the kinds before the last one with wait: false', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', secondaries: '1' };
    const result = await scenario.run({ ...inputs, wait: 'false' });
    expect(outputsOf(result)).toMatchObject({ memory: '8GB', changed: 'true', status: 'updating' });
    expect(linesOf(result).at(-1)).toBe(
      `Aura has accepted the request to resize instance 'x' (${id}).`,
    );
    expect(patchesOf(scenario)).toHaveLength(2);
    expect(theInstance(scenario)).not.toHaveProperty('secondariesCount');
  });

  test('is not needed for a new name alone', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const result = await scenario.run({ operation: 'resize', name: 'x', 'new-name': 'y' });
    expect(outputsOf(result)).toMatchObject({ name: 'y', status: 'running', changed: 'true' });
    expect(JSON.parse(result.outputs['instance'] ?? '')).toMatchObject({ id, name: 'y' });
    expect(result.drivenMilliseconds).toBe(0);
    expect(theInstance(scenario).name).toBe('y');
  });

  describe('for a value that Aura does not show', () => {
    const inputs = { operation: 'resize', name: 'x', secondaries: '2', 'poll-interval': '5s' };
    const line = 'Aura does not show all of these values, so they are not compared: secondaries 2.';

    test('ends as soon as the instance runs after another status', async () => {
      await using scenario = await startScenario();
      const instance = seedLarge(scenario);
      showInstead(scenario, instance, { fields: {}, times: 3 });
      showInstead(scenario, instance, { fields: { status: 'updating' }, nth: 4, times: 2 });
      showInstead(scenario, instance, { fields: {}, nth: 6, times: 'always' });
      const result = await scenario.run(inputs);
      expect(outputsOf(result)).toMatchObject({ changed: 'true', status: 'running' });
      expect(linesOf(result)).toContain(line);
      expect(result.drivenMilliseconds).toBe(25_000);
    });

    test('ends after a minute if no other status is seen', async () => {
      await using scenario = await startScenario();
      const instance = seedLarge(scenario);
      showInstead(scenario, instance, { fields: { secondaries_count: null }, times: 'always' });
      const result = await scenario.run(inputs);
      expect(outputsOf(result)).toMatchObject({ changed: 'true', status: 'running' });
      expect(linesOf(result)).toContain(line);
      expect(result.drivenMilliseconds).toBe(60_000);
    });
  });
});

describe('an instance that cannot be resized', () => {
  test('is a free one, before anything is sent', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario, { type: 'free-db', memory: '1GB' });
    const inputs = { operation: 'resize', name: 'x', memory: '2GB', secondaries: '1' };
    const result = await scenario.run({ ...inputs, 'new-name': 'y' });
    expect(errorOf(result)).toBe(
      `Could not resize instance 'x' (${id}): its tier is 'free', for which Aura can only change the name, but the inputs ask for memory 2GB, secondaries 1. Nothing was changed. Remove these inputs, or create an instance of another tier.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is not a free one that only gets a new name', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario, { type: 'free-db', memory: '1GB' });
    outputsOf(await scenario.run({ operation: 'resize', name: 'x', 'new-name': 'y' }));
    expect(theInstance(scenario).name).toBe('y');
  });

  test('is a paused one if Aura refuses, and the error says what to do', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario, { status: 'paused' });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
    expect(errorOf(result)).toBe(
      `Could not resize instance 'x' (${id}): Aura answered 409 'The instance can't be changed while it is paused.' (instance-action-unavailable). The instance is paused. Resume it with operation 'resume', then run this step again.`,
    );
    expect(result.drivenMilliseconds).toBe(0);
  });

  test('is not a paused one if Aura accepts: it ends paused with the new values', async () => {
    await using scenario = await startScenario();
    const instance = seedLarge(scenario, { status: 'paused' });
    scenario.simulator.addFault({
      match: { operation: 'updateInstance' },
      fault: { kind: 'status', status: 202, body: {} },
    });
    showInstead(scenario, instance, { fields: { memory: '8GB' }, nth: 2, times: 'always' });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
    expect(outputsOf(result)).toMatchObject({ status: 'paused', memory: '8GB', changed: 'true' });
  });

  test('is not a paused one that gets a new name', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario, { status: 'paused' });
    const result = await scenario.run({ operation: 'resize', name: 'x', 'new-name': 'y' });
    expect(outputsOf(result)).toMatchObject({ name: 'y', status: 'paused', changed: 'true' });
  });

  test.each(['suspended', 'loading failed', 'destroying'])('is one that is %s', async (status) => {
    await using scenario = await startScenario();
    seedLarge(scenario, { status });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
    expect(errorOf(result)).toContain(`its status is '${status}' (`);
    expect(changesOf(scenario)).toEqual([]);
  });
});

test('a dry run lists what it would change, and changes nothing', async () => {
  await using scenario = await startScenario();
  const { id } = seedLarge(scenario);
  const inputs = { operation: 'resize', name: 'x', memory: '8GB', secondaries: '0' };
  const result = await scenario.run({ ...inputs, 'new-name': 'y', 'dry-run': 'true' });
  expect(outputsOf(result)).toMatchObject({ name: 'x', changed: 'false' });
  expect(resultLinesOf(result)).toEqual([
    `##[notice]Dry run: would set memory 8GB, then new-name 'y' of instance 'x' (${id}), which is running.`,
  ]);
  expect(changesOf(scenario)).toEqual([]);
});

test('an empty body in the answer is as good as a full one', async () => {
  await using scenario = await startScenario();
  const instance = seedLarge(scenario);
  for (const [index, body] of [{}, '', { data: {} }].entries()) {
    scenario.simulator.clearFaults();
    const fault = { kind: 'status', status: 202, body } as const;
    scenario.simulator.addFault({ match: { operation: 'updateInstance' }, fault });
    const memory = `${8 * 2 ** index}GB`;
    showInstead(scenario, instance, { fields: { memory }, nth: 2, times: 'always' });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory });
    expect(outputsOf(result)).toMatchObject({ memory, changed: 'true' });
  }
});

test('a busy instance is waited for, and only then are the values compared', async () => {
  await using scenario = await startScenario();
  seedLarge(scenario, { status: 'updating' });
  const result = await scenario.run({ operation: 'resize', name: 'x', memory: '4GB' });
  expect(outputsOf(result)).toMatchObject({ changed: 'false', status: 'running' });
  expect(changesOf(scenario)).toEqual([]);
});

test('a refusal as busy is waited out', async () => {
  await using scenario = await startScenario();
  seedLarge(scenario);
  const fault = refusedWith(409, 'ongoing-database-operation');
  scenario.simulator.addFault({ match: { operation: 'updateInstance' }, times: 12, fault });
  const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
  expect(outputsOf(result)).toMatchObject({ changed: 'true', memory: '8GB' });
});
