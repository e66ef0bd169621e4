import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultRule, SimulatorOptions } from '../../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../../harness/runner/fake-runner.ts';
import {
  addFaults,
  changesOf,
  linesOf,
  remarkable,
  requestsOf,
} from '../../../../harness/world/support.ts';
import type { Scenario } from '../../../../harness/world/scenario.ts';
import { startScenario } from '../../in-process/scenario.ts';

const create = { operation: 'create', name: 'copy', 'poll-interval': '30s' };
const tenant = { id: '11111111-2222-4333-8444-555555555555', name: 'Ours' };
const patch = { method: 'PATCH' };

/** What `get` shows of an instance with everything. */
const shown = {
  id: '0000000a',
  name: 'old',
  status: 'running',
  tenant_id: tenant.id,
  cloud_provider: 'gcp',
  region: 'us-east1',
  type: 'business-critical',
  memory: '8GB',
  storage: '16GB',
  connection_url: 'neo4j+s://0000000a.databases.neo4j.io',
  created_at: '2026-01-01T00:00:00Z',
  metrics_integration_url: 'https://customer-metrics-api.neo4j.io/x',
  secondaries_count: 2,
  cdc_enrichment_mode: 'FULL',
  vector_optimized: true,
  graph_analytics_plugin: false,
};

async function start(simulator: SimulatorOptions = {}) {
  const scenario = await startScenario({ simulator: { tenants: [tenant], ...simulator } });
  onTestFinished(() => scenario.finish());
  const run = (config: object, inputs: Readonly<Record<string, string>> = {}) =>
    scenario.run({ ...create, config: JSON.stringify(config), ...inputs });
  return { scenario, run };
}

const texts = (result: StepResult): readonly string[] =>
  remarkable(result).map(({ level, message }) => `${level}: ${message}`);

function bodiesOf({ simulator }: Scenario, method: string): readonly Record<string, unknown>[] {
  return simulator.exchanges
    .filter((one) => one.method === method && one.path !== '/oauth/token')
    .map(({ requestBody }) => JSON.parse(requestBody) as Record<string, unknown>);
}

function refused(status: number, reason: string): FaultRule['fault'] {
  return { kind: 'status', status, body: { errors: [{ message: 'Not here', reason }] } };
}

describe('a create with config', () => {
  test('creates the same configuration, then sets what only an update can set', async () => {
    const { scenario, run } = await start();
    const result = await run(shown);
    expect(texts(result)).toEqual([]);
    expect(bodiesOf(scenario, 'POST')).toEqual([
      {
        name: 'copy',
        tenant_id: tenant.id,
        type: 'business-critical',
        version: '5',
        cloud_provider: 'gcp',
        region: 'us-east1',
        memory: '8GB',
        storage: '16GB',
        vector_optimized: true,
      },
    ]);
    expect(bodiesOf(scenario, 'PATCH')).toEqual([
      { secondaries_count: 2 },
      { cdc_enrichment_mode: 'FULL' },
    ]);
    const [copy] = scenario.simulator.instances();
    expect(JSON.parse(result.outputs['instance'] ?? '')).toMatchObject({
      secondaries_count: 2,
      cdc_enrichment_mode: 'FULL',
      status: 'running',
    });
    expect(result.outputs).toMatchObject({
      'instance-id': copy?.id,
      password: copy?.password,
      created: 'true',
      changed: 'true',
      status: 'running',
    });
    expect(linesOf(result)).toContain(`Instance 'copy' (${copy?.id ?? ''}) is as requested.`);
    expect(result.summary).toMatch(/^### Neo4j Aura: instance created\n/);
    expect(result.summary).toContain(
      [
        '#### Requested and actual values',
        '',
        '| Setting | Requested | Actual |  |',
        '| :--- | :--- | :--- | :--- |',
        '| `name` | `copy` | `copy` |  |',
        '| `tier` | `business-critical` | `business-critical` |  |',
        '| `region` | `us-east1` | `us-east1` |  |',
        '| `cloud-provider` | `gcp` | `gcp` |  |',
        '| `memory` | `8GB` | `8GB` |  |',
        '| `storage` | `16GB` | `16GB` |  |',
        '| `vector-optimized` | `true` | `true` |  |',
        '| `secondaries` | `2` | `2` |  |',
        '| `cdc-enrichment-mode` | `FULL` | `FULL` |  |',
        '',
        '',
      ].join('\n'),
    );
  });

  test('reads neither tenants nor configurations if the config says it all', async () => {
    const { scenario, run } = await start();
    await run({ ...shown, secondaries_count: 0, cdc_enrichment_mode: 'OFF' });
    expect(requestsOf(scenario).slice(0, 3)).toEqual([
      'POST /oauth/token 200',
      'GET /v1/instances 200',
      'POST /v1/instances 202',
    ]);
    expect(bodiesOf(scenario, 'PATCH')).toEqual([]);
  });

  test('lets the inputs win, even those that equal a default', async () => {
    const { scenario, run } = await start();
    const inputs = { tier: 'free', version: '5', region: 'europe-west1', memory: '1GB' };
    const result = await run({ ...shown, version: '4', vector_optimized: false }, inputs);
    expect(bodiesOf(scenario, 'POST')).toEqual([
      {
        name: 'copy',
        tenant_id: tenant.id,
        type: 'free-db',
        version: '5',
        cloud_provider: 'gcp',
        region: 'europe-west1',
        memory: '1GB',
      },
    ]);
    expect(texts(result)).toEqual([
      expect.stringMatching(
        /^warning: Instance 'copy' \(.*\): 'secondaries' is 0, but 2 was requested\. /,
      ),
      expect.stringMatching(
        /^warning: .*: 'cdc-enrichment-mode' is OFF, but FULL was requested\. /,
      ),
    ]);
  });

  test('chooses what the config does not say as usual', async () => {
    const { scenario, run } = await start();
    const result = await run({ tenant_id: tenant.id, memory: null, region: '', name: 'old' });
    expect(texts(result)).toEqual([]);
    expect(bodiesOf(scenario, 'POST')).toMatchObject([{ type: 'free-db', memory: '1GB' }]);
    expect(linesOf(result)).toContain(
      "  Default memory, because none is known for the copy: 1GB, the smallest that the tenant offers. To choose another, set input 'memory'.",
    );
  });

  test('takes the tenant input before that of the config', async () => {
    const other = { id: '99999999-8888-4777-a666-555555555555', name: 'Other' };
    const { scenario, run } = await start({ tenants: [tenant, other] });
    await run({ tenant_id: tenant.id }, { tenant: 'Other' });
    expect(scenario.simulator.instances()).toMatchObject([{ tenantId: other.id }]);
  });

  test('reads the output of a get from a file', async () => {
    const { scenario } = await start();
    scenario.simulator.seedInstance({ name: 'old', type: 'professional-db', memory: '4GB' });
    const got = await scenario.run({ operation: 'get', name: 'old' });
    const file = join(scenario.job.temp, 'old.json');
    writeFileSync(file, `\uFEFF ${got.outputs['instance'] ?? ''}\n`);
    const result = await scenario.run({ ...create, config: file });
    expect(texts(result)).toEqual([]);
    expect(scenario.simulator.instances()).toMatchObject([
      { name: 'old' },
      { name: 'copy', type: 'professional-db', memory: '4GB', status: 'running' },
    ]);
  });

  test('copies the data of an instance that is set too', async () => {
    const { scenario, run } = await start();
    const source = scenario.simulator.seedInstance({ name: 'source', memory: '2GB' });
    const result = await run(
      { ...shown, type: 'professional-db', storage: undefined, secondaries_count: null },
      { 'source-instance-id': source.id },
    );
    expect(bodiesOf(scenario, 'POST')).toMatchObject([
      { type: 'professional-db', memory: '8GB', source_instance_id: source.id },
    ]);
    expect(bodiesOf(scenario, 'POST')[0]).not.toHaveProperty('storage');
    expect(result.exitCode).toBe(0);
  });
});

describe('a copy that differs from its config', () => {
  test('because Aura is busy until the timeout is a success that says how to set the value', async () => {
    const { scenario, run } = await start();
    addFaults(scenario, patch, {
      faults: Array(200).fill(refused(409, 'ongoing-database-operation')),
    });
    const result = await run({ ...shown, cdc_enrichment_mode: 'OFF' }, { timeout: '10m' });
    const id = result.outputs['instance-id'] ?? '';
    expect(texts(result)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^warning: Instance 'copy' \\(${id}\\): 'secondaries' is 0, but 2 was requested\\. It was not set within 10m[ \\ds]* \\(input 'timeout'\\): Aura answered 409 'Not here' \\(ongoing-database-operation\\)\\. Set it with operation 'resize' and instance-id '${id}'\\.$`,
        ),
      ),
    ]);
    expect(result.exitCode).toBe(0);
  });

  test('because Aura refuses a value is a success with a warning for it', async () => {
    const { scenario, run } = await start();
    addFaults(scenario, patch, { faults: [refused(400, 'tenant-incapable-of-action')] });
    const result = await run(shown);
    const id = result.outputs['instance-id'] ?? '';
    expect(texts(result)).toEqual([
      `warning: Instance 'copy' (${id}): 'secondaries' is 0, but 2 was requested. Could not set 'secondaries': Aura answered 400 'Not here' (tenant-incapable-of-action). The tenant (project) does not have this feature: use another value, or ask Neo4j to enable it. Set it with operation 'resize' and instance-id '${id}'.`,
    ]);
    expect(result).toMatchObject({ conclusion: 'success', exitCode: 0 });
    expect(result.outputs).toMatchObject({ status: 'running', changed: 'true', created: 'true' });
    expect(bodiesOf(scenario, 'PATCH')).toHaveLength(2);
    expect(result.summary).toContain('| `secondaries` | `2` | `0` | **different** |');
    expect(result.summary).toContain('| `cdc-enrichment-mode` | `FULL` | `FULL` |  |');
  });

  test('because Aura fails each time is a failure that names the instance', async () => {
    const { scenario, run } = await start();
    const fault: FaultRule['fault'] = { kind: 'status', status: 500 };
    scenario.simulator.addFault({ match: patch, times: 'always', fault });
    const result = await run(shown);
    const [copy] = scenario.simulator.instances();
    expect(texts(result)).toEqual([
      `error: Could not set 'secondaries' of instance 'copy' (${copy?.id ?? ''}): Aura answered 500. This is a problem on Aura's side; try again later.`,
    ]);
    expect(result.outputs).toMatchObject({ 'instance-id': copy?.id, password: copy?.password });
  });

  test.each([404, 410])('because it was deleted is a failure: %i', async (status) => {
    const { scenario, run } = await start();
    addFaults(scenario, patch, { faults: [refused(status, 'db-not-found')] });
    const result = await run(shown);
    expect(texts(result)).toEqual([
      expect.stringMatching(/^error: Could not set 'secondaries' of instance 'copy' \(/),
    ]);
  });

  test('because the update never ends is a failure; the instance is not lost', async () => {
    const { scenario, run } = await start({ durations: { resize: Infinity } });
    const result = await run(shown, { timeout: '10m' });
    const [copy] = scenario.simulator.instances();
    expect(texts(result)).toEqual([expect.stringContaining(copy?.id ?? 'nothing')]);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ 'instance-id': copy?.id, password: copy?.password });
  });
});

describe('an instance that is reused', () => {
  test('is warned about for what it has on and the config has off', async () => {
    const { scenario, run } = await start();
    const { id, password } = scenario.simulator.seedInstance({
      name: 'copy',
      tenantId: tenant.id,
      type: 'business-critical',
      region: 'us-east1',
      memory: '8GB',
    });
    const on = { vector_optimized: true, secondaries_count: 2, cdc_enrichment_mode: 'FULL' };
    const data = { ...shown, ...on, id, name: 'copy', graph_analytics_plugin: true };
    const fault: FaultRule['fault'] = { kind: 'status', status: 200, body: { data } };
    const match = { operation: 'getInstance' } as const;
    scenario.simulator.addFault({ match, times: 'always', fault });
    const off = { vector_optimized: false, secondaries_count: 0, cdc_enrichment_mode: 'OFF' };
    const result = await run({ ...shown, ...off }, { password });
    expect(texts(result).map((text) => / \S+ is .* requested/.exec(text)?.[0])).toEqual([
      " 'vector-optimized' is true, but false was requested",
      " 'graph-analytics-plugin' is true, but false was requested",
      " 'secondaries' is 2, but 0 was requested",
      " 'cdc-enrichment-mode' is FULL, but OFF was requested",
    ]);
    expect(result.summary).toContain('| `secondaries` | `0` | `2` | **different** |');
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is compared with the config, and nothing is applied', async () => {
    const { scenario, run } = await start();
    const { id, password } = scenario.simulator.seedInstance({
      name: 'copy',
      tenantId: tenant.id,
      type: 'business-critical',
      region: 'us-east1',
      memory: '4GB',
      createdAt: scenario.clock.now() - 3_600_000,
    });
    const result = await run({ ...shown, vector_optimized: false }, { password });
    const end =
      "Nothing was changed. If no other job uses it, use operation 'resize', or 'if-exists: replace' to delete it and create a new one.";
    expect(texts(result)).toEqual([
      `warning: Instance 'copy' (${id}): 'memory' is 4GB, but 8GB was requested. ${end}`,
      `warning: Instance 'copy' (${id}): 'storage' is 8GB, but 16GB was requested. ${end}`,
      `warning: Instance 'copy' (${id}): 'secondaries' is 0, but 2 was requested. ${end}`,
      `warning: Instance 'copy' (${id}): 'cdc-enrichment-mode' is OFF, but FULL was requested. ${end}`,
    ]);
    expect(changesOf(scenario)).toEqual([]);
    expect(result.outputs).toMatchObject({ created: 'false', changed: 'false' });
    expect(result.summary).toContain('| `memory` | `8GB` | `4GB` | **different** |');
  });
});

test('with wait: false nothing is applied or compared, and a warning says what is missing', async () => {
  const { scenario, run } = await start();
  const result = await run(shown, { wait: 'false' });
  expect(texts(result)).toEqual([
    "warning: Not set, because this needs a running instance and 'wait' is 'false': secondaries 2, cdc-enrichment-mode FULL. Use operation 'resize' once it is running.",
  ]);
  expect(bodiesOf(scenario, 'PATCH')).toEqual([]);
  expect(result.summary).toMatch(/^### Neo4j Aura: instance is being created\n/);
  expect(result.summary).not.toContain('Requested and actual');
});

test('summary: false writes no summary', async () => {
  const { run } = await start();
  expect((await run(shown, { summary: 'false' })).summary).toBe('');
});

test('text from outside is only text in the summary', async () => {
  const { scenario, run } = await start();
  const name = '`|<b>@octocat';
  scenario.simulator.seedInstance({ name, tenantId: tenant.id });
  const [copy] = scenario.simulator.instances();
  const result = await run(shown, { name, password: copy?.password ?? '' });
  expect(result.summary).toContain('| `` `\\|<b>@octocat `` |');
});
