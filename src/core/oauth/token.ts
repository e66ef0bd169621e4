import * as v from 'valibot';
import {
  type Answer,
  type Asked,
  RequestError,
  type Service,
  answerError,
} from '../http/request-error.ts';
import { longestTokenWaitMilliseconds } from '../http/retry.ts';
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

/** Stores a token for later steps of the job. Neither method throws. */
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
   *
   * @throws {@link RequestError} if the service issues none.
   */
  renew(refused: Token): Promise<Token | undefined>;
  /** Whether another job requested `token`; if it is refused, this step may still request one. */
  isShared(token: Token): boolean;
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

/** The first token request of a step failed: nothing was sent to the service before. */
export class SignInError extends RequestError {
  /** The error itself. */
  readonly original: RequestError;

  constructor(error: RequestError) {
    super(error.message, error);
    this.original = error;
  }
}

/** A token request was refused because there were too many, and no other job shared a token. */
export class NoSharedTokenError extends RequestError {
  /** Whether the place where jobs share tokens answered. */
  readonly isAnswered: boolean;

  constructor(error: RequestError, isAnswered: boolean) {
    super(error.message, error);
    this.isAnswered = isAnswered;
  }
}

/** Services allow few token requests per hour and client, and other jobs need some too. */
export const maxTokens = 3;
const limitMilliseconds = 30_000;
const tokenRequest = { method: 'POST', path: '/oauth/token', policy: 'token' } as const;

/** What a token request needs. */
export interface TokenRequestOptions {
  readonly transport: Transport;
  /** Undefined if none can be requested. */
  readonly credentials: Credentials | undefined;
  readonly patience: Patience;
  /** Called with each secret as soon as it is known. */
  readonly mask: Mask;
}

/** A token that the service has just issued. */
interface Grant {
  readonly token: Token;
  /** Milliseconds; undefined if the service did not say. */
  readonly lifeMilliseconds: number | undefined;
}

/** Source: RFC 7617. */
function basicOf({ clientId, clientSecret }: Credentials, mask: Mask): Secret {
  const pair = `${clientId}:${clientSecret.reveal()}`;
  return new Secret(Buffer.from(pair).toString('base64'), mask);
}

/**
 * Sends one request: the operation that needs the token is repeated as a whole if that makes sense.
 *
 * @throws {@link RequestError} if the service issues none; {@link NoCredentialsError}.
 */
export async function requestToken(options: TokenRequestOptions): Promise<Grant> {
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
  const asked = askedBy(transport, tokenRequest);
  const { accessToken, lifeMilliseconds } = readGrant(answer, asked);
  const expiresAt = lifeMilliseconds === undefined ? undefined : askedAt + lifeMilliseconds;
  return { token: { accessToken: new Secret(accessToken, mask), expiresAt }, lifeMilliseconds };
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
  if (answer.status !== 200) throw answerError(asked, answer, askedWait(answer));
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

const minutesOfDay = 24 * 60;

/** A long wait that the service asks for: it explains why the step does not wait. */
function askedWait({ status, retryAfterMilliseconds = 0 }: Answer): string {
  if (status !== 429 || retryAfterMilliseconds <= longestTokenWaitMilliseconds) return '';
  const minutes = Math.ceil(retryAfterMilliseconds / 60_000);
  return ` and asks to wait ${minutes > minutesOfDay ? 'more than a day' : `${minutes} minutes`}`;
}
