import type { Patience } from '../../core/time/patience.ts';
import type { TokenSource } from '../../core/oauth/token.ts';
import type { DeploymentStore } from '../../core/github/deployments.ts';
import type { PullRequests } from '../../core/github/pull-requests.ts';
import type { AuraReport } from './report.ts';
import type { PostAccess } from './post-access.ts';

/** What an operation has besides the client and its request. */
export interface Context {
  readonly report: AuraReport;
  /** Clock, deadline and cancellation of the step. */
  readonly patience: Patience;
  /** For the token inside sealed credentials. */
  readonly tokens: Pick<TokenSource, 'known'>;
  /** Where sealed credentials are kept for later runs; keeps nothing where none was asked for. */
  readonly store: DeploymentStore;
}

/** What a main step has besides, which can have a post step. */
export interface MainContext extends Context {
  /**
   * Leaves for the post step what it needs to ask Aura.
   *
   * @throws ActionError if it cannot be left.
   */
  readonly openPostAccess: () => PostAccess;
  /** Tells whether a pull request still needs what its close would delete. */
  readonly pullRequests: PullRequests;
}
