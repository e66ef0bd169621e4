import type { Credentials } from '../../core/oauth/token.ts';
import type { Bundle } from '../credentials/bundle.ts';
import type { Branch } from '../../core/github/branch.ts';
import type { ClosedPullRequest } from '../../core/github/event.ts';

/** What every operation needs. */
export interface CommonRequest {
  readonly credentials: Credentials;
  readonly apiUrl: URL;
  /** A tenant's id or exact name. */
  readonly tenant: string | undefined;
  readonly wait: boolean;
  readonly timeoutMilliseconds: number;
  readonly pollIntervalMilliseconds: number | undefined;
  /** Globs over names; an instance that matches one is never deleted. */
  readonly protectedNames: readonly string[];
  /** More deletions than this are an error, and then nothing is deleted. */
  readonly maxDeletions: number;
  /** Say what would be done, and change nothing. */
  readonly dryRun: boolean;
  /** Where sealed credentials are kept for later runs. */
  readonly credentialsStore: 'none' | 'deployment';
  /** For the store and for questions about pull requests. */
  readonly githubToken: string | undefined;
}

/** Who logs in to a database. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** How credentials are handed on. */
export interface HandOver {
  /** What they are sealed with. */
  readonly sealingKey: string;
  /** What an earlier step sealed. */
  readonly sealed: Bundle | undefined;
  /** The text that `sealed` was opened from. */
  readonly sealedText?: string | undefined;
  /** What was given for an instance that exists already. */
  readonly login: Login | undefined;
  readonly exportEnv: boolean;
  /** Checked, absolute. */
  readonly envFile: string | undefined;
  readonly verify: 'off' | 'warn' | 'require';
}

/** Which instance an operation works on: by id, and then the name is only checked, or by name. */
export type Target =
  | { readonly id: string; readonly name: string | undefined }
  | {
      readonly id: undefined;
      readonly name: string;
      /** Nobody gave the name: it was made from the event. */
      readonly fromEvent?: true;
    };

/** A request that works on an instance that is there. */
export interface TargetRequest extends CommonRequest {
  readonly target: Target;
  /** What an earlier step sealed: it has lent its tenant and its token. */
  readonly sealed: Bundle | undefined;
}

/** A create; what is undefined is taken from what the tenant offers. */
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
  /** What to do with an instance of that name. */
  readonly ifExists: 'reuse' | 'replace' | 'fail';
  /** Leave it to the post step to delete what this step made. */
  readonly deleteAfterJob: boolean;
}

/** A poll; without `waitFor` it ends at the next status that is not transitional. */
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

/** What a delete without a name works on: what the branch of the event has. */
export interface BranchInstances {
  /** `owner/repo`. */
  readonly repository: string;
  readonly branch: Branch;
  /** Only the instance with this suffix; undefined for all, with and without one. */
  readonly suffix: string | undefined;
  /** The pull request of the branch, where the event says that it is closed. */
  readonly closed: ClosedPullRequest | undefined;
}

export interface DeleteRequest extends TargetRequest {
  readonly operation: 'delete';
  /** Undefined where the instance was named. */
  readonly ofBranch: BranchInstances | undefined;
}

/** A step whose event leaves it nothing to do. */
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
