import { describe, expect, test } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';
import { subjects } from '../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  linesOf,
  outputsOf,
  requestsOf,
} from '../../../harness/world/support.ts';
import { testDataChange } from './data-changes.ts';
import { testChange, testLookUp, testWait } from './troubles.ts';

describe('in trouble', () => {
  testLookUp(subjects.restore);
  testChange(subjects.restore);
  testWait(subjects.restore);
});

describe('as every change of the data', () => {
  testDataChange(subjects.restore);
});

test('restore by id needs no list, and reads the instance again right before the change', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x' });
  const snapshot = scenario.simulator.seedSnapshot(id);
  const inputs = { operation: 'restore', 'instance-id': id, 'snapshot-id': snapshot };
  outputsOf(await scenario.run({ ...inputs, wait: 'false' }));
  expect(requestsOf(scenario)).toEqual([
    'POST /oauth/token 200',
    'GET /v1/instances/{id} 200',
    `GET /v1/instances/{id}/snapshots/${snapshot} 200`,
    'GET /v1/instances/{id} 200',
    `POST /v1/instances/{id}/snapshots/${snapshot}/restore 202`,
  ]);
});

test('restore of the latest snapshot takes the newest completed one', async () => {
  await using scenario = await startScenario();
  const { simulator } = scenario;
  const { id } = simulator.seedInstance({ name: 'x' });
  simulator.seedSnapshot(id, { startedAt: scenario.clock.now() - 7_200_000 });
  const newest = simulator.seedSnapshot(id, { startedAt: scenario.clock.now() - 3_600_000 });
  const result = await scenario.run({ operation: 'restore', name: 'x', 'snapshot-id': 'latest' });
  expect(outputsOf(result)).toMatchObject({ 'snapshot-id': newest, status: 'running' });
  expect(changesOf(scenario)).toEqual([`POST /v1/instances/{id}/snapshots/${newest}/restore 202`]);
});

test('restore right after a snapshot that is not awaited works, although Aura does not show it yet', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x' });
  const taken = await scenario.run({ operation: 'snapshot', name: 'x', wait: 'false' });
  const { 'snapshot-id': snapshot = '' } = taken.outputs;
  scenario.simulator.addFault({
    match: { operation: 'getSnapshot' },
    times: 3,
    fault: {
      kind: 'status',
      status: 404,
      body: { errors: [{ message: 'Snapshot not found', reason: 'snapshot-not-found' }] },
    },
  });
  const result = await scenario.run({ operation: 'restore', name: 'x', 'snapshot-id': snapshot });
  expect(outputsOf(result)).toMatchObject({ 'snapshot-id': snapshot, status: 'running' });
});

test('a snapshot of another instance cannot be restored, and nothing is sent', async () => {
  await using scenario = await startScenario();
  const { simulator } = scenario;
  const { id } = simulator.seedInstance({ name: 'x' });
  const theirs = simulator.seedSnapshot(simulator.seedInstance({ name: 'y' }).id);
  const inputs = { operation: 'restore', name: 'x', 'snapshot-id': theirs };
  expect(errorOf(await scenario.run(inputs))).toBe(
    `Could not restore instance 'x' (${id}): snapshot '${theirs}' of instance 'x' (${id}) does not exist. Check the id, or use 'latest'.`,
  );
  expect(changesOf(scenario)).toEqual([]);
});

test('an instance that another process deletes while the snapshot is awaited is not restored', async () => {
  await using scenario = await startScenario({ simulator: { durations: { delete: 1_000 } } });
  const { simulator } = scenario;
  const { id } = simulator.seedInstance({ name: 'x' });
  const snapshot = simulator.seedSnapshot(id, { duration: 60_000 });
  const read = scenario.nextExchange(({ path }) => path.includes('/snapshots/'));
  void read.then(() => {
    simulator.setStatus(id, 'destroying');
  });
  const result = await scenario.run({ operation: 'restore', name: 'x', 'snapshot-id': snapshot });
  expect(errorOf(result)).toContain(`Could not restore instance 'x' (${id}): `);
  expect(changesOf(scenario)).toEqual([]);
});

test('a free instance is restored if Aura allows it', async () => {
  await using scenario = await startScenario();
  const { simulator } = scenario;
  const { id } = simulator.seedInstance({ name: 'x', type: 'free-db' });
  const snapshot = simulator.seedSnapshot(id);
  const result = await scenario.run({ operation: 'restore', name: 'x', 'snapshot-id': snapshot });
  expect(outputsOf(result)['changed']).toBe('true');
  expect(linesOf(result).at(-1)).toBe(
    `Instance 'x' (${id}) is restored from snapshot ${snapshot}.`,
  );
});
