import { randomUUID } from 'node:crypto';

import { apiTime } from '../core/world.ts';
import { snapshotNotAllowed, snapshotNotFound } from './errors.ts';
import type { InstanceRecord, SnapshotOutcome, SnapshotRecord } from './records.ts';
import type { World } from './world.ts';

/** Share of a snapshot's duration during which it is `Pending` before it is `InProgress`. */
const PENDING_SHARE = 0.25;

/** The status of a snapshot that has started. */
export function snapshotStatus(
  snapshot: SnapshotRecord,
  now: number,
): 'Pending' | 'InProgress' | SnapshotOutcome {
  const elapsed = now - snapshot.startedAt;
  if (elapsed >= snapshot.duration) return snapshot.outcome ?? 'Completed';
  return elapsed < snapshot.duration * PENDING_SHARE ? 'Pending' : 'InProgress';
}

/** The snapshots of an instance that have started, newest first. */
export function startedSnapshots(record: InstanceRecord, now: number): readonly SnapshotRecord[] {
  return record.snapshots
    .filter((snapshot) => snapshot.startedAt <= now)
    .toSorted((one, other) => other.startedAt - one.startedAt);
}

/**
 * Adds a snapshot to an instance. Only one at a time is allowed: a scheduled one that would start
 * meanwhile starts afterwards.
 */
export function addSnapshot(
  record: InstanceRecord,
  snapshot: Omit<SnapshotRecord, 'id'>,
): SnapshotRecord {
  const added = { id: randomUUID(), ...snapshot };
  const end = added.startedAt + added.duration;
  const others = record.snapshots.map((one) =>
    one.startedAt > added.startedAt && one.startedAt < end ? { ...one, startedAt: end } : one,
  );
  record.snapshots = [...others, added];
  return added;
}

/** Whether a snapshot of the instance is in progress. Only one at a time is allowed (seen live). */
export function isSnapshotRunning(record: InstanceRecord, now: number): boolean {
  return startedSnapshots(record, now).some((snapshot) =>
    ['Pending', 'InProgress'].includes(snapshotStatus(snapshot, now)),
  );
}

/**
 * One of an instance's own snapshots.
 *
 * @throws Refusal (404) if the instance has no snapshot with this id
 */
export function findSnapshot(record: InstanceRecord, id: string, now: number): SnapshotRecord {
  const found = startedSnapshots(record, now).find((snapshot) => snapshot.id === id);
  if (!found) throw snapshotNotFound(id);
  return found;
}

/**
 * One of an instance's own snapshots, to copy to another instance.
 *
 * @throws Refusal as for one to restore; (409, not published) if it can not be exported
 */
export function findExportableSnapshot(
  record: InstanceRecord,
  id: string,
  now: number,
): SnapshotRecord {
  const found = findUsableSnapshot(record, id, now);
  if (found.exportable === false) throw snapshotNotAllowed(`Snapshot ${id} is not exportable`);
  return found;
}

/**
 * One of an instance's own snapshots, to restore or to copy.
 *
 * @throws Refusal (404) if the instance has no snapshot with this id; (409, not published) if the
 *   snapshot is not complete yet
 */
export function findUsableSnapshot(
  record: InstanceRecord,
  id: string,
  now: number,
): SnapshotRecord {
  const found = findSnapshot(record, id, now);
  if (snapshotStatus(found, now) !== 'Completed') {
    throw snapshotNotAllowed(`Snapshot ${id} is not completed`);
  }
  return found;
}

/**
 * A snapshot as the API shows it. `exportable` is not in the specification, but in every answer.
 */
export function snapshotView(
  world: World,
  record: InstanceRecord,
  snapshot: SnapshotRecord,
): Record<string, unknown> {
  const status = snapshotStatus(snapshot, world.clock.now());
  return {
    instance_id: record.id,
    snapshot_id: snapshot.id,
    profile: snapshot.profile,
    status,
    timestamp: new Date(apiTime(world, snapshot.startedAt)).toISOString().replace(/\.\d+Z$/, 'Z'),
    exportable: status === 'Completed' && snapshot.exportable !== false,
  };
}
