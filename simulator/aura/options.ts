import type { Allowance, HarnessOptions } from '../core/options.ts';
import type { InstanceConfiguration } from './configurations.ts';

/** Durations in simulated milliseconds. `Infinity` means never. */
export interface Durations {
  /** From the response to a creation until `running`. */
  readonly create: number;
  readonly pause: number;
  readonly resume: number;
  /** From the response to a deletion until the instance is deleted. */
  readonly delete: number;
  /** How long `updating` lasts. */
  readonly resize: number;
  readonly restore: number;
  readonly overwrite: number;
  /** From the start of a snapshot until `Completed`. */
  readonly snapshot: number;
  /** How long requests by id still get 404 for a new instance (seen live). */
  readonly readAfterCreate: number;
  /** How long a new instance is still missing in lists; no such lag has been reported. */
  readonly listAfterCreate: number;
  /** How long lists still contain a deleted instance; no such lag has been reported. */
  readonly listAfterDelete: number;
  /** How long the old state is still shown after a PATCH was accepted (seen live). */
  readonly readAfterUpdate: number;
  /**
   * How long reads still show the status from before a pause, resume, restore, overwrite or deletion
   * was accepted; a client of the real API has seen `running` right after a restore.
   */
  readonly readAfterAction: number;
  /**
   * From `running` until the first automatic snapshot starts; `Infinity`: there is none. At once in
   * a note of 2026 about the real API; the Terraform provider's published example needs a pause.
   */
  readonly firstSnapshot: number;
  /** From the response to the creation of a customer managed key until it is ready. */
  readonly key: number;
}

/** A project of the simulated account. */
export interface TenantOptions {
  /** Default: a random UUID. */
  readonly id?: string;
  readonly name: string;
  /** The configurations that are available in it. Default: every tier in three clouds. */
  readonly configurations?: readonly InstanceConfiguration[];
  /** Whether the credentials can access it. Default: true. */
  readonly reachable?: boolean;
}

/** Another API client, with its own credentials. */
export interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * Its own account: only this client can access these tenants, and it can access no others.
   * Default: the first client's.
   */
  readonly tenants?: readonly TenantOptions[];
}

/** All options of the Aura simulator. */
export interface SimulatorOptions extends HarnessOptions {
  /**
   * How far the database's clock (source of `created_at`) is ahead of the gateway's (source of
   * `Date`), in milliseconds; negative if behind. Up to 2 s are likely. Default: 0.
   */
  readonly createdAtSkew?: number;
  /** Default: random. */
  readonly clientId?: string;
  /** Default: random. */
  readonly clientSecret?: string;
  /** Default: one named 'Simulated project'. */
  readonly tenants?: readonly TenantOptions[];
  /** Clients besides the first one. Default: none. */
  readonly otherClients?: readonly ClientOptions[];
  /** Default: 125, or 25 without billing. */
  readonly requestsPerMinute?: Allowance;
  /** Default: 15. */
  readonly tokensPerHour?: Allowance;
  /** Maximum number of existing instances in the whole account. Default: no limit. */
  readonly instanceQuota?: number;
  /**
   * False: only Free instances can be created, on-demand snapshots return 402, the rate limit is
   * lower.
   */
  readonly billing?: boolean;
  readonly durations?: Partial<Durations>;
  /** The user in the response to a creation. Default: 'neo4j'. Both forms are reported. */
  readonly username?: 'neo4j' | 'instance-id';
  /** Characters of generated passwords. Default: letters, digits, `-` and `_`. */
  readonly passwordAlphabet?: string;
  /**
   * The id at the start of the host in `connection_url`. Default: 'instance-id'. Both seen live.
   */
  readonly connectionHost?: 'instance-id' | 'database-id';
  /** The role of the credentials' user; a viewer gets 403 on every change. Default: 'member'. */
  readonly role?: 'member' | 'viewer';
  /**
   * Properties of a body that the description does not declare. 'ignore', the default: as Aura,
   * probably. 'refuse': 400, which finds misspelled properties in a client.
   */
  readonly unknownFields?: 'ignore' | 'refuse';
  /** Whether a free instance can be paused. Default: true. False: 400. */
  readonly pauseFree?: boolean;
  /** The response to a request by id for a deleted instance. Default: 404; 410 has been seen. */
  readonly deletedStatus?: 404 | 410;
  /** The response to an expired token. Default: 401 (seen live); the documentation says 403. */
  readonly expiredTokenStatus?: 401 | 403;
  /** Lifetime of an access token in seconds of the client's time. Default: 3600. */
  readonly tokenLifetimeSeconds?: number;
}

const MINUTE = 60_000;

/** Aura publishes no durations: these are within the range that users report. */
export const DEFAULT_DURATIONS: Durations = {
  create: 3 * MINUTE,
  pause: 2 * MINUTE,
  resume: 4 * MINUTE,
  delete: MINUTE,
  resize: 3 * MINUTE,
  restore: 3 * MINUTE,
  overwrite: 4 * MINUTE,
  snapshot: MINUTE,
  readAfterCreate: 2_000,
  listAfterCreate: 0,
  listAfterDelete: 0,
  readAfterUpdate: 5_000,
  readAfterAction: 0,
  firstSnapshot: 0,
  key: MINUTE,
};
