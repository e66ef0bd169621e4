import { type Answer, AuraError, answerError } from './errors.ts';
import { type Transport, nameOf } from './http.ts';
import { type Patience, withRetries } from './retry.ts';

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
}

interface TokenSourceOptions {
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly store: TokenStore;
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
  const { store, patience, onSecret } = options;
  let token: Token | undefined;
  let pending: Promise<Token> | undefined;
  let unproved: Token | undefined;

  const fetchOnce = (): Promise<Token> => {
    // Requests side by side share one token request.
    pending ??= requestToken(options).then(
      (fresh) => {
        pending = undefined;
        token = fresh;
        store.save(fresh);
        return fresh;
      },
      (error: unknown) => {
        pending = undefined;
        throw error;
      },
    );
    return pending;
  };
  const lives = (candidate: Token): boolean =>
    candidate.expiresAt - expiryMarginMilliseconds > patience.clock.now();

  return {
    current: async () => {
      if (token === undefined) {
        token = store.load();
        if (token !== undefined) onSecret(token.accessToken);
      }
      return token !== undefined && lives(token) ? token : fetchOnce();
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

/** Asking for a token changes nothing, so it is repeated like a `GET`. */
async function requestToken(options: TokenSourceOptions): Promise<Token> {
  const { transport, credentials, patience, onSecret } = options;
  const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString(
    'base64',
  );
  return withRetries(
    async () => {
      const askedAt = patience.clock.now();
      const answer = await transport(
        {
          ...tokenRequest,
          headers: {
            Authorization: `Basic ${basic}`,
            'Content-Type': 'application/x-www-form-urlencoded',
            Accept: 'application/json',
          },
          body: 'grant_type=client_credentials',
          limitMilliseconds,
        },
        patience.signal,
      );
      const token = readToken(answer, askedAt);
      onSecret(token.accessToken);
      return token;
    },
    patience,
    () => true,
  );
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
