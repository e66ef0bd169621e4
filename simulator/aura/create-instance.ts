import { randomBytes } from 'node:crypto';

import { Refusal } from '../core/answer.ts';
import type { Handler } from '../core/calls.ts';
import type { Fault } from '../core/faults.ts';
import { apiTime } from '../core/world.ts';
import { jsonBody, success } from './bodies.ts';
import { parseCreateRequest, type CreateRequest } from './create-request.ts';
import { apiError, invalidField } from './errors.ts';
import { created } from './instance-views.ts';
import { usualCourse, type InstanceSeed } from './instances.ts';
import type { InstanceRecord, Phase } from './records.ts';
import { addSnapshot, findExportableSnapshot } from './snapshots.ts';
import { randomPassword } from './tokens.ts';
import { findInstance, isOwn, livingInstances, type World } from './world.ts';

/** A random id that no instance has had: 8 hexadecimal digits. */
function freshId(world: World): string {
  for (;;) {
    const id = randomBytes(4).toString('hex');
    if (!world.instances.has(id)) return id;
  }
}

function checkQuota(world: World, type: string): void {
  const living = livingInstances(world).filter((record) => isOwn(world, record));
  const quota = world.options.instanceQuota ?? Infinity;
  const freeTaken = type === 'free-db' && living.some((record) => record.type === 'free-db');
  if (living.length >= quota || freeTaken) {
    // Status from the Aura API v1 specification; text and reason are not published.
    throw apiError(405, { message: 'Instance limit reached', reason: 'instance-limit-reached' });
  }
}

function checkSource(world: World, request: CreateRequest): void {
  const { sourceInstanceId, sourceSnapshotId } = request;
  if (sourceInstanceId === undefined) return;
  try {
    const source = findInstance(world, sourceInstanceId);
    if (sourceSnapshotId !== undefined) {
      findExportableSnapshot(source, sourceSnapshotId, world.clock.now());
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The specification lists neither 404 nor 409 for a creation.
    const field = sourceSnapshotId === undefined ? 'source_instance_id' : 'source_snapshot_id';
    throw invalidField(field, 'The source of the clone could not be used');
  }
}

/** `created_at` for a creation: it comes from the database, which has its own clock. */
function shownAt(world: World, createdAt: number): number {
  return apiTime(world, createdAt) + (world.options.createdAtSkew ?? 0);
}

type Identity = 'id' | 'username' | 'password' | 'connectionUrl';

function identity(world: World): Pick<InstanceRecord, Identity> {
  const id = freshId(world);
  const password = randomPassword(world.options.passwordAlphabet);
  world.secrets.add(password);
  const host = world.options.connectionHost === 'database-id' ? randomBytes(4).toString('hex') : id;
  return {
    id,
    username: world.options.username === 'instance-id' ? id : 'neo4j',
    password,
    connectionUrl: `neo4j+s://${host}.databases.neo4j.io`,
  };
}

/** The next statuses of a new instance. A clone may show `loading` before it runs. */
function course(world: World, request: CreateRequest, fault: Fault | undefined): readonly Phase[] {
  const now = world.clock.now();
  const { create } = world.durations;
  if (fault?.kind === 'stuck') return [];
  if (fault?.kind === 'loading-failed') return [{ at: now + create, status: 'loading failed' }];
  const usual = usualCourse('creating', now, world.durations);
  if (request.sourceInstanceId === undefined) return usual;
  return [{ at: now + create * 0.75, status: 'loading' }, ...usual];
}

/**
 * The first snapshot begins automatically when an instance is running (seen live), except on
 * Free.
 */
function scheduleFirstSnapshot(world: World, record: InstanceRecord): void {
  const start = record.phases.find((phase) => phase.status === 'running');
  if (!start || record.type === 'free-db') return;
  addSnapshot(record, {
    profile: 'Scheduled',
    startedAt: start.at,
    duration: world.durations.snapshot,
  });
}

/** `POST /v1/instances`: names need not be unique, and there is no idempotency key. */
export const createInstance: Handler<World> = (world, call) => {
  const request = parseCreateRequest(world, jsonBody(call));
  const { configuration } = request;
  if (world.options.billing === false && configuration.type !== 'free-db') {
    throw apiError(400, {
      message: 'You must provide billing details in the Aura Console before creating an instance',
      reason: 'missing-billing-details',
    });
  }
  checkSource(world, request);
  checkQuota(world, configuration.type);
  const now = world.clock.now();
  const dataFrom = request.sourceSnapshotId ?? request.sourceInstanceId;
  const record: InstanceRecord = {
    ...identity(world),
    ...(dataFrom !== undefined && { dataFrom }),
    tenantId: request.tenantId,
    type: configuration.type,
    cloudProvider: configuration.cloud_provider,
    region: configuration.region,
    version: configuration.version,
    customerManagedKeyId: request.customerManagedKeyId,
    createdAt: now,
    createdAtShown: shownAt(world, now),
    visibleFrom: now + world.durations.readAfterCreate,
    listedFrom: now + world.durations.listAfterCreate,
    status: 'creating',
    values: {
      name: request.name,
      memory: configuration.memory,
      storage: configuration.storage,
      vectorOptimized: request.vectorOptimized,
      graphAnalyticsPlugin: request.graphAnalyticsPlugin,
    },
    phases: course(world, request, call.fault),
    snapshots: [],
  };
  scheduleFirstSnapshot(world, record);
  world.instances.set(record.id, record);
  return success(202, created(record));
};

/**
 * Adds an instance directly; every request finds it from now on.
 *
 * @throws Error if the tenant does not exist
 */
export function seedInstance(world: World, seed: InstanceSeed): InstanceRecord {
  const now = world.clock.now();
  const tenantId = seed.tenantId ?? world.tenants[0]?.id;
  if (tenantId === undefined || !world.tenants.some((tenant) => tenant.id === tenantId)) {
    throw new Error(`Tenant '${tenantId ?? ''}' does not exist.`);
  }
  const type = seed.type ?? 'professional-db';
  const memory = seed.memory ?? (type === 'free-db' ? '1GB' : '2GB');
  const status = seed.status ?? 'running';
  const createdAt = seed.createdAt ?? now;
  const record: InstanceRecord = {
    ...identity(world),
    ...(seed.connectionUrl !== undefined && { connectionUrl: seed.connectionUrl }),
    tenantId,
    type,
    cloudProvider: seed.cloudProvider ?? 'gcp',
    region: seed.region ?? 'europe-west1',
    version: '5',
    createdAt,
    createdAtShown: shownAt(world, createdAt),
    visibleFrom: now,
    listedFrom: now,
    status,
    values: {
      name: seed.name,
      memory,
      storage: `${Number.parseInt(memory, 10) * 2}GB`,
      vectorOptimized: false,
      graphAnalyticsPlugin: false,
    },
    phases: usualCourse(status, now, world.durations),
    snapshots: [],
  };
  if (status === 'creating') scheduleFirstSnapshot(world, record);
  world.instances.set(record.id, record);
  return record;
}
