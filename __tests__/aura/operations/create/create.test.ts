import { describe, expect, test } from 'vitest';
import { startScenario } from '../../in-process/scenario.ts';
import {
  afterRead,
  detailOutputs,
  subjects,
  theInstance,
} from '../../../../harness/world/subjects.ts';
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
import { testChange, testLookUp, testWait } from '../troubles.ts';

/** Only the action reads it: the tests check only its form. */
const sealed: unknown = expect.stringMatching(/^aura1\.[\w-]{100,}$/);

describe('in trouble', () => {
  testLookUp(subjects.create);
  testChange(subjects.create);
  testWait(subjects.create);
});

test('create creates an instance, waits until it is running, and outputs everything about it', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'create', name: 'pr-42' });
  const made = theInstance(scenario);
  expect(outputsOf(result)).toEqual({
    ...detailOutputs(scenario, { created: true, changed: true }),
    username: 'neo4j',
    password: made.password,
    'sealed-credentials': sealed,
  });
  expect(made).toMatchObject({ name: 'pr-42', status: 'running', type: 'free-db', memory: '1GB' });
  expect(linesOf(result)).toContain(
    "  Default region: europe-west1 on gcp, one of several for tier free. To choose another, set inputs 'region' and 'cloud-provider'; the tenant offers gcp: asia-southeast1, europe-west1, us-central1.",
  );
  expect(statesOf(result)).toEqual(['0s creating', expect.stringMatching(/^3m( \d+s)? running$/)]);
  expect(resultLinesOf(result)).toEqual([
    `Aura is creating instance 'pr-42' (${made.id}): tier free, version 5, 1GB, gcp europe-west1.`,
    `##[notice]Instance 'pr-42' (${made.id}) is running at ${made.connectionUrl}. It will not be deleted automatically; use operation 'delete'.`,
  ]);
  expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
});

test('create with wait: false ends as soon as Aura has accepted', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  const made = theInstance(scenario);
  expect(outputsOf(result)).toEqual({
    'instance-id': made.id,
    name: 'x',
    'connection-uri': made.connectionUrl,
    username: 'neo4j',
    password: made.password,
    status: 'creating',
    tier: 'free-db',
    region: 'europe-west1',
    'cloud-provider': 'gcp',
    memory: '1GB',
    tenant: scenario.simulator.tenantId,
    created: 'true',
    changed: 'true',
    instances: JSON.stringify([{ id: made.id, name: 'x', status: 'creating', changed: true }]),
    'sealed-credentials': sealed,
  });
  expect(result.drivenMilliseconds).toBe(0);
  expect(linesOf(result).at(-1)).toBe(
    `##[notice]Instance 'x' (${made.id}) is creating at ${made.connectionUrl}. It will not be deleted automatically; use operation 'delete'.`,
  );
  expect(requestsOf(scenario).slice(-2)).toEqual([
    'POST /v1/instances 202',
    'GET /v1/instances 200',
  ]);
});

test('the user name and the URI are those of the answer, never invented', async () => {
  const options = { username: 'instance-id', connectionHost: 'database-id' } as const;
  await using scenario = await startScenario({ simulator: options });
  const result = await scenario.run({ operation: 'create', name: 'x' });
  const made = theInstance(scenario);
  expect(outputsOf(result)).toMatchObject({
    username: made.id,
    'connection-uri': made.connectionUrl,
  });
  expect(made.connectionUrl).not.toContain(made.id);
});

test('an instance with the same name in another tenant, or with a similar name, is ignored', async () => {
  const tenants = [{ name: 'Ours' }, { name: 'Theirs' }];
  await using scenario = await startScenario({ simulator: { tenants } });
  const { simulator } = scenario;
  simulator.seedInstance({ name: 'x', tenantId: simulator.tenants[1]?.id ?? '' });
  simulator.seedInstance({ name: 'x-1' });
  simulator.seedInstance({ name: 'X' });
  const inputs = { operation: 'create', name: 'x', tenant: 'Ours', wait: 'false' };
  outputsOf(await scenario.run(inputs));
  expect(simulator.instances()).toHaveLength(4);
});

describe('while the new instance starts', () => {
  test('a 404 is ignored for a minute', async () => {
    const durations = { readAfterCreate: 50_000 };
    await using scenario = await startScenario({ simulator: { durations } });
    const result = await scenario.run({ operation: 'create', name: 'x' });
    expect(outputsOf(result)['status']).toBe('running');
    expect(statesOf(result)).toEqual([
      '0s creating',
      expect.stringMatching(/^(2[5-9]|30)s not shown by Aura yet$/),
      expect.stringMatching(/^(5\ds|1m) creating$/),
      expect.stringMatching(/^3m.* running$/),
    ]);
  });

  test('a 404 after more than a minute is an error, and the outputs stay', async () => {
    const durations = { readAfterCreate: 120_000 };
    await using scenario = await startScenario({ simulator: { durations } });
    const result = await scenario.run({ operation: 'create', name: 'x' });
    const { id, password } = theInstance(scenario);
    expect(errorOf(result)).toMatch(
      new RegExp(
        `^Gave up on instance 'x' \\(${id}\\) after 1m( ([1-9]|10)s)?: Aura has no instance with this id\\.`,
      ),
    );
    // It exists, and Aura lists it.
    expect(errorOf(result)).not.toContain('Check what else may have deleted it.');
    expect(result.outputs).toMatchObject({ 'instance-id': id, password });
  });

  test("'loading failed' ends the wait immediately", async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ fault: { kind: 'loading-failed' } });
    const result = await scenario.run({ operation: 'create', name: 'x' });
    const { id } = theInstance(scenario);
    expect(errorOf(result)).toMatch(
      new RegExp(
        `^Gave up on instance 'x' \\(${id}\\) after 3m( \\d+s)?: its status is 'loading failed' \\(its data could not be loaded\\)\\. The instance still exists: look at it in the Aura console, or delete it with operation 'delete' and instance-id '${id}' if no other job uses it\\.$`,
      ),
    );
    expect(result.outputs).toMatchObject({ status: 'loading failed', created: 'true' });
    expect(instancesOf(result)).toMatchObject([{ id, status: 'loading failed', changed: true }]);
  });

  test.each([
    ['suspended', 'Aura has suspended it). The instance still exists: look at it in the Aura'],
    ['destroying', 'it is being deleted). Another process requested this; nothing is left to do.'],
  ])('the status %s ends the wait immediately', async (status, said) => {
    await using scenario = await startScenario();
    const result = await afterRead(scenario, {
      nth: 1,
      act: ({ id }) => {
        scenario.simulator.setStatus(id, status);
      },
      run: () => scenario.run({ operation: 'create', name: 'x' }),
    });
    expect(errorOf(result)).toContain(`its status is '${status}' (${said}`);
    expect(result.drivenMilliseconds).toBeLessThan(42_000);
  });
});
