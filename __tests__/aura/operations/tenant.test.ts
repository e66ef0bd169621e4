import { describe, expect, test } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';
import { theInstance } from '../../../harness/world/subjects.ts';
import { changesOf, errorOf, outputsOf, requestsOf } from '../../../harness/world/support.ts';

const ours = { name: 'Shop', id: '11111111-2222-4333-8444-555555555555' };
const theirs = { name: 'Lab', id: '99999999-8888-4777-a666-555555555555' };
const both = { tenants: [ours, theirs] };
const list = `'Shop' (${ours.id}), 'Lab' (${theirs.id})`;
const create = { operation: 'create', name: 'x', wait: 'false' };

test('the only tenant is used', async () => {
  const tenants = [ours, { ...theirs, reachable: false }];
  await using scenario = await startScenario({ simulator: { tenants } });
  expect(outputsOf(await scenario.run(create))['tenant']).toBe(ours.id);
});

test('a tenant is found by its exact name', async () => {
  await using scenario = await startScenario({ simulator: both });
  expect(outputsOf(await scenario.run({ ...create, tenant: 'Lab' }))['tenant']).toBe(theirs.id);
  expect(theInstance(scenario).tenantId).toBe(theirs.id);
});

test('a tenant id is used unchanged, without a list', async () => {
  await using scenario = await startScenario({ simulator: both });
  const result = await scenario.run({ ...create, tenant: theirs.id.toUpperCase() });
  expect(outputsOf(result)['tenant']).toBe(theirs.id);
  expect(requestsOf(scenario)).not.toContain('GET /v1/tenants 200');
});

test('several tenants and no input: the error lists them, and no changing request is sent', async () => {
  await using scenario = await startScenario({ simulator: both });
  scenario.simulator.seedInstance({ name: 'x' });
  for (const operation of ['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete']) {
    expect(errorOf(await scenario.run({ operation, name: 'x' }))).toBe(
      `Input 'tenant' is required, because these API credentials can access several: ${list}.`,
    );
  }
  expect(changesOf(scenario)).toEqual([]);
});

test.each([
  ['Sho', both, `no tenant has this name. These API credentials can access: ${list}.`],
  ['shop', both, `no tenant has this name. These API credentials can access: ${list}.`],
  [
    'Shop',
    { tenants: [ours, { ...theirs, name: 'Shop' }] },
    `several tenants have this name. These API credentials can access: 'Shop' (${ours.id}), 'Shop' (${theirs.id}).`,
  ],
])(
  "the name '%s' is rejected because it does not identify one tenant",
  async (tenant, simulator, said) => {
    await using scenario = await startScenario({ simulator });
    const result = await scenario.run({ ...create, tenant });
    expect(errorOf(result)).toBe(
      `Input 'tenant' is '${tenant}', but ${said} Set the id or the exact name.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  },
);

test('the error for credentials without access to a tenant says why', async () => {
  const tenants = [{ ...ours, reachable: false }];
  await using scenario = await startScenario({ simulator: { tenants } });
  expect(errorOf(await scenario.run(create))).toBe(
    "These API credentials have no access to any tenant (project). Check that the user of 'client-id' is a member of one.",
  );
});

test('a tenant id that Aura does not know is rejected before anything is created', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ ...create, tenant: theirs.id });
  expect(errorOf(result)).toBe(
    "Could not create instance 'x': Aura answered 404 'The tenant you specified could not be found' (tenant-not-found). Check input 'tenant': the client id's user must be a member of that tenant.",
  );
  expect(changesOf(scenario)).toEqual([]);
});

test('a tenant id that Aura does not know is an error even if all other inputs are set', async () => {
  await using scenario = await startScenario();
  const place = { region: 'europe-west1', 'cloud-provider': 'gcp', memory: '1GB' };
  const result = await scenario.run({ ...create, ...place, tenant: theirs.id });
  expect(errorOf(result)).toContain('(tenant-not-found)');
  expect(errorOf(result)).toContain("Check input 'tenant'");
  expect(scenario.simulator.history()).toEqual([]);
});

describe('a tenant id that the credentials cannot access', () => {
  const forms = [theirs.id, theirs.id.toUpperCase()];
  const operations = ['get', 'poll', 'pause', 'resume', 'snapshot', 'delete'];

  test.each(forms)('is never treated as a tenant without the name: %s', async (tenant) => {
    // Aura's list is empty for it, as for any tenant that does not exist.
    await using scenario = await startScenario({ simulator: { tenants: [ours] } });
    for (const operation of operations) {
      const wanted = operation === 'poll' ? { 'wait-for': 'deleted' } : {};
      const result = await scenario.run({ operation, name: 'x', tenant, ...wanted });
      expect(errorOf(result)).toBe(
        `Input 'tenant' is '${theirs.id}', but these API credentials cannot access it; they can access: 'Shop' (${ours.id}).`,
      );
    }
    expect(changesOf(scenario)).toEqual([]);
  });

  test('causes the error from Aura if the tenant exists', async () => {
    const tenants = [ours, { ...theirs, reachable: false }];
    await using scenario = await startScenario({ simulator: { tenants } });
    const inputs = { operation: 'delete', name: 'x', tenant: theirs.id };
    expect(errorOf(await scenario.run(inputs))).toBe(
      "Could not delete instance 'x': Aura answered 403 'Insufficient permissions' (unauthorized). Check that the user of 'client-id' is a member or an admin of the tenant.",
    );
  });

  test('is not confused with one that has no such instance', async () => {
    await using scenario = await startScenario({ simulator: both });
    const result = await scenario.run({ operation: 'delete', name: 'x', tenant: theirs.id });
    expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'false' });
  });
});

describe('an instance id with a name or tenant', () => {
  const changing = ['pause', 'resume', 'snapshot', 'delete'];
  const reading = ['get', 'poll'];

  test.each([...reading, ...changing])('fails for %s if the name differs', async (operation) => {
    await using scenario = await startScenario();
    const status = operation === 'resume' ? 'paused' : 'running';
    const { id } = scenario.simulator.seedInstance({ name: 'production', status });
    const inputs = { operation, 'instance-id': id, name: 'staging' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toBe(
      `Instance ${id} is named 'production', not 'staging'. It was not changed; check the inputs.`,
    );
    expect(changesOf(scenario)).toEqual([]);
    expect(theInstance(scenario).status).toBe(status);
  });

  test.each([...reading, ...changing])('fails for %s if the tenant differs', async (operation) => {
    await using scenario = await startScenario({ simulator: both });
    const status = operation === 'resume' ? 'paused' : 'running';
    const { id } = scenario.simulator.seedInstance({ name: 'x', status });
    const inputs = { operation, 'instance-id': id, tenant: 'Lab' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toBe(
      `Instance ${id} belongs to tenant ${ours.id}, not to ${theirs.id}. It was not changed; check the inputs.`,
    );
    expect(changesOf(scenario)).toEqual([]);
    expect(theInstance(scenario).status).toBe(status);
  });

  test('fails for poll for deleted if the name differs', async () => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'production', status: 'destroying' });
    const inputs = { operation: 'poll', 'wait-for': 'deleted', 'instance-id': id, name: 'staging' };
    expect(errorOf(await scenario.run(inputs))).toContain("is named 'production'");
  });

  test('fails with the error from Aura if the credentials cannot access it', async () => {
    const tenants = [ours, { ...theirs, reachable: false }];
    await using scenario = await startScenario({ simulator: { tenants } });
    const { id } = scenario.simulator.seedInstance({ name: 'x', tenantId: theirs.id });
    const result = await scenario.run({ operation: 'delete', 'instance-id': id });
    expect(errorOf(result)).toBe(
      `Could not delete instance ${id}: Aura answered 403 'Insufficient permissions' (unauthorized). Check that the user of 'client-id' is a member or an admin of the tenant.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });
});
