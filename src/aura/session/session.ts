import type { AuraClient } from '../api/client.ts';
import type { HandOver } from '../credentials/hand-over.ts';
import type { DeploymentStore } from '../../core/github/deployments.ts';
import type { LiveBranches } from '../../core/github/live-branches.ts';
import type { PullRequests } from '../../core/github/pull-requests.ts';
import type { Patience } from '../../core/time/patience.ts';
import type { Guard } from './guard.ts';
import type { Ledger } from './ledger.ts';
import type { PostAccess } from './post-access.ts';
import type { AuraReport } from './report.ts';

/** The objects that work on instances. Each contains the inputs that it needs. */
export interface Session {
  readonly client: AuraClient;
  /** Clock, time limits and cancellation of the step. */
  readonly patience: Patience;
  /** Decides what may be changed. */
  readonly guard: Guard;
  /** Records the instances, for the outputs and the texts of failures. */
  readonly ledger: Ledger;
  /** Where sealed credentials are stored for later runs; stores nothing if not requested. */
  readonly store: DeploymentStore;
  readonly report: AuraReport;
  /** Set if other instances are worked on at the same time: log lines begin with the name. */
  readonly alongside?: true;
}

/** The session of a main step's operation. */
export interface MainSession extends Session {
  /** Passes credentials on, and finds those of an existing instance. */
  readonly handOver: HandOver;
  /** Asks whether a pull request still needs the instances of its branch. */
  readonly pullRequests: PullRequests;
  /**
   * Asks GitHub which branches of the repository are in use.
   *
   * @param defaultBranches those that the event names; if there are none, GitHub is asked.
   * @throws ActionError if an answer is missing or incomplete.
   */
  readonly liveBranches: (defaultBranches: readonly string[]) => Promise<LiveBranches>;
  /**
   * Saves what the post step needs for requests to Aura.
   *
   * @throws ActionError if it cannot be saved.
   */
  readonly openPostAccess: () => PostAccess;
}
