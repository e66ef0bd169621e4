import { describe, expect, test } from 'vitest';
import { capitalized } from '../../../../src/aura/api/label.ts';
import type { FaultRule } from '../../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../../in-process/scenario.ts';
import { theInstance } from '../../../../harness/world/subjects.ts';
import {
  changesOf,
  countOf,
  errorOf,
  forbidden,
  linesOf,
  outputsOf,
  ownOutputs,
  refusal,
} from '../../../../harness/world/support.ts';

const match = { operation: 'createInstance' };
const lost =
  'and its password is lost. Look for it in the Aura console, and delete it there unless another job uses it.';
const lostAt = (id: string): string =>
  `and its password is lost. Look for it in the Aura console, or delete it with operation 'delete' and instance-id '${id}'.`;

/** Runs a create in which one POST or several go wrong. */
function create(
  scenario: Scenario,
  { fault, times = 1, inputs }: Pick<FaultRule, 'fault' | 'times'> & { inputs?: object },
): Promise<StepResult> {
  scenario.simulator.addFault({ match, times, fault });
  return scenario.run({ operation: 'create', name: 'x', ...inputs });
}

function postsOf(scenario: Scenario): number {
  return countOf(scenario, 'POST', /^\/v1\/instances$/);
}

const asked = 'Aura answered';

describe('an answer to a create that may or may not have created an instance', () => {
  test.each<[what: string, fault: FaultRule['fault'], said: string, made: number]>([
    ['a reset after the effect', { kind: 'reset-after' }, 'no answer from Aura: ', 1],
    ['a reset before the effect', { kind: 'reset-before' }, 'no answer from Aura: ', 0],
    ['no answer, with the effect', { kind: 'hang-after' }, 'Aura did not answer within 90s', 1],
    ['no answer, without the effect', { kind: 'hang' }, 'Aura did not answer within 90s', 0],
    ['an answer cut in the middle', { kind: 'truncated' }, 'no answer from Aura: ', 1],
    [
      'a page instead of JSON',
      { kind: 'not-json' },
      'the answer of Aura (202) could not be read',
      1,
    ],
    [
      'an answer without a password',
      { kind: 'status', status: 202, body: { data: { id: '0' } } },
      'the answer of Aura (202) could not be read',
      0,
    ],
    ['500', refusal(500), `${asked} 500 'No'`, 0],
    ['503', refusal(503, { headers: { 'retry-after': '5' } }), `${asked} 503 'No'`, 0],
    ['408', refusal(408), `${asked} 408 'No'`, 0],
  ])(
    '%s: the step deletes the instance and creates one with a password',
    async (_what, fault, said, made) => {
      await using scenario = await startScenario();
      const result = await create(scenario, { fault });
      const [alive, ...others] = scenario.simulator.instances();
      expect(others).toEqual([]);
      expect(outputsOf(result)).toMatchObject({
        'instance-id': alive?.id,
        password: alive?.password,
        status: 'running',
        created: 'true',
        changed: 'true',
        instances: JSON.stringify([{ id: alive?.id, name: 'x', status: 'running', changed: true }]),
      });
      expect(scenario.simulator.history()).toHaveLength(made + 1);
      expect(postsOf(scenario)).toBe(2);
      const lines = linesOf(result).filter((line) => !/^(Neo4j Aura: | {2}\S)/.test(line));
      expect(lines[0]).toContain(capitalized(said));
      expect(lines[0]).toContain(". Instance 'x' may have been created anyway.");
      const [orphan] = made === 1 ? scenario.simulator.history() : [];
      const found = lines.filter((line) => line.endsWith('was created, but its password is lost.'));
      expect(found).toEqual(
        orphan === undefined
          ? []
          : [`Instance 'x' (${orphan.id}) was created, but its password is lost.`],
      );
      const nothing = made === 1 ? '' : 'Aura lists no new instance. ';
      expect(lines).toContain(`${nothing}Creating instance 'x' again.`);
      // The step sends the second POST only when the first one's instance is gone.
      expect(alive?.createdAt).toBeGreaterThanOrEqual(orphan?.deletedAt ?? 0);
    },
  );

  test.each<[what: string, fault: FaultRule['fault'], said: string, made: number]>([
    [
      'with the effect',
      { kind: 'not-json' },
      'the answer of Aura (202) could not be read. Sent 3 times, and none of the requests left an instance.',
      3,
    ],
    [
      'without it',
      refusal(503),
      `Aura answered 503 'No'. Sent 3 times, and Aura listed no new instance. An instance 'x' may still exist, ${lost}`,
      0,
    ],
  ])(
    'is accepted at most three times, and the error says what may be left: %s',
    async (_what, fault, said, made) => {
      await using scenario = await startScenario();
      const result = await create(scenario, { fault, times: 'always' });
      expect(errorOf(result)).toBe(
        `Could not create instance 'x': ${said} This is a problem on Aura's side; try again later.`,
      );
      expect(postsOf(scenario)).toBe(3);
      expect(scenario.simulator.history()).toHaveLength(made);
      expect(scenario.simulator.instances()).toEqual([]);
      expect(ownOutputs(result)).toEqual({
        name: 'x',
        tenant: scenario.simulator.tenantId,
        created: 'false',
        changed: 'false',
      });
    },
  );
});

describe('an instance without a password that cannot be deleted is named, and no other is created,', () => {
  test('if Aura refuses', async () => {
    await using scenario = await startScenario();
    const refused = { match: { operation: 'deleteInstance' }, fault: forbidden } as const;
    scenario.simulator.addFault({ ...refused, times: 'always' });
    const result = await create(scenario, { fault: { kind: 'not-json' } });
    const { id } = theInstance(scenario);
    expect(errorOf(result)).toBe(
      `Could not create instance 'x': the answer of Aura (202) could not be read. Could not delete instance 'x' (${id}): Aura answered 403 'Insufficient permissions' (unauthorized). Instance 'x' (${id}) may still exist, ${lostAt(id)} The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).`,
    );
    expect(postsOf(scenario)).toBe(1);
  });

  test('if its name is protected', async () => {
    await using scenario = await startScenario();
    const inputs = { 'protected-names': 'x*' };
    const result = await create(scenario, { fault: { kind: 'reset-after' }, inputs });
    const { id } = theInstance(scenario);
    expect(errorOf(result)).toContain(
      "Instance 'x' is protected: its name matches 'x*' of input 'protected-names'. Nothing was deleted. ",
    );
    expect(errorOf(result)).toContain(`Instance 'x' (${id}) may still exist, ${lostAt(id)}`);
    expect(changesOf(scenario)).toHaveLength(1);
  });

  test('if Aura lists it, but answers 404 for more than a minute', async () => {
    const durations = { readAfterCreate: 600_000 };
    await using scenario = await startScenario({ simulator: { durations } });
    const inputs = { tier: 'professional', region: 'europe-west1' };
    const result = await create(scenario, { fault: { kind: 'reset-after' }, inputs });
    const { id } = theInstance(scenario);
    expect(errorOf(result)).toContain(`Instance 'x' (${id}) may still exist, ${lostAt(id)}`);
    expect(postsOf(scenario)).toBe(1);
  });

  test('at the timeout', async () => {
    await using scenario = await startScenario();
    const inputs = { timeout: '1m' };
    const result = await create(scenario, { fault: { kind: 'reset-after' }, inputs });
    const { id } = theInstance(scenario);
    expect(errorOf(result)).toContain(`Instance 'x' (${id}) may still exist, ${lostAt(id)}`);
    expect(postsOf(scenario)).toBe(1);
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(60_000);
  });
});

test('if the step cannot look for the instance, it names it by what it knows', async () => {
  await using scenario = await startScenario();
  const list = { operation: 'listInstances' };
  scenario.simulator.addFault({ match: list, nth: 2, times: 'always', fault: refusal(500) });
  const result = await create(scenario, { fault: { kind: 'reset-after' } });
  expect(errorOf(result)).toContain(`Could not look for instance 'x': Aura answered 500 'No'. `);
  expect(errorOf(result)).toContain(`An instance 'x' may still exist, ${lost}`);
  expect(theInstance(scenario).status).not.toBe('destroying');
  expect(postsOf(scenario)).toBe(1);
});

test('an instance that is listed late is found anyway', async () => {
  const durations = { listAfterCreate: 85_000 };
  await using scenario = await startScenario({ simulator: { durations } });
  outputsOf(await create(scenario, { fault: { kind: 'reset-after' } }));
  expect(scenario.simulator.history()).toHaveLength(2);
  expect(scenario.simulator.instances()).toHaveLength(1);
});

test.each([-180_000, -90_000, 90_000, 180_000])(
  "the instance of a lost POST is not confused with others if Aura's clock is %d ms ahead",
  async (clockSkew) => {
    await using scenario = await startScenario({ simulator: { clockSkew } });
    const { simulator } = scenario;
    const result = await create(scenario, { fault: { kind: 'reset-after' } });
    const [alive, ...others] = simulator.instances();
    expect(others).toEqual([]);
    expect(outputsOf(result)).toMatchObject({
      'instance-id': alive?.id,
      password: alive?.password,
    });
    expect(simulator.history()).toHaveLength(2);
  },
);

describe('an instance that is listed only after the search', () => {
  const inputs = { tier: 'professional', region: 'europe-west1', memory: '1GB' };
  const durations = { listAfterCreate: 150_000 };

  test('is named as one that may exist when Aura refuses to create another one', async () => {
    await using scenario = await startScenario({ simulator: { durations, instanceQuota: 1 } });
    const result = await create(scenario, { fault: { kind: 'reset-after' }, inputs });
    expect(errorOf(result)).toContain("Aura answered 405 'Instance limit reached'");
    expect(errorOf(result)).toContain(`An instance 'x' may still exist, ${lost}`);
  });

  test('is named when the second instance is running, and the post step deletes it', async () => {
    await using scenario = await startScenario({ simulator: { durations } });
    const given = { ...inputs, 'delete-after-job': 'true' };
    const result = await create(scenario, { fault: { kind: 'reset-after' }, inputs: given });
    const [orphan] = scenario.simulator.instances();
    const id = orphan?.id ?? '';
    expect(errorOf(result)).toContain(
      `another step, or an earlier request of this step that got no answer, created ${id} with this name. Delete it with operation 'delete' and instance-id '${id}' if no other job uses it.`,
    );
    const [post] = await scenario.job.post();
    expect(post?.annotations).toEqual([]);
    expect(scenario.simulator.instances()).toMatchObject([{ id, status: 'destroying' }]);
  });
});

test('after an instance of another job was deleted by mistake, a second one is not deleted', async () => {
  const durations = { listAfterCreate: 20_000 };
  await using scenario = await startScenario({ simulator: { durations } });
  const { simulator } = scenario;
  const posted = scenario.nextExchange(({ method, path }) => {
    return method === 'POST' && path === '/v1/instances';
  });
  // It is listed immediately, and looks the same as the instance of the lost POST.
  void posted.then(() => simulator.seedInstance({ name: 'x', status: 'running' }));
  const result = await create(scenario, { fault: { kind: 'reset-after' } });
  const [own] = simulator.instances();
  const other = simulator.history().find(({ id }) => id !== own?.id);
  expect(errorOf(result)).toContain(
    `Instance ${other?.id ?? ''} looked like the one of this step and was deleted, but ${own?.id ?? ''} is also new and has the same name. It may be from this step or from another job, so it was not deleted.`,
  );
  expect(postsOf(scenario)).toBe(1);
});

test('a POST that Aura has certainly not processed is sent again', async () => {
  await using scenario = await startScenario();
  const inputs = { wait: 'false' };
  outputsOf(await create(scenario, { fault: refusal(429), inputs }));
  expect(changesOf(scenario)).toEqual(['POST /v1/instances 429', 'POST /v1/instances 202']);
  expect(scenario.simulator.instances()).toHaveLength(1);
});
