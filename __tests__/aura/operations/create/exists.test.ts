import { describe, expect, test } from 'vitest';
import { startScenario, type Scenario } from '../../in-process/scenario.ts';
import { detailOutputs, theInstance } from '../../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  instancesOf,
  outputsOf,
  refusal,
  requestsOf,
  resultLinesOf,
} from '../../../../harness/world/support.ts';

const create = { operation: 'create', name: 'x' };
const posted = 'POST /v1/instances 202';

/** An instance that an earlier step has created, and the credentials from its outputs. */
async function makeBefore(scenario: Scenario, name = 'x'): Promise<string> {
  const inputs = { ...scenario.credentials, operation: 'create', tier: 'professional' };
  const job = await scenario.startJob();
  const result = await job.step({ inputs: { ...inputs, region: 'europe-west1', name } });
  return outputsOf(result)['sealed-credentials'] ?? '';
}

const ownName =
  "If several jobs, for example of a matrix, create instances with this name, give each its own: set 'name-suffix' to a value of the job, or another 'name'.";

describe('advice about an instance that another job may use', () => {
  const dangerous = /replace|'delete'/;

  test.each([
    ['that exists', { 'if-exists': 'fail' }, {}, 'It was created 5m ago'],
    ['without its password', {}, {}, 'It was created 5m ago'],
    ['that Aura still creates', { 'if-exists': 'fail' }, { status: 'creating' }, 'It was created'],
  ])('never destroys one %s', async (_, inputs, seed, why) => {
    await using scenario = await startScenario();
    const createdAt = scenario.clock.now() - 300_000;
    const { id } = scenario.simulator.seedInstance({ name: 'x', createdAt, ...seed });
    const text = errorOf(await scenario.run({ ...create, ...inputs }));
    expect(text).toContain(id);
    expect(text).toContain(why);
    expect(text).toContain(`so another job may still use it. ${ownName}`);
    expect(text).not.toMatch(dangerous);
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is careful about an old one in which an operation is in progress', async () => {
    await using scenario = await startScenario();
    const createdAt = scenario.clock.now() - 7_200_000;
    scenario.simulator.seedInstance({ name: 'x', createdAt, status: 'updating' });
    const text = errorOf(await scenario.run({ ...create, 'if-exists': 'fail' }));
    expect(text).toContain(`Its status is 'updating', so another job may still use it. ${ownName}`);
    expect(text).not.toMatch(dangerous);
  });

  test('names each instance that replace would delete above the limit', async () => {
    await using scenario = await startScenario();
    const ids = [1, 2].map(() => scenario.simulator.seedInstance({ name: 'x' }).id);
    const inputs = { ...create, 'if-exists': 'replace', 'max-deletions': '1' };
    expect(errorOf(await scenario.run(inputs))).toBe(
      `This would delete 2 instances ('x' (${ids[0]}), 'x' (${ids[1]})), more than 'max-deletions: 1'. Nothing was deleted. Check the instances, and increase 'max-deletions' only if nobody needs them.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });
});

describe('with if-exists: fail a name that exists', () => {
  test('once or several times is rejected, and nothing is created', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    const createdAt = scenario.clock.now() - 3_600_000;
    const one = simulator.seedInstance({ name: 'x', status: 'paused', createdAt });
    const refused = (ids: string): string =>
      `Could not create instance 'x': the tenant already has an instance with this name (${ids}). If no other job uses it, delete it with operation 'delete', or set 'if-exists: replace'. ${ownName}`;
    const inputs = { ...create, 'if-exists': 'fail' };
    const first = await scenario.run(inputs);
    expect(errorOf(first)).toBe(refused(one.id));
    const other = simulator.seedInstance({ name: 'x', createdAt });
    const second = await scenario.run(inputs);
    expect(errorOf(second)).toBe(refused(`${one.id}, ${other.id}`));
    const outputs = {
      operation: 'create',
      skipped: 'false',
      name: 'x',
      tenant: simulator.tenantId,
      created: 'false',
      changed: 'false',
    };
    expect([first.outputs, second.outputs]).toEqual([outputs, outputs]);
    expect(changesOf(scenario)).toEqual([]);
  });
});

describe('with if-exists: fail a name that Aura lists, but with 404 for its instance,', () => {
  const notFound = {
    kind: 'status',
    status: 404,
    body: { errors: [{ message: 'DB not found', reason: 'db-not-found' }] },
  } as const;
  const inputs = { ...create, 'if-exists': 'fail', wait: 'false' };

  /** An old instance with the name, for which one read answers 404. */
  function seedUnfound({ simulator }: Scenario): string {
    const createdAt = simulator.clock.now() - 3_600_000;
    const { id } = simulator.seedInstance({ name: 'x', createdAt });
    simulator.addFault({ match: { operation: 'getInstance', path: id }, fault: notFound });
    return id;
  }

  test('is free, and the instance is not changed', async () => {
    await using scenario = await startScenario();
    const id = seedUnfound(scenario);
    const result = await scenario.run(inputs);
    expect(changesOf(scenario)).toEqual([posted]);
    expect(scenario.simulator.instances().map((instance) => instance.id)).toContain(id);
    expect(outputsOf(result)).toMatchObject({ created: 'true', changed: 'true' });
  });

  test('is not reported as replaced in the error of a create', async () => {
    await using scenario = await startScenario();
    seedUnfound(scenario);
    const match = { operation: 'createInstance' };
    scenario.simulator.addFault({ match, fault: refusal(405) });
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toContain("Could not create instance 'x': Aura answered 405 'No'.");
    expect(errorOf(result)).not.toContain('Deleted before');
    expect(result.outputs).toMatchObject({ created: 'false', changed: 'false' });
  });
});

test('with if-exists: replace the status of a deleted instance is not an output', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x' });
  const match = { operation: 'createInstance' };
  scenario.simulator.addFault({ match, fault: refusal(400) });
  const result = await scenario.run({ ...create, 'if-exists': 'replace' });
  expect(errorOf(result)).toContain("Could not create instance 'x': Aura answered 400 'No'.");
  expect(result.outputs).toMatchObject({ created: 'false', changed: 'true' });
  expect(result.outputs['status']).not.toBe('destroying');
});

describe('without if-exists the instance with the name', () => {
  test('without a known password is an error that lists the options', async () => {
    await using scenario = await startScenario();
    const createdAt = scenario.clock.now() - 3_600_000;
    const { id } = scenario.simulator.seedInstance({ name: 'x', status: 'paused', createdAt });
    const other = await makeBefore(scenario, 'y');
    const before = changesOf(scenario);
    // The credentials of another instance do not help either.
    for (const sealed of ['', other]) {
      const result = await scenario.run({ ...create, 'sealed-credentials': sealed });
      expect(errorOf(result)).toBe(
        `Could not reuse instance 'x' (${id}): its password cannot be recovered, because Aura returns it only once. Pass 'sealed-credentials' from the step that created it, or set 'password' from a secret. Set 'credentials-store: deployment' here and in the step that creates it to store them. If no other job uses it, set 'if-exists: replace' to delete it and create a new one.`,
      );
      expect(result.outputs).toMatchObject({
        'instance-id': id,
        status: 'paused',
        created: 'false',
        changed: 'false',
      });
      expect(instancesOf(result)).toEqual([
        { id, name: 'x', status: 'paused', changed: false, error: errorOf(result) },
      ]);
      expect(Object.keys(result.outputs)).not.toContain('password');
    }
    expect(changesOf(scenario)).toEqual(before);
  });

  test('is an error if there are several', async () => {
    await using scenario = await startScenario();
    const ids = [1, 2].map(() => scenario.simulator.seedInstance({ name: 'x' }).id);
    expect(errorOf(await scenario.run(create))).toBe(
      `Could not reuse instance 'x': several instances have this name (${ids.join(', ')}). Delete those that no job uses with operation 'delete' and 'instance-id'. ${ownName}`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is reused while it is running, with the credentials that were passed on', async () => {
    await using scenario = await startScenario();
    const sealed = await makeBefore(scenario);
    const { id, password } = theInstance(scenario);
    const since = requestsOf(scenario).length;
    const result = await scenario.run({ ...create, 'sealed-credentials': sealed });
    const { 'sealed-credentials': again, ...outputs } = outputsOf(result);
    expect(outputs).toEqual({ ...detailOutputs(scenario), username: 'neo4j', password });
    expect(again).toMatch(/^aura1\./);
    expect(result.drivenMilliseconds).toBe(0);
    expect(resultLinesOf(result)).toEqual([
      `Reusing instance 'x' (${id}), which is running.`,
      `##[notice]Instance 'x' (${id}) is running at neo4j+s://${id}.databases.neo4j.io. It will not be deleted automatically; use operation 'delete'.`,
    ]);
    // The step requests neither a token nor the tenant: it already has both.
    expect(requestsOf(scenario).slice(since)).toEqual([
      'GET /v1/instances 200',
      'GET /v1/instances/{id} 200',
    ]);
  });

  test('is resumed if it is paused', async () => {
    await using scenario = await startScenario();
    const sealed = await makeBefore(scenario);
    const { id, password } = theInstance(scenario);
    scenario.simulator.setStatus(id, 'paused');
    const result = await scenario.run({ ...create, 'sealed-credentials': sealed });
    expect(outputsOf(result)).toMatchObject({
      ...detailOutputs(scenario, { changed: true }),
      password,
    });
    expect(theInstance(scenario).status).toBe('running');
    expect(changesOf(scenario)).toEqual([posted, 'POST /v1/instances/{id}/resume 202']);
  });

  test('is not reused if Aura has suspended it', async () => {
    await using scenario = await startScenario();
    const sealed = await makeBefore(scenario);
    const { id } = theInstance(scenario);
    scenario.simulator.setStatus(id, 'suspended');
    const result = await scenario.run({ ...create, 'sealed-credentials': sealed });
    expect(errorOf(result)).toBe(
      `Could not reuse instance 'x' (${id}): its status is 'suspended' (Aura has suspended it). Look at it in the Aura console.`,
    );
    expect(changesOf(scenario)).toEqual([posted]);
  });

  test('that is being deleted is waited for, and then another one is created', async () => {
    await using scenario = await startScenario();
    const old = scenario.simulator.seedInstance({ name: 'x', status: 'destroying' });
    const result = await scenario.run({ ...create, wait: 'false' });
    const [made, ...others] = scenario.simulator.instances();
    expect(others).toEqual([]);
    expect(made?.id).not.toBe(old.id);
    expect(outputsOf(result)).toMatchObject({
      'instance-id': made?.id,
      password: made?.password,
      status: 'creating',
      created: 'true',
      changed: 'true',
    });
  });
});
