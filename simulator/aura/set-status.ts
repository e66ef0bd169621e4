import { usualCourse } from './instances.ts';
import type { InstanceRecord } from './records.ts';
import { livingInstances, type World } from './world.ts';

/**
 * Puts an instance into a status immediately and drops any operation in progress. A known
 * transitional status ends after its usual duration; any other status stays.
 *
 * @throws Error if the instance does not exist
 */
export function setStatus(world: World, id: string, status: string): InstanceRecord {
  const record = livingInstances(world).find((one) => one.id === id);
  if (!record) throw new Error(`Instance ${id} does not exist.`);
  const now = world.clock.now();
  record.status = status;
  record.phases = usualCourse(status, now, world.durations);
  record.snapshots = record.snapshots.filter((snapshot) => snapshot.startedAt <= now);
  return record;
}
