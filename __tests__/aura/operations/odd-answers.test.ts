import { describe, expect, test } from 'vitest';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import {
  changesOf,
  errorOf,
  instancesOf,
  linesOf,
  outputsOf,
  ownOutputs,
} from '../../../harness/world/support.ts';

const odd: unknown[] = [null, 7, 'text', [], {}, true];

/** The instances that Aura lists, with other entries around them. */
function listAround({ simulator }: Scenario, ...others: readonly unknown[]): void {
  const fields = simulator
    .instances()
    .map(({ id, name, tenantId }) => ({ id, name, tenant_id: tenantId, cloud_provider: 'gcp' }));
  const data = [...others, ...fields];
  const fault = { kind: 'status', status: 200, body: { data } } as const;
  simulator.addFault({ match: { operation: 'listInstances' }, times: 'always', fault });
}

const foreign = { id: '0a0b0c0d', name: 'theirs', tenant_id: 'other', cloud_provider: 'gcp' };

describe("another user's list entry that cannot be read", () => {
  const entries = ['id', 'name', 'tenant_id'].flatMap((field) =>
    [undefined, null, 7].map((value) => ({ ...foreign, [field]: value })),
  );

  test.each(['get', 'poll', 'pause', 'delete'])('does not affect %s by name', async (operation) => {
    await using scenario = await startScenario({ job: { debug: true } });
    const { id } = scenario.simulator.seedInstance({ name: 'x', type: 'professional-db' });
    listAround(scenario, ...odd, ...entries);
    const result = await scenario.run({ operation, name: 'x' });
    expect(outputsOf(result)['instance-id']).toBe(id);
    const left = result.debugLog.filter((line) => line.includes('Skipped in the answer'));
    expect(left.slice(0, odd.length + entries.length)).toHaveLength(odd.length + entries.length);
    expect(left.join()).toContain(
      "Skipped in the answer to GET /v1/instances: entry 9: 'id' is missing (name 'theirs').",
    );
  });

  test('does not affect create', async () => {
    await using scenario = await startScenario();
    const body = { data: [...odd, ...entries] };
    const fault = { kind: 'status', status: 200, body } as const;
    scenario.simulator.addFault({ match: { operation: 'listInstances' }, fault });
    expect(outputsOf(await scenario.run({ operation: 'create', name: 'x' }))['created']).toBe(
      'true',
    );
  });
});

describe('a list entry that cannot be read and has the name', () => {
  const ours = (scenario: Scenario, part: object): object => ({
    id: '0a0b0c0d',
    name: 'x',
    tenant_id: scenario.simulator.tenantId,
    ...part,
  });

  test.each([{ id: null }, { id: 7 }, { id: '../x' }, { tenant_id: null }, { tenant_id: 7 }])(
    'prevents create from creating another one: %j',
    async (part) => {
      await using scenario = await startScenario();
      listAround(scenario, ours(scenario, part));
      const result = await scenario.run({ operation: 'create', name: 'x' });
      expect(errorOf(result)).toMatch(
        /^Could not look for instance 'x': Aura's list of instances contains one with this name that cannot be read: entry 1: .*name 'x'\)\. Look at it in the Aura console, or set another 'name'\.$/,
      );
      expect(changesOf(scenario)).toEqual([]);
    },
  );

  test('does not match a name, and is ignored in another tenant', async () => {
    await using scenario = await startScenario();
    listAround(scenario, ours(scenario, { id: null }));
    const deleted = await scenario.run({ operation: 'delete', name: 'x' });
    expect(outputsOf(deleted)['status']).toBe('deleted');
    expect(changesOf(scenario)).toEqual([]);
    scenario.simulator.clearFaults();
    listAround(scenario, ours(scenario, { id: null, tenant_id: 'other' }));
    const created = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
    expect(created.conclusion).toBe('success');
  });
});

test('tenants and configurations that cannot be read are ignored', async () => {
  await using scenario = await startScenario();
  const { tenantId } = scenario.simulator;
  const tenant = { id: tenantId, name: 'Shop' };
  const tenants = { data: [...odd, { id: 7, name: 'x' }, { id: 'x', name: null }, tenant] };
  const tenantsFault = { kind: 'status', status: 200, body: tenants } as const;
  scenario.simulator.addFault({ match: { operation: 'listTenants' }, fault: tenantsFault });
  const good = {
    type: 'free-db',
    cloud_provider: 'gcp',
    region: 'europe-west1',
    region_name: 'Belgium (europe-west1)',
    memory: '1GB',
    storage: '2GB',
    version: '5',
  };
  const bad = Object.keys(good).map((field) => ({ ...good, [field]: null }));
  const offer = { data: { ...tenant, instance_configurations: [...odd, ...bad, good] } };
  const offerFault = { kind: 'status', status: 200, body: offer } as const;
  scenario.simulator.addFault({ match: { operation: 'getTenant' }, fault: offerFault });
  const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  expect(outputsOf(result)).toMatchObject({ tenant: tenantId, memory: '1GB' });
});

describe('the answer to a create', () => {
  /** Changes Aura's answer to the create. */
  async function createWith(change: (data: Record<string, unknown>) => unknown) {
    const scenario = await startScenario();
    const id = '1a2b3c4d';
    const password = 'a-password-of-this-test';
    const data = { id, name: 'x', tenant_id: scenario.simulator.tenantId, username: 'u', password };
    scenario.simulator.addFault({
      match: { operation: 'createInstance' },
      fault: { kind: 'status', status: 202, body: { data: change({ ...data }) } },
    });
    return { scenario, id, password };
  }

  test.each<[string, (data: Record<string, unknown>) => unknown, string]>([
    ['without a user', (data) => ({ ...data, username: undefined }), 'neo4j'],
    ['with a user that is not a string', (data) => ({ ...data, username: 7 }), 'neo4j'],
    ['with only id and password', ({ id, password }) => ({ id, password }), 'neo4j'],
    [
      'with odd fields',
      (data) => ({
        ...data,
        connection_url: 7,
        region: [],
        type: {},
        created_at: true,
        name: null,
      }),
      'u',
    ],
  ])('%s is accepted', async (_what, change, username) => {
    const { id, password, ...made } = await createWith(change);
    await using scenario = made.scenario;
    const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
    expect(ownOutputs(result)).toMatchObject({
      'instance-id': id,
      name: 'x',
      tenant: scenario.simulator.tenantId,
      username,
      password,
      created: 'true',
    });
    expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
  });
});

/** The access token from Aura. */
function tokenOf({ simulator }: Scenario): string {
  const grant = simulator.exchanges.find(({ path }) => path === '/oauth/token');
  const body = JSON.parse(grant?.responseBody ?? '{}') as { access_token?: string };
  return body.access_token ?? '';
}

describe('the text from Aura', () => {
  test('is redacted in outputs and printed without escape sequences in the log', async () => {
    await using scenario = await startScenario({ job: { debug: true } });
    const { simulator } = scenario;
    simulator.seedInstance({ name: 'x', type: 'professional-db' });
    outputsOf(await scenario.run({ operation: 'get', name: 'x' }));
    const token = tokenOf(scenario);
    expect(token).not.toBe('');
    const body = { errors: [{ message: `\u001b[31mBearer ${token}\u202e`, reason: 'odd' }] };
    const fault = { kind: 'status', status: 400, body } as const;
    simulator.addFault({ match: { operation: 'pauseInstance' }, fault });
    const result = await scenario.run({ operation: 'pause', name: 'x' });
    const said = errorOf(result);
    expect(said).toContain("Aura answered 400 '\\u001b[31mBearer ***…' (odd)");
    expect(instancesOf(result)).toEqual([expect.objectContaining({ error: said })]);
    expect(JSON.stringify(result.outputs)).not.toContain(token);
    // eslint-disable-next-line no-control-regex -- the test looks for control characters
    expect(result.stdout).not.toMatch(/[\u001b\u202e]/);
  });

  test('about several instances that could not be deleted is redacted for each', async () => {
    await using scenario = await startScenario();
    const { simulator } = scenario;
    simulator.seedInstance({ name: 'x', type: 'professional-db' });
    simulator.seedInstance({ name: 'x', type: 'professional-db' });
    outputsOf(
      await scenario.run({ operation: 'get', 'instance-id': simulator.instances()[0]?.id ?? '' }),
    );
    const token = tokenOf(scenario);
    const body = { errors: [{ message: `Bearer ${token}`, reason: 'odd' }] };
    const fault = { kind: 'status', status: 400, body } as const;
    simulator.addFault({ match: { operation: 'deleteInstance' }, times: 'always', fault });
    const result = await scenario.run({ operation: 'delete', name: 'x' });
    expect(errorOf(result)).toContain('Could not delete 2 of 2 instances:');
    expect(result.outputs['instances']).toContain('Bearer ***');
  });

  test('about an instance is an output only for the specified fields', async () => {
    await using scenario = await startScenario();
    const { id } = scenario.simulator.seedInstance({ name: 'x' });
    const data = {
      id,
      name: 'x',
      tenant_id: scenario.simulator.tenantId,
      status: 'running',
      memory: 'x'.repeat(100_000),
    };
    const filler = 'x'.repeat(4 * 1024 * 1024);
    const body = { data: { ...data, storage: { nested: 'x' }, filler } };
    const fault = { kind: 'status', status: 200, body } as const;
    scenario.simulator.addFault({ match: { operation: 'getInstance' }, fault });
    const result = await scenario.run({ operation: 'get', name: 'x' });
    expect(JSON.parse(outputsOf(result)['instance'] ?? '')).toEqual({
      ...data,
      memory: `${'x'.repeat(999)}…`,
    });
    expect(JSON.stringify(result.outputs).length).toBeLessThan(10_000);
  });

  test('about another instance than the requested one has no effect', async () => {
    await using scenario = await startScenario();
    const [mine, other] = ['x', 'x'].map((name) => scenario.simulator.seedInstance({ name }).id);
    const data = {
      id: other,
      name: 'x',
      tenant_id: scenario.simulator.tenantId,
      status: 'running',
    };
    const fault = { kind: 'status', status: 200, body: { data } } as const;
    scenario.simulator.addFault({ match: { operation: 'getInstance' }, times: 'always', fault });
    const result = await scenario.run({ operation: 'delete', 'instance-id': mine ?? '' });
    expect(errorOf(result)).toContain('could not be read');
    expect(linesOf(result).at(-1)).toContain('which is not the requested instance');
    expect(changesOf(scenario)).toEqual([]);
  });
});
