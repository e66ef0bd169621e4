import { randomBytes, randomUUID } from 'node:crypto';

import type { Refusal } from '../core/answer.ts';
import type { Allowance } from '../core/options.ts';
import { slidingWindow, type SlidingWindow } from '../core/rate-limit.ts';
import { checkSkew, createHarnessWorld, type HarnessWorld, type Limits } from '../core/world.ts';
import { standardConfigurations, type InstanceConfiguration } from './configurations.ts';
import { alreadyDeleted, forbidden, instanceNotFound } from './errors.ts';
import { AURA_FAULTS } from './faults.ts';
import { GONE, settle } from './instances.ts';
import {
  DEFAULT_DURATIONS,
  type Durations,
  type SimulatorOptions,
  type TenantOptions,
} from './options.ts';
import type { InstanceRecord, KeyRecord } from './records.ts';
import { createTokenBook, type TokenBook } from './tokens.ts';

/** A project and the configurations that are available in it. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly configurations: readonly InstanceConfiguration[];
  readonly reachable: boolean;
}

/** An API client, and the tenants of its account. */
export interface ApiClient {
  readonly clientSecret: string;
  readonly tenants: readonly Tenant[];
}

/** Settings that can be changed at run time. */
export interface AuraLimits extends Limits {
  tokensPerHour: Allowance;
}

/** The state of an Aura simulator. */
export interface World extends HarnessWorld {
  readonly options: SimulatorOptions;
  readonly durations: Durations;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Tenants of the client whose request is being answered, otherwise of the first client. */
  readonly tenants: readonly Tenant[];
  /** Clients by id, including the first one. */
  readonly clients: ReadonlyMap<string, ApiClient>;
  /** Every instance ever created, oldest first. */
  readonly instances: Map<string, InstanceRecord>;
  /** Customer managed keys by id, oldest first. */
  readonly keys: Map<string, KeyRecord>;
  readonly tokens: TokenBook;
  readonly limits: AuraLimits;
  readonly tokenWindow: SlidingWindow;
}

/**
 * The initial world: tenants without instances.
 *
 * @throws RangeError if the skew of Aura's clock is not a safe integer
 */
export function createWorld(options: SimulatorOptions): World {
  const common = createHarnessWorld(options, AURA_FAULTS);
  checkSkew('createdAtSkew', options.createdAtSkew);
  const clientSecret = options.clientSecret ?? randomBytes(32).toString('base64url');
  const clientId = options.clientId ?? randomBytes(24).toString('base64url');
  const tenants = (options.tenants ?? [{ name: 'Simulated project' }]).map(makeTenant);
  const others = (options.otherClients ?? []).map((other): [string, ApiClient] => [
    other.clientId,
    { clientSecret: other.clientSecret, tenants: other.tenants?.map(makeTenant) ?? tenants },
  ]);
  return {
    ...common,
    options,
    durations: { ...DEFAULT_DURATIONS, ...options.durations },
    clientId,
    clientSecret,
    tenants,
    clients: new Map([[clientId, { clientSecret, tenants }], ...others]),
    instances: new Map(),
    keys: new Map(),
    tokens: createTokenBook({
      lifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
      expiredStatus: options.expiredTokenStatus ?? 401,
    }),
    limits: {
      requestsPerMinute: options.requestsPerMinute ?? (options.billing === false ? 25 : 125),
      tokensPerHour: options.tokensPerHour ?? 15,
      retryAfter: common.limits.retryAfter,
    },
    tokenWindow: slidingWindow(3_600_000),
    secrets: new Set([clientSecret, ...others.map(([, other]) => other.clientSecret)]),
  };
}

/** What lists show now: for a while they may lack new instances and still contain deleted ones. */
export function listedInstances(world: World): readonly InstanceRecord[] {
  const now = world.clock.now();
  const { listAfterDelete } = world.durations;
  return everyInstance(world).filter(
    ({ listedFrom, deletedAt = Infinity }) =>
      listedFrom <= now && now < deletedAt + listAfterDelete,
  );
}

/** The answer to a request by id for a deleted instance: 404, or 410 if so configured. */
export function gone(world: World, id: string): Refusal {
  return world.options.deletedStatus === 410 ? alreadyDeleted(id) : instanceNotFound(id);
}

function makeTenant(tenant: TenantOptions): Tenant {
  return {
    id: tenant.id ?? randomUUID(),
    name: tenant.name,
    configurations: tenant.configurations ?? standardConfigurations(),
    reachable: tenant.reachable ?? true,
  };
}

/** The world as one client sees it: the same one, with the tenants of its account. */
export function worldOf(world: World, clientId: string): World {
  return { ...world, tenants: world.clients.get(clientId)?.tenants ?? [] };
}

/** Every instance ever created, in its current state. */
export function everyInstance(world: World): readonly InstanceRecord[] {
  const now = world.clock.now();
  return Array.from(world.instances.values(), (record) => {
    settle(record, now);
    return record;
  });
}

/** All existing instances, including those being deleted. */
export function livingInstances(world: World): readonly InstanceRecord[] {
  return everyInstance(world).filter((record) => record.status !== GONE);
}

/** Whether something of a tenant belongs to this account. */
export function isOwn(world: World, { tenantId }: { readonly tenantId: string }): boolean {
  return world.tenants.some(({ id }) => id === tenantId);
}

/** Whether the credentials can access a tenant. */
export function isReachable(world: World, tenantId: string): boolean {
  return world.tenants.some((tenant) => tenant.id === tenantId && tenant.reachable);
}

/**
 * The instance that a request asks for by id.
 *
 * @throws Refusal (404) if it does not exist, is not visible yet or was deleted (then 410 if so
 *   configured); (403) if its tenant is not accessible
 */
export function findInstance(world: World, id: string): InstanceRecord {
  const record = world.instances.get(id);
  if (!record) throw instanceNotFound(id);
  const now = world.clock.now();
  settle(record, now);
  // Another account must not learn that it exists; assumed, not seen.
  if (!isOwn(world, record)) throw instanceNotFound(id);
  // Seen live for GET; the other requests by id are assumed to behave the same.
  if (record.status === GONE) throw gone(world, id);
  if (record.visibleFrom > now) throw instanceNotFound(id);
  if (!isReachable(world, record.tenantId)) throw forbidden();
  return record;
}
