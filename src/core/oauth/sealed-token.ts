import * as v from 'valibot';
import { type Token, isAccessToken } from './token.ts';
import { readJson } from '../json.ts';
import { openUnderKey, sealUnderKey } from '../secrets/seal.ts';
import { type Mask, Secret } from '../secrets/secret.ts';

const token = v.object({
  accessToken: v.pipe(v.string(), v.check(isAccessToken)),
  expiresAt: v.pipe(
    v.nullable(v.number()),
    v.transform((end) => end ?? undefined),
  ),
});

/**
 * Seals a token so that only its own client, for its own API, can open it.
 *
 * @param key of `deriveTokenKey`.
 */
export function sealToken({ accessToken, expiresAt }: Token, key: Buffer): string {
  // JSON would drop an unknown end, and a token without one would look incomplete.
  const content = { accessToken: accessToken.reveal(), expiresAt: expiresAt ?? null };
  return sealUnderKey(JSON.stringify(content), key);
}

/**
 * Opens a value from {@link sealToken}.
 *
 * @param mask called with the token as soon as it is known.
 * @returns undefined if it contains something else, or a text that cannot be a token.
 * @throws SealError if it cannot be opened.
 */
export function openToken(sealed: string, key: Buffer, mask: Mask): Token | undefined {
  const opened = readJson(token, openUnderKey(sealed, key));
  if (opened === undefined) return undefined;
  return { ...opened, accessToken: new Secret(opened.accessToken, mask) };
}
