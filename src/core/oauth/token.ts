import * as v from 'valibot';
import {
  type Answer,
  type Asked,
  RequestError,
  type Service,
  answerError,
} from '../http/request-error.ts';
import { type Transport, askedBy } from '../http/transport.ts';
import { lenient, readJson } from '../json.ts';
import { type Mask, Secret } from '../secrets/secret.ts';
import { withinDeadline } from '../time/time-limit.ts';
import type { Patience } from '../time/patience.ts';

/** An access token of the client credentials grant. Source: RFC 6749, sections 4.4 and 5.1. */
export interface Token {
  readonly accessToken: Secret;
  /**
   * Epoch milliseconds; undefined if the service did not say: then it is used until it is refused.
   */
  readonly expiresAt: number | undefined;
}

/**
 * Whether a text can be used as an access token. It becomes a header and a mask: anything but plain
 * visible characters cannot.
 */
export function isAccessToken(text: string): boolean {
  return /^[\x21-\x7e]{8,}$/.test(text);
}

/** The credentials of an API client. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** Stores a token for later steps. Neither method throws. */
export interface TokenStore {
  load(): Token | undefined;
  save(token: Token): void;
}

/** Provides the token for requests. */
export interface TokenSource {
  /** @throws {@link RequestError} if the service issues none. */
  current(): Promise<Token>;
  /**
   * Called when the service refuses `refused`: returns another one, or undefined if a renewed token
   * was refused too, so that the refusal is about permission and not about the token.
   */
  renew(refused: Token): Promise<Token | undefined>;
  /** Called when the service has accepted `token`. */
  accepted(token: Token): void;
  /** The current token, if there is one, without requesting one. */
  known(): Token | undefined;
  /** Whether this step has requested as many tokens as it may. */
  spent(): boolean;
}

/** There is no usable token, and no way to request one. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError';

  constructor({ name }: Service) {
    super(`The step has no access token that ${name} accepts, and no credentials to request one.`);
  }
}

interface TokenSourceOptions {
  readonly transport: Transport;
  /** Undefined if none can be requested: then there is only the stored one. */
  readonly credentials: Credentials | undefined;
  readonly store: TokenStore;
  /**
   * A token from sealed credentials, used until it expires if none is stored. Like a stored one, it
   * must belong to this client and this API.
   */
  readonly initial: Token | undefined;
  readonly patience: Patience;
  /** Called with each secret as soon as it is known. */
  readonly mask: Mask;
}

/**
 * A token is renewed this long before it expires, so that no request starts with a token that is
 * about to expire.
 */
const expiryMarginMilliseconds = 60_000;
/** Renewing a shorter one in advance would cost a request each minute, or each request. */
const shortLifeMilliseconds = 120_000;
/** Services allow few token requests per hour and client, and other jobs need some too. */
export const maxTokens = 3;
const limitMilliseconds = 30_000;
const tokenRequest = { method: 'POST', path: '/oauth/token', policy: 'token' } as const;

/** A token, and when to request the next one in advance: for some tokens, never. */
interface Held {
  readonly token: Token;
  readonly renewAt: number;
}

/**
 * One token for all requests: services allow few token requests per hour and client, so it is
 * reused, stored for later steps, and requested again only shortly before it expires or when it is
 * refused.
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { store, patience } = options;
  let held: Held | undefined;
  let looked = false;
  let granted = 0;
  let pending: Promise<Token> | undefined;
  /** The token of the last renewal, until the service accepts it. */
  let renewed: Token | undefined;

  const spent = (): boolean => granted >= maxTokens;
  const fetchOnce = (): Promise<Token> => {
    // Parallel requests share one token request.
    pending ??= requestToken(options)
      .then((fresh) => {
        granted += 1;
        held = fresh;
        store.save(fresh.token);
        return fresh.token;
      })
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };

  return {
    known: () => held?.token,
    spent,
    current: async () => {
      if (!looked) held = findKept(options);
      looked = true;
      // The last one is used until the service refuses it.
      const usable = held !== undefined && (held.renewAt > patience.clock.now() || spent());
      return usable && held !== undefined ? held.token : fetchOnce();
    },
    renew: async (refused) => {
      if (isSame(refused, renewed)) return undefined;
      if (held !== undefined && !isSame(held.token, refused)) return held.token;
      if (spent() || options.credentials === undefined) return undefined;
      renewed = await fetchOnce();
      return renewed;
    },
    accepted: (used) => {
      if (isSame(used, renewed)) renewed = undefined;
    },
  };
}

/**
 * The stored token, otherwise the one from sealed credentials; the latter is stored for later
 * steps.
 */
function findKept({ store, initial, patience }: TokenSourceOptions): Held | undefined {
  const hold = (token: Token | undefined): Held | undefined => {
    if (token === undefined) return undefined;
    const renewAt = renewalOf(token);
    return renewAt > patience.clock.now() ? { token, renewAt } : undefined;
  };
  const stored = hold(store.load());
  if (stored !== undefined) return stored;
  const lent = hold(initial);
  if (lent !== undefined) store.save(lent.token);
  return lent;
}

/** Source: RFC 7617. */
function basicOf({ clientId, clientSecret }: Credentials, mask: Mask): Secret {
  const pair = `${clientId}:${clientSecret.reveal()}`;
  return new Secret(Buffer.from(pair).toString('base64'), mask);
}

function isSame(one: Token, other: Token | undefined): boolean {
  return other !== undefined && one.accessToken.equals(other.accessToken);
}

function renewalOf({ expiresAt }: Token): number {
  return expiresAt === undefined ? Infinity : expiresAt - expiryMarginMilliseconds;
}

/**
 * Sends one request: the operation that needs the token is repeated as a whole if that makes sense.
 */
async function requestToken(options: TokenSourceOptions): Promise<Held> {
  const { transport, credentials, patience, mask } = options;
  if (credentials === undefined) throw new NoCredentialsError(transport.service);
  const { clock, deadline, signal } = patience;
  const basic = basicOf(credentials, mask);
  const askedAt = clock.now();
  const answer = await transport.send(
    {
      ...tokenRequest,
      headers: {
        Authorization: `Basic ${basic.reveal()}`,
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
      limitMilliseconds: withinDeadline(limitMilliseconds, deadline - askedAt),
    },
    signal,
  );
  const { accessToken, lifeMilliseconds } = readGrant(
    answer,
    askedBy(transport.service, tokenRequest),
  );
  const expiresAt = lifeMilliseconds === undefined ? undefined : askedAt + lifeMilliseconds;
  const token = { accessToken: new Secret(accessToken, mask), expiresAt };
  const short = lifeMilliseconds !== undefined && lifeMilliseconds < shortLifeMilliseconds;
  return { token, renewAt: short ? Infinity : renewalOf(token) };
}

/** Seconds, which some services send as a text; returned as milliseconds. */
const life = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/), v.transform(Number))]),
  v.minValue(0),
  v.transform((seconds) => seconds * 1000),
  v.finite(),
);

const grant = v.pipe(
  v.object({
    access_token: v.pipe(v.string(), v.check(isAccessToken)),
    /** Undefined for anything that is not a duration, such as a negative number. */
    expires_in: lenient(life),
  }),
  v.transform((body) => ({ accessToken: body.access_token, lifeMilliseconds: body.expires_in })),
);

function readGrant(answer: Answer, asked: Asked): v.InferOutput<typeof grant> {
  if (answer.status !== 200) throw answerError(asked, answer);
  const granted = readJson(grant, answer.body);
  if (granted !== undefined) return granted;
  throw new RequestError(`the answer of ${asked.service.name} contains no access token`, {
    request: asked.request,
    policy: asked.policy,
    effect: 'none',
    transient: true,
    requestId: answer.requestId,
  });
}
