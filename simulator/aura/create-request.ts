import type { JsonObject } from '../core/guards.ts';
import {
  instanceName,
  declaredFields,
  optionalBoolean,
  optionalString,
  requiredString,
} from './bodies.ts';
import type { InstanceConfiguration } from './configurations.ts';
import {
  TENANT_NOT_FOUND,
  apiError,
  forbidden,
  incapable,
  invalidField,
  invalidSize,
} from './errors.ts';
import { gigabytes } from './instances.ts';
import { KEY_TYPES, checkKey } from './keys.ts';
import type { World } from './world.ts';

/** The request of a creation, after all checks that need only the body. */
export interface CreateRequest {
  readonly name: string;
  readonly tenantId: string;
  readonly configuration: InstanceConfiguration;
  readonly vectorOptimized: boolean;
  readonly graphAnalyticsPlugin: boolean;
  readonly customerManagedKeyId: string | undefined;
  readonly sourceInstanceId: string | undefined;
  readonly sourceSnapshotId: string | undefined;
}

const FIELDS = [
  'version',
  'region',
  'memory',
  'storage',
  'name',
  'type',
  'tenant_id',
  'cloud_provider',
  'source_instance_id',
  'source_snapshot_id',
  'customer_managed_key_id',
  'vector_optimized',
  'graph_analytics_plugin',
];

/**
 * Fields that choose a configuration, from coarse to fine: the first without a match is at fault.
 */
const CHOICES = ['type', 'cloud_provider', 'region', 'version', 'memory'] as const;

function chooseConfiguration(
  offered: readonly InstanceConfiguration[],
  body: JsonObject,
): InstanceConfiguration {
  let left = offered;
  for (const field of CHOICES) {
    const value = requiredString(body, field);
    left = left.filter((configuration) => configuration[field] === value);
    if (left.length > 0) continue;
    if (field === 'memory') throw invalidSize(value, undefined);
    throw invalidField(field, `${field} ${value} is not available for this tenant`);
  }
  const storage = optionalString(body, 'storage');
  const chosen = left.find((one) => storage === undefined || one.storage === storage);
  if (!chosen) throw invalidSize(requiredString(body, 'memory'), storage);
  return chosen;
}

function checkFeatures(request: CreateRequest): void {
  const { type, memory } = request.configuration;
  if (request.vectorOptimized && (type === 'free-db' || gigabytes(memory) < 4)) {
    throw invalidField('vector_optimized', 'Vector optimization needs at least 4GB of memory');
  }
  if (request.graphAnalyticsPlugin && type !== 'professional-db') {
    throw incapable(
      'graph_analytics_plugin',
      'The Graph Analytics plugin is only available on Professional',
    );
  }
  if (request.customerManagedKeyId !== undefined && !KEY_TYPES.includes(type)) {
    throw incapable(
      'customer_managed_key_id',
      'Customer managed keys are only available on Virtual Dedicated Cloud and DS Enterprise',
    );
  }
  if (request.sourceSnapshotId !== undefined && request.sourceInstanceId === undefined) {
    throw invalidField('source_instance_id', 'source_snapshot_id needs source_instance_id');
  }
}

/**
 * Checks the body of a creation. It is unknown which of several faults Aura names first.
 *
 * @throws Refusal (400) naming the field at fault; (403) if the credentials cannot access the
 *   tenant
 */
export function parseCreateRequest(world: World, sent: JsonObject): CreateRequest {
  for (const field of ['name', 'tenant_id', ...CHOICES]) requiredString(sent, field);
  const body = declaredFields(world, sent, FIELDS);
  const name = instanceName(requiredString(body, 'name'));
  const tenantId = requiredString(body, 'tenant_id');
  const tenant = world.tenants.find((one) => one.id === tenantId);
  // The specification lists no 404 for this operation.
  if (!tenant) throw apiError(400, { ...TENANT_NOT_FOUND, field: 'tenant_id' });
  if (!tenant.reachable) throw forbidden();
  const request: CreateRequest = {
    name,
    tenantId,
    configuration: chooseConfiguration(tenant.configurations, body),
    vectorOptimized: optionalBoolean(body, 'vector_optimized') ?? false,
    graphAnalyticsPlugin: optionalBoolean(body, 'graph_analytics_plugin') ?? false,
    customerManagedKeyId: optionalString(body, 'customer_managed_key_id'),
    sourceInstanceId: optionalString(body, 'source_instance_id'),
    sourceSnapshotId: optionalString(body, 'source_snapshot_id'),
  };
  checkFeatures(request);
  const { customerManagedKeyId } = request;
  if (customerManagedKeyId !== undefined) checkKey(world, customerManagedKeyId, request);
  return request;
}
