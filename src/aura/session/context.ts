import type { Patience } from '../../core/time/patience.ts';
import type { TokenSource } from '../../core/oauth/token.ts';
import type { DeploymentStore } from '../../core/github/deployments.ts';
import type { PullRequests } from '../../core/github/pull-requests.ts';
import type { AuraReport } from './report.ts';
import type { PostAccess } from './post-access.ts';

/** What an operation uses besides the client and its request. */
export interface Context {
  readonly report: AuraReport;
  /** Clock, deadline and cancellation of the step. */
  readonly patience: Patience;
  /** For the token inside sealed credentials. */
  readonly tokens: Pick<TokenSource, 'known'>;
  /** Where sealed credentials are stored for later runs; stores nothing if not requested. */
  readonly store: DeploymentStore;
}

/** What a main step has in addition, because it can have a post step. */
export interface MainContext extends Context {
  /**
   * Saves what the post step needs for requests to Aura.
   *
   * @throws ActionError if it cannot be saved.
   */
  readonly openPostAccess: () => PostAccess;
  /** Asks whether a pull request still needs the instances of its branch. */
  readonly pullRequests: PullRequests;
}
