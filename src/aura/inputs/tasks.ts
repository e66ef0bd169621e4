import type { BranchInstances, Operation, SourceConfig, Target, Task } from './request.ts';
import type { Reader } from './table.ts';

/** Values that depend on several inputs. */
interface Meaning {
  /** The name of a new instance. */
  readonly name: string;
  readonly target: Target;
  readonly ofBranch: BranchInstances | undefined;
  readonly nothingToDo: string | undefined;
  readonly config: SourceConfig | undefined;
}

/** Each operation with its request: its own inputs, and no others. */
export const tasks: Readonly<Record<Operation, (read: Reader, meaning: Meaning) => Task>> = {
  create: (read, { name, config }) => ({
    operation: 'create',
    request: {
      name,
      type: read.value('tier'),
      version: read.value('version'),
      region: read.value('region'),
      cloudProvider: read.value('cloud-provider'),
      memory: read.value('memory'),
      storage: read.value('storage'),
      vectorOptimized: read.value('vector-optimized'),
      graphAnalyticsPlugin: read.value('graph-analytics-plugin'),
      customerManagedKeyId: read.value('customer-managed-key-id'),
      sourceInstanceId: read.value('source-instance-id'),
      sourceSnapshotId: read.value('source-snapshot-id'),
      config,
      choosesTenant: read.given('tenant') || config?.tenantId !== undefined,
      ifExists: read.sure('if-exists'),
      deleteAfterJob: read.sure('delete-after-job'),
      wait: read.sure('wait'),
    },
  }),
  get: (_, { target }) => ({ operation: 'get', request: { target } }),
  poll: (read, { target }) => ({
    operation: 'poll',
    request: { target, waitFor: read.value('wait-for') },
  }),
  pause: (read, { target }) => ({
    operation: 'pause',
    request: { target, wait: read.sure('wait') },
  }),
  resume: (read, { target }) => ({
    operation: 'resume',
    request: { target, wait: read.sure('wait') },
  }),
  snapshot: (read, { target }) => ({
    operation: 'snapshot',
    request: { target, wait: read.sure('wait') },
  }),
  resize: (read, { target }) => ({
    operation: 'resize',
    request: {
      target,
      memory: read.value('memory'),
      storage: read.value('storage'),
      vectorOptimized: read.value('vector-optimized'),
      graphAnalyticsPlugin: read.value('graph-analytics-plugin'),
      secondaries: read.value('secondaries'),
      cdcEnrichmentMode: read.value('cdc-enrichment-mode'),
      newName: read.value('new-name'),
      wait: read.sure('wait'),
    },
  }),
  restore: (read, { target }) => ({
    operation: 'restore',
    request: { target, snapshotId: read.sure('snapshot-id'), wait: read.sure('wait') },
  }),
  overwrite: (read, { target }) => ({
    operation: 'overwrite',
    request: {
      target,
      sourceInstanceId: read.sure('source-instance-id'),
      sourceSnapshotId: read.value('source-snapshot-id'),
      wait: read.sure('wait'),
    },
  }),
  delete: (read, { target, ofBranch, nothingToDo }) => ({
    operation: 'delete',
    request: { target, ofBranch, nothingToDo, wait: read.sure('wait') },
  }),
};
