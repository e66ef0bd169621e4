import { actionUnavailable, ongoingOperation } from './errors.ts';
import type { Durations } from './options.ts';
import type { InstanceRecord, Phase } from './records.ts';

/** The simulator's data about an instance, including secrets. */
export interface SimulatedInstance {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly tenantId: string;
  readonly type: string;
  readonly cloudProvider: string;
  readonly region: string;
  readonly version: string;
  readonly memory: string;
  readonly storage: string;
  readonly vectorOptimized: boolean;
  readonly graphAnalyticsPlugin: boolean;
  /** Missing until they are set. */
  readonly secondariesCount?: number;
  readonly cdcEnrichmentMode?: string;
  readonly username: string;
  readonly password: string;
  readonly connectionUrl: string;
  /** Simulated milliseconds since the epoch, by the simulator's clock, as are the other times here. */
  readonly createdAt: number;
  /** The snapshot or instance that its data was last restored or copied from. */
  readonly dataFrom?: string;
  /** When its DELETE was accepted. */
  readonly deleteRequestedAt?: number;
  /** When it was deleted. */
  readonly deletedAt?: number;
}

/** An instance to add directly. */
export interface InstanceSeed {
  readonly name: string;
  /** Default: 'running'. A known transitional status ends after its usual duration. */
  readonly status?: string;
  /** Default: 'professional-db'. */
  readonly type?: string;
  /** Default: the first tenant. */
  readonly tenantId?: string;
  /** Simulated milliseconds since the epoch, by the simulator's clock. Default: now. */
  readonly createdAt?: number;
  /** Default: '2GB', or '1GB' for 'free-db'. */
  readonly memory?: string;
  /** Default: 'gcp'. */
  readonly cloudProvider?: string;
  /** Default: 'europe-west1'. */
  readonly region?: string;
  /** Default: generated. */
  readonly connectionUrl?: string;
}

/** Status of a deleted instance; never shown to a client. */
export const GONE = 'gone';

/** Statuses without an operation in progress. All others, known or not, are transitional. */
const IDLE: ReadonlySet<string> = new Set([
  'running',
  'paused',
  'suspended',
  'loading failed',
  GONE,
]);

/** Applies all changes to an instance that are due by now. */
export function settle(record: InstanceRecord, now: number): void {
  for (const phase of record.phases) {
    if (phase.at > now) break;
    record.phases = record.phases.slice(1);
    record.status = phase.status;
    record.values = { ...record.values, ...phase.values };
    if (phase.status === GONE) record.deletedAt = phase.at;
  }
}

/** The status that automatically follows a transitional one; undefined for all others. */
export function usualCourse(status: string, now: number, durations: Durations): readonly Phase[] {
  const then = (duration: number, next: string): Phase => ({ at: now + duration, status: next });
  const courses = new Map<string, readonly Phase[]>([
    ['creating', [then(durations.create, 'running')]],
    ['destroying', [then(durations.delete, GONE)]],
    ['pausing', [then(durations.pause, 'paused')]],
    ['resuming', [then(durations.resume, 'running')]],
    ['updating', [then(durations.resize, 'running')]],
    ['restoring', [then(durations.restore, 'running')]],
    [
      'overwriting',
      [then(durations.overwrite / 2, 'loading'), then(durations.overwrite, 'running')],
    ],
    ['loading', [then(durations.overwrite / 2, 'running')]],
    ['suspending', [then(durations.pause, 'suspended')]],
  ]);
  return courses.get(status) ?? [];
}

/**
 * Allows an operation only if no other is in progress, even one whose status is not shown yet
 * (seen live: 409 while GET said running).
 *
 * @throws Refusal (409, ongoing-database-operation)
 */
export function requireIdle(record: InstanceRecord): void {
  if (!IDLE.has(record.status)) throw ongoingOperation(record.status);
  const next = record.phases[0];
  if (next) throw ongoingOperation(next.status);
}

/**
 * Allows an operation only if the instance is idle and has one of the given statuses.
 *
 * @param action - the requested operation as a participle: "paused"
 * @throws Refusal (409, with either reason)
 */
export function requireStatus(
  record: InstanceRecord,
  action: string,
  allowed: readonly string[],
): void {
  requireIdle(record);
  if (!allowed.includes(record.status)) throw actionUnavailable(action, record.status);
}

/** Gigabytes of a size such as "4GB". */
export function gigabytes(size: string): number {
  return Number.parseInt(size, 10);
}

/** The current record, for tests. */
export function toSimulatedInstance(record: InstanceRecord): SimulatedInstance {
  const { dataFrom, deleteRequestedAt, deletedAt } = record;
  return {
    id: record.id,
    status: record.status,
    tenantId: record.tenantId,
    type: record.type,
    cloudProvider: record.cloudProvider,
    region: record.region,
    version: record.version,
    ...record.values,
    username: record.username,
    password: record.password,
    connectionUrl: record.connectionUrl,
    createdAt: record.createdAt,
    ...(dataFrom !== undefined && { dataFrom }),
    ...(deleteRequestedAt !== undefined && { deleteRequestedAt }),
    ...(deletedAt !== undefined && { deletedAt }),
  };
}
