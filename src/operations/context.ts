import type { Patience } from '../aura/retry.ts';
import type { TokenSource } from '../aura/token.ts';
import type { DeploymentStore } from '../github/deployments.ts';
import type { Report } from '../report.ts';

/** What an operation has besides the client and its request. */
export interface Context {
  readonly report: Report;
  /** Clock, deadline and cancellation of the step. */
  readonly patience: Patience;
  /** For the token that travels with sealed credentials. */
  readonly tokens: Pick<TokenSource, 'known'>;
  /** Where sealed credentials are kept for later runs; keeps nothing where none was asked for. */
  readonly store: DeploymentStore;
}
