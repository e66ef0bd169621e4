/** A snapshot; its status follows from the time. */
export interface SnapshotRecord {
  readonly id: string;
  readonly profile: 'AdHoc' | 'Scheduled';
  /** Simulated milliseconds since the epoch; in the future if it has not started yet. */
  readonly startedAt: number;
  /** Simulated milliseconds. */
  readonly duration: number;
  /** The status that it ends in. Default: 'Completed'. */
  readonly outcome?: SnapshotOutcome;
  /** False for one that is never exportable, such as an hourly one. Default: when completed. */
  readonly exportable?: boolean;
}

/** A key of the customer in the key service of a cloud. */
export interface KeyRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** Its id in the key service. */
  readonly keyId: string;
  readonly region: string;
  readonly cloudProvider: string;
  /** The type of instances that it can encrypt. */
  readonly instanceType: string;
  /** Simulated milliseconds since the epoch. */
  readonly createdAt: number;
}
/** How a snapshot can end (Aura API v1 specification). */
export type SnapshotOutcome = 'Completed' | 'Failed' | 'Cancelled';

/** The values that a PATCH can change. */
export interface InstanceValues {
  readonly name: string;
  readonly memory: string;
  readonly storage: string;
  readonly vectorOptimized: boolean;
  readonly graphAnalyticsPlugin: boolean;
  readonly secondariesCount?: number;
  readonly cdcEnrichmentMode?: string;
}

/** A future change of status and its values. */
export interface Phase {
  /** Simulated milliseconds since the epoch. */
  readonly at: number;
  readonly status: string;
  readonly values?: Partial<InstanceValues>;
  /** After an upgrade. */
  readonly type?: string;
}

/**
 * An instance with its future changes. `settle` computes its current state: no timers are needed.
 */
export interface InstanceRecord {
  readonly id: string;
  readonly tenantId: string;
  type: string;
  readonly cloudProvider: string;
  readonly region: string;
  readonly version: string;
  readonly username: string;
  readonly password: string;
  readonly connectionUrl: string;
  readonly customerManagedKeyId?: string | undefined;
  readonly createdAt: number;
  /** The time that clients are told, by Aura's clocks. */
  readonly createdAtShown: number;
  /** From when requests by id find it. */
  readonly visibleFrom: number;
  /** From when lists show it. */
  readonly listedFrom: number;
  status: string;
  values: InstanceValues;
  phases: readonly Phase[];
  /** A status that reads still show, until simulated milliseconds since the epoch. */
  outdated?: { readonly status: string; readonly until: number };
  snapshots: readonly SnapshotRecord[];
  /** The snapshot or instance that its data was last restored or copied from. */
  dataFrom?: string;
  deleteRequestedAt?: number;
  deletedAt?: number;
}
