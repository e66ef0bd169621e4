import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenStore } from './token.ts';
import { asError } from '../errors.ts';
import { readSafely } from '../secrets/safe-file.ts';
import { openToken, sealToken } from './sealed-token.ts';
import type { Mask } from '../secrets/secret.ts';

/** The owner of a token: the API issued it to this client, and it is useless elsewhere. */
export interface TokenOwner {
  readonly clientId: string;
  /** With scheme, without a path. */
  readonly apiOrigin: string;
}

interface TokenFileOptions {
  /** The result of {@link tokenFilePath}; undefined if nothing is stored. */
  readonly path: string | undefined;
  /** The result of `deriveTokenKey` for the owner. */
  readonly key: Buffer;
  /** Called with a token as soon as it is read. */
  readonly mask: Mask;
  /**
   * Called with the reason why a token could not be stored or read: the step continues without it.
   */
  readonly debug: (line: string) => void;
}

/** A sealed token has about 2,000 bytes. */
const maxBytes = 64 * 1024;

/** A text that identifies an owner without naming it: a hash of 64 hexadecimal digits. */
export function digestOf({ clientId, apiOrigin }: TokenOwner): string {
  return createHash('sha256')
    .update(JSON.stringify([apiOrigin, clientId]))
    .digest('hex');
}

/**
 * The path where the token of an owner is stored.
 *
 * @param action distinguishes the files of this action from those of others.
 * @param directory `RUNNER_TEMP`, which the runner empties after each job.
 */
export function tokenFilePath(directory: string, action: string, owner: TokenOwner): string {
  return join(directory, `${action}-token-${digestOf(owner).slice(0, 16)}`);
}

/**
 * Stores the job's token in a file, sealed: only a step with the same credentials for the same API
 * can open it. Anything else at the path is ignored and never stops a step.
 */
export function createTokenFile({ path, key, mask, debug }: TokenFileOptions): TokenStore {
  if (path === undefined) return { load: () => undefined, save: () => undefined };
  return {
    load: () => {
      try {
        const text = readSafely(path, { maxBytes, ownOnly: true }).toString('utf8');
        const token = openToken(text, key, mask);
        if (token === undefined)
          debug('Could not read the stored token: it contains something else.');
        return token;
      } catch (error) {
        if (!isMissing(error)) debug(`Could not read the stored token: ${asError(error).message}.`);
        return undefined;
      }
    },
    save: (token) => {
      try {
        replaceFile(path, sealToken(token, key));
      } catch (error) {
        debug(`Could not store the token for later steps: ${asError(error).message}.`);
      }
    },
  };
}

/**
 * Writes a separate file, then renames it: no reader sees a partial file, and a link at the path is
 * replaced, not followed.
 */
function replaceFile(path: string, text: string): void {
  const draft = `${path}-${randomUUID()}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    // The umask may have changed the mode, and the file would then not be read again.
    chmodSync(draft, 0o600);
    renameSync(draft, path);
  } catch (error) {
    try {
      rmSync(draft, { force: true });
    } catch {
      // If it cannot be removed, it was not written either.
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
