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
      `Input 'tenant' is required, because these credentials can access several tenants (projects): ${list}. Set it to one of these names or ids.`,
    );
  }
  expect(changesOf(scenario)).toEqual([]);
});

test.each([
  [
    'Sho',
    both,
    `no tenant (project) has this name. These credentials can access: ${list}. Did you mean 'Shop'? Use one of these names or ids.`,
  ],
  [
    'shop',
    both,
    `no tenant (project) has this name. These credentials can access: ${list}. Did you mean 'Shop'? Use one of these names or ids.`,
  ],
  [
    'production',
    both,
    `no tenant (project) has this name. These credentials can access: ${list}. Use one of these names or ids.`,
  ],
  [
    'Shop',
    { tenants: [ours, { ...theirs, name: 'Shop' }] },
    `several tenants (projects) have this name. These credentials can access: 'Shop' (${ours.id}), 'Shop' (${theirs.id}). Set the id of one of them.`,
  ],
])(
  "the name '%s' is rejected because it does not identify one tenant",
  async (tenant, simulator, said) => {
    await using scenario = await startScenario({ simulator });
    const result = await scenario.run({ ...create, tenant });
    expect(errorOf(result)).toBe(`Input 'tenant' is '${tenant}', but ${said}`);
    expect(changesOf(scenario)).toEqual([]);
  },
);

test('the error for credentials without access to a tenant says why', async () => {
  const tenants = [{ ...ours, reachable: false }];
  await using scenario = await startScenario({ simulator: { tenants } });
  expect(errorOf(await scenario.run(create))).toBe(
    "These credentials have no access to any tenant (project). Check that the user of 'client-id' is a member of one.",
  );
});

const unknown = `Input 'tenant' is '${theirs.id}', but these credentials can access no tenant (project) with this id. These credentials can access: 'Shop' (${ours.id}). Use one of these names or ids.`;

describe('a tenant id that Aura does not know', () => {
  const place = { region: 'europe-west1', 'cloud-provider': 'gcp', memory: '1GB' };

  test.each([
    ['before anything is created', {}],
    ['even if all other inputs are set', place],
    ['in a dry run', { ...place, 'dry-run': 'true' }],
  ])('is rejected by create with the tenants that exist, %s', async (_, inputs) => {
    await using scenario = await startScenario({ simulator: { tenants: [ours] } });
    const result = await scenario.run({ ...create, ...inputs, tenant: theirs.id });
    expect(errorOf(result)).toBe(unknown);
    expect(scenario.simulator.history()).toEqual([]);
  });

  test('is named as the error of Aura if the tenants cannot be listed', async () => {
    await using scenario = await startScenario({ simulator: { tenants: [ours] } });
    scenario.simulator.addFault({
      match: { operation: 'listTenants' },
      times: 'always',
      fault: { kind: 'status', status: 403 },
    });
    const result = await scenario.run({ ...create, ...place, tenant: theirs.id });
    expect(errorOf(result)).toMatch(
      /^Could not create instance 'x': Aura answered 400 '.*' \(tenant-not-found\)\. /,
    );
  });

  test('is called what it is if it comes from a configuration', async () => {
    await using scenario = await startScenario({ simulator: { tenants: [ours] } });
    const config = JSON.stringify({ name: 'x', tenant_id: theirs.id, type: 'free-db' });
    const result = await scenario.run({ ...create, config });
    expect(errorOf(result)).toBe(unknown.replace("Input 'tenant'", "'tenant_id' in 'config'"));
  });
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
      expect(errorOf(result)).toBe(unknown);
    }
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is the same error if the tenant belongs to another account', async () => {
    const tenants = [ours, { ...theirs, reachable: false }];
    await using scenario = await startScenario({ simulator: { tenants } });
    const inputs = { operation: 'delete', name: 'x', tenant: theirs.id };
    expect(errorOf(await scenario.run(inputs))).toBe(
      `Input 'tenant' is '${theirs.id}', but these credentials can access no tenant (project) with this id. These credentials can access: 'Shop' (${ours.id}). Use one of these names or ids.`,
    );
  });

  test('is not confused with one that has no such instance', async () => {
    await using scenario = await startScenario({ simulator: both });
    const result = await scenario.run({ operation: 'delete', name: 'x', tenant: theirs.id });
    expect(outputsOf(result)).toMatchObject({ status: 'deleted', changed: 'false' });
  });
});

describe('an instance id with a tenant', () => {
  const changing = ['pause', 'resume', 'snapshot', 'delete'];
  const reading = ['get', 'poll'];

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

  test('fails with the error from Aura if the credentials cannot access it', async () => {
    const tenants = [ours, { ...theirs, reachable: false }];
    await using scenario = await startScenario({ simulator: { tenants } });
    const { id } = scenario.simulator.seedInstance({ name: 'x', tenantId: theirs.id });
    const result = await scenario.run({ operation: 'delete', 'instance-id': id });
    expect(errorOf(result)).toBe(
      `Could not delete instance ${id}: Aura answered 403 'Insufficient permissions' (unauthorized). The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });
});
