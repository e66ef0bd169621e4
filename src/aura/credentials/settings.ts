import type { Credentials } from '../../core/oauth/token.ts';
import type { Bundle } from './bundle.ts';

/** Who logs in to a database. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** The first line of every env file that this action writes. */
export const envFileMarker = '# Written by aura-action';

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

/** What a hand-over has to know of its step besides. */
export interface StepSettings {
  readonly credentials: Credentials;
  readonly apiUrl: URL;
  /** Where sealed credentials are kept for later runs. */
  readonly credentialsStore: 'none' | 'deployment';
  /** Say what would be done, and change nothing. */
  readonly dryRun: boolean;
}
