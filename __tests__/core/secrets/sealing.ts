import type { randomBytes } from 'node:crypto';
import * as sealing from '../../../src/core/secrets/seal.ts';

const prefix = 'aura1.';

/** Seals in the format of sealed credentials. */
export function seal(text: string, passphrase: string, random?: typeof randomBytes): string {
  return sealing.seal(text, { prefix, passphrase }, random);
}

/** Opens a value that {@link seal} returned. */
export function open(sealed: string, passphrase: string): string {
  return sealing.open(sealed, { prefix, passphrase });
}
