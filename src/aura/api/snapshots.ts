import * as v from 'valibot';
import { lenient } from '../../core/json.ts';
import { type Send, action, ignore, instancePath, reading, unlessAbsent } from './calls.ts';
import { ShapeError, optionalTime, read, readData, readList, text } from './types.ts';

/**
 * Aura writes ids of snapshots as UUIDs; its specification also shows times such as
 * `2023-01-20T18:07:25Z-adhoc`. An id appears in paths, outputs and messages.
 */
export const snapshotIdPattern = /^\w[\w:.+-]{0,199}$/;

const snapshot = v.pipe(
  v.object({
    snapshot_id: v.pipe(text, v.regex(snapshotIdPattern)),
    status: v.pipe(
      text,
      v.transform((status) => status.trim().toLowerCase().replace('inprogress', 'in progress')),
    ),
    timestamp: optionalTime,
    exportable: lenient(v.boolean()),
    profile: lenient(text),
  }),
  v.transform(({ snapshot_id: id, ...others }) => ({ id, ...others })),
);

/**
 * A snapshot; `status` is lower case and in words, `timestamp` in epoch milliseconds by Aura's clock,
 * `exportable` says whether it can be copied to another instance now, and `profile` is `AdHoc` or
 * `Scheduled`. Source: Aura API v1 specification; `exportable` is in every example there, but not
 * in its schema.
 */
export type Snapshot = Readonly<v.InferOutput<typeof snapshot>>;

const createdSnapshot = v.object({ snapshot_id: v.pipe(text, v.regex(snapshotIdPattern)) });

/** Whether Aura still takes this snapshot. Source: Aura API v1 specification. */
export function isInProgress({ status }: Snapshot): boolean {
  return status === 'pending' || status === 'in progress';
}

/** Whether this snapshot will never be completed. Source: Aura API v1 specification. */
export function hasFailed({ status }: Snapshot): boolean {
  return status === 'failed' || status === 'cancelled';
}

/** Whether Aura took it automatically, not for a request. Source: Aura API v1 specification. */
export function isAutomatic({ profile }: Snapshot): boolean {
  return profile?.toLowerCase() === 'scheduled';
}

/** The part of the client that works on snapshots. */
export interface SnapshotClient {
  /**
   * The snapshots of one day.
   *
   * @param date such as `2026-11-30`; UTC is assumed, because Aura does not name a time zone.
   */
  listSnapshots(instanceId: string, date: string): Promise<readonly Snapshot[]>;
  /**
   * @param policy `poll` if the caller reads it again anyway.
   * @returns `missing` (404) or `gone` (410) if the instance or the snapshot does not exist.
   */
  getSnapshot(
    instanceId: string,
    snapshotId: string,
    policy?: 'read' | 'poll',
  ): Promise<Snapshot | 'missing' | 'gone'>;
  /** Repeated only if Aura has certainly not processed it. @returns the id of the new snapshot. */
  createSnapshot(instanceId: string): Promise<string>;
  /** Repeated only if Aura has certainly not processed it. */
  restoreSnapshot(instanceId: string, snapshotId: string): Promise<void>;
}

/** The requests of {@link SnapshotClient}. */
export function createSnapshotClient({ once, retried, readable }: Send): SnapshotClient {
  return {
    listSnapshots: async (instanceId, date) => {
      const call = reading(`${snapshotsPath(instanceId)}?date=${encodeURIComponent(date)}`);
      return readable(call, await retried(call, (body) => readList(body, readSnapshot)));
    },
    getSnapshot: (instanceId, snapshotId, policy) => {
      const path = `${snapshotsPath(instanceId)}/${encodeURIComponent(snapshotId)}`;
      const call = reading(path, policy);
      const send = policy === 'poll' ? once : retried;
      return unlessAbsent(send(call, (body) => readOneSnapshot(readData(body), snapshotId)));
    },
    createSnapshot: (instanceId) =>
      retried(
        action(instanceId, 'snapshots'),
        (body) => read(createdSnapshot, readData(body)).snapshot_id,
      ),
    restoreSnapshot: (instanceId, snapshotId) =>
      retried(action(instanceId, `snapshots/${encodeURIComponent(snapshotId)}/restore`), ignore),
  };
}

function snapshotsPath(instanceId: string): string {
  return `${instancePath(instanceId)}/snapshots`;
}

/** @throws {@link ShapeError} */
export function readSnapshot(value: unknown): Snapshot {
  return read(snapshot, value);
}

/** @throws {@link ShapeError}, also for another snapshot than the requested one. */
function readOneSnapshot(value: unknown, id: string): Snapshot {
  const found = readSnapshot(value);
  if (found.id.toLowerCase() === id.toLowerCase()) return found;
  throw new ShapeError(`'snapshot_id' is '${found.id}', which is not the requested snapshot`);
}
