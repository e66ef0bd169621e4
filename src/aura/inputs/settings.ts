import { matching, oneOf, parseBoolean } from '../../core/inputs/parsers.ts';
import { parseSize } from './parsers.ts';
import type { Later } from '../../core/inputs/table.ts';
import type { Reader } from './names.ts';
import type { CommonRequest, CreateRequest } from './request.ts';
import type { HandOver } from '../credentials/settings.ts';

/** The action's words for the tiers beside the API's own codes. Source: Aura API v1, `type`. */
const tiers = {
  free: 'free-db',
  professional: 'professional-db',
  'business-critical': 'business-critical',
  'virtual-dedicated-cloud': 'enterprise-db',
  'ds-professional': 'professional-ds',
  'ds-enterprise': 'enterprise-ds',
  'free-db': 'free-db',
  'professional-db': 'professional-db',
  'enterprise-db': 'enterprise-db',
  'professional-ds': 'professional-ds',
  'enterprise-ds': 'enterprise-ds',
} as const;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Settings that only a create uses. */
type Settings = Omit<CreateRequest, keyof CommonRequest | keyof HandOver | 'operation' | 'name'>;

/** Reads the settings of the new instance. */
export function readSettings(read: Reader): Later<Settings> {
  const type = read.required('tier', oneOf(tiers));
  const version = read.required('version', matching(/^[\w.-]{1,30}$/, 'a version such as 5'));
  const region = read.optional(
    'region',
    matching(/^[\w-]{1,60}$/, 'a region such as europe-west1'),
  );
  const clouds = { gcp: 'gcp', aws: 'aws', azure: 'azure' };
  const cloudProvider = read.optional('cloud-provider', oneOf(clouds));
  const memory = read.optional('memory', parseSize);
  const storage = read.optional('storage', parseSize);
  const vectorOptimized = read.optional('vector-optimized', parseBoolean);
  const graphAnalyticsPlugin = read.optional('graph-analytics-plugin', parseBoolean);
  const customerManagedKeyId = read.optional('customer-managed-key-id', matching(uuid, 'a UUID'));
  const manners = { reuse: 'reuse', replace: 'replace', fail: 'fail' } as const;
  const ifExists = read.required('if-exists', oneOf(manners));
  const deleteAfterJob = read.required('delete-after-job', parseBoolean);
  return () => ({
    type: type(),
    version: version(),
    region: region(),
    cloudProvider: cloudProvider(),
    memory: memory(),
    storage: storage(),
    vectorOptimized: vectorOptimized(),
    graphAnalyticsPlugin: graphAnalyticsPlugin(),
    customerManagedKeyId: customerManagedKeyId(),
    ifExists: ifExists(),
    deleteAfterJob: deleteAfterJob(),
  });
}
