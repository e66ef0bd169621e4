import type { Credentials } from '../../core/oauth/token.ts';
import type { Bundle } from './bundle.ts';

/** Who logs in to a database. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** The first line of every env file that this action writes. */
export const envFileMarker = '# Written by aura-action';

/** How credentials are passed on. */
export interface HandOver {
  /** The key to seal them with. */
  readonly sealingKey: string;
  /** The credentials that an earlier step sealed. */
  readonly sealed: Bundle | undefined;
  /** The text that `sealed` was opened from. */
  readonly sealedText?: string | undefined;
  /** The credentials from the inputs, for an existing instance. */
  readonly login: Login | undefined;
  readonly exportEnv: boolean;
  /** Checked, absolute. */
  readonly envFile: string | undefined;
  readonly verify: 'off' | 'warn' | 'require';
}

/** What else a hand-over needs from its step. */
export interface StepSettings {
  readonly credentials: Credentials;
  readonly apiUrl: URL;
  /** Where sealed credentials are stored for later runs. */
  readonly credentialsStore: 'none' | 'deployment';
  /** Log what would be done, and change nothing. */
  readonly dryRun: boolean;
}
