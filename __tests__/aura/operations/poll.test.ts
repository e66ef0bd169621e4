import { describe, expect, test } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';
import {
  afterRead,
  detailOutputs,
  subjects,
  theInstance,
} from '../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  linesOf,
  outputsOf,
  refusal,
  requestsOf,
  resultLinesOf,
  statesOf,
} from '../../../harness/world/support.ts';
import { testLookUp, testWait } from './troubles.ts';

describe('in trouble', () => {
  testLookUp(subjects.poll);
  testWait(subjects.poll);
});

test.each([
  ['creating', {}, 'running', 3],
  ['creating', { 'wait-for': 'running' }, 'running', 3],
  ['pausing', {}, 'paused', 2],
  ['pausing', { 'wait-for': 'paused' }, 'paused', 2],
  ['resuming', {}, 'running', 4],
  ['suspending', {}, 'suspended', 2],
])('poll from %s with %j ends at %s', async (before, inputs, after, minutes) => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x', status: before });
  const result = await scenario.run({ operation: 'poll', name: 'x', ...inputs });
  expect(outputsOf(result)).toEqual(detailOutputs(scenario));
  expect(theInstance(scenario).status).toBe(after);
  expect(statesOf(result)).toEqual([
    `0s ${before}`,
    expect.stringMatching(new RegExp(`^${minutes}m( \\d+s)? ${after}$`)),
  ]);
  expect(resultLinesOf(result)).toEqual([`Instance 'x' (${id}) is ${after}.`]);
  expect(changesOf(scenario)).toEqual([]);
});

test('poll for deleted ends when Aura no longer finds the instance', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x', status: 'destroying' });
  const result = await scenario.run({
    operation: 'poll',
    'wait-for': 'deleted',
    'instance-id': id,
  });
  expect(outputsOf(result)).toEqual({
    'instance-id': id,
    status: 'deleted',
    created: 'false',
    changed: 'false',
    instances: JSON.stringify([{ id, status: 'deleted', changed: false }]),
  });
  expect(statesOf(result)).toEqual([
    '0s destroying',
    expect.stringMatching(/^1m( \d+s)? deleted$/),
  ]);
  expect(resultLinesOf(result)).toEqual([`Instance ${id} is deleted.`]);
  expect(result.drivenMilliseconds).within(60_000, 71_000);
});

test.each([
  ['running', {}],
  ['running', { 'wait-for': 'running' }],
  ['paused', {}],
  ['paused', { 'wait-for': 'paused' }],
  ['suspended', {}],
])('poll of an instance that is %s with %j ends immediately', async (status, inputs) => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status });
  const result = await scenario.run({ operation: 'poll', name: 'x', ...inputs });
  expect(outputsOf(result)).toEqual(detailOutputs(scenario));
  expect(result.drivenMilliseconds).toBe(0);
  expect(requestsOf(scenario).slice(-2)).toEqual([
    'GET /v1/instances 200',
    'GET /v1/instances/{id} 200',
  ]);
});

test('a 404 that is not from Aura is not a deletion', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'destroying' });
  const match = { operation: 'getInstance' };
  scenario.simulator.addFault({ match, nth: 2, fault: refusal(404, { error: 'Not Found' }) });
  const inputs = { operation: 'poll', name: 'x', 'wait-for': 'deleted' };
  const result = await scenario.run(inputs);
  expect(outputsOf(result)['status']).toBe('deleted');
  expect(result.drivenMilliseconds).toBeGreaterThanOrEqual(60_000);
  expect(linesOf(result)).toContainEqual(
    expect.stringMatching(/^Aura answered 404 'Not Found'; retrying in (9|10|11)s\.$/),
  );
});

test('a missing instance counts as deleted, by name and by id', async () => {
  await using scenario = await startScenario();
  const inputs = { operation: 'poll', 'wait-for': 'deleted' };
  const byName = await scenario.run({ ...inputs, name: 'gone' });
  const byId = await scenario.run({ ...inputs, 'instance-id': 'deadbeef' });
  expect(outputsOf(byName)).toMatchObject({ status: 'deleted', changed: 'false' });
  expect(outputsOf(byId)).toMatchObject({ status: 'deleted', 'instance-id': 'deadbeef' });
  expect(byId.drivenMilliseconds).toBe(0);
});

test('an unknown name is an error immediately', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'poll', name: 'nobody' });
  expect(errorOf(result)).toBe(
    "Could not poll instance 'nobody': the tenant has no instance with this name. Check 'name' and 'tenant'.",
  );
});

test('an id that Aura neither shows nor lists is an error immediately', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'poll', 'instance-id': 'deadbeef' });
  expect(errorOf(result)).toMatch(
    /^Gave up on instance deadbeef after 0s: Aura has no instance with this id\. Aura has never shown it\. Check the id, /,
  );
  expect(result.drivenMilliseconds).toBe(0);
});

test('an id that Aura only lists is waited for during its first minute', async () => {
  const durations = { readAfterCreate: 50_000 };
  await using scenario = await startScenario({ simulator: { durations } });
  await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  const { id } = theInstance(scenario);
  const result = await scenario.run({ operation: 'poll', 'instance-id': id });
  expect(outputsOf(result)['status']).toBe('running');
  expect(statesOf(result)[0]).toBe('0s not shown by Aura yet');
});

test.each([
  ['suspended', 'running', 'Aura has suspended it'],
  ['suspending', 'paused', 'Aura has suspended it'],
  ['loading failed', 'running', 'its data could not be loaded'],
  ['destroying', 'running', 'it is being deleted'],
])('%s can never become %s: an error immediately', async (status, wanted, why) => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x', status });
  const result = await scenario.run({ operation: 'poll', name: 'x', 'wait-for': wanted });
  expect(errorOf(result)).toContain(
    `Gave up on instance 'x' (${id}) after 0s: its status is '${status}' (${why}). `,
  );
  expect(result.outputs).toMatchObject({ 'instance-id': id, status });
});

test("'loading failed' is an error for a poll without wait-for", async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'loading failed' });
  const result = await scenario.run({ operation: 'poll', name: 'x' });
  expect(errorOf(result)).toContain(
    "its status is 'loading failed' (its data could not be loaded)",
  );
});

test('an unknown status counts as transitional', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'Upgrading Hardware' });
  const result = await afterRead(scenario, {
    nth: 3,
    act: ({ id }) => {
      scenario.simulator.setStatus(id, 'RUNNING');
    },
    run: () => scenario.run({ operation: 'poll', name: 'x', 'poll-interval': '10s' }),
  });
  expect(outputsOf(result)['status']).toBe('running');
  expect(statesOf(result)).toEqual(['0s upgrading hardware', '30s running']);
});

test('a fixed interval is used, and the last poll is at the timeout', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'waiting' });
  const since = scenario.clock.now();
  const inputs = { operation: 'poll', name: 'x', 'poll-interval': '25s', timeout: '1m' };
  errorOf(await scenario.run(inputs));
  const reads = scenario.simulator.exchanges.filter(({ path }) => /instances\/\w+$/.test(path));
  expect(reads.map(({ at }) => at - since)).toEqual([0, 25_000, 50_000, 60_000]);
});

test('poll waits until another process has paused a running instance', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x' });
  const result = await afterRead(scenario, {
    nth: 2,
    act: ({ id }) => {
      scenario.simulator.setStatus(id, 'pausing');
    },
    run: () => scenario.run({ operation: 'poll', name: 'x', 'wait-for': 'paused' }),
  });
  expect(outputsOf(result)['status']).toBe('paused');
});

test('requests that hang do not extend a wait beyond its timeout', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'creating' });
  const match = { operation: 'getInstance' };
  scenario.simulator.addFault({ match, times: 'always', fault: { kind: 'hang' } });
  const inputs = { operation: 'poll', name: 'x', 'poll-interval': '1s', timeout: '40s' };
  const result = await scenario.run(inputs);
  expect(errorOf(result)).toContain('the last request failed: Aura did not answer within');
  expect(result.drivenMilliseconds).toBeLessThanOrEqual(41_000);
});
