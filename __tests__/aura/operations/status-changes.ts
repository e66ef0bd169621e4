import { expect, test } from 'vitest';
import type { FaultRule } from '../../../simulator/aura/simulator.ts';
import { startScenario } from '../in-process/scenario.ts';
import {
  afterRead,
  detailOutputs,
  prepare,
  theInstance,
  type Subject,
  type subjects,
} from '../../../harness/world/subjects.ts';
import {
  addFaults,
  changesOf,
  errorOf,
  instancesOf,
  outputsOf,
  refusal,
  requestsOf,
  resultLinesOf,
  statesOf,
  timesOf,
} from '../../../harness/world/support.ts';

type Change = (typeof subjects)['pause' | 'resume'];

/** Tests of the behavior that pause and resume share. */
export function testStatusChange(subject: Change): void {
  const { operation, before, after, meanwhile } = subject;

  test(`${operation} of an instance that is ${after} changes nothing`, async () => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'x', status: after });
    const result = await scenario.run({ operation, name: 'x' });
    expect(outputsOf(result)).toEqual(detailOutputs(scenario));
    expect(resultLinesOf(result)).toEqual([
      `Instance 'x' (${id}) is already ${after}; nothing to do.`,
    ]);
    expect(changesOf(scenario)).toEqual([]);
  });

  test(`${operation} of an instance that is ${meanwhile} waits for it without another request`, async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x', status: meanwhile });
    const result = await scenario.run({ operation, name: 'x' });
    expect(outputsOf(result)).toEqual(detailOutputs(scenario));
    expect(theInstance(scenario).status).toBe(after);
    expect(changesOf(scenario)).toEqual([]);
  });

  test(`${operation} by id needs no list`, async () => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'x', status: before });
    const inputs = { operation, 'instance-id': id.toUpperCase(), wait: 'false' };
    expect(outputsOf(await scenario.run(inputs))).toMatchObject({ status: meanwhile });
    expect(requestsOf(scenario)).toEqual([
      'POST /oauth/token 200',
      'GET /v1/instances/{id} 200',
      `POST /v1/instances/{id}/${operation} 202`,
    ]);
  });

  test(`${operation} with wait: false ends as soon as Aura has accepted`, async () => {
    await using scenario = await startScenario();
    const result = await scenario.run({ ...prepare(subject, scenario), wait: 'false' });
    const { id } = theInstance(scenario);
    expect(outputsOf(result)).toMatchObject({ status: meanwhile, changed: 'true' });
    expect(result.drivenMilliseconds).toBe(0);
    const uri = `neo4j+s://${id}.databases.neo4j.io`;
    expect(resultLinesOf(result)).toEqual([
      operation === 'pause'
        ? `Aura has accepted the request to pause instance 'x' (${id}).`
        : `##[notice]Instance 'x' (${id}) is resuming at ${uri}. It will not be deleted automatically; use operation 'delete'.`,
    ]);
  });

  test(`${operation} waits for an instance that is listed, but answered with 404`, async () => {
    await using scenario = await startScenario();
    outputsOf(await scenario.run({ operation: 'create', name: 'x', wait: 'false' }));
    const result = await scenario.run({ operation, name: 'x' });
    expect(outputsOf(result)['status']).toBe(after);
    expect(requestsOf(scenario)).toContain('GET /v1/instances/{id} 404');
    expect(changesOf(scenario)).toHaveLength(operation === 'pause' ? 2 : 1);
  });

  testUnclearAnswers(subject);
  testWrongStatus(subject);
  testNotFound(operation);
}

function testUnclearAnswers(subject: Change): void {
  const { operation, after, meanwhile } = subject;

  test.each<[what: string, fault: FaultRule['fault']]>([
    ['a reset after the effect', { kind: 'reset-after' }],
    ['no answer, with the effect', { kind: 'hang-after' }],
    ['a page instead of JSON', { kind: 'not-json' }],
    ['a cut answer', { kind: 'truncated' }],
  ])('after %s it reads the status and does not send a second request', async (_what, fault) => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match: { method: 'POST', path: `/${operation}$` }, fault });
    const result = await scenario.run(prepare(subject, scenario));
    expect(outputsOf(result)).toMatchObject({ status: after, changed: 'true' });
    expect(changesOf(scenario)).toHaveLength(1);
  });

  test.each<[what: string, fault: FaultRule['fault']]>([
    ['a reset', { kind: 'reset-before' }],
    ['no answer', { kind: 'hang' }],
    ['503', refusal(503)],
  ])(
    'after %s without effect it looks at the status for a minute, then sends the request again',
    async (_what, fault) => {
      await using scenario = await startScenario();
      const since = scenario.clock.now();
      const path = new RegExp(`/${operation}$`);
      scenario.simulator.addFault({ match: { method: 'POST', path: path.source }, fault });
      const result = await scenario.run(prepare(subject, scenario));
      expect(outputsOf(result)).toMatchObject({ status: after, changed: 'true' });
      const [first = 0, second = 0, ...more] = timesOf(scenario, { method: 'POST', path, since });
      expect(second - first).within(60_000, 100_000);
      expect(more).toEqual([]);
    },
  );

  test('a second lost answer is an error after another minute, and no third request is sent', async () => {
    await using scenario = await startScenario();
    const match = { method: 'POST', path: `/${operation}$` };
    scenario.simulator.addFault({ match, times: 'always', fault: refusal(503) });
    const result = await scenario.run(prepare(subject, scenario));
    expect(errorOf(result)).toBe(
      `Could not ${operation} instance 'x' (${theInstance(scenario).id}): Aura answered 503 'No'. This is a problem on Aura's side; try again later.`,
    );
    expect(changesOf(scenario)).toHaveLength(2);
    expect(result.outputs['changed']).toBe('false');
    expect(result.drivenMilliseconds).within(120_000, 150_000);
  });

  test('a 409 after a lost answer counts as accepted', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    addFaults(
      scenario,
      { method: 'POST', path: `/${operation}$` },
      {
        faults: [refusal(503), refusal(409)],
      },
    );
    const inputs = prepare(subject, scenario);
    const refused = scenario.nextExchange(({ status }) => status === 409);
    void refused.then(() => {
      simulator.setStatus(theInstance(scenario).id, meanwhile);
    });
    const result = await scenario.run(inputs);
    expect(outputsOf(result)).toMatchObject({ status: after, changed: 'true' });
    expect(changesOf(scenario)).toHaveLength(2);
  });
}

function testWrongStatus(subject: Change): void {
  const { operation, after } = subject;

  test.each([
    ['suspended', 'Aura has suspended it'],
    ['suspending', 'Aura has suspended it'],
    ['loading failed', 'its data could not be loaded'],
    ['destroying', 'it is being deleted'],
  ])('%s is an error immediately, and nothing is sent', async (status, why) => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'x', status });
    const result = await scenario.run({ operation, name: 'x' });
    expect(errorOf(result)).toBe(
      `Could not ${operation} instance 'x' (${id}): its status is '${status}' (${why}). Look at it in the Aura console.`,
    );
    expect(result.outputs).toMatchObject({ 'instance-id': id, status, changed: 'false' });
    expect(changesOf(scenario)).toEqual([]);
  });

  test.each(['creating', 'restoring'])(
    '%s is waited for, and then the step continues',
    async (status) => {
      await using scenario = await startScenario();
      scenario.simulator.seedInstance({ name: 'x', status });
      const result = await scenario.run({ operation, name: 'x' });
      const changes = operation === 'pause' ? ['POST /v1/instances/{id}/pause 202'] : [];
      expect(outputsOf(result)).toMatchObject({
        status: after,
        changed: String(changes.length > 0),
      });
      expect(changesOf(scenario)).toEqual(changes);
    },
  );

  test('an instance that stays busy causes a timeout, and is not changed', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x', status: 'upgrading' });
    const inputs = { operation, name: 'x', timeout: '1m', 'poll-interval': '10s' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toBe(
      `Could not ${operation} instance 'x' (${theInstance(scenario).id}): its status is 'upgrading' after 1m. The instance was not changed. Try again, or increase 'timeout'.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('a change that Aura refuses as busy is tried again', async () => {
    await using scenario = await startScenario();
    const fault: FaultRule['fault'] = {
      kind: 'status',
      status: 409,
      body: { errors: [{ message: 'Busy', reason: 'ongoing-database-operation' }] },
    };
    const match = { method: 'POST', path: `/${operation}$` };
    scenario.simulator.addFault({ match, times: 2, fault });
    const result = await scenario.run(prepare(subject, scenario));
    expect(outputsOf(result)).toMatchObject({ status: after, changed: 'true' });
    expect(statesOf(result)[0]).toBe(
      "0s not accepted yet: Aura answered 409 'Busy' (ongoing-database-operation)",
    );
  });

  testLostOnTheWay(subject);
}

function testLostOnTheWay(subject: Change): void {
  test('an instance that another process deletes during the wait is an error', async () => {
    await using scenario = await startScenario({ simulator: { durations: { delete: 5_000 } } });
    const result = await afterRead(scenario, {
      nth: 2,
      act: ({ id }) => {
        scenario.simulator.setStatus(id, 'destroying');
      },
      run: () => scenario.run({ ...prepare(subject, scenario), 'poll-interval': '10s' }),
    });
    expect(errorOf(result)).toBe(
      `Gave up on instance 'x' (${theInstance(scenario).id}) after 1m: Aura has no instance with this id. Check what else may have deleted it.`,
    );
  });

  test.each(['suspended', 'loading failed'])(
    'the status %s ends the wait immediately',
    async (status) => {
      await using scenario = await startScenario();
      const result = await afterRead(scenario, {
        nth: 2,
        act: ({ id }) => {
          scenario.simulator.setStatus(id, status);
        },
        run: () => scenario.run({ ...prepare(subject, scenario), 'poll-interval': '10s' }),
      });
      expect(errorOf(result)).toContain(`after 20s: its status is '${status}' (`);
      expect(result.outputs).toMatchObject({ status, changed: 'true' });
      expect(instancesOf(result)).toMatchObject([{ status, changed: true }]);
    },
  );
}

/**
 * The test of a missing instance, for every operation that needs one.
 *
 * @param more the other inputs that the operation needs.
 */
export function testNotFound(
  operation: Subject['operation'],
  more: Readonly<Record<string, string>> = {},
): void {
  test('an unknown name and an unknown id are errors', async () => {
    await using scenario = await startScenario();
    const byName = await scenario.run({ ...more, operation, name: 'nobody' });
    expect(errorOf(byName)).toBe(
      `Could not ${operation} instance 'nobody': the tenant has no instance with this name. Check 'name' and 'tenant'.`,
    );
    const byId = await scenario.run({ ...more, operation, 'instance-id': 'deadbeef' });
    expect(errorOf(byId)).toBe(
      `Could not ${operation} instance deadbeef: Aura has no instance with this id. Check 'instance-id'; the instance may have been deleted.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });
}
