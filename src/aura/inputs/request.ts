import type { HandOver, StepSettings } from '../credentials/settings.ts';
import type { Bundle } from '../credentials/bundle.ts';
import type { Branch } from '../../core/github/branch.ts';
import type { ClosedPullRequest } from '../../core/github/event.ts';

/** What every operation needs. */
export interface CommonRequest extends StepSettings {
  /** A tenant's id or exact name. */
  readonly tenant: string | undefined;
  readonly wait: boolean;
  readonly timeoutMilliseconds: number;
  readonly pollIntervalMilliseconds: number | undefined;
  /** Name patterns; an instance that matches one is never deleted. */
  readonly protectedNames: readonly string[];
  /** Maximum number of instances to delete; above it the step fails and deletes nothing. */
  readonly maxDeletions: number;
  /** For the store and for requests about pull requests. */
  readonly githubToken: string | undefined;
}

/** The instance to work on: by id (the name is then only checked) or by name. */
export type Target =
  | { readonly id: string; readonly name: string | undefined }
  | {
      readonly id: undefined;
      readonly name: string;
      /** The name was built from the event, not set by the user. */
      readonly fromEvent?: true;
    };

/** A request for an existing instance. */
export interface TargetRequest extends CommonRequest {
  readonly target: Target;
  /** Credentials that an earlier step sealed; their tenant and token are used. */
  readonly sealed: Bundle | undefined;
}

/** A create; undefined fields get defaults from the tenant's available configurations. */
export interface CreateRequest extends CommonRequest, HandOver {
  readonly operation: 'create';
  readonly name: string;
  /** The API's code of the tier. */
  readonly type: string;
  readonly version: string;
  readonly region: string | undefined;
  readonly cloudProvider: string | undefined;
  readonly memory: string | undefined;
  readonly storage: string | undefined;
  readonly vectorOptimized: boolean | undefined;
  readonly graphAnalyticsPlugin: boolean | undefined;
  readonly customerManagedKeyId: string | undefined;
  /** What to do if an instance with this name exists. */
  readonly ifExists: 'reuse' | 'replace' | 'fail';
  /** Let the post step delete the instance that this step created. */
  readonly deleteAfterJob: boolean;
}

/** A poll; without `waitFor` it ends when the status is no longer transitional. */
export interface PollRequest extends TargetRequest, HandOver {
  readonly operation: 'poll';
  readonly waitFor: 'running' | 'paused' | 'deleted' | undefined;
}

export interface GetRequest extends TargetRequest, HandOver {
  readonly operation: 'get';
}

export interface PauseRequest extends TargetRequest {
  readonly operation: 'pause';
}

export interface ResumeRequest extends TargetRequest, HandOver {
  readonly operation: 'resume';
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

export interface DeleteRequest extends TargetRequest {
  readonly operation: 'delete';
  /** Undefined if the step named the instance. */
  readonly ofBranch: BranchInstances | undefined;
}

/** A step that has nothing to do for its event. */
export interface IdleRequest extends CommonRequest {
  readonly operation: 'none';
  readonly why: string;
}

/** A step's inputs, valid and complete. */
export type Request =
  | CreateRequest
  | GetRequest
  | PollRequest
  | PauseRequest
  | ResumeRequest
  | DeleteRequest
  | IdleRequest;
