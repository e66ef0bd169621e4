import type { Account } from '../credentials/bundle.ts';
import type { HandOverSettings } from '../credentials/settings.ts';
import type { Branch } from '../../core/github/branch.ts';
import type { Secret } from '../../core/secrets/secret.ts';
import type { ClosedPullRequest } from '../../core/github/event.ts';

/** The tenant to work in, as the inputs name it. */
export interface WantedTenant {
  /** Its id or exact name; undefined for the only one that the credentials can access. */
  readonly wanted: string | undefined;
  /** Who sealed the credentials that it comes from, if it was another account. */
  readonly lentBy: string | undefined;
  /** Where it comes from, at the beginning of a sentence; undefined for the input `tenant`. */
  readonly source?: string;
}

/** The limits of what a step may change. */
export interface GuardSettings {
  readonly tenant: WantedTenant;
  /** Name patterns; an instance that matches one is never deleted, restored or overwritten. */
  readonly protectedNames: readonly string[];
  /** Maximum number of instances to delete; above it the step fails and deletes nothing. */
  readonly maxDeletions: number;
  /** Log what the step would do, and change nothing. */
  readonly dryRun: boolean;
}

/** The inputs that every operation shares; a session is opened from them. */
export interface SessionSettings {
  readonly account: Account;
  readonly timeoutMilliseconds: number;
  readonly pollIntervalMilliseconds: number | undefined;
  readonly guard: GuardSettings;
  readonly handOver: HandOverSettings;
  /** For the store and for requests about pull requests. */
  readonly githubToken: Secret | undefined;
  /** Write to the job summary. */
  readonly summary: boolean;
}

/** What sealed credentials say about the instance that they select. */
export interface SealedOrigin {
  readonly tenantId: string;
  /** By Aura's clock, in epoch milliseconds. */
  readonly createdAt: number | undefined;
  /**
   * If it was not certainly this account that sealed them: Aura's "not found" then does not mean
   * that the instance is deleted.
   */
  readonly owner: { readonly sealer: string; readonly asker: string } | undefined;
}

/** The instance to work on: by id (the name is then only checked) or by name. */
export type Target = (
  | { readonly id: string; readonly name: string | undefined }
  | {
      readonly id: undefined;
      readonly name: string;
      /** The name was built from the event, not set by the user. */
      readonly fromEvent?: true;
    }
) & { readonly sealed?: SealedOrigin };

/** The configuration of an instance; undefined values are not known. */
export interface SourceConfig {
  readonly name: string | undefined;
  readonly tenantId: string | undefined;
  /** The API's code of the tier. */
  readonly type: string | undefined;
  /** Aura does not show it, but a file can have it. */
  readonly version: string | undefined;
  readonly region: string | undefined;
  readonly cloudProvider: string | undefined;
  readonly memory: string | undefined;
  readonly storage: string | undefined;
  readonly vectorOptimized: boolean | undefined;
  readonly graphAnalyticsPlugin: boolean | undefined;
  readonly customerManagedKeyId: string | undefined;
  readonly secondaries: number | undefined;
  readonly cdcEnrichmentMode: string | undefined;
}

/**
 * A create. Undefined fields come from the configuration or the instance to copy, otherwise from the
 * tenant's available configurations.
 */
export interface CreateRequest {
  readonly name: string;
  /** The API's code of the tier. */
  readonly type: string | undefined;
  readonly version: string | undefined;
  readonly region: string | undefined;
  readonly cloudProvider: string | undefined;
  readonly memory: string | undefined;
  readonly storage: string | undefined;
  readonly vectorOptimized: boolean | undefined;
  readonly graphAnalyticsPlugin: boolean | undefined;
  readonly customerManagedKeyId: string | undefined;
  /** The instance to copy. */
  readonly sourceInstanceId: string | undefined;
  /** One of its snapshots: an id, or `latest`; undefined for its current data. */
  readonly sourceSnapshotId: string | undefined;
  /** The configuration of an instance, to create another one like it. */
  readonly config: SourceConfig | undefined;
  /** Whether the inputs choose the tenant; otherwise a copy is created in that of its source. */
  readonly choosesTenant: boolean;
  /** What to do if an instance with this name exists. */
  readonly ifExists: 'reuse' | 'replace' | 'fail';
  /** Let the post step delete the instance that this step created. */
  readonly deleteAfterJob: boolean;
  readonly wait: boolean;
}

/** Several instances to work on: those with the ids, or those of the tenant whose names match. */
export type Several =
  | { readonly ids: readonly string[]; readonly pattern?: undefined }
  | { readonly ids?: undefined; readonly pattern: string };

/** One instance or several: a pattern means several, even if only one name matches. */
export type Choice =
  | { readonly target: Target; readonly several?: undefined }
  | { readonly target?: undefined; readonly several: Several };

export type GetRequest = Choice;

/** A poll; without `waitFor` it ends when the status is no longer transitional. */
export interface PollRequest {
  readonly target: Target;
  readonly waitFor: 'running' | 'paused' | 'deleted' | undefined;
}

export type PauseRequest = Choice & { readonly wait: boolean };

export type ResumeRequest = Choice & { readonly wait: boolean };

export interface SnapshotRequest {
  readonly target: Target;
  readonly wait: boolean;
}

/** New values for an instance; undefined ones stay as they are. At least one is set. */
export interface ResizeRequest {
  readonly target: Target;
  readonly memory: string | undefined;
  readonly storage: string | undefined;
  readonly vectorOptimized: boolean | undefined;
  readonly graphAnalyticsPlugin: boolean | undefined;
  readonly secondaries: number | undefined;
  readonly cdcEnrichmentMode: string | undefined;
  readonly newName: string | undefined;
  readonly wait: boolean;
}

export interface RestoreRequest {
  readonly target: Target;
  /** An id, or `latest`. */
  readonly snapshotId: string;
  readonly wait: boolean;
}

export interface OverwriteRequest {
  readonly target: Target;
  /** The instance to copy; the target itself if one of its snapshots is copied. */
  readonly sourceInstanceId: string;
  /** An id, or `latest`; undefined for the current data of the source. */
  readonly sourceSnapshotId: string | undefined;
  readonly wait: boolean;
}

/** The target of a delete without a name: the instances of the event's branch. */
export interface BranchInstances {
  /** `owner/repo`. */
  readonly repository: string;
  readonly branch: Branch;
  /** Only the instance with this suffix; undefined for all, with and without one. */
  readonly suffix: string | undefined;
  /** The pull request of the branch, if the event says that it is closed. */
  readonly closed: ClosedPullRequest | undefined;
}

export type DeleteRequest = Choice & {
  /** Undefined if the step named the instance, or several. */
  readonly ofBranch: BranchInstances | undefined;
  /** Why there is nothing to delete for this event. */
  readonly nothingToDo: string | undefined;
  readonly wait: boolean;
};

/** A sweep: which of the tenant's instances nobody needs any longer. */
export interface SweepRequest {
  /** `owner/repo`: instances with names of this repository are considered. */
  readonly repository: string;
  /** The default branches that the event names; empty if GitHub must be asked. */
  readonly defaultBranches: readonly string[];
  readonly keep: 'pull-requests' | 'branches';
  /** A glob: only instances with such a name, also those that no branch gives. */
  readonly namePattern: string | undefined;
  /** Only instances older than this, in milliseconds. */
  readonly maxAge: number | undefined;
  readonly wait: boolean;
}

/** The request of each operation. */
export interface Requests {
  readonly create: CreateRequest;
  readonly get: GetRequest;
  readonly poll: PollRequest;
  readonly pause: PauseRequest;
  readonly resume: ResumeRequest;
  readonly resize: ResizeRequest;
  readonly snapshot: SnapshotRequest;
  readonly restore: RestoreRequest;
  readonly overwrite: OverwriteRequest;
  readonly delete: DeleteRequest;
  readonly sweep: SweepRequest;
}

/** The name of an operation. */
export type Operation = keyof Requests;

/** An operation with its request. */
export type Task<O extends Operation = Operation> = {
  readonly [Each in O]: { readonly operation: Each; readonly request: Requests[Each] };
}[O];

/** A step's inputs, valid and complete. */
export interface Step {
  readonly settings: SessionSettings;
  readonly task: Task;
}
