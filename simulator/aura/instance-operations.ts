import { param, type Handler } from '../core/calls.ts';
import { jsonBody, declaredFields, optionalString, requiredString, success } from './bodies.ts';
import { apiError, forbidden } from './errors.ts';
import { detail, summary } from './instance-views.ts';
import { gigabytes, requireIdle, requireStatus, usualCourse } from './instances.ts';
import type { InstanceRecord } from './records.ts';
import {
  addSnapshot,
  findExportableSnapshot,
  findUsableSnapshot,
  isSnapshotRunning,
} from './snapshots.ts';
import { findInstance, gone, isReachable, listedInstances, type World } from './world.ts';

/** Puts an instance into a transitional status that ends as usual. */
function begin(world: World, record: InstanceRecord, status: string): void {
  const until = world.clock.now() + world.durations.readAfterAction;
  record.outdated = { status: record.status, until };
  record.status = status;
  record.phases = usualCourse(status, world.clock.now(), world.durations);
}

/**
 * `GET /v1/instances`: those of all accessible tenants, or of one. The list includes instances
 * that are being destroyed, and deleted ones for the configured time.
 */
export const listInstances: Handler<World> = (world, call) => {
  const wanted = call.query['tenantId'];
  if (world.tenants.some((tenant) => tenant.id === wanted && !tenant.reachable)) throw forbidden();
  const listed = listedInstances(world).filter(
    (record) =>
      isReachable(world, record.tenantId) && (wanted === undefined || record.tenantId === wanted),
  );
  return success(200, listed.map(summary));
};

/** `GET /v1/instances/{instanceId}`. */
export const getInstance: Handler<World> = (world, call) => {
  const record = findInstance(world, param(call, 'instanceId'));
  const { status, until } = record.outdated ?? { status: record.status, until: 0 };
  return success(200, detail(record, world.clock.now() < until ? status : record.status));
};

/**
 * `DELETE /v1/instances/{instanceId}`: of any idle instance. A second one gets 404 ("most
 * likely", says the Aura API v1 specification), even while GET still shows `destroying`; or 410
 * if so configured.
 */
export const deleteInstance: Handler<World> = (world, call) => {
  const record = findInstance(world, param(call, 'instanceId'));
  if (record.status === 'destroying') throw gone(world, record.id);
  requireIdle(record);
  begin(world, record, 'destroying');
  record.deleteRequestedAt = world.clock.now();
  return success(202, detail(record));
};

/**
 * `POST …/pause`. It is unknown whether Free can be paused: the console cannot, and the
 * specification lists 400 only for this operation. Allowed by default.
 */
export const pauseInstance: Handler<World> = (world, call) => {
  jsonBody(call);
  const record = findInstance(world, param(call, 'instanceId'));
  if (record.type === 'free-db' && world.options.pauseFree === false) {
    throw apiError(400, {
      message: 'A Free instance can not be paused',
      reason: 'database-incapable-of-action',
    });
  }
  requireStatus(record, 'paused', ['running']);
  begin(world, record, 'pausing');
  return success(202, detail(record));
};

/** `POST …/resume`. */
export const resumeInstance: Handler<World> = (world, call) => {
  jsonBody(call);
  const record = findInstance(world, param(call, 'instanceId'));
  requireStatus(record, 'resumed', ['paused']);
  begin(world, record, 'resuming');
  return success(202, detail(record));
};

/** `POST …/overwrite`: the target keeps its id, its connection URL and its password. */
export const overwriteInstance: Handler<World> = (world, call) => {
  const sent = jsonBody(call);
  const target = findInstance(world, param(call, 'instanceId'));
  const body = declaredFields(world, sent, ['source_instance_id', 'source_snapshot_id']);
  const sourceId = requiredString(body, 'source_instance_id');
  const snapshotId = optionalString(body, 'source_snapshot_id');
  if (target.type === 'free-db') {
    // Status from the Aura API v1 specification; text and reason are not published.
    throw apiError(420, {
      message: 'Action not supported for this tier',
      reason: 'unsupported-action',
    });
  }
  requireStatus(target, 'overwritten', ['running']);
  const source = findInstance(world, sourceId);
  const now = world.clock.now();
  if (snapshotId !== undefined) findExportableSnapshot(source, snapshotId, now);
  // Compared by allocated size, not by data; a 500 that persists on every retry.
  if (gigabytes(source.values.memory) > gigabytes(target.values.memory)) {
    throw apiError(500, {
      message: `Cannot clone database ${source.id} into smaller database ${target.id}.`,
      reason: 'db-overwrite-size-disparity',
    });
  }
  // Without a snapshot to copy from, Aura takes one of the source first.
  if (snapshotId === undefined && !isSnapshotRunning(source, now)) {
    const { snapshot: duration } = world.durations;
    addSnapshot(source, { profile: 'AdHoc', startedAt: now, duration });
  }
  begin(world, target, 'overwriting');
  target.dataFrom = snapshotId ?? source.id;
  return success(202, detail(target));
};

/**
 * `POST …/snapshots/{snapshotId}/restore`: in place, only from one of the instance's own snapshots.
 */
export const restoreSnapshot: Handler<World> = (world, call) => {
  jsonBody(call);
  const record = findInstance(world, param(call, 'instanceId'));
  findUsableSnapshot(record, param(call, 'snapshotId'), world.clock.now());
  requireStatus(record, 'restored', ['running']);
  begin(world, record, 'restoring');
  record.dataFrom = param(call, 'snapshotId');
  return success(202, detail(record));
};
