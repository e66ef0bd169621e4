import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenStore } from './token.ts';
import { asError } from '../errors.ts';
import { readSafely } from '../secrets/safe-file.ts';
import { openToken, sealToken } from './sealed-token.ts';

/** Whose token it is: it was given to this client by this API, and is of no use elsewhere. */
export interface TokenOwner {
  readonly clientId: string;
  /** With scheme, without a path. */
  readonly apiOrigin: string;
}

interface TokenFileOptions {
  /** What {@link tokenFilePath} gave; undefined if nothing is kept. */
  readonly path: string | undefined;
  /** What `deriveTokenKey` gave for the owner. */
  readonly key: Buffer;
  /** Told why a token could not be kept or read: the step goes on without. */
  readonly debug: (line: string) => void;
}

/** A sealed token has about 2,000 bytes. */
const maxBytes = 64 * 1024;

/**
 * Where the token of an owner is kept.
 *
 * @param action tells the files of one action from those of others.
 * @param directory `RUNNER_TEMP`, which the runner empties after each job.
 */
export function tokenFilePath(
  directory: string,
  action: string,
  { clientId, apiOrigin }: TokenOwner,
): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([apiOrigin, clientId]))
    .digest('hex');
  return join(directory, `${action}-token-${digest.slice(0, 16)}`);
}

/**
 * Keeps the job's token in a file, sealed: only a step that has the same credentials for the same
 * API can open it. Anything else at the path is no token, and never stops a step.
 */
export function createTokenFile({ path, key, debug }: TokenFileOptions): TokenStore {
  if (path === undefined) return { load: () => undefined, save: () => undefined };
  return {
    load: () => {
      try {
        const text = readSafely(path, { maxBytes, ownOnly: true }).toString('utf8');
        const token = openToken(text, key);
        if (token === undefined)
          debug('The kept token could not be read: it holds something else.');
        return token;
      } catch (error) {
        if (!isMissing(error))
          debug(`The kept token could not be read: ${asError(error).message}.`);
        return undefined;
      }
    },
    save: (token) => {
      try {
        replaceFile(path, sealToken(token, key));
      } catch (error) {
        debug(`The token could not be kept for later steps: ${asError(error).message}.`);
      }
    },
  };
}

/**
 * A file of its own, then a rename: no reader sees half of it, and a link that somebody put at the
 * path is replaced, not followed.
 */
function replaceFile(path: string, text: string): void {
  const draft = `${path}-${randomUUID()}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    // The umask may have taken away from the mode, and then the file would not be read again.
    chmodSync(draft, 0o600);
    renameSync(draft, path);
  } catch (error) {
    try {
      rmSync(draft, { force: true });
    } catch {
      // What cannot be removed was not written either.
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
