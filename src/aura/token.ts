import { type Answer, AuraError, answerError } from './errors.ts';
import { type Transport, nameOf } from './http.ts';
import { type Patience, withinDeadline } from './retry.ts';

/** An access token. Source: Aura documentation, "Authentication". */
export interface Token {
  readonly accessToken: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** API credentials of the Aura console. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where a token outlives the step that asked for it. Neither method throws. */
export interface TokenStore {
  load(): Token | undefined;
  save(token: Token): void;
}

/** Gives the token for a request. */
export interface TokenSource {
  /** @throws {@link AuraError} when Aura gives none. */
  current(): Promise<Token>;
  /**
   * Called when Aura refuses `refused`: another one, or undefined where a renewed token was refused
   * too, so that the refusal is about permission and not about the token.
   */
  renew(refused: Token): Promise<Token | undefined>;
  /** Called when Aura has accepted `token`. */
  accepted(token: Token): void;
  /** The token in use, if one is, without asking for one. */
  known(): Token | undefined;
}

interface TokenSourceOptions {
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly store: TokenStore;
  /** A token from elsewhere, used while it lives and where none is stored. */
  readonly initial: Token | undefined;
  readonly patience: Patience;
  /** Told each token before it is used. */
  readonly onSecret: (accessToken: string) => void;
}

/** A token is renewed this long before it expires, so that no request starts with a dying one. */
const expiryMarginMilliseconds = 60_000;
const limitMilliseconds = 30_000;
const tokenRequest = { method: 'POST', path: '/oauth/token' } as const;

/**
 * One token for all requests: Aura allows some 15 token requests an hour and client, so it is kept,
 * stored for later steps, and asked for again only shortly before it expires or when it is refused.
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { store, initial, patience, onSecret } = options;
  let token: Token | undefined;
  let pending: Promise<Token> | undefined;
  /** The token of the last renewal, until Aura accepts it. */
  let unproved: Token | undefined;

  const fetchOnce = (): Promise<Token> => {
    // Requests side by side share one token request.
    pending ??= requestToken(options)
      .then((fresh) => {
        token = fresh;
        store.save(fresh);
        return fresh;
      })
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };
  const lives = (kept: Token | undefined): kept is Token =>
    kept !== undefined && kept.expiresAt - expiryMarginMilliseconds > patience.clock.now();

  const loadKept = (): void => {
    token = store.load();
    const fromElsewhere = !lives(token) && lives(initial);
    if (fromElsewhere) token = initial;
    if (token === undefined) return;
    onSecret(token.accessToken);
    if (fromElsewhere) store.save(token);
  };

  return {
    known: () => token,
    current: async () => {
      if (token === undefined) loadKept();
      return lives(token) ? token : fetchOnce();
    },
    renew: async (refused) => {
      if (refused.accessToken === unproved?.accessToken) return undefined;
      if (token !== undefined && token.accessToken !== refused.accessToken) return token;
      unproved = await fetchOnce();
      return unproved;
    },
    accepted: (used) => {
      if (used.accessToken === unproved?.accessToken) unproved = undefined;
    },
  };
}

/** Asks once: what needs the token is repeated as a whole where that makes sense. */
async function requestToken(options: TokenSourceOptions): Promise<Token> {
  const { transport, credentials, patience, onSecret } = options;
  const { clock, deadline, signal } = patience;
  const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString(
    'base64',
  );
  onSecret(basic);
  const askedAt = clock.now();
  const answer = await transport(
    {
      ...tokenRequest,
      headers: {
        Authorization: `Basic ${basic}`,
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
      limitMilliseconds: withinDeadline(limitMilliseconds, deadline - askedAt),
    },
    signal,
  );
  const token = readToken(answer, askedAt);
  onSecret(token.accessToken);
  return token;
}

function readToken(answer: Answer, askedAt: number): Token {
  if (answer.status !== 200) throw answerError(nameOf(tokenRequest), answer);
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    body = undefined;
  }
  if (
    typeof body !== 'object' ||
    body === null ||
    !('access_token' in body) ||
    typeof body.access_token !== 'string' ||
    // It becomes a header and a mask: anything but plain visible characters is no token.
    !/^[\x21-\x7e]{8,}$/.test(body.access_token)
  ) {
    throw new AuraError('the answer of Aura holds no access token', {
      request: nameOf(tokenRequest),
      effect: 'none',
      transient: true,
      requestId: answer.requestId,
    });
  }
  const expiresIn =
    'expires_in' in body && typeof body.expires_in === 'number' ? body.expires_in : 3600;
  return { accessToken: body.access_token, expiresAt: askedAt + expiresIn * 1000 };
}
