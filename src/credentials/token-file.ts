import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials, TokenStore } from '../aura/token.ts';
import { open, seal } from './seal.ts';
import { readToken } from './sealed-credentials.ts';

interface TokenFileOptions {
  /** `RUNNER_TEMP`, which lives as long as the job; without it nothing is kept. */
  readonly directory: string | undefined;
  readonly credentials: Credentials;
  /** Tokens of one API are no use at another. */
  readonly apiUrl: URL;
  /** Told why a token could not be kept or read: the step goes on without. */
  readonly debug: (line: string) => void;
}

/**
 * Keeps the job's token in `RUNNER_TEMP`, sealed under the client secret: only a step that has the
 * same credentials can read it.
 */
export function createTokenFile(options: TokenFileOptions): TokenStore {
  const { directory, credentials, apiUrl, debug } = options;
  if (directory === undefined) return { load: () => undefined, save: () => undefined };
  const identity = `${apiUrl.origin}\n${credentials.clientId}`;
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  const path = join(directory, `aura-action-token-${digest}`);
  return {
    load: () => {
      try {
        return readToken(JSON.parse(open(readFileSync(path, 'utf8'), credentials.clientSecret)));
      } catch (error) {
        if (!isMissing(error)) debug(`The kept token could not be read: ${messageOf(error)}.`);
        return undefined;
      }
    },
    save: (token) => {
      // A file of its own, then a rename: no reader sees half of it, and a link that somebody put
      // at the path is replaced, not followed.
      const draft = `${path}-${randomUUID()}`;
      try {
        const sealed = seal(JSON.stringify({ token }), credentials.clientSecret);
        writeFileSync(draft, sealed, { mode: 0o600, flag: 'wx' });
        renameSync(draft, path);
      } catch (error) {
        try {
          rmSync(draft, { force: true });
        } catch {
          // What can't be removed was not written either.
        }
        debug(`The token could not be kept for later steps: ${messageOf(error)}.`);
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The parser of JSON quotes what it reads, which is the token. */
function messageOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'it holds something else';
  return error instanceof Error ? error.message : String(error);
}
