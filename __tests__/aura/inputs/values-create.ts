import { expected, truth, type Values } from './values.ts';

const create = { operation: 'create' } as const;
const tiers =
  'one of free, professional, business-critical, virtual-dedicated-cloud, ds-professional, ds-enterprise, or an API code such as free-db';
const uuid = '0f1e2d3c-0000-4000-8000-00000000000A';

/** The inputs of a create. */
export const createValues = {
  tier: {
    beside: create,
    good: [
      ['free', { type: 'free-db' }],
      ['Free', { type: 'free-db' }],
      ['FREE-DB', { type: 'free-db' }],
      ['professional', { type: 'professional-db' }],
      ['business-critical', { type: 'business-critical' }],
      ['virtual-dedicated-cloud', { type: 'enterprise-db' }],
      ['ds-professional', { type: 'professional-ds' }],
      ['ds-enterprise', { type: 'enterprise-ds' }],
      ['free-db', { type: 'free-db' }],
      ['professional-db', { type: 'professional-db' }],
      ['enterprise-db', { type: 'enterprise-db' }],
      ['professional-ds', { type: 'professional-ds' }],
      ['enterprise-ds', { type: 'enterprise-ds' }],
      ['', { type: undefined }],
    ],
    bad: ['gold', 'enterprise', 'free db', 'fre', 'profesional', 'pro'],
    problem: expected('tier', tiers, {
      enterprise: 'virtual-dedicated-cloud',
      'free db': 'free-db',
      fre: 'free',
      profesional: 'professional',
      pro: 'professional',
    }),
  },
  region: {
    beside: create,
    good: [
      ['europe-west1', { region: 'europe-west1' }],
      ['Europe-West1', { region: 'europe-west1' }],
      ['', { region: undefined }],
    ],
    bad: [
      'Belgium (europe-west1)',
      'us east 1',
      'UK South',
      'gcp/europe-west1',
      'a/b',
      'x'.repeat(61),
    ],
    problem: expected('region', 'the code of a region such as europe-west1', {
      'Belgium (europe-west1)': 'europe-west1',
      'us east 1': 'us-east-1',
      'gcp/europe-west1': 'europe-west1',
    }),
  },
  'cloud-provider': {
    beside: create,
    good: [
      ['gcp', { cloudProvider: 'gcp' }],
      ['aws', { cloudProvider: 'aws' }],
      ['azure', { cloudProvider: 'azure' }],
      ['GCP', { cloudProvider: 'gcp' }],
      ['', { cloudProvider: undefined }],
    ],
    bad: ['google', 'Google Cloud Platform', 'aws,gcp', 'azur', 'not aws'],
    problem: expected('cloud-provider', 'one of gcp, aws, azure', {
      google: 'gcp',
      'Google Cloud Platform': 'gcp',
      'aws,gcp': "gcp' or 'aws",
      azur: 'azure',
    }),
  },
  memory: {
    beside: create,
    good: [
      ['16GB', { memory: '16GB' }],
      ['16gb', { memory: '16GB' }],
      ['16 GB', { memory: '16GB' }],
      ['', { memory: undefined }],
    ],
    bad: ['16', '16G', '16,384 MB', '4096', '0GB', '1.5GB', '1000', '1tb'],
    problem: expected('memory', 'a size such as 4GB', {
      16: '16GB',
      '16G': '16GB',
      '16,384 MB': '16GB',
      4096: '4GB',
      1000: '1000GB',
      '1tb': '1024GB',
    }),
  },
  storage: {
    beside: create,
    good: [
      ['32GB', { storage: '32GB' }],
      ['', { storage: undefined }],
    ],
    bad: ['32', '32MB', '-1GB'],
    problem: expected('storage', 'a size such as 4GB', { 32: '32GB' }),
  },
  version: {
    beside: create,
    good: [
      ['4', { version: '4' }],
      ['2026.02-1', { version: '2026.02-1' }],
      ['', { version: undefined }],
    ],
    bad: ['5 beta', '>=5', 'x'.repeat(31)],
    problem: expected('version', 'a version such as 5', { '>=5': '5' }),
  },
  'vector-optimized': truth('vector-optimized', 'vectorOptimized', undefined),
  'graph-analytics-plugin': truth('graph-analytics-plugin', 'graphAnalyticsPlugin', undefined),
  'customer-managed-key-id': {
    beside: create,
    good: [
      [uuid, { customerManagedKeyId: uuid }],
      ['', { customerManagedKeyId: undefined }],
    ],
    bad: ['key', `{${uuid}}`, uuid.slice(1), `${uuid}0`, uuid.replaceAll('-', '')],
    problem: expected('customer-managed-key-id', 'the id of the key in Aura, a UUID', {
      [`{${uuid}}`]: uuid.toLowerCase(),
    }),
  },
  config: {
    beside: { ...create, name: 'x' },
    good: [
      ['{}', { config: { memory: undefined } }],
      ['{"memory":"8GB","type":"free-db"}', { config: { memory: '8GB', type: 'free-db' } }],
      ['', { config: undefined }],
    ],
    bad: ['{', '{"memory"}', '{]'],
    problem: () =>
      "Input 'config' is not a JSON object; expected the output 'instance' of operation get, or the path of a file with it.",
  },
  'if-exists': {
    beside: create,
    good: [
      ['reuse', { ifExists: 'reuse' }],
      ['REUSE', { ifExists: 'reuse' }],
      ['replace', { ifExists: 'replace' }],
      ['fail', { ifExists: 'fail' }],
      ['', { ifExists: 'reuse' }],
    ],
    bad: ['recreate', 'error', 'true', 'skip', "don't replace", 'reuse it'],
    problem: expected('if-exists', 'one of reuse, replace, fail', {
      recreate: 'replace',
      error: 'fail',
      true: 'reuse',
      skip: 'reuse',
      'reuse it': 'reuse',
    }),
  },
  'delete-after-job': truth('delete-after-job', 'deleteAfterJob', false),
} as const satisfies Record<string, Values>;
