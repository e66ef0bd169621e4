import {
  type Answer,
  type Asked,
  type Effect,
  answerError,
  possibleEffect,
  RequestError,
} from '../../core/http/request-error.ts';
import { type Transport, type WireRequest, askedBy, nameOf } from '../../core/http/transport.ts';
import { withRetries } from '../../core/http/retry.ts';
import { withinDeadline } from '../../core/time/time-limit.ts';
import type { Patience } from '../../core/time/patience.ts';
import { type ServerClock, createServerClock } from '../../core/http/server-clock.ts';
import { sendAuthorized } from '../../core/oauth/authorized.ts';
import type { Token, TokenSource } from '../../core/oauth/token.ts';
import {
  type Call,
  type Send,
  action,
  creation,
  deletion,
  ignore,
  instancePath,
  reading,
  unlessAbsent,
  update,
} from './calls.ts';
import { type SnapshotClient, createSnapshotClient } from './snapshots.ts';
import {
  type CreateBody,
  type CreatedInstance,
  type Instance,
  type InstanceConfiguration,
  type InstanceSummary,
  type OverwriteBody,
  type ReadList,
  ShapeError,
  type Tenant,
  type UnreadableEntry,
  type UpdateBody,
  readConfigurations,
  readCreated,
  readData,
  readInstance,
  readList,
  readSummary,
  readTenant,
} from './types.ts';
import type { Mask } from '../../core/secrets/secret.ts';

/**
 * The result of reading an instance. A 404 is `missing`: Aura also returns it for an instance that
 * was created a moment ago. A 410 is `gone`, and final.
 */
export type Reading = Instance | 'missing' | 'gone';

/**
 * The part of the Aura API v1 that the action uses. Every method throws {@link RequestError} with
 * the error of Aura or the network. Source of paths and statuses: Aura API v1 specification.
 */
export interface AuraClient extends SnapshotClient {
  /** Aura's clock, measured from the responses that this client received. */
  readonly serverClock: Pick<ServerClock, 'now' | 'watch'>;
  listTenants(): Promise<readonly Tenant[]>;
  /** The configurations that are available in the tenant. */
  listConfigurations(tenantId: string): Promise<readonly InstanceConfiguration[]>;
  /**
   * @param tenantId default: the instances of all tenants that the credentials can access.
   * @param onUnreadable called with each entry that cannot be read and is skipped.
   * @param attempts `once` if the list only explains another failure.
   */
  listInstances(
    tenantId?: string,
    onUnreadable?: (entry: UnreadableEntry) => void,
    attempts?: 'once' | 'retried',
  ): Promise<readonly InstanceSummary[]>;
  /**
   * @param policy `poll` if the caller reads it again anyway, so that a single failure does not matter.
   */
  getInstance(id: string, policy?: 'read' | 'poll'): Promise<Reading>;
  /**
   * Repeated only if Aura has certainly not processed it.
   *
   * @param sending called right before each time that it is sent; if it throws, nothing is sent.
   */
  createInstance(body: CreateBody, sending?: () => void): Promise<CreatedInstance>;
  /** Repeated only if Aura has certainly not processed it. */
  pauseInstance(id: string): Promise<void>;
  /** Repeated only if Aura has certainly not processed it. */
  resumeInstance(id: string): Promise<void>;
  /** Repeated only if Aura has certainly not processed it. */
  updateInstance(id: string, body: UpdateBody): Promise<void>;
  /** Repeated only if Aura has certainly not processed it. */
  overwriteInstance(id: string, body: OverwriteBody): Promise<void>;
  /** @returns `missing` (404) or `gone` (410) if the instance did not exist before this call. */
  deleteInstance(id: string): Promise<'accepted' | 'missing' | 'gone'>;
}

interface Connection {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly patience: Patience;
  /** Called with a password as soon as Aura has returned it. */
  readonly mask: Mask;
  /** Called with a description of what is skipped in a response, because it cannot be read. */
  readonly debug?: (line: string) => void;
}

interface ClientOptions extends Connection {
  readonly serverClock: ServerClock;
}

/** Long enough for a slow gateway, short enough to try again within a minute. */
const limitMilliseconds = 30_000;
/** A create request that times out may leave an instance whose password is lost: wait longer. */
const createLimitMilliseconds = 90_000;

/** This many lines are enough to show the problem; a response can have 100,000 entries. */
const mostLines = 50;

/** The client of one step; its only state is the token. */
export function createAuraClient(connection: Connection): AuraClient {
  const serverClock = createServerClock(connection.patience.clock);
  const options = { ...connection, serverClock };
  const send = createSend(options);
  const { once, retried } = send;
  return {
    serverClock,
    ...createSnapshotClient(send),
    listTenants: async () => {
      const call = reading('/v1/tenants');
      return send.readable(call, await retried(call, (body) => readList(body, readTenant)));
    },
    listConfigurations: async (tenantId) => {
      const call = reading(`/v1/tenants/${encodeURIComponent(tenantId)}`);
      const list = await retried(call, (body) => readConfigurations(readData(body)));
      return send.readable(call, list);
    },
    listInstances: async (tenantId, onUnreadable, attempts) => {
      const query = tenantId === undefined ? '' : `?tenantId=${encodeURIComponent(tenantId)}`;
      const call = reading(`/v1/instances${query}`);
      const ask = attempts === 'once' ? once : retried;
      const list = await ask(call, (body) => readList(body, readSummary));
      for (const entry of list.unreadable) onUnreadable?.(entry);
      return send.readable(call, list);
    },
    getInstance: (id, policy) =>
      unlessAbsent(
        (policy === 'poll' ? once : retried)(reading(instancePath(id), policy), (body) =>
          readInstance(readData(body), id),
        ),
      ),
    createInstance: (body, sending) =>
      retried({ ...creation(body), sending }, (created) =>
        readCreated(readData(created), body, connection.mask),
      ),
    pauseInstance: (id) => retried(action(id, 'pause'), ignore),
    resumeInstance: (id) => retried(action(id, 'resume'), ignore),
    updateInstance: (id, body) => retried(update(id, body), ignore),
    overwriteInstance: (id, body) => retried(action(id, 'overwrite', body), ignore),
    deleteInstance: (id) => sendDelete(deletion(id), options),
  };
}

function createSend(options: ClientOptions): Send {
  const once: Send['once'] = (call, read) => attempt(call, read, options);
  return {
    once,
    retried: (call, read) =>
      withRetries(
        () => once(call, read),
        options.patience,
        (error) =>
          call.policy === 'read' || call.policy === 'repeatable' || error.effect === 'none',
      ),
    readable: (call, list) => readable(call, list, options),
  };
}

/** The readable entries; each of the others becomes a line in the debug log. */
function readable<T>(call: Call, list: ReadList<T>, { debug }: ClientOptions): readonly T[] {
  const { unreadable } = list;
  for (const { description } of unreadable.slice(0, mostLines)) {
    debug?.(`Skipped in the answer to ${nameOf(call)}: ${description}.`);
  }
  if (unreadable.length > mostLines) {
    debug?.(`Skipped in the same answer: ${unreadable.length - mostLines} more.`);
  }
  return list.entries;
}

/** One attempt, with a token of the step. Source of 401 and 403: Aura documentation, official client code. */
async function attempt<T>(
  call: Call,
  read: (body: unknown) => T,
  connection: ClientOptions,
): Promise<T> {
  const { patience, serverClock } = connection;
  // The response to a create contains a password that Aura does not return again: wait for it a
  // little past the end.
  const irreplaceable = call.policy === 'irreplaceable';
  const signal = irreplaceable ? patience.graceSignal : patience.signal;
  const request = (token: Token): WireRequest => wireRequest(call, token, patience);
  const answer = await sendAuthorized(connection, request, signal);
  // The error page of a proxy has the proxy's time.
  if (isSuccess(answer)) serverClock.note(answer.date);
  return readSuccess(call, answer, { read, asked: askedBy(connection.transport, call) });
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status <= 299;
}

function wireRequest(call: Call, token: Token, { clock, deadline }: Patience): WireRequest {
  return {
    ...call,
    headers: {
      Authorization: `Bearer ${token.accessToken.reveal()}`,
      Accept: 'application/json',
      // Without it Aura answers 415, even if no body is needed. Source: Aura API v1 specification.
      ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    limitMilliseconds:
      call.policy === 'irreplaceable'
        ? createLimitMilliseconds
        : withinDeadline(limitMilliseconds, deadline - clock.now()),
  };
}

function readSuccess<T>(
  call: Call,
  answer: Answer,
  { read, asked }: { readonly read: (body: unknown) => T; readonly asked: Asked },
): T {
  if (!isSuccess(answer)) throw answerError(asked, answer);
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
      // The parser's own message would quote the response, which may contain the password.
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
  // If it does not exist at a later attempt, an earlier attempt deleted it and its response was
  // lost.
  return effects.includes('unknown') ? 'accepted' : outcome;
}
