import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { readJson } from '../../core/json.ts';
import { readSafely } from '../../core/secrets/safe-file.ts';
import { openUnderKey, sealUnderKey } from '../../core/secrets/seal.ts';
import type { Mask } from '../../core/secrets/secret.ts';

/** The post step's access to Aura. It is useless without the runner's temporary files. */
export interface PostAccess {
  /** Origin of the API. */
  readonly apiUrl: string;
  /** The `digestOf` client and API, so that only credentials of the same client are used. */
  readonly account: string;
  /** Decrypts the file in `RUNNER_TEMP` that contains the key of the job's token; base64url. */
  readonly key: string;
  /**
   * Whether the credentials are stored as a GitHub deployment, which is deleted with the instance.
   */
  readonly stored: boolean;
}

/** The file with a job's token, and the key that opens it. */
export interface TokenPlace {
  readonly path: string;
  readonly key: Buffer;
}

const maxBytes = 4 * 1024;

/**
 * Stores the key of the job's token for the post step, sealed in `RUNNER_TEMP`. So the post step
 * finds the newest token and needs no input.
 *
 * @param mask called with the key before it is used: in a debug run, the runner prints saved state.
 * @returns the key that opens it again, base64url.
 * @throws the error of the file system.
 */
export function leaveTokenPlace(directory: string, { path, key }: TokenPlace, mask: Mask): string {
  const postKey = randomBytes(32);
  const text = postKey.toString('base64url');
  mask(text);
  const content = JSON.stringify({ file: basename(path), key: key.toString('base64') });
  writeFileSync(placeOf(directory, text), sealUnderKey(content, postKey), {
    flag: 'wx',
    mode: 0o600,
  });
  return text;
}

const tokenPlace = v.object({ file: v.string(), key: v.string() });

/**
 * Opens what {@link leaveTokenPlace} stored.
 *
 * @throws if it no longer exists or was changed.
 */
export function takeTokenPlace(directory: string, key: string): TokenPlace {
  const sealed = readSafely(placeOf(directory, key), { maxBytes, ownOnly: true }).toString('utf8');
  const place = readJson(tokenPlace, openUnderKey(sealed, Buffer.from(key, 'base64url')));
  if (place === undefined) throw new Error('it contains something else');
  return { path: join(directory, basename(place.file)), key: Buffer.from(place.key, 'base64') };
}

function placeOf(directory: string, key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return join(directory, `aura-action-post-${digest}`);
}
