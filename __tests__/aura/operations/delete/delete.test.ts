import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../../simulator/aura/simulator.ts';
import { startScenario } from '../../in-process/scenario.ts';
import {
  afterRead,
  detailOutputs,
  prepare,
  subjects,
  theInstance,
} from '../../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  forbidden,
  instancesOf,
  linesOf,
  outputsOf,
  refusal,
  requestsOf,
  resultLinesOf,
  statesOf,
  without,
} from '../../../../harness/world/support.ts';
import { testChange, testLookUp, testWait } from '../troubles.ts';

describe('in trouble', () => {
  testLookUp(subjects.delete);
  testChange(subjects.delete);
  testWait(subjects.delete);
});

const accepted = 'DELETE /v1/instances/{id} 202';

test('delete ends when Aura no longer finds the instance', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x' });
  const result = await scenario.run({ operation: 'delete', name: 'x' });
  const outputs = outputsOf(result);
  expect(without(outputs, 'instance', 'instances')).toEqual({
    ...without(detailOutputs(scenario, { changed: true }), 'instance', 'instances'),
    status: 'deleted',
  });
  expect(JSON.parse(outputs['instance'] ?? '')).toMatchObject({ id, name: 'x', status: 'deleted' });
  expect(instancesOf(result)).toEqual([{ id, name: 'x', status: 'deleted', changed: true }]);
  expect(scenario.simulator.instances()).toEqual([]);
  expect(statesOf(result)).toEqual([
    '0s destroying',
    expect.stringMatching(/^1m( \d+s)? deleted$/),
  ]);
  expect(resultLinesOf(result)).toEqual([`Instance 'x' (${id}) is deleted.`]);
  expect(changesOf(scenario)).toEqual([accepted]);
  expect(requestsOf(scenario).at(-1)).toBe('GET /v1/instances/{id} 404');
});

test('delete with wait: false ends as soon as Aura has accepted', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x' });
  const inputs = { operation: 'delete', 'instance-id': id, wait: 'false' };
  const result = await scenario.run(inputs);
  expect(outputsOf(result)).toMatchObject({ status: 'destroying', changed: 'true' });
  expect(instancesOf(result)).toEqual([{ id, name: 'x', status: 'destroying', changed: true }]);
  expect(resultLinesOf(result)).toEqual([
    `Aura has accepted the request to delete instance 'x' (${id}).`,
  ]);
  expect(result.drivenMilliseconds).toBe(0);
  expect(requestsOf(scenario).slice(1)).toEqual(['GET /v1/instances/{id} 200', accepted]);
});

test('a missing instance, by name or by id, is a success that changes nothing', async () => {
  await using scenario = await startScenario();
  const { simulator } = scenario;
  const other = { 'instance-id': 'deadbeef', operation: 'delete' };
  const byName = await scenario.run({ operation: 'delete', name: 'gone' });
  const byId = await scenario.run(other);
  const common = { status: 'deleted', created: 'false', changed: 'false' };
  expect(outputsOf(byName)).toEqual({ ...common, name: 'gone', instances: '[]' });
  expect(without(outputsOf(byId), 'instances')).toEqual({ ...common, 'instance-id': 'deadbeef' });
  expect(instancesOf(byId)).toEqual([{ id: 'deadbeef', status: 'deleted', changed: false }]);
  expect(resultLinesOf(byName)).toEqual(["Instance 'gone' does not exist; nothing to delete."]);
  expect(resultLinesOf(byId)).toEqual(['Instance deadbeef does not exist; nothing to delete.']);
  expect(changesOf(scenario)).toEqual([]);
  simulator.seedInstance({ name: 'x' });
  outputsOf(await scenario.run({ operation: 'delete', name: 'x' }));
  expect(outputsOf(await scenario.run({ operation: 'delete', name: 'x' }))['changed']).toBe(
    'false',
  );
});

test.each(['suspended', 'loading failed', 'paused'])(
  'a %s instance can be deleted',
  async (status) => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x', status });
    const result = await scenario.run({ operation: 'delete', name: 'x' });
    expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'true' });
    expect(scenario.simulator.instances()).toEqual([]);
  },
);

test('if another process already deletes the instance, the step waits and reports no change', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'destroying' });
  const result = await scenario.run({ operation: 'delete', name: 'x' });
  expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'false' });
  expect(scenario.simulator.instances()).toEqual([]);
});

test('if another process already deletes it, wait: false also reports no change', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'destroying' });
  const result = await scenario.run({ operation: 'delete', name: 'x', wait: 'false' });
  expect(outputsOf(result)).toMatchObject({ status: 'destroying', changed: 'false' });
  expect(linesOf(result).join('\n')).not.toContain('Aura has accepted');
  expect(changesOf(scenario)).toEqual([]);
});

test('the status of several instances is never that of a deleted one', async () => {
  await using scenario = await startScenario();
  const [bad = ''] = [1, 2].map(() => scenario.simulator.seedInstance({ name: 'x' }).id);
  const match = { method: 'DELETE', path: bad };
  scenario.simulator.addFault({ match, times: 'always', fault: forbidden });
  const result = await scenario.run({ operation: 'delete', name: 'x' });
  expect(errorOf(result)).toContain(`Could not delete instance 'x' (${bad}): Aura answered 403`);
  expect(result.outputs['changed']).toBe('true');
  expect(result.outputs['status']).not.toBe('destroying');
});

describe('an instance that is busy', () => {
  test.each(['creating', 'updating', 'pausing'])('%s is waited for', async (status) => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'x', status });
    const result = await scenario.run({ operation: 'delete', name: 'x' });
    expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'true' });
    // The step polls it, and deletes it only when it is no longer busy.
    expect(changesOf(scenario)).toEqual([accepted]);
    // One log line for that, not one for each poll.
    expect(statesOf(result)).toEqual([
      `0s busy: its status is '${status}'`,
      '0s destroying',
      expect.stringMatching(/^1m( \d+s)? deleted$/),
    ]);
    expect(resultLinesOf(result)).toEqual([`Instance 'x' (${id}) is deleted.`]);
  });

  test('for longer than the timeout is kept, and the error says so', async () => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'x', status: 'upgrading' });
    const inputs = { operation: 'delete', name: 'x', timeout: '1m', 'poll-interval': '10s' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toBe(
      `Could not delete instance 'x' (${id}): Aura answered 409 'The database is current undergoing an operation: upgrading' (ongoing-database-operation) after 1m. The instance still exists: try again, or increase 'timeout'.`,
    );
    expect(result.outputs).toMatchObject({ status: 'upgrading', changed: 'false' });
  });
});

describe('a DELETE without a usable answer', () => {
  test.each<[what: string, fault: FaultRule['fault']]>([
    ['a reset after the effect', { kind: 'reset-after' }],
    ['a reset before the effect', { kind: 'reset-before' }],
    ['no answer', { kind: 'hang-after' }],
    ['a page instead of JSON', { kind: 'not-json' }],
    ['503', refusal(503)],
  ])('is sent again after %s', async (_what, fault) => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match: { method: 'DELETE' }, fault });
    const result = await scenario.run(prepare(subjects.delete, scenario));
    expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'true' });
    expect(changesOf(scenario)).toHaveLength(2);
  });

  test('is given up after eight answers of 5xx', async () => {
    await using scenario = await startScenario();
    const match = { method: 'DELETE' };
    scenario.simulator.addFault({ match, times: 'always', fault: refusal(500) });
    const result = await scenario.run(prepare(subjects.delete, scenario));
    expect(errorOf(result)).toBe(
      `Could not delete instance 'x' (${theInstance(scenario).id}): Aura answered 500 'No'. This is a problem on Aura's side; try again later.`,
    );
    expect(changesOf(scenario)).toHaveLength(8);
    expect(result.outputs).toMatchObject({ status: 'running', changed: 'false' });
  });

  test('is reported with the name of the instance, even if only its id is set', async () => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'x' });
    const match = { method: 'DELETE' };
    scenario.simulator.addFault({ match, times: 'always', fault: forbidden });
    const result = await scenario.run({ operation: 'delete', 'instance-id': id });
    const told = `Could not delete instance 'x' (${id}): Aura answered 403`;
    expect(errorOf(result)).toContain(told);
    expect(instancesOf(result)).toMatchObject([
      { id, name: 'x', changed: false, error: expect.stringContaining(told) as string },
    ]);
  });
});

test.each([404, 410])('during the wait a %i from Aura means deleted', async (status) => {
  await using scenario = await startScenario();
  const body = { errors: [{ message: 'DB not found', reason: 'db-not-found' }] };
  const fault = { kind: 'status', status, body } as const;
  scenario.simulator.addFault({ match: { operation: 'getInstance' }, nth: 3, fault });
  const result = await scenario.run(prepare(subjects.delete, scenario));
  expect(outputsOf(result)['status']).toBe('deleted');
});

test('a 404 that is not from Aura never counts as a deleted instance', async () => {
  await using scenario = await startScenario();
  const match = { operation: 'getInstance' };
  const fault = refusal(404, { error: 'Not Found' });
  const first = { match, nth: 1, fault };
  scenario.simulator.addFault(first);
  const look = await scenario.run(prepare(subjects.delete, scenario));
  const { id } = theInstance(scenario);
  const advice = "Check 'api-url', and that the instance and the tenant exist.";
  expect(errorOf(look)).toBe(
    `Could not delete instance 'x' (${id}): Aura answered 404 'Not Found'. ${advice}`,
  );
  expect(changesOf(scenario)).toEqual([]);
  expect(look.outputs['changed']).toBe('false');
  scenario.simulator.addFault({ match, nth: 2, fault });
  const wait = await scenario.run({ operation: 'delete', 'instance-id': id });
  expect(outputsOf(wait)).toMatchObject({ status: 'deleted', changed: 'true' });
  expect(wait.drivenMilliseconds).toBeGreaterThanOrEqual(60_000);
  expect(linesOf(wait)).toContainEqual(
    expect.stringMatching(/^Aura answered 404 'Not Found'; retrying in (9|10|11)s\.$/),
  );
  expect(scenario.simulator.instances()).toEqual([]);
});

test.each(['true', 'false'])(
  'an instance that is deleted right before the DELETE is a success without a change (wait: %s)',
  async (wait) => {
    await using scenario = await startScenario({ simulator: { durations: { delete: 0 } } });
    const result = await afterRead(scenario, {
      nth: 1,
      act: ({ id }) => {
        scenario.simulator.setStatus(id, 'destroying');
      },
      run: () => scenario.run({ ...prepare(subjects.delete, scenario), wait }),
    });
    expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'false' });
    expect(linesOf(result).join('\n')).not.toContain('Aura has accepted');
  },
);

test('an instance that is listed, but answered with 404 at first, is waited for', async () => {
  const durations = { readAfterCreate: 50_000 };
  await using scenario = await startScenario({ simulator: { durations } });
  outputsOf(await scenario.run({ operation: 'create', name: 'x', wait: 'false' }));
  const result = await scenario.run({ operation: 'delete', name: 'x' });
  expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'true' });
  expect(scenario.simulator.instances()).toEqual([]);
});

test('a new instance that is set by its id is not treated as deleted either', async () => {
  const durations = { readAfterCreate: 50_000 };
  await using scenario = await startScenario({ simulator: { durations } });
  outputsOf(await scenario.run({ operation: 'create', name: 'x', wait: 'false' }));
  const { id } = theInstance(scenario);
  const result = await scenario.run({ operation: 'delete', 'instance-id': id });
  expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'true' });
  expect(scenario.simulator.instances()).toEqual([]);
});

test('an instance that is already deleted, but still listed, is a success immediately', async () => {
  const durations = { delete: 0, listAfterDelete: 90_000 };
  await using scenario = await startScenario({ simulator: { durations } });
  const createdAt = scenario.clock.now() - 3_600_000;
  const { id } = scenario.simulator.seedInstance({ name: 'x', createdAt });
  scenario.simulator.setStatus(id, 'destroying');
  const result = await scenario.run({ operation: 'delete', name: 'x' });
  expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'false' });
  expect(result.drivenMilliseconds).toBe(0);
  expect(changesOf(scenario)).toEqual([]);
});

test('a busy instance that is not ready in time gets one DELETE before the error', async () => {
  await using scenario = await startScenario({ simulator: { durations: { create: Infinity } } });
  scenario.simulator.seedInstance({ name: 'x', status: 'creating' });
  const result = await scenario.run({ operation: 'delete', name: 'x', timeout: '1m' });
  expect(errorOf(result)).toContain('undergoing an operation: creating');
  expect(changesOf(scenario)).toEqual(['DELETE /v1/instances/{id} 409']);
  expect(result.drivenMilliseconds).toBeLessThanOrEqual(62_000);
});
