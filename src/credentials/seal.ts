import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

const prefix = 'aura1.';
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
/** 32 MiB and some 80 ms for each guess at a passphrase. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

/** A sealed value that can't be opened; the message says why and holds nothing of the value. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/**
 * Seals a text: AES-256-GCM under a key that scrypt derives from the passphrase. The form is
 * `aura1.` and the base64url of salt (16 bytes), nonce (12), tag (16) and cipher text; the prefix
 * is authenticated too.
 */
export function seal(text: string, passphrase: string): string {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(passphrase, salt), nonce);
  cipher.setAAD(Buffer.from(prefix));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return prefix + Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/**
 * Opens what {@link seal} gave.
 *
 * @throws {@link SealError} for another form, another passphrase or an altered value; never gives
 *   a part.
 */
export function open(sealed: string, passphrase: string): string {
  if (!sealed.startsWith(prefix)) throw new SealError(`it does not begin with '${prefix}'`);
  const encoded = sealed.slice(prefix.length);
  const bytes = Buffer.from(encoded, 'base64url');
  // Node reads over what is no base64url; only what encodes to itself is whole.
  if (bytes.toString('base64url') !== encoded) throw new SealError('it is no base64url');
  if (bytes.length < saltBytes + nonceBytes + tagBytes) throw new SealError('it is cut short');
  const salt = bytes.subarray(0, saltBytes);
  const nonce = bytes.subarray(saltBytes, saltBytes + nonceBytes);
  const tag = bytes.subarray(saltBytes + nonceBytes, saltBytes + nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(passphrase, salt), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(prefix));
  decipher.setAuthTag(tag);
  try {
    const opened = decipher.update(bytes.subarray(saltBytes + nonceBytes + tagBytes));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch (error) {
    throw new SealError('the passphrase is another one, or the value was altered', {
      cause: error,
    });
  }
}

function deriveKey(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase, salt, 32, cost);
}
