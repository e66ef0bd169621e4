import { describe, expect, it } from 'vitest';
import { failureOf, remarksOf, startSteps } from '../operations/steps-in-process.ts';

const ours = { name: 'Shop', id: '11111111-2222-4333-8444-555555555555' };
const theirs = { name: 'Lab', id: '99999999-8888-4777-a666-555555555555' };
const both = { tenants: [ours, theirs] };
const list = `'Shop' (${ours.id}), 'Lab' (${theirs.id})`;
const everyOperation = ['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete'];

describe('the tenant of a step', () => {
  it.each(everyOperation)('is required if the client can access several: %s', async (operation) => {
    const { run, changes } = await startSteps(both);
    expect(failureOf(await run({ operation, name: 'x' }))).toBe(
      `Input 'tenant' is required, because these credentials can access several tenants (projects): ${list}. Set it to one of these names or ids.`,
    );
    expect(changes()).toEqual([]);
  });

  it.each([
    [
      'shop',
      both,
      'no tenant (project) has',
      list,
      "Did you mean 'Shop'? Use one of these names or ids.",
    ],
    [
      'Shop',
      { tenants: [ours, { ...theirs, name: 'Shop' }] },
      'several tenants (projects) have',
      list.replace('Lab', 'Shop'),
      'Set the id of one of them.',
    ],
  ])('is not guessed from the name %s', async (tenant, options, said, all, next) => {
    const { run } = await startSteps(options);
    expect(failureOf(await run({ operation: 'get', name: 'x', tenant }))).toBe(
      `Input 'tenant' is '${tenant}', but ${said} this name. These credentials can access: ${all}. ${next}`,
    );
  });

  it('is one that the client can access, if there are any', async () => {
    const { run } = await startSteps({ tenants: [{ ...ours, reachable: false }] });
    expect(failureOf(await run({ operation: 'get', name: 'x' }))).toBe(
      "These credentials have no access to any tenant (project). Check that the user of 'client-id' is a member of one.",
    );
    expect(failureOf(await run({ operation: 'get', name: 'x', tenant: 'Shop' }))).toBe(
      "These credentials have no access to any tenant (project). Check that the user of 'client-id' is a member of one.",
    );
  });

  it.each(['get', 'delete'])(
    'by an id that the client cannot access is not treated as empty: %s',
    async (operation) => {
      const { run } = await startSteps({ tenants: [ours] });
      expect(failureOf(await run({ operation, name: 'x', tenant: theirs.id }))).toBe(
        `Input 'tenant' is '${theirs.id}', but these credentials can access no tenant (project) with this id. These credentials can access: 'Shop' (${ours.id}). Use one of these names or ids.`,
      );
    },
  );

  it('is found by its name, without the instances of other tenants', async () => {
    const { simulator, run } = await startSteps(both);
    simulator.seedInstance({ name: 'x', tenantId: ours.id });
    const { id } = simulator.seedInstance({ name: 'x', tenantId: theirs.id });
    const result = await run({ operation: 'get', name: 'x', tenant: 'Lab' });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ 'instance-id': id, tenant: theirs.id });
  });
});

describe('the instance of a step', () => {
  it.each(['get', 'poll', 'pause', 'resume', 'snapshot'])(
    'is not chosen from several: %s',
    async (operation) => {
      const { simulator, run, changes } = await startSteps();
      const ids = [1, 2].map(() => simulator.seedInstance({ name: 'x', status: 'paused' }).id);
      expect(failureOf(await run({ operation, name: 'x' }))).toBe(
        `Several instances are named 'x': ${ids.join(', ')}. Set 'instance-id' to one of them.`,
      );
      expect(changes()).toEqual([]);
    },
  );

  it.each(['get', 'poll', 'pause'])(
    'has the name that is set with its sealed credentials, or is not changed: %s',
    async (operation) => {
      const { simulator, run, changes, seal } = await startSteps();
      const { id } = simulator.seedInstance({ name: 'somebody-elses' });
      const sealed = { 'sealed-credentials': seal({ instanceId: id }) };
      expect(failureOf(await run({ operation, name: 'x', ...sealed }))).toBe(
        `Instance ${id} is named 'somebody-elses', not 'x'. It was not changed; check the inputs.`,
      );
      expect(changes()).toEqual([]);
    },
  );

  it.each(['get', 'poll', 'pause', 'delete'])(
    'is in the tenant that is set with its id, or is not changed: %s',
    async (operation) => {
      const { simulator, run, changes } = await startSteps(both);
      const { id } = simulator.seedInstance({ name: 'x', tenantId: theirs.id });
      expect(failureOf(await run({ operation, tenant: ours.id, 'instance-id': id }))).toBe(
        `Instance ${id} belongs to tenant ${theirs.id}, not to ${ours.id}. It was not changed; check the inputs.`,
      );
      expect(changes()).toEqual([]);
    },
  );

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'name',
      { name: 'x' },
      "instance 'x': the tenant has no instance with this name. Check 'name' and",
    ],
    ['id', { 'instance-id': '0000000a' }, 'instance 0000000a: Aura has no instance with this id.'],
    [
      'event',
      {},
      "the tenant has no instance with this name. Inputs 'instance-id' and 'name' are both",
    ],
  ])('that does not exist causes an error with the input: by %s', async (_, inputs, said) => {
    const { run } = await startSteps();
    for (const operation of ['get', 'pause', 'resume']) {
      expect(failureOf(await run({ operation, ...inputs }))).toContain(said);
    }
  });

  it('that is listed but not found was probably deleted a moment ago', async () => {
    const { simulator, run } = await startSteps();
    const createdAt = simulator.clock.now() - 3_600_000;
    const { id } = simulator.seedInstance({ name: 'x', createdAt });
    const body = { errors: [{ message: 'DB not found', reason: 'db-not-found' }] };
    const fault = { kind: 'status', status: 404, body } as const;
    simulator.addFault({ match: { operation: 'getInstance' }, times: 'always', fault });
    expect(failureOf(await run({ operation: 'get', name: 'x' }))).toBe(
      `Could not get instance 'x' (${id}): Aura still lists it, but answers 404 for it. It was probably deleted a moment ago. Try again later.`,
    );
  });
});
