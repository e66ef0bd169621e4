import { type Token, isAccessToken } from './token.ts';
import { openUnderKey, sealUnderKey } from '../secrets/seal.ts';

/**
 * Seals a token so that only its own client, for its own API, can open it.
 *
 * @param key of `deriveTokenKey`.
 */
export function sealToken({ accessToken, expiresAt }: Token, key: Buffer): string {
  // JSON would drop an unknown end, and a token without one would look incomplete.
  return sealUnderKey(JSON.stringify({ accessToken, expiresAt: expiresAt ?? null }), key);
}

/**
 * Opens a value from {@link sealToken}.
 *
 * @returns undefined if it contains something else, or a text that cannot be a token.
 * @throws SealError if it cannot be opened.
 */
export function openToken(sealed: string, key: Buffer): Token | undefined {
  let token: unknown;
  const text = openUnderKey(sealed, key);
  try {
    token = JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    return undefined;
  }
  if (typeof token !== 'object' || token === null) return undefined;
  if (!('accessToken' in token) || !('expiresAt' in token)) return undefined;
  const { accessToken, expiresAt } = token;
  if (typeof accessToken !== 'string' || !isAccessToken(accessToken)) return undefined;
  if (typeof expiresAt === 'number') return { accessToken, expiresAt };
  return expiresAt === null ? { accessToken, expiresAt: undefined } : undefined;
}
