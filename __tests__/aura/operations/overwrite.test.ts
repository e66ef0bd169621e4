import { describe, expect, test } from 'vitest';
import type { InstanceSeed } from '../../../simulator/aura/simulator.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { subjects } from '../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  forbidden,
  instancesOf,
  linesOf,
  outputsOf,
  requestsOf,
} from '../../../harness/world/support.ts';
import { testDataChange } from './data-changes.ts';
import { testChange, testLookUp, testWait } from './troubles.ts';

describe('in trouble', () => {
  testLookUp(subjects.overwrite);
  testChange(subjects.overwrite);
  testWait(subjects.overwrite);
});

describe('as every change of the data', () => {
  testDataChange(subjects.overwrite);
});

/** A target `x` and a source `y`. */
function seedBoth(
  { simulator }: Scenario,
  target: Partial<InstanceSeed> = {},
  source: Partial<InstanceSeed> = {},
) {
  const [x, y] = [
    simulator.seedInstance({ name: 'x', ...target }),
    simulator.seedInstance({ name: 'y', ...source }),
  ];
  const inputs = { operation: 'overwrite', name: 'x', 'source-instance-id': y.id };
  return { x, y, inputs };
}

/** The bodies of the requests to overwrite. */
function bodiesOf({ simulator }: Scenario): readonly unknown[] {
  return simulator.exchanges
    .filter(({ path }) => path.endsWith('/overwrite'))
    .map(({ requestBody }) => JSON.parse(requestBody) as unknown);
}

test('overwrite copies the current data of another instance, which stays as it is', async () => {
  await using scenario = await startScenario();
  const { x, y, inputs } = seedBoth(scenario);
  const result = await scenario.run(inputs);
  expect(outputsOf(result)).toMatchObject({ 'instance-id': x.id, name: 'x', changed: 'true' });
  expect(result.outputs).not.toHaveProperty('snapshot-id');
  expect(instancesOf(result)).toEqual([{ id: x.id, name: 'x', status: 'running', changed: true }]);
  expect(bodiesOf(scenario)).toEqual([{ source_instance_id: y.id }]);
  expect(linesOf(result).at(-1)).toBe(
    `Instance 'x' (${x.id}) is overwritten with instance 'y' (${y.id}).`,
  );
  expect(scenario.simulator.instances().map(({ status }) => status)).toEqual([
    'running',
    'running',
  ]);
});

test('overwrite reads both instances, and the target again right before the change', async () => {
  await using scenario = await startScenario();
  const { inputs } = seedBoth(scenario);
  outputsOf(await scenario.run({ ...inputs, wait: 'false' }));
  expect(requestsOf(scenario)).toEqual([
    'POST /oauth/token 200',
    'GET /v1/tenants 200',
    'GET /v1/instances 200',
    'GET /v1/instances/{id} 200',
    'GET /v1/instances/{id} 200',
    'GET /v1/instances/{id} 200',
    'POST /v1/instances/{id}/overwrite 202',
  ]);
});

test('overwrite with the latest snapshot takes the newest one of the source', async () => {
  await using scenario = await startScenario();
  const { y, inputs } = seedBoth(scenario);
  const { simulator } = scenario;
  simulator.seedSnapshot(y.id, { startedAt: scenario.clock.now() - 7_200_000 });
  const newest = simulator.seedSnapshot(y.id, { startedAt: scenario.clock.now() - 3_600_000 });
  const result = await scenario.run({ ...inputs, 'source-snapshot-id': 'latest' });
  expect(outputsOf(result)['snapshot-id']).toBe(newest);
  expect(bodiesOf(scenario)).toEqual([{ source_instance_id: y.id, source_snapshot_id: newest }]);
});

test('a free target is refused before the request', async () => {
  await using scenario = await startScenario();
  const { x, inputs } = seedBoth(scenario, { type: 'free-db' });
  expect(errorOf(await scenario.run(inputs))).toBe(
    `Could not overwrite instance 'x' (${x.id}): its tier is 'free', and Aura cannot overwrite such an instance. Nothing was changed. Choose an instance of another tier.`,
  );
  expect(changesOf(scenario)).toEqual([]);
});

test('a free source is copied if Aura allows it', async () => {
  await using scenario = await startScenario();
  const { inputs } = seedBoth(scenario, {}, { type: 'free-db' });
  expect(outputsOf(await scenario.run(inputs))['changed']).toBe('true');
});

describe('the sizes', () => {
  test.each([
    ['2GB', '4GB'],
    ['8GB', '16GB'],
    ['9GB', '10GB'],
  ])('are compared as numbers: %s cannot take %s', async (memory, larger) => {
    await using scenario = await startScenario();
    const { x, y, inputs } = seedBoth(scenario, { memory }, { memory: larger });
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toBe(
      `Could not overwrite instance 'x' (${x.id}): it has memory ${memory}, but the source, instance 'y' (${y.id}), has memory ${larger}, and Aura does not copy into a smaller instance. Nothing was changed. Set the size with operation 'resize' first, or choose another source.`,
    );
    expect(changesOf(scenario)).toEqual([]);
    expect(result.outputs['changed']).toBe('false');
  });

  test.each([
    ['4GB', '4GB'],
    ['16GB', '2GB'],
  ])('allow a source that is not larger: %s takes %s', async (memory, other) => {
    await using scenario = await startScenario();
    const { inputs } = seedBoth(scenario, { memory }, { memory: other });
    expect(outputsOf(await scenario.run(inputs))['changed']).toBe('true');
  });

  /** Changes the sizes in the answer to the read of the source. */
  function twistSource(
    { simulator }: Scenario,
    source: { readonly id: string; readonly tenantId: string },
    sizes: Readonly<Record<string, unknown>>,
  ): void {
    const { id, tenantId } = source;
    const data = { id, name: 'y', tenant_id: tenantId, cloud_provider: 'gcp', status: 'running' };
    simulator.addFault({
      match: { operation: 'getInstance', path: id },
      fault: { kind: 'status', status: 200, body: { data: { ...data, ...sizes } } },
    });
  }

  test('include the storage if both show it', async () => {
    await using scenario = await startScenario();
    const { y, inputs } = seedBoth(scenario);
    twistSource(scenario, y, { memory: '2GB', storage: '32GB' });
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toContain("it has storage 4GB, but the source, instance 'y' (");
    expect(changesOf(scenario)).toEqual([]);
  });

  test.each([
    [{}],
    [{ memory: '', storage: null }],
    [{ memory: null }],
    [{ memory: 'large', storage: '' }],
    [{ memory: '2GB' }],
  ])('that Aura does not show are not compared: %j', async (sizes) => {
    await using scenario = await startScenario();
    const { y, inputs } = seedBoth(scenario);
    twistSource(scenario, y, sizes);
    expect(outputsOf(await scenario.run(inputs))['changed']).toBe('true');
  });

  test('are compared again with an instance that becomes smaller while it is busy', async () => {
    await using scenario = await startScenario();
    const { x, y, inputs } = seedBoth(scenario, { memory: '8GB' }, { memory: '4GB' });
    scenario.simulator.setStatus(x.id, 'updating');
    const { id, tenantId } = x;
    const data = { id, name: 'x', tenant_id: tenantId, status: 'running', memory: '2GB' };
    scenario.simulator.addFault({
      match: { operation: 'getInstance', path: id },
      nth: 3,
      fault: { kind: 'status', status: 200, body: { data } },
    });
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toContain(
      `it has memory 2GB, but the source, instance 'y' (${y.id}), has memory 4GB, and Aura`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('that Aura finds too small end the step at once, although it answers 500', async () => {
    await using scenario = await startScenario();
    const { x, y, inputs } = seedBoth(scenario, {}, { memory: '8GB' });
    twistSource(scenario, y, {});
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toContain(
      `Aura answered 500 'Cannot clone database ${y.id} into smaller database ${x.id}.'`,
    );
    expect(errorOf(result)).toMatch(
      /\. Set the size of the instance with operation 'resize' first, or choose another source\.$/,
    );
    expect(changesOf(scenario)).toHaveLength(1);
    expect(result.drivenMilliseconds).toBe(0);
  });
});

describe('a source that cannot be used', () => {
  test('belongs to nobody that this client may ask for', async () => {
    await using scenario = await startScenario();
    const { x, y, inputs } = seedBoth(scenario);
    scenario.simulator.addFault({ match: { path: y.id }, times: 'always', fault: forbidden });
    expect(errorOf(await scenario.run(inputs))).toBe(
      `Could not overwrite instance 'x' (${x.id}) with instance ${y.id}, which could not be read: Aura answered 403 'Insufficient permissions' (unauthorized). The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('does not exist', async () => {
    await using scenario = await startScenario();
    const { x, inputs } = seedBoth(scenario);
    const result = await scenario.run({ ...inputs, 'source-instance-id': 'deadbeef' });
    expect(errorOf(result)).toBe(
      `Could not overwrite instance 'x' (${x.id}): the source is instance deadbeef, but Aura has no instance with this id. Nothing was changed. Check 'source-instance-id'.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is being deleted', async () => {
    await using scenario = await startScenario();
    const { y, inputs } = seedBoth(scenario, {}, { status: 'destroying' });
    expect(errorOf(await scenario.run(inputs))).toContain(
      `the source is instance ${y.id}, but it is being deleted.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is the instance itself, found by its name', async () => {
    await using scenario = await startScenario();
    const { x, inputs } = seedBoth(scenario);
    const result = await scenario.run({ ...inputs, 'source-instance-id': x.id.toUpperCase() });
    expect(errorOf(result)).toContain("'source-instance-id' is this instance itself.");
    expect(changesOf(scenario)).toEqual([]);
  });

  test('has no snapshot with the id', async () => {
    await using scenario = await startScenario();
    const { x, y, inputs } = seedBoth(scenario);
    const own = scenario.simulator.seedSnapshot(x.id);
    const result = await scenario.run({ ...inputs, 'source-snapshot-id': own });
    expect(errorOf(result)).toContain(`snapshot '${own}' of instance 'y' (${y.id}) does not exist`);
    expect(changesOf(scenario)).toEqual([]);
  });
});
