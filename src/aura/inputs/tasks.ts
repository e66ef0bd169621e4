import type { RunEvent } from '../../core/github/event.ts';
import { defaultBranchesOf } from '../../core/github/default-branch.ts';
import type { BranchInstances, Operation, Target, Task } from './request.ts';
import type { Reader } from './table.ts';

/** Values that depend on several inputs. */
interface Meaning {
  /** The name of a new instance. */
  readonly name: string;
  readonly target: Target;
  readonly ofBranch: BranchInstances | undefined;
  readonly nothingToDo: string | undefined;
  readonly event: RunEvent;
}

/** Each operation with its request: its own inputs, and no others. */
export const tasks: Readonly<Record<Operation, (read: Reader, meaning: Meaning) => Task>> = {
  create: (read, { name }) => ({
    operation: 'create',
    request: {
      name,
      type: read.sure('tier'),
      version: read.sure('version'),
      region: read.value('region'),
      cloudProvider: read.value('cloud-provider'),
      memory: read.value('memory'),
      storage: read.value('storage'),
      vectorOptimized: read.value('vector-optimized'),
      graphAnalyticsPlugin: read.value('graph-analytics-plugin'),
      customerManagedKeyId: read.value('customer-managed-key-id'),
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
  delete: (read, { target, ofBranch, nothingToDo }) => ({
    operation: 'delete',
    request: { target, ofBranch, nothingToDo, wait: read.sure('wait') },
  }),
  sweep: (read, { event }) => ({
    operation: 'sweep',
    request: {
      repository: event.repository,
      defaultBranches: defaultBranchesOf(event),
      keep: read.sure('keep'),
      maxAge: read.value('max-age'),
      wait: read.sure('wait'),
    },
  }),
};
