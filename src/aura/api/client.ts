import {
  type Answer,
  type Effect,
  answerError,
  possibleEffect,
  RequestError,
} from '../../core/http/request-error.ts';
import { aura } from './service.ts';
import { type Transport, type WireRequest, askedBy, nameOf } from '../../core/http/transport.ts';
import { withRetries } from '../../core/http/retry.ts';
import { withinDeadline } from '../../core/time/time-limit.ts';
import type { Patience } from '../../core/time/patience.ts';
import { type ServerClock, createServerClock } from '../../core/http/server-clock.ts';
import { type Token, type TokenSource, maxTokens } from '../../core/oauth/token.ts';
import {
  type CreateBody,
  type CreatedInstance,
  type Instance,
  type InstanceConfiguration,
  type InstanceSummary,
  type ReadList,
  ShapeError,
  type Tenant,
  type UnreadableEntry,
  readConfigurations,
  readCreated,
  readData,
  readInstance,
  readList,
  readSummary,
  readTenant,
} from './types.ts';

/**
 * What a read of an instance gave. A 404 is `missing`: Aura answers it for an instance that was
 * created a moment ago too. A 410 is `gone`, and final.
 */
export type Reading = Instance | 'missing' | 'gone';

/**
 * The Aura API v1, as far as the action uses it. Every method throws {@link RequestError} with what
 * Aura or the network said. Source of paths and statuses: Aura API v1 specification.
 */
export interface AuraClient {
  /** Aura's clock, by the answers that this client got. */
  readonly serverClock: Pick<ServerClock, 'now' | 'watch'>;
  listTenants(): Promise<readonly Tenant[]>;
  /** What `tenantId` may create. */
  listConfigurations(tenantId: string): Promise<readonly InstanceConfiguration[]>;
  /**
   * @param tenantId left out, the instances of all tenants that the credentials can see.
   * @param onUnreadable told each entry that can't be read, and is left out.
   */
  listInstances(
    tenantId?: string,
    onUnreadable?: (entry: UnreadableEntry) => void,
  ): Promise<readonly InstanceSummary[]>;
  /**
   * @param attempts `once` where the caller asks again anyway and a failure is no more than no news.
   */
  getInstance(id: string, attempts?: 'once' | 'retried'): Promise<Reading>;
  /** Sent again only when Aura has surely not acted on it. */
  createInstance(body: CreateBody): Promise<CreatedInstance>;
  /** Sent again only when Aura has surely not acted on it. */
  pauseInstance(id: string): Promise<void>;
  /** Sent again only when Aura has surely not acted on it. */
  resumeInstance(id: string): Promise<void>;
  /** @returns `missing` (404) or `gone` (410) where there is no such instance, and not by this call. */
  deleteInstance(id: string): Promise<'accepted' | 'missing' | 'gone'>;
}

interface Connection {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly patience: Patience;
  /** Told what is left out of an answer, because it can't be read. */
  readonly debug?: (line: string) => void;
}

interface ClientOptions extends Connection {
  readonly serverClock: ServerClock;
}

/** Long enough for a slow gateway, short enough to try again within a minute. */
const limitMilliseconds = 30_000;
/** A create that is given up may leave an instance whose password nobody has: wait longer. */
const createLimitMilliseconds = 90_000;

const refusedForGood = ` to the last of ${maxTokens} access tokens; a step requests no more`;
/** So many lines tell what is wrong; an answer can have 100,000 entries. */
const mostLines = 50;

type Call = Pick<WireRequest, 'method' | 'path' | 'policy' | 'body'>;

/** The client of one step; it holds nothing but the token. */
export function createAuraClient(connection: Connection): AuraClient {
  const { patience } = connection;
  const serverClock = createServerClock(patience.clock);
  const options = { ...connection, serverClock };
  const once = <T>(call: Call, read: (body: unknown) => T): Promise<T> =>
    attempt(call, read, options);
  const retried = <T>(call: Call, read: (body: unknown) => T): Promise<T> =>
    withRetries(
      () => once(call, read),
      patience,
      (error) => call.policy === 'read' || call.policy === 'repeatable' || error.effect === 'none',
    );
  return {
    serverClock,
    listTenants: async () => {
      const call = reading('/v1/tenants');
      return readable(call, await retried(call, (body) => readList(body, readTenant)), options);
    },
    listConfigurations: async (tenantId) => {
      const call = reading(`/v1/tenants/${encodeURIComponent(tenantId)}`);
      const list = await retried(call, (body) => readConfigurations(readData(body)));
      return readable(call, list, options);
    },
    listInstances: async (tenantId, onUnreadable) => {
      const query = tenantId === undefined ? '' : `?tenantId=${encodeURIComponent(tenantId)}`;
      const call = reading(`/v1/instances${query}`);
      const list = await retried(call, (body) => readList(body, readSummary));
      for (const entry of list.unreadable) onUnreadable?.(entry);
      return readable(call, list, options);
    },
    getInstance: (id, attempts) =>
      unlessAbsent(
        (attempts === 'once' ? once : retried)(reading(instancePath(id)), (body) =>
          readInstance(readData(body), id),
        ),
      ),
    createInstance: (body) =>
      retried(creation(body), (created) => readCreated(readData(created), body)),
    pauseInstance: (id) => retried(action(id, 'pause'), ignore),
    resumeInstance: (id) => retried(action(id, 'resume'), ignore),
    deleteInstance: (id) => sendDelete(deletion(id), options),
  };
}

/** The entries that can be read; for each of the others a line for those who debug. */
function readable<T>(call: Call, list: ReadList<T>, { debug }: ClientOptions): readonly T[] {
  const { unreadable } = list;
  for (const { description } of unreadable.slice(0, mostLines)) {
    debug?.(`Left out of the answer to ${nameOf(call)}: ${description}.`);
  }
  if (unreadable.length > mostLines) {
    debug?.(`Left out of the same answer: ${unreadable.length - mostLines} more.`);
  }
  return list.entries;
}

/** One attempt; a refused token is renewed once, which is safe for a `POST` too. */
async function attempt<T>(
  call: Call,
  read: (body: unknown) => T,
  { transport, tokens, patience, serverClock }: ClientOptions,
): Promise<T> {
  let token = await tokens.current();
  patience.signal?.throwIfAborted();
  // The answer to a create holds what can't be had again: it is awaited a little past the end.
  const irreplaceable = call.policy === 'irreplaceable';
  const signal = irreplaceable ? patience.graceSignal : patience.signal;
  let answer = await transport.send(wireRequest(call, token, patience), signal);
  if (refusesToken(answer)) {
    const renewed = await tokens.renew(token);
    if (renewed !== undefined) {
      token = renewed;
      patience.signal?.throwIfAborted();
      answer = await transport.send(wireRequest(call, token, patience), signal);
    }
  }
  if (!refusesToken(answer)) tokens.accepted(token);
  else if (tokens.spent()) throw answerError(askedBy(aura, call), answer, refusedForGood);
  // The page of a proxy that failed has the proxy's clock.
  if (isSuccess(answer)) serverClock.note(answer.date);
  return readSuccess(call, answer, read);
}

/**
 * Both statuses occur for an expired token, and 403 for a missing permission as well; Aura refuses
 * before it acts. Source: Aura documentation (403), official client code (401).
 */
function refusesToken(answer: Answer): boolean {
  return answer.status === 401 || answer.status === 403;
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status <= 299;
}

function wireRequest(call: Call, token: Token, { clock, deadline }: Patience): WireRequest {
  return {
    ...call,
    headers: {
      Authorization: `Bearer ${token.accessToken}`,
      Accept: 'application/json',
      // Aura answers 415 without it, even where no body is needed. Source: Aura API v1 specification.
      ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    limitMilliseconds:
      call.policy === 'irreplaceable'
        ? createLimitMilliseconds
        : withinDeadline(limitMilliseconds, deadline - clock.now()),
  };
}

function readSuccess<T>(call: Call, answer: Answer, read: (body: unknown) => T): T {
  if (!isSuccess(answer)) throw answerError(askedBy(aura, call), answer);
  try {
    const body: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
    return read(body);
  } catch (error) {
    throw new RequestError(`the answer of Aura (${answer.status}) could not be read`, {
      request: nameOf(call),
      policy: call.policy,
      status: answer.status,
      effect: possibleEffect(call.policy),
      transient: true,
      requestId: answer.requestId,
      // The parser's own message would quote the answer, which may hold the password.
      cause: error instanceof ShapeError ? error : undefined,
    });
  }
}

async function sendDelete(
  call: Call,
  options: ClientOptions,
): Promise<'accepted' | 'missing' | 'gone'> {
  const effects: Effect[] = [];
  const accepted = withRetries(
    async () => {
      await attempt(call, ignore, options);
      return 'accepted' as const;
    },
    options.patience,
    (error) => {
      effects.push(error.effect);
      return true;
    },
  );
  const outcome = await unlessAbsent(accepted);
  // Not there at a later attempt, it was an earlier one whose answer was lost.
  return effects.includes('unknown') ? 'accepted' : outcome;
}

/**
 * A word in place of "no such instance". A 404 counts only with a reason of Aura's own: one from
 * a gateway or a wrong address must not pass for a deleted instance. 410 is known from client code.
 */
async function unlessAbsent<T>(result: Promise<T>): Promise<T | 'missing' | 'gone'> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const named = error.complaints.some((complaint) => complaint.reason !== undefined);
    if (error.status === 410) return 'gone';
    if (error.status === 404 && named) return 'missing';
    throw error;
  }
}

function instancePath(id: string): string {
  return `/v1/instances/${encodeURIComponent(id)}`;
}

function reading(path: string): Call {
  return { method: 'GET', path, policy: 'read' };
}

function creation(body: CreateBody): Call {
  return {
    method: 'POST',
    path: '/v1/instances',
    // Only this answer holds the password.
    policy: 'irreplaceable',
    body: JSON.stringify(body),
  };
}

function action(id: string, verb: string): Call {
  return { method: 'POST', path: `${instancePath(id)}/${verb}`, policy: 'once', body: '{}' };
}

function deletion(id: string): Call {
  return { method: 'DELETE', path: instancePath(id), policy: 'repeatable' };
}

const ignore = (): void => undefined;
