import { randomBytes, randomInt } from 'node:crypto';

import { gatewayError } from './errors.ts';

/**
 * Access tokens that are still valid. Their times are by the client's clock, however fast the
 * simulator is: nobody waits for the end of a token, and clients renew it some time before.
 */
export interface TokenBook {
  /** @returns a new token for a client, in the three parts of a JWT, with random content */
  issue(now: number, clientId: string): string;
  /** Makes a token expire now. */
  revoke(token: string): void;
  /**
   * Checks the Authorization header of a request.
   *
   * @returns the client that the token was issued to
   * @throws Refusal (401, or 403 if so configured) if it contains no valid token
   */
  check(authorization: string | undefined, now: number): string;
}

/** The lifetime of tokens, and the response to expired ones. */
export interface TokenBookOptions {
  readonly lifetimeSeconds: number;
  readonly expiredStatus: 401 | 403;
}

/** Seen live for an expired token; assumed for an unknown one. */
export const EXPIRED = 'Key not authorized: token has expired';
/** The gateway product's default answer; not seen for Aura. */
const MISSING = 'Authorization field missing';

function randomToken(): string {
  const part = (bytes: number): string => randomBytes(bytes).toString('base64url');
  const header = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url');
  return `${header}.${part(180)}.${part(256)}`;
}

/** Starts without tokens. */
export function createTokenBook(options: TokenBookOptions): TokenBook {
  const issued = new Map<string, { readonly clientId: string; readonly expiry: number }>();
  return {
    issue: (now, clientId) => {
      const token = randomToken();
      issued.set(token, { clientId, expiry: now + options.lifetimeSeconds * 1000 });
      return token;
    },
    revoke: (token) => {
      issued.delete(token);
    },
    check: (authorization, now) => {
      if (authorization === undefined) throw gatewayError(401, MISSING);
      const found = issued.get(bearerToken(authorization) ?? '');
      if (!found || found.expiry <= now) throw gatewayError(options.expiredStatus, EXPIRED);
      return found.clientId;
    },
  };
}

/** The token of a `Bearer` header, undefined for any other. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
}

/** User and password of a `Basic` header, undefined for any other. */
export function basicCredentials(
  authorization: string | undefined,
): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) return undefined;
  return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** The answer to a refused token request, in the style of the identity provider; not published for Aura. */
export const TOKEN_DENIED = { error: 'access_denied', error_description: 'Unauthorized' };

/**
 * A password as long as Aura's.
 *
 * @param alphabet - characters to draw from. Default: base64url.
 */
export function randomPassword(alphabet: string | undefined): string {
  if (alphabet === undefined) return randomBytes(32).toString('base64url');
  const characters = Array.from(alphabet);
  return Array.from({ length: 43 }, () => characters[randomInt(characters.length)] ?? '').join('');
}
