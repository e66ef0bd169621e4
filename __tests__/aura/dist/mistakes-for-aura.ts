import type { Scenario, ScenarioOptions } from '../../../harness/world/scenario.ts';

type Inputs = Readonly<Record<string, string>>;

/** A mistake that only Aura's answers show, and what the step says about it. */
export interface AnsweredMistake {
  readonly mistake: string;
  readonly simulator?: ScenarioOptions['simulator'];
  /** Prepares the scenario. @returns inputs that are only known then. */
  readonly before?: (scenario: Scenario) => Inputs;
  readonly inputs: Inputs;
  /** The whole message of the only annotation. */
  readonly says: (scenario: Scenario) => string;
}

const id = '11111111-2222-4333-8444-555555555555';
const strange = '99999999-8888-4777-a666-555555555555';
const shop = { simulator: { tenants: [{ name: 'Simulated project', id }] } };
const two = { tenants: [{ name: 'ci', id }, { name: 'production', id: strange }] };
const access = `These credentials can access: 'Simulated project' (${id}).`;
const create = { operation: 'create', name: 'shop' };
const role =
  "The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).";
const ownName =
  "If several jobs, for example of a matrix, create instances with this name, give each its own: set 'name-suffix' to a value of the job, or another 'name'.";
const free =
  "Set 'region' ('cloud-provider' follows from it). Available: aws: ap-south-1, ap-southeast-1, eu-west-1, eu-west-3, sa-east-1, us-east-1, us-west-2; azure: brazilsouth, centralindia, eastus, francecentral, koreacentral, uksouth, westus3; gcp: asia-east1, asia-east2, asia-south1, asia-southeast1, australia-southeast1, europe-west1, europe-west2, europe-west3, us-central1, us-east1 and 1 more.";

/** The id of the only instance. */
export function idIn({ simulator }: Scenario): string {
  return simulator.instances()[0]?.id ?? 'none';
}

function seeding(seed: Parameters<Scenario['simulator']['seedInstance']>[0]) {
  return (scenario: Scenario): Inputs => {
    scenario.simulator.seedInstance(seed);
    return {};
  };
}

export const mistakesForAura: readonly AnsweredMistake[] = [
  {
    mistake: '4: a wrong client secret',
    inputs: { ...create, 'client-secret': 'a-secret-of-another-key' },
    says: () =>
      "Could not sign in to Aura: it answered 401 'access_denied'. The client id and the client secret do not belong together or are swapped, or the API key was deleted. Create a new key in the Aura console (account menu > API keys), and update both 'client-id' and 'client-secret'.",
  },
  {
    mistake: '5: a wrong tenant name',
    ...shop,
    inputs: { ...create, tenant: 'my database' },
    says: () =>
      `Input 'tenant' is 'my database', but no tenant (project) has this name. ${access} Use one of these names or ids.`,
  },
  {
    mistake: '5b: a wrong tenant id with create',
    ...shop,
    inputs: { ...create, tenant: strange },
    says: () =>
      `Input 'tenant' is '${strange}', but these credentials can access no tenant (project) with this id. ${access} Use one of these names or ids.`,
  },
  {
    mistake: '5b: a wrong tenant id with create and all values',
    ...shop,
    inputs: {
      ...create,
      tenant: strange,
      region: 'europe-west1',
      'cloud-provider': 'gcp',
      memory: '1GB',
    },
    says: () =>
      `Input 'tenant' is '${strange}', but these credentials can access no tenant (project) with this id. ${access} Use one of these names or ids.`,
  },
  {
    mistake: '5c: a wrong tenant id with delete',
    ...shop,
    inputs: { operation: 'delete', name: 'shop', tenant: strange },
    says: () =>
      `Input 'tenant' is '${strange}', but these credentials can access no tenant (project) with this id. ${access} Use one of these names or ids.`,
  },
  {
    mistake: '5d: a tenant name in another case',
    ...shop,
    inputs: { ...create, tenant: 'simulated Project' },
    says: () =>
      `Input 'tenant' is 'simulated Project', but no tenant (project) has this name. ${access} Did you mean 'Simulated project'? Use one of these names or ids.`,
  },
  {
    mistake: '6: two tenants and none set',
    simulator: two,
    inputs: create,
    says: () =>
      `Input 'tenant' is required, because these credentials can access several tenants (projects): 'ci' (${id}), 'production' (${strange}). Set it to one of these names or ids.`,
  },
  {
    mistake: '7: a region that the tier does not have',
    inputs: { ...create, region: 'us-east-1' },
    says: () =>
      "Could not create instance 'shop': tier 'free' is not available in region 'us-east-1'. 'us-east-1' is a region of aws. This tenant offers it in gcp: asia-southeast1, europe-west1, us-central1. Change 'region', or choose another 'tier'.",
  },
  {
    mistake: '7b: a misspelt region',
    inputs: { ...create, region: 'europe-west-1' },
    says: () =>
      "Could not create instance 'shop': tier 'free' is not available in region 'europe-west-1'. Did you mean 'europe-west1' (gcp)? This tenant offers it in gcp: asia-southeast1, europe-west1, us-central1. Change 'region', or choose another 'tier'.",
  },
  {
    mistake: '7c: a paid tier without a region',
    inputs: { ...create, tier: 'professional' },
    says: () =>
      `Could not create instance 'shop': tier 'professional' is available in several regions. ${free}`,
  },
  {
    mistake: '7c: a paid tier with a cloud and without a region',
    inputs: { ...create, tier: 'professional', 'cloud-provider': 'azure' },
    says: () =>
      "Could not create instance 'shop': tier 'professional' is available in several regions. Set 'region'. Available: azure: brazilsouth, centralindia, eastus, francecentral, koreacentral, uksouth, westus3.",
  },
  {
    mistake: '7e: a memory that does not exist',
    inputs: { ...create, tier: 'professional', region: 'uksouth', memory: '3GB' },
    says: () =>
      "Could not create instance 'shop': memory '3GB' is not available for tier 'professional' in uksouth. Set 'memory' to one of these: 1GB, 2GB, 4GB, 8GB, 16GB, 24GB, 32GB, 48GB, 64GB.",
  },
  {
    mistake: '7f: a memory that Aura refuses',
    inputs: {
      ...create,
      tier: 'professional',
      region: 'uksouth',
      'cloud-provider': 'azure',
      memory: '3GB',
    },
    says: () =>
      "Could not create instance 'shop': Aura answered 400 'Invalid memory size: 3GB is not available for this instance type.' (invalid-memory-size). Memory '3GB' is not available for tier 'professional' in azure uksouth. Set 'memory' to one of these: 1GB, 2GB, 4GB, 8GB, 16GB, 24GB, 32GB, 48GB, 64GB.",
  },
  {
    mistake: 'a value of a configuration that Aura does not offer',
    inputs: { operation: 'create', name: 'shop', config: '{"type":"free-db","memory":"3GB"}' },
    says: () =>
      "Could not create instance 'shop': memory '3GB' ('memory' in 'config') is not available for tier 'free'. Set 'memory' to one of these: 1GB.",
  },
  {
    mistake: 'an address of the console as the tenant',
    ...shop,
    inputs: { ...create, tenant: `https://console.neo4j.io/projects/${id}/instances` },
    says: () =>
      `Input 'tenant' is 'https://console.neo4j.io/projects/${id}/instances', but no tenant (project) has this name. ${access} Did you mean '${id}'? Use one of these names or ids.`,
  },
  ...['create', 'pause'].map((operation) => ({
    mistake: `a tenant of another account with ${operation}`,
    simulator: {
      tenants: [
        { name: 'Simulated project', id },
        { name: 'theirs', id: strange, reachable: false },
      ],
    },
    inputs: { operation, name: 'shop', tenant: strange },
    says: () =>
      `Input 'tenant' is '${strange}', but these credentials can access no tenant (project) with this id. ${access} Use one of these names or ids.`,
  })),
  {
    mistake: 'a pattern as the name',
    before: seeding({ name: 'shop-1' }),
    inputs: { operation: 'get', name: 'shop-*' },
    says: () =>
      "Could not get instance 'shop-*': the tenant has no instance with this name. Check 'name' and 'tenant'. 'name' is exact; 'name-pattern' selects the instances whose names match a pattern.",
  },
  {
    mistake: 'an id as the name',
    inputs: { operation: 'pause', name: '3fb7870d' },
    says: () =>
      "Could not pause instance '3fb7870d': the tenant has no instance with this name. Check 'name' and 'tenant'. It has the form of an id: to use an id, set 'instance-id' instead.",
  },
  {
    mistake: 'a source that was deleted',
    inputs: { ...create, 'source-instance-id': 'abcdef12' },
    says: () =>
      "Could not create instance 'shop': Aura has no instance with the id abcdef12 of input 'source-instance-id'. Nothing was created. Check the id; the instance may have been deleted, or belong to another account.",
  },
  {
    mistake: 'a source that is being deleted',
    before: ({ simulator }) => ({
      'source-instance-id': simulator.seedInstance({ name: 'src', status: 'destroying' }).id,
    }),
    inputs: create,
    says: (scenario) =>
      `Could not create instance 'shop': instance 'src' (${idIn(scenario)}) of input 'source-instance-id' is being deleted. Nothing was created. Set another source.`,
  },
  {
    mistake: 'a misspelt id of a snapshot',
    before: seeding({ name: 'shop', type: 'professional-db' }),
    inputs: { operation: 'restore', name: 'shop', 'snapshot-id': id.slice(1) },
    says: (scenario) =>
      `Could not restore instance 'shop' (${idIn(scenario)}): snapshot '${id.slice(1)}' of instance 'shop' (${idIn(scenario)}) does not exist. Check the id, or use 'latest'.`,
  },
  {
    mistake: 'a snapshot of a paused instance',
    before: seeding({ name: 'shop', type: 'professional-db', status: 'paused' }),
    inputs: { operation: 'snapshot', name: 'shop' },
    says: (scenario) =>
      `Could not snapshot instance 'shop' (${idIn(scenario)}): Aura answered 409 'The instance can't be snapshotted while it is paused.' (instance-action-unavailable). The instance's current status does not allow this operation. If it is paused, resume it with operation 'resume', then run this step again.`,
  },
  {
    mistake: 'a version and a memory that the tenant does not offer, both at once',
    inputs: { ...create, tier: 'professional', region: 'uksouth', version: '4', memory: '3GB' },
    says: () =>
      "Could not create instance 'shop': version '4' is not available for tier 'professional'. Set 'version' to one of these: 5. Memory '3GB' is not available for tier 'professional' in uksouth. Set 'memory' to one of these: 1GB, 2GB, 4GB, 8GB, 16GB, 24GB, 32GB, 48GB, 64GB.",
  },
  {
    mistake: 'a key for a tier without keys',
    inputs: {
      ...create,
      tier: 'business-critical',
      region: 'europe-west1',
      'cloud-provider': 'gcp',
      memory: '4GB',
      'customer-managed-key-id': strange,
    },
    says: () =>
      "Could not create instance 'shop': Aura answered 400 'Customer managed keys are only available on Virtual Dedicated Cloud and DS Enterprise' (database-incapable-of-action). The tier of this instance does not support this value. Use another value, or an instance of another tier. The tenant offers this tier, version, memory and region (tier business-critical, version 5, 4GB, gcp europe-west1), so check the other inputs.",
  },
  {
    mistake: '8: a tenant that is full',
    before: seeding({ name: 'first', type: 'free-db' }),
    inputs: create,
    says: (scenario) =>
      `Could not create instance 'shop': Aura answered 405 'Instance limit reached' (instance-limit-reached). An account can have one Free instance. These credentials can access 'first' (${idIn(scenario)}). If it has this tier and nobody needs it, delete it with operation 'delete' and 'instance-id'; otherwise set another 'tier'.`,
  },
  {
    mistake: '8b: no billing details',
    simulator: { billing: false },
    inputs: { ...create, tier: 'professional', region: 'uksouth' },
    says: () =>
      "Could not create instance 'shop': Aura answered 400 'You must provide billing details in the Aura Console before creating an instance' (missing-billing-details). Add billing details to the tenant in the Aura console, or set 'tier: free'.",
  },
  {
    mistake: '10b: an unknown instance id',
    inputs: { operation: 'pause', 'instance-id': 'abcdef12' },
    says: () =>
      "Could not pause instance abcdef12: Aura has no instance with this id. Check 'instance-id'; the instance may have been deleted.",
  },
  {
    mistake: '14: a pause of a Free instance that Aura refuses',
    simulator: { pauseFree: false },
    before: seeding({ name: 'shop', type: 'free-db' }),
    inputs: { operation: 'pause', name: 'shop' },
    says: (scenario) =>
      `Could not pause instance 'shop' (${idIn(scenario)}): Aura answered 400 'A Free instance can not be paused' (database-incapable-of-action). The tier of this instance does not support 'pause'. Use a paid tier, or remove this step: Aura pauses a Free instance automatically after 72 hours without use.`,
  },
  {
    mistake: '15: a deletion of a protected instance',
    before: seeding({ name: 'production' }),
    inputs: { operation: 'delete', name: 'production', 'protected-names': 'prod*' },
    says: () =>
      "Instance 'production' is protected: its name matches 'prod*' of input 'protected-names'. Nothing was deleted. Remove the pattern from 'protected-names' only if nobody needs the instance.",
  },
  {
    mistake: '18d: an address where nothing listens',
    inputs: { ...create, 'api-url': 'http://127.0.0.1:9' },
    says: () =>
      "Could not connect to Aura at http://127.0.0.1:9 (ECONNREFUSED). Check 'api-url', the runner's network and its proxy settings, then run the step again.",
  },
  {
    mistake: '19: a name that exists, without its credentials',
    before: (scenario) => seeding({ name: 'shop', createdAt: scenario.clock.now() - 86_400_000 })(scenario),
    inputs: create,
    says: (scenario) =>
      `Could not reuse instance 'shop' (${idIn(scenario)}): its password cannot be recovered, because Aura returns it only once. Pass 'sealed-credentials' from the step that created it, or set 'password' from a secret. Set 'credentials-store: deployment' here and in the step that creates it to store them. If no other job uses it, set 'if-exists: replace' to delete it and create a new one.`,
  },
  {
    mistake: 'a matrix whose jobs share a name',
    before: (scenario) => seeding({ name: 'shop', createdAt: scenario.clock.now() - 60_000 })(scenario),
    inputs: create,
    says: (scenario) =>
      `Could not reuse instance 'shop' (${idIn(scenario)}): its password cannot be recovered, because Aura returns it only once. It was created 1m ago, so another job may still use it. ${ownName} Pass 'sealed-credentials' from the step that created it, or set 'password' from a secret. Set 'credentials-store: deployment' here and in the step that creates it to store them.`,
  },
  {
    mistake: 'a matrix whose jobs share a name, with if-exists: fail',
    before: (scenario) => seeding({ name: 'shop', createdAt: scenario.clock.now() - 60_000 })(scenario),
    inputs: { ...create, 'if-exists': 'fail' },
    says: (scenario) =>
      `Could not create instance 'shop': the tenant already has an instance with this name (${idIn(scenario)}). It was created 1m ago, so another job may still use it. ${ownName}`,
  },
  {
    mistake: '21: a user who may only read',
    simulator: { role: 'viewer' },
    inputs: create,
    says: () =>
      `Could not create instance 'shop': Aura answered 403 'Insufficient permissions' (unauthorized). ${role}`,
  },
  {
    mistake: '23: a timeout that is too short',
    inputs: { ...create, timeout: '2s' },
    says: (scenario) =>
      `Instance 'shop' (${idIn(scenario)}) was not 'running' after 2s (input 'timeout'); its last status was 'creating'. The instance still exists: increase 'timeout' and run operation 'poll' on it, or delete it with operation 'delete' and instance-id '${idIn(scenario)}' if no other job uses it.`,
  },
];
