import type { SnapshotOutcome, SnapshotRecord } from './records.ts';
import { addSnapshot, snapshotStatus, startedSnapshots } from './snapshots.ts';
import type { World } from './world.ts';

/** A snapshot to add directly. */
export interface SnapshotSeed {
  /** Simulated milliseconds since the epoch, by the simulator's clock. Default: now. */
  readonly startedAt?: number;
  /** Simulated milliseconds. Default: 0, it has ended. */
  readonly duration?: number;
  /** Default: 'AdHoc'. */
  readonly profile?: SnapshotRecord['profile'];
  readonly outcome?: SnapshotOutcome;
  readonly exportable?: boolean;
}

/**
 * Adds a snapshot directly.
 *
 * @throws Error if the instance does not exist
 */
export function seedSnapshot(world: World, instanceId: string, seed: SnapshotSeed): SnapshotRecord {
  const record = world.instances.get(instanceId);
  if (!record) throw new Error(`Instance ${instanceId} does not exist.`);
  const usual = { profile: 'AdHoc', startedAt: world.clock.now(), duration: 0 } as const;
  return addSnapshot(record, { ...usual, ...seed });
}

/** The simulator's data about a snapshot. */
export interface SimulatedSnapshot {
  readonly id: string;
  readonly profile: SnapshotRecord['profile'];
  readonly status: ReturnType<typeof snapshotStatus>;
}

/** The snapshots of an instance that have started, newest first, for tests. */
export function simulatedSnapshots(world: World, id: string): readonly SimulatedSnapshot[] {
  const record = world.instances.get(id);
  const now = world.clock.now();
  if (!record) return [];
  return startedSnapshots(record, now).map((one) => ({
    id: one.id,
    profile: one.profile,
    status: snapshotStatus(one, now),
  }));
}
