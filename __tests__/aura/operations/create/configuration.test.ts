import { expect, test } from 'vitest';
import type { InstanceConfiguration } from '../../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../../in-process/scenario.ts';
import { theInstance } from '../../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  linesOf,
  outputsOf,
  refusal,
  requestsOf,
} from '../../../../harness/world/support.ts';

function offer(
  type: string,
  cloud: string,
  { region, memory }: { region: string; memory: string },
): InstanceConfiguration {
  const names = { region_name: `Somewhere (${region})`, cloud_provider: cloud, version: '5' };
  return { ...names, type, region, memory, storage: `${Number.parseInt(memory, 10) * 2}GB` };
}

const small = [
  offer('free-db', 'gcp', { region: 'europe-west1', memory: '1GB' }),
  offer('professional-db', 'gcp', { region: 'europe-west1', memory: '16GB' }),
  offer('professional-db', 'gcp', { region: 'europe-west1', memory: '2GB' }),
  offer('professional-db', 'gcp', { region: 'us-east1', memory: '2GB' }),
  offer('professional-db', 'aws', { region: 'eu-west-1', memory: '8GB' }),
];
const options = { simulator: { tenants: [{ name: 'Shop', configurations: small }] } };

/** Runs a create in a tenant with few available configurations. */
function create(scenario: Scenario, inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  return scenario.run({ operation: 'create', name: 'x', wait: 'false', ...inputs });
}

/** The body of the create request. */
function bodyOf({ simulator }: Scenario): unknown {
  const post = simulator.exchanges.find(
    ({ path, method }) => method === 'POST' && path === '/v1/instances',
  );
  return JSON.parse(post?.requestBody ?? 'null');
}

test('every input of create is sent to Aura unchanged', async () => {
  await using scenario = await startScenario();
  const inputs = {
    tier: 'professional',
    region: 'eu-west-1',
    'cloud-provider': 'aws',
    memory: '4GB',
    storage: '8GB',
    version: '5',
    'vector-optimized': 'true',
    'graph-analytics-plugin': 'false',
  };
  outputsOf(await scenario.run({ operation: 'create', name: 'x', wait: 'false', ...inputs }));
  expect(bodyOf(scenario)).toEqual({
    version: '5',
    region: 'eu-west-1',
    memory: '4GB',
    name: 'x',
    type: 'professional-db',
    tenant_id: scenario.simulator.tenantId,
    cloud_provider: 'aws',
    storage: '8GB',
    vector_optimized: true,
    graph_analytics_plugin: false,
  });
});

test('a customer managed key is sent for a tier that supports it', async () => {
  await using scenario = await startScenario();
  const key = scenario.simulator.seedKey({ name: 'shop' });
  const inputs = { tier: 'virtual-dedicated-cloud', region: 'europe-west1' };
  const all = { operation: 'create', name: 'x', wait: 'false', ...inputs };
  outputsOf(await scenario.run({ ...all, 'customer-managed-key-id': key }));
  expect(bodyOf(scenario)).toMatchObject({
    type: 'enterprise-db',
    customer_managed_key_id: key,
  });
});

test('a customer managed key that Aura does not find ends the step, and nothing is created', async () => {
  await using scenario = await startScenario();
  const key = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
  const inputs = { tier: 'virtual-dedicated-cloud', region: 'europe-west1' };
  const result = await create(scenario, { ...inputs, 'customer-managed-key-id': key });
  expect(errorOf(result)).toContain(`Encryption Key not found: ${key}`);
  expect(scenario.simulator.history()).toEqual([]);
});

test('a region alone determines the cloud, and the smallest memory is used', async () => {
  await using scenario = await startScenario(options);
  const result = await create(scenario, { tier: 'professional', region: 'europe-west1' });
  expect(outputsOf(result)).toMatchObject({ 'cloud-provider': 'gcp', memory: '2GB' });
  expect(theInstance(scenario)).toMatchObject({ cloudProvider: 'gcp', memory: '2GB' });
});

test('a cloud alone is enough if it has only one region', async () => {
  await using scenario = await startScenario(options);
  const result = await create(scenario, { tier: 'professional', 'cloud-provider': 'aws' });
  expect(outputsOf(result)).toMatchObject({ region: 'eu-west-1', memory: '8GB' });
});

test.each([
  [{}, 'gcp', 'europe-west1'],
  [{ 'cloud-provider': 'gcp' }, 'gcp', 'europe-west1'],
  [{ 'cloud-provider': 'aws' }, 'aws', 'us-east-1'],
  [{ memory: '1GB' }, 'gcp', 'europe-west1'],
])(
  'a free instance needs no region: with %j, the log says which is used',
  async (inputs, cloud, region) => {
    const places = [
      ['aws', 'us-east-1'],
      ['aws', 'eu-west-1'],
      ['gcp', 'us-central1'],
      ['gcp', 'europe-west1'],
    ] as const;
    const configurations = places.map(([provider, place]) =>
      offer('free-db', provider, { region: place, memory: '1GB' }),
    );
    for (const dryRun of ['true', 'false']) {
      await using scenario = await startScenario({
        simulator: { tenants: [{ name: 'Shop', configurations }] },
      });
      const result = await create(scenario, { ...inputs, 'dry-run': dryRun });
      expect(result.conclusion).toBe('success');
      const said = linesOf(result).filter((line) => line.startsWith('  Default region: '));
      expect(said).toHaveLength(1);
      expect(said[0]).toContain(
        `Default region: ${region} on ${cloud}, one of several for tier free.`,
      );
      if (!('cloud-provider' in inputs)) {
        expect(said[0]).toContain('aws: eu-west-1, us-east-1; gcp: europe-west1, us-central1.');
      }
      if (dryRun === 'true') expect(changesOf(scenario)).toEqual([]);
      else expect(theInstance(scenario)).toMatchObject({ cloudProvider: cloud, region });
    }
  },
);

test('a free instance in the only place, or in a given one, has no advice about another one', async () => {
  for (const inputs of [{ region: 'us-central1' }, { region: 'us-central1', 'dry-run': 'true' }]) {
    await using scenario = await startScenario();
    const result = await create(scenario, inputs);
    expect(linesOf(result).filter((line) => line.startsWith('  Default region: '))).toEqual([]);
  }
  await using scenario = await startScenario(options);
  const lines = linesOf(await create(scenario, {}));
  expect(lines.filter((line) => line.startsWith('  Default region: '))).toEqual([
    '  Default region: europe-west1',
  ]);
  expect(theInstance(scenario)).toMatchObject({ type: 'free-db', region: 'europe-west1' });
});

test.each([
  [
    {},
    "tier 'professional' is available in several regions. Set 'region' ('cloud-provider' follows from it). Available: aws: eu-west-1; gcp: europe-west1, us-east1.",
  ],
  [
    { 'cloud-provider': 'gcp' },
    "tier 'professional' is available in several regions. Set 'region'. Available: gcp: europe-west1, us-east1.",
  ],
  [
    { memory: '2GB' },
    "tier 'professional' is available in several regions. Set 'region' ('cloud-provider' follows from it). Available: gcp: europe-west1, us-east1.",
  ],
  [
    { memory: '3GB' },
    "memory '3GB' is not available for tier 'professional'. Set 'memory' to one of these: 2GB, 8GB, 16GB. Set 'region' ('cloud-provider' follows from it). Available: aws: eu-west-1; gcp: europe-west1, us-east1.",
  ],
  [
    { region: 'us-east1', memory: '16GB' },
    "memory '16GB' is not available for tier 'professional' in us-east1. Set 'memory' to one of these: 2GB.",
  ],
  [
    { region: 'europe-west-1' },
    "tier 'professional' is not available in region 'europe-west-1'. Did you mean 'europe-west1' (gcp)? This tenant offers it in aws: eu-west-1; gcp: europe-west1, us-east1. Change 'region', or choose another 'tier'.",
  ],
  [
    { 'cloud-provider': 'azure' },
    "tier 'professional' is not available in cloud 'azure'. This tenant offers it in aws: eu-west-1; gcp: europe-west1, us-east1. Change 'cloud-provider', or choose another 'tier'.",
  ],
  [
    { region: 'us-east1', version: '4' },
    "version '4' is not available for tier 'professional'. Set 'version' to one of these: 5.",
  ],
  [
    { tier: 'business-critical' },
    "the tenant does not offer tier 'business-critical'. Set 'tier' to one of these: free, professional.",
  ],
])(
  'no or several available configurations are an error before anything is sent: %j',
  async (inputs, said) => {
    await using scenario = await startScenario(options);
    const result = await create(scenario, { tier: 'professional', ...inputs });
    expect(errorOf(result)).toBe(`Could not create instance 'x': ${said}`);
    expect(changesOf(scenario)).toEqual([]);
  },
);

test('the error for a combination that Aura refuses lists the available configurations', async () => {
  const place = { region: 'eu-west-1', 'cloud-provider': 'gcp', memory: '2GB' };
  await using scenario = await startScenario(options);
  const result = await create(scenario, { tier: 'professional', ...place });
  expect(errorOf(result)).toBe(
    `Could not create instance 'x': Aura answered 400 'region eu-west-1 is not available for this tenant' (invalid-request). Tier 'professional' is not available in region 'eu-west-1' of cloud 'gcp'. 'eu-west-1' is a region of aws. This tenant offers it in gcp: europe-west1, us-east1. Change 'region', or choose another 'tier'.`,
  );
  expect(requestsOf(scenario).slice(-2)).toEqual([
    'POST /v1/instances 400',
    'GET /v1/tenants/{id} 200',
  ]);
  expect(scenario.simulator.history()).toEqual([]);
});

test('the error for a full tenant says what to do', async () => {
  await using scenario = await startScenario();
  const other = scenario.simulator.seedInstance({ name: 'other', type: 'free-db' });
  const result = await scenario.run({ operation: 'create', name: 'x' });
  expect(errorOf(result)).toBe(
    `Could not create instance 'x': Aura answered 405 'Instance limit reached' (instance-limit-reached). An account can have one Free instance. These credentials can access 'other' (${other.id}). If one of them has this tier and nobody needs it, delete it with operation 'delete' and 'instance-id'; otherwise set another 'tier'.`,
  );
});

test('the error for a full tenant whose instances are not shown suggests no deletion', async () => {
  await using scenario = await startScenario({ simulator: { instanceQuota: 0 } });
  const result = await scenario.run({ operation: 'create', name: 'x' });
  expect(errorOf(result)).toBe(
    "Could not create instance 'x': Aura answered 405 'Instance limit reached' (instance-limit-reached). An account can have one Free instance. These credentials can access no instance; set another 'tier'.",
  );
});

test('the error for a full tenant names its instances, the first ten', async () => {
  await using scenario = await startScenario({
    simulator: { tenants: [{ name: 'Shop' }, { name: 'Lab' }], instanceQuota: 12 },
  });
  const [shop, lab] = scenario.simulator.tenants;
  const seed = (name: string, tenantId = shop?.id ?? '') =>
    scenario.simulator.seedInstance({ name, tenantId, type: 'professional-db' });
  const ids = Array.from({ length: 12 }, (_, index) => seed(`i${index}`).id);
  seed('elsewhere', lab?.id);
  const inputs = { tier: 'professional', region: 'europe-west1', tenant: shop?.id ?? '' };
  const result = await scenario.run({ operation: 'create', name: 'x', ...inputs });
  const first = ids.slice(0, 10).map((id, index) => `'i${index}' (${id})`);
  expect(errorOf(result)).toContain(
    `The tenant has reached its limit for tier 'professional'. The tenant contains ${first.join(', ')} and 2 more. `,
  );
});

test('the error for a full tenant is that of Aura even if its instances cannot be listed', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'other', type: 'free-db' });
  scenario.simulator.addFault({
    match: { operation: 'listInstances' },
    nth: 2,
    times: 'always',
    fault: { kind: 'status', status: 500 },
  });
  const result = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  expect(errorOf(result)).toBe(
    "Could not create instance 'x': Aura answered 405 'Instance limit reached' (instance-limit-reached). The tenant may have reached its limit for this tier: use an instance that exists, or ask Neo4j to raise the limit.",
  );
  expect(requestsOf(scenario).at(-1)).toBe('GET /v1/instances 500');
});

test.each([
  [
    { memory: '3GB' },
    "emory '3GB' ('memory' in 'config') is not available for tier 'professional'",
  ],
  [{ region: 'mars-1' }, "is not available in region 'mars-1' ('region' in 'config')"],
  [{ type: 'enterprise-db' }, "does not offer tier 'virtual-dedicated-cloud' ('type' in 'config')"],
])('a value of a configuration is called what it is: %j', async (wrong, said) => {
  await using scenario = await startScenario(options);
  const fields = { type: 'professional-db', region: 'europe-west1', cloud_provider: 'gcp' };
  const config = JSON.stringify({ ...fields, ...wrong });
  const result = await scenario.run({ operation: 'create', name: 'x', config });
  expect(errorOf(result)).toContain(said);
  expect(
    changesOf(scenario).filter((change) => !change.startsWith('POST /v1/instances 400')),
  ).toEqual([]);
});

test('the error for missing billing details names them and a way to avoid them', async () => {
  await using scenario = await startScenario({ simulator: { billing: false } });
  const inputs = { tier: 'professional', region: 'europe-west1' };
  const result = await scenario.run({ operation: 'create', name: 'x', ...inputs });
  expect(errorOf(result)).toMatch(
    /^Could not create instance 'x': Aura answered 400 'You must provide billing details .*' \(missing-billing-details\)\. Add billing details to the tenant in the Aura console, or set 'tier: free'\.$/,
  );
});

test('a refusal is reported even if the available configurations cannot be read', async () => {
  await using scenario = await startScenario();
  const match = { operation: 'getTenant' };
  scenario.simulator.addFault({ match, times: 'always', fault: refusal(503) });
  const place = { region: 'eu-west-1', 'cloud-provider': 'gcp', memory: '2GB' };
  const result = await scenario.run({ operation: 'create', name: 'x', ...place });
  expect(errorOf(result)).toContain("Aura answered 400 'region eu-west-1 is not available");
});

const complete = { region: 'europe-west1', 'cloud-provider': 'gcp', memory: '2GB' };

test.each([
  [
    { memory: '4GB' },
    "memory '4GB' is not available for tier 'professional' in gcp europe-west1. Set 'memory' to one of these: 2GB, 16GB.",
  ],
  [
    { region: 'eu-west-1' },
    "tier 'professional' is not available in region 'eu-west-1' of cloud 'gcp'. 'eu-west-1' is a region of aws. This tenant offers it in gcp: europe-west1, us-east1. Change 'region', or choose another 'tier'.",
  ],
  [
    { version: '4' },
    "version '4' is not available for tier 'professional'. Set 'version' to one of these: 5.",
  ],
  [
    { tier: 'business-critical' },
    "the tenant does not offer tier 'business-critical'. Set 'tier' to one of these: free, professional.",
  ],
  [
    { memory: '2GB', storage: '3GB' },
    "storage '3GB' is not available for tier 'professional' in gcp europe-west1 with memory '2GB'. Leave 'storage' empty, or set it to one of these: 4GB.",
  ],
])('a dry run fails if Aura would refuse the real run: %j', async (wrong, said) => {
  await using scenario = await startScenario(options);
  const inputs = { tier: 'professional', ...complete, ...wrong };
  const result = await create(scenario, { ...inputs, 'dry-run': 'true' });
  expect(errorOf(result)).toBe(`Could not create instance 'x': ${said}`);
  expect(changesOf(scenario)).toEqual([]);
  const real = await create(scenario, inputs);
  expect(real.conclusion).toBe('failure');
});

test('a dry run of an available configuration succeeds, and reads the list even if all inputs are set', async () => {
  await using scenario = await startScenario(options);
  outputsOf(await create(scenario, { tier: 'professional', ...complete, 'dry-run': 'true' }));
  expect(requestsOf(scenario)).toContain('GET /v1/tenants/{id} 200');
  expect(changesOf(scenario)).toEqual([]);
});
