import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../simulator/aura/simulator.ts';
import { startScenario } from '../in-process/scenario.ts';
import { testNotFound } from './status-changes.ts';
import { detailOutputs, prepare, subjects, theInstance } from '../../../harness/world/subjects.ts';
import {
  addFaults,
  changesOf,
  errorOf,
  linesOf,
  outputsOf,
  ownOutputs,
  refusal,
  requestsOf,
  resultLinesOf,
  timesOf,
  tooMany,
  without,
} from '../../../harness/world/support.ts';
import { longestSpread, testLookUp } from './troubles.ts';

const instancePath = /^\/v1\/instances\/[0-9a-f]{8}$/;

describe('in trouble', () => {
  testLookUp(subjects.get);
});

describe('a missing instance', () => {
  testNotFound('get');
});

test('get by name outputs everything about the instance and changes nothing', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x' });
  const result = await scenario.run({ operation: 'get', name: 'x' });
  expect(outputsOf(result)).toEqual(detailOutputs(scenario));
  expect(resultLinesOf(result)).toEqual([`Instance 'x' (${id}) is running.`]);
  expect(requestsOf(scenario)).toEqual([
    'POST /oauth/token 200',
    'GET /v1/tenants 200',
    'GET /v1/instances 200',
    'GET /v1/instances/{id} 200',
  ]);
});

test('get by id needs one request, and a tenant id needs none', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x' });
  const tenant = scenario.simulator.tenantId.toUpperCase();
  outputsOf(await scenario.run({ operation: 'get', 'instance-id': id, tenant }));
  expect(requestsOf(scenario)).toEqual(['POST /oauth/token 200', 'GET /v1/instances/{id} 200']);
});

test('an output that Aura has no value for yet is not set', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'creating' });
  const outputs = outputsOf(await scenario.run({ operation: 'get', name: 'x' }));
  const known = without(detailOutputs(scenario), 'connection-uri', 'memory');
  expect(outputs).toEqual(known);
});

test.each(['paused', 'suspended', 'loading failed', 'destroying', 'updating', 'Brand New'])(
  'an instance that is %s is read immediately',
  async (status) => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x', status });
    const result = await scenario.run({ operation: 'get', name: 'x' });
    expect(outputsOf(result)['status']).toBe(status.toLowerCase());
    expect(result.drivenMilliseconds).toBe(0);
  },
);

test('the read itself is repeated when Aura says, in both forms of Retry-After', async () => {
  await using scenario = await startScenario();
  const since = scenario.clock.now();
  const faults = [tooMany(45), tooMany(new Date(since + 120_000))];
  addFaults(scenario, { operation: 'getInstance' }, { faults });
  outputsOf(await scenario.run(prepare(subjects.get, scenario)));
  const [, second = 0, third = 0] = timesOf(scenario, { method: 'GET', path: instancePath, since });
  expect(second).within(45_000, 46_000);
  expect(third).within(120_000, 120_000 + longestSpread);
});

test.each<[what: string, fault: FaultRule['fault'], said: string]>([
  ['5xx', refusal(500), "Aura answered 500 'No'. This is a problem on Aura's side; try again"],
  [
    'garbage',
    { kind: 'not-json' },
    'the answer of Aura (200) could not be read. This is a problem',
  ],
  ['cut answers', { kind: 'truncated' }, 'no answer from Aura: '],
  ['resets', { kind: 'reset-before' }, 'no answer from Aura: '],
  ['hangs', { kind: 'hang' }, "Aura did not answer within 30s. Check 'api-url', the runner's"],
])('after eight attempts with %s the step gives up', async (_what, fault, said) => {
  await using scenario = await startScenario();
  scenario.simulator.addFault({ match: { operation: 'getInstance' }, times: 'always', fault });
  const result = await scenario.run({ ...prepare(subjects.get, scenario), timeout: '1h' });
  const { id } = theInstance(scenario);
  expect(errorOf(result)).toContain(`Could not get instance 'x' (${id}): ${said}`);
  const reads = requestsOf(scenario).filter((line) => line.startsWith('GET /v1/instances/{id}'));
  expect(reads).toHaveLength(8);
});

test('an answer that describes no instance is an error, not half an output', async () => {
  await using scenario = await startScenario();
  const fault = { kind: 'status', status: 200, body: { data: { id: '1a2b3c4d' } } } as const;
  scenario.simulator.addFault({ match: { operation: 'getInstance' }, times: 'always', fault });
  const result = await scenario.run(prepare(subjects.get, scenario));
  expect(errorOf(result)).toContain('the answer of Aura (200) could not be read');
  expect(linesOf(result).at(-1)).toBe("Caused by: 'name' is missing");
  expect(ownOutputs(result)).toEqual({ name: 'x', created: 'false', changed: 'false' });
});

test('a password in an answer to a read is not in the output', async () => {
  await using scenario = await startScenario();
  const { id, password } = scenario.simulator.seedInstance({ name: 'x' });
  const data = { id, name: 'x', tenant_id: scenario.simulator.tenantId, status: 'running' };
  const fault = { kind: 'status', status: 200, body: { data: { ...data, password } } } as const;
  scenario.simulator.addFault({ match: { operation: 'getInstance' }, fault });
  const { instance = '' } = outputsOf(await scenario.run({ operation: 'get', name: 'x' }));
  expect(JSON.parse(instance)).toEqual(data);
});

test('several instances with one name are listed, and none is used', async () => {
  await using scenario = await startScenario();
  const { simulator } = scenario;
  const ids = [1, 2].map(() => simulator.seedInstance({ name: 'x' }).id);
  for (const operation of ['get', 'poll', 'pause', 'resume']) {
    const result = await scenario.run({ operation, name: 'x' });
    expect(errorOf(result)).toBe(
      `Several instances are named 'x': ${ids.join(', ')}. Set 'instance-id' to one of them.`,
    );
  }
  expect(changesOf(scenario)).toEqual([]);
  const [id = ''] = ids;
  outputsOf(await scenario.run({ operation: 'get', 'instance-id': id }));
});

describe('an instance that is listed, but answered with 404,', () => {
  test.each([
    // The list that was read for the name says when it was created.
    [{ name: 'x' }, ['GET /v1/instances 200', 'GET /v1/instances/{id} 404']],
    [{}, ['GET /v1/instances/{id} 404', 'GET /v1/instances 200']],
  ])('is waited for: %j', async (named, requests) => {
    await using scenario = await startScenario();
    outputsOf(await scenario.run({ operation: 'create', name: 'x', wait: 'false' }));
    const { id } = theInstance(scenario);
    const target = 'name' in named ? named : { 'instance-id': id };
    const result = await scenario.run({ operation: 'get', ...target });
    expect(outputsOf(result)).toMatchObject({ 'instance-id': id, status: 'creating' });
    // Once immediately, and once after the usual time between two polls.
    expect(result.drivenMilliseconds).within(8_800, 10_800);
    expect(requestsOf(scenario).slice(-3)).toEqual([...requests, 'GET /v1/instances/{id} 200']);
  });

  test('for more than a minute was probably deleted, and the error names it', async () => {
    const durations = { readAfterCreate: 300_000 };
    await using scenario = await startScenario({ simulator: { durations } });
    outputsOf(await scenario.run({ operation: 'create', name: 'x', wait: 'false' }));
    const result = await scenario.run({ operation: 'get', name: 'x' });
    expect(errorOf(result)).toContain(theInstance(scenario).id);
    expect(errorOf(result)).not.toContain('the tenant has no instance with this name');
    expect(result.drivenMilliseconds).within(60_000, 71_000);
  });
});
