import { randomUUID } from 'node:crypto';

import { param, type Handler } from '../core/calls.ts';
import { apiTime } from '../core/world.ts';
import { declaredFields, instanceName, jsonBody, requiredString, success } from './bodies.ts';
import type { InstanceConfiguration } from './configurations.ts';
import { TENANT_NOT_FOUND, apiError, forbidden, invalidField, keyNotFound } from './errors.ts';
import type { KeyRecord } from './records.ts';
import { isOwn, isReachable, livingInstances, type World } from './world.ts';

const FIELDS = ['key_id', 'region', 'name', 'instance_type', 'tenant_id', 'cloud_provider'];

/** A customer managed key to add directly. */
export interface KeySeed {
  readonly name: string;
  /** Default: 'enterprise-db'. */
  readonly instanceType?: string;
  /** Default: the first tenant. */
  readonly tenantId?: string;
  /** Default: 'gcp'. */
  readonly cloudProvider?: string;
  /** Default: 'europe-west1'. */
  readonly region?: string;
}

/** The types of instances that can be encrypted with a key of the customer. */
export const KEY_TYPES: readonly string[] = ['enterprise-db', 'enterprise-ds'];

const CLOUDS: readonly string[] = ['gcp', 'aws', 'azure'];

function summary({ id, name, tenantId }: KeyRecord): Record<string, unknown> {
  return { id, name, tenant_id: tenantId };
}

function detail(world: World, key: KeyRecord): Record<string, unknown> {
  return {
    ...summary(key),
    key_id: key.keyId,
    region: key.region,
    instance_type: key.instanceType,
    cloud_provider: key.cloudProvider,
    created: new Date(apiTime(world, key.createdAt)).toISOString().replace(/\.\d+Z$/, 'Z'),
    status: isReady(world, key) ? 'ready' : 'pending',
  };
}

function isReady(world: World, { createdAt }: KeyRecord): boolean {
  return createdAt + world.durations.key <= world.clock.now();
}

/** @throws Refusal (404) if it does not exist; (403) if its tenant is not accessible */
function findKey(world: World, id: string): KeyRecord {
  const key = world.keys.get(id);
  if (!key || !isOwn(world, key)) throw keyNotFound(404, id);
  if (!isReachable(world, key.tenantId)) throw forbidden();
  return key;
}

/** `GET /v1/customer-managed-keys`: those of all accessible tenants, or of one. */
export const listKeys: Handler<World> = (world, call) => {
  const wanted = call.query['tenantId'];
  if (world.tenants.some((tenant) => tenant.id === wanted && !tenant.reachable)) throw forbidden();
  const listed = [...world.keys.values()].filter(
    ({ tenantId }) => isReachable(world, tenantId) && (wanted === undefined || tenantId === wanted),
  );
  return success(200, listed.map(summary));
};

/** @throws Refusal (400) if no instance can be created there */
function checkPlace(
  configurations: readonly InstanceConfiguration[],
  key: Pick<KeyRecord, 'instanceType' | 'cloudProvider' | 'region'>,
): void {
  const { instanceType, cloudProvider, region } = key;
  if (!KEY_TYPES.includes(instanceType)) {
    throw invalidField('instance_type', `instance_type must be one of ${KEY_TYPES.join(', ')}`);
  }
  if (!CLOUDS.includes(cloudProvider)) {
    throw invalidField('cloud_provider', `cloud_provider must be one of ${CLOUDS.join(', ')}`);
  }
  const offered = configurations.some(
    (one) =>
      one.type === instanceType && one.cloud_provider === cloudProvider && one.region === region,
  );
  if (!offered) throw invalidField('region', `region ${region} is not available for this tenant`);
}

/** `POST /v1/customer-managed-keys`: the key is pending first, then ready. */
export const createKey: Handler<World> = (world, call) => {
  const body = declaredFields(world, jsonBody(call), FIELDS);
  const tenantId = requiredString(body, 'tenant_id');
  const tenant = world.tenants.find(({ id }) => id === tenantId);
  if (!tenant) throw apiError(400, { ...TENANT_NOT_FOUND, field: 'tenant_id' });
  if (!tenant.reachable) throw forbidden();
  const key: KeyRecord = {
    id: randomUUID(),
    tenantId,
    name: instanceName(requiredString(body, 'name')),
    keyId: requiredString(body, 'key_id'),
    region: requiredString(body, 'region'),
    instanceType: requiredString(body, 'instance_type'),
    cloudProvider: requiredString(body, 'cloud_provider'),
    createdAt: world.clock.now(),
  };
  checkPlace(tenant.configurations, key);
  world.keys.set(key.id, key);
  return success(202, detail(world, key));
};

/** `GET /v1/customer-managed-keys/{keyId}`. */
export const getKey: Handler<World> = (world, call) =>
  success(200, detail(world, findKey(world, param(call, 'keyId'))));

/** `DELETE /v1/customer-managed-keys/{keyId}`: refused while an instance uses the key. */
export const deleteKey: Handler<World> = (world, call) => {
  const { id } = findKey(world, param(call, 'keyId'));
  if (livingInstances(world).some(({ customerManagedKeyId }) => customerManagedKeyId === id)) {
    // Text and reason from the Aura API v1 specification.
    throw apiError(400, {
      message: `Can not delete encryption key ${id}. The key is linked to an active instance.`,
      reason: 'encryption-key-is-active',
    });
  }
  world.keys.delete(id);
  return { status: 204 };
};

/**
 * Checks the key of a creation. That it must be ready, and of the same tenant, type, cloud and
 * region, is assumed.
 *
 * @throws Refusal (400), because the specification lists no 404 for a creation
 */
export function checkKey(
  world: World,
  id: string,
  wanted: { readonly tenantId: string; readonly configuration: InstanceConfiguration },
): void {
  const field = 'customer_managed_key_id';
  const key = world.keys.get(id);
  if (key?.tenantId !== wanted.tenantId) throw keyNotFound(400, id, field);
  const { type, cloud_provider: cloud, region } = wanted.configuration;
  if (key.instanceType !== type || key.cloudProvider !== cloud || key.region !== region) {
    throw invalidField(field, `Encryption key ${id} is for another type, cloud or region`);
  }
  if (!isReady(world, key)) throw invalidField(field, `Encryption key ${id} is not ready`);
}

/**
 * Adds a customer managed key directly; it is ready at once.
 *
 * @returns its id
 */
export function seedKey(world: World, seed: KeySeed): string {
  const id = randomUUID();
  world.keys.set(id, {
    tenantId: world.tenants[0]?.id ?? '',
    instanceType: 'enterprise-db',
    cloudProvider: 'gcp',
    region: 'europe-west1',
    ...seed,
    id,
    keyId: `key-of-${seed.name}`,
    createdAt: world.clock.now() - world.durations.key,
  });
  return id;
}
