import type { DeploymentStore } from '../../core/github/deployments.ts';
import type { TokenSource } from '../../core/oauth/token.ts';
import type { Report } from '../../core/runner/report.ts';
import type { Secret } from '../../core/secrets/secret.ts';
import type { Patience } from '../../core/time/patience.ts';
import type { Account, Bundle } from './bundle.ts';

/** Who logs in to a database. */
export interface Login {
  readonly username: string;
  readonly password: Secret;
}

/** The first line of every env file that this action writes. */
export const envFileMarker = '# Written by aura-action';

/** How credentials are passed on, and what the inputs say about existing ones. */
export interface HandOverSettings {
  /** The key to seal them with. */
  readonly sealingKey: Secret;
  /** The credentials that an earlier step sealed. */
  readonly sealed: Bundle | undefined;
  /** The text that `sealed` was opened from. */
  readonly sealedText: string | undefined;
  /** The credentials from the inputs, for an existing instance. */
  readonly login: Login | undefined;
  readonly exportEnv: boolean;
  /** Checked, absolute. */
  readonly envFile: string | undefined;
  readonly verify: 'off' | 'warn' | 'require';
  /** Where sealed credentials are stored for later runs. */
  readonly credentialsStore: 'none' | 'deployment';
  /** Log what the step would do, and change nothing. */
  readonly dryRun: boolean;
}

/** The outputs for credentials. */
type CredentialOutput =
  | 'instance-id'
  | 'name'
  | 'connection-uri'
  | 'username'
  | 'password'
  | 'tenant'
  | 'sealed-credentials';

/** The objects that a hand-over uses. */
export interface HandOverParts {
  readonly settings: HandOverSettings;
  /** Who seals. */
  readonly account: Account;
  readonly report: Pick<
    Report<CredentialOutput>,
    'mask' | 'outputs' | 'exportEnv' | 'warning' | 'info' | 'debug' | 'group'
  >;
  readonly patience: Patience;
  /** For the token inside sealed credentials. */
  readonly tokens: Pick<TokenSource, 'known'>;
  readonly store: DeploymentStore;
}
