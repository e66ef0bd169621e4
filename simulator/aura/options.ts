import type { Allowance, HarnessOptions } from '../core/options.ts';
import type { InstanceConfiguration } from './configurations.ts';

/** How long things take, in simulated milliseconds. `Infinity` means never. */
export interface Durations {
  /** From the answer to a creation until `running`. */
  readonly create: number;
  readonly pause: number;
  readonly resume: number;
  /** From the answer to a deletion until the instance is gone. */
  readonly delete: number;
  /** How long `updating` lasts. */
  readonly resize: number;
  readonly restore: number;
  readonly overwrite: number;
  /** From the start of a snapshot until `Completed`. */
  readonly snapshot: number;
  /** How long a new instance is still answered with 404 when asked for by id (seen live). */
  readonly readAfterCreate: number;
  /** How long a new instance is still missing in lists; no such lag has been reported. */
  readonly listAfterCreate: number;
  /** How long an instance that is gone, by its id, is still in lists; no such lag has been reported. */
  readonly listAfterDelete: number;
  /** How long the old state is still shown after a PATCH was accepted (seen live). */
  readonly readAfterUpdate: number;
}

/** A project of the simulated account. */
export interface TenantOptions {
  /** A random UUID when left out. */
  readonly id?: string;
  readonly name: string;
  /** What may be created in it; every tier in three clouds when left out. */
  readonly configurations?: readonly InstanceConfiguration[];
  /** Whether the credential may see it; true when left out. */
  readonly reachable?: boolean;
}

/** Another API client, with credentials of its own. */
export interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its own account: it sees these only, and nobody else does. The first client's when left out. */
  readonly tenants?: readonly TenantOptions[];
}

/** Everything about a simulator of Aura that can be chosen. */
export interface SimulatorOptions extends HarnessOptions {
  /**
   * How far the database's clock, which `created_at` comes from, is ahead of the gateway's, which
   * `Date` comes from, in milliseconds; negative where it is behind. Up to 2 s are likely. 0 when
   * left out.
   */
  readonly createdAtSkew?: number;
  /** Random when left out. */
  readonly clientId?: string;
  /** Random when left out. */
  readonly clientSecret?: string;
  /** One named 'Simulated project' when left out. */
  readonly tenants?: readonly TenantOptions[];
  /** Clients besides the first one; none when left out. */
  readonly otherClients?: readonly ClientOptions[];
  /** 125, or 25 without billing, when left out. */
  readonly requestsPerMinute?: Allowance;
  /** 15 when left out. */
  readonly tokensPerHour?: Allowance;
  /** Instances that may live at one time in the whole account; no limit when left out. */
  readonly instanceQuota?: number;
  /** False: only free instances may be created, on-demand snapshots cost 402, the rate limit is lower. */
  readonly billing?: boolean;
  readonly durations?: Partial<Durations>;
  /** What the answer to a creation names as user; 'neo4j' when left out. Both forms are reported. */
  readonly username?: 'neo4j' | 'instance-id';
  /** Characters of generated passwords; letters, digits, `-` and `_` when left out. */
  readonly passwordAlphabet?: string;
  /** Whose id the host of `connection_url` begins with; 'instance-id' when left out. Both seen live. */
  readonly connectionHost?: 'instance-id' | 'database-id';
  /** What the credential's user may do; a viewer gets 403 on every change. 'member' when left out. */
  readonly role?: 'member' | 'viewer';
  /** Whether a free instance can be paused; true when left out. False: 400. */
  readonly pauseFree?: boolean;
  /** How a request by id for an instance that is gone is answered: 404 when left out; 410 has been seen. */
  readonly deletedStatus?: 404 | 410;
  /** 401 (seen live) when left out; official prose says 403. */
  readonly expiredTokenStatus?: 401 | 403;
  /** Life of an access token in seconds of simulated time; 3600 when left out. */
  readonly tokenLifetimeSeconds?: number;
}

const MINUTE = 60_000;

/** Aura publishes no durations: these are in the range of what users report. */
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
};
