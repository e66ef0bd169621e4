import { asError } from '../errors.ts';
import type { Mask } from '../secrets/secret.ts';
import { openToken, sealToken } from './sealed-token.ts';
import type { Token } from './token.ts';

/** Tokens that several jobs share. Neither method throws, except after a cancellation. */
export interface SharedTokens {
  /**
   * The tokens with a known end that other jobs have shared, newest first.
   *
   * @returns undefined if they cannot be read: then the step works without them.
   */
  find(): Promise<readonly Token[] | undefined>;
  /** Shares a token, in place of the older ones. */
  share(token: Token): Promise<void>;
}

/** Where several jobs find the same texts. Neither method throws, except after a cancellation. */
interface SharedTexts {
  /** Newest first; undefined if they cannot be read. */
  read(): Promise<readonly string[] | undefined>;
  /** Stores a text in place of the older ones. */
  write(text: string): Promise<void>;
}

interface SharedTokensOptions {
  /** The result of `deriveTokenKey` for the owner of the tokens. */
  readonly key: Buffer;
  /** Called with a token as soon as it is read. */
  readonly mask: Mask;
  /** Called with the reason why a text is not used. */
  readonly debug: (line: string) => void;
}

/**
 * Shares tokens as sealed texts: only a job with the same credentials for the same API can open
 * them, and a text that cannot be opened is ignored.
 */
export function createSharedTokens(
  texts: SharedTexts,
  { key, mask, debug }: SharedTokensOptions,
): SharedTokens {
  const open = (text: string): readonly Token[] => {
    try {
      const token = openToken(text, key, mask);
      if (token?.expiresAt !== undefined) return [token];
      debug('A shared access token is not used: it contains something else.');
    } catch (error) {
      debug(`A shared access token is not used: ${asError(error).message}.`);
    }
    return [];
  };
  return {
    find: async () => (await texts.read())?.flatMap(open),
    share: (token) => texts.write(sealToken(token, key)),
  };
}
