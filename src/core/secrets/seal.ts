import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  scrypt,
  scryptSync,
} from 'node:crypto';
import type { Secret } from './secret.ts';

const saltBytes = 16;
const nonceBytes = 12;
const lengthBytes = 4;
const tagBytes = 16;
const checksumBytes = 8;
const headerBytes = saltBytes + nonceBytes + lengthBytes;
/** 32 MiB and about 80 ms for each guess at a passphrase. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

/**
 * The keys that this process has derived, by salt and passphrase, and the salt that it seals with,
 * by passphrase: so it derives one key instead of one for each value.
 */
const keys = new Map<string, Buffer>();
const salts = new Map<string, Buffer>();

/**
 * A separate format, not a version of the one above: a value sealed with a key has no salt and needs
 * no passphrase.
 */
const keyPrefix = 'key1.';
const keyBytes = 32;

/** How values are sealed with a passphrase. */
export interface Lock {
  /** Their prefix: a word for the action, the version of the format, and a dot. */
  readonly prefix: string;
  readonly passphrase: string;
}

/** The key of one sealed value. */
export interface DerivedKey {
  readonly salt: Buffer;
  readonly passphrase: string;
  readonly key: Buffer;
}

/** A sealed value that cannot be opened; the message says why and contains no part of the value. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/**
 * Seals a text: AES-256-GCM under a key that scrypt derives from the passphrase.
 * docs/sealed-credentials.md describes the format byte by byte. If this process has sealed or opened
 * a value with the passphrase before, it uses the same salt; the nonce is always new.
 *
 * @param random returns random bytes, also for the salt; only the test vector sets it.
 */
export function seal(text: string, lock: Lock, random?: typeof randomBytes): string {
  const { prefix, passphrase } = lock;
  const salt = random?.(saltBytes) ?? salts.get(passphrase) ?? randomBytes(saltBytes);
  const nonce = (random ?? randomBytes)(nonceBytes);
  const plain = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(plain.length);
  const header = Buffer.concat([salt, nonce, length]);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(passphrase, salt), nonce);
  cipher.setAAD(authenticated(prefix, header));
  const sealed = Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  if (random === undefined) salts.set(passphrase, salt);
  return prefix + Buffer.concat([sealed, checksum(prefix, sealed)]).toString('base64url');
}

/**
 * Opens a value from {@link seal}.
 *
 * @throws {@link SealError} that distinguishes an unknown format, another version, an incomplete
 *   value, a changed one and another passphrase; never returns a part.
 */
export function open(sealed: string, { prefix, passphrase }: Lock): string {
  const body = readBody(sealed, prefix);
  const header = body.subarray(0, headerBytes);
  const salt = header.subarray(0, saltBytes);
  const nonce = header.subarray(saltBytes, saltBytes + nonceBytes);
  const options = { authTagLength: tagBytes };
  const key = deriveKey(passphrase, salt);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, options);
  decipher.setAAD(authenticated(prefix, header));
  decipher.setAuthTag(body.subarray(-tagBytes));
  try {
    const opened = decipher.update(body.subarray(headerBytes, -tagBytes));
    const text = Buffer.concat([opened, decipher.final()]).toString('utf8');
    // Not before this check: an attacker without the passphrase could have prepared the salt.
    if (!salts.has(passphrase)) salts.set(passphrase, Buffer.from(salt));
    return text;
  } catch (error) {
    throw new SealError('it was sealed with another key', { cause: error });
  }
}

/**
 * Derives the key of a sealed value on another thread, so that this one can do something else in the
 * meantime. {@link keepKey} passes it to {@link open}.
 *
 * @returns undefined if there is no key; {@link open} then says why.
 */
export async function deriveAhead(
  sealed: string,
  { prefix, passphrase }: Lock,
): Promise<DerivedKey | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  try {
    const salt = readBody(sealed, prefix).subarray(0, saltBytes);
    scrypt(passphrase, salt, keyBytes, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
    return { salt, passphrase, key: await promise };
  } catch {
    return undefined;
  }
}

/** Keeps a key from {@link deriveAhead}, so that {@link open} does not derive it again. */
export function keepKey({ salt, passphrase, key }: DerivedKey): void {
  keys.set(nameOf(passphrase, salt), key);
}

/** The bytes of a value before its checksum, if nothing is missing or changed. */
function readBody(sealed: string, prefix: string): Buffer {
  const bytes = decode(sealed, prefix);
  const body = bytes.subarray(0, -checksumBytes);
  if (!checksum(prefix, body).equals(bytes.subarray(-checksumBytes))) {
    throw new SealError('it was altered after it was sealed');
  }
  return body;
}

/** The bytes of a value, if its format and its length are correct. */
function decode(sealed: string, prefix: string): Buffer {
  const word = prefix.replace(/\d+\.$/, '');
  const version = new RegExp(`^${word}\\d+\\.`).exec(sealed)?.[0];
  if (version === undefined) throw new SealError('it is not a sealed value of this action');
  if (version !== prefix) {
    throw new SealError(
      `its format '${version.slice(0, -1)}' belongs to another version of this action; this version reads '${prefix.slice(0, -1)}'`,
    );
  }
  const encoded = sealed.slice(prefix.length);
  const bytes = Buffer.from(encoded, 'base64url');
  // Node skips characters that are not base64url, so a value is complete only if it encodes to
  // itself. An incomplete value may have unused bits; its length is checked first.
  if (!/^[\w-]*$/.test(encoded)) throw new SealError('it was altered after it was sealed');
  const shortest = headerBytes + tagBytes + checksumBytes;
  const missing =
    bytes.length < shortest || bytes.length < shortest + bytes.readUInt32BE(saltBytes + nonceBytes);
  if (missing) throw new SealError('it is incomplete');
  const whole = bytes.length === shortest + bytes.readUInt32BE(saltBytes + nonceBytes);
  if (!whole || bytes.toString('base64url') !== encoded) {
    throw new SealError('it was altered after it was sealed');
  }
  return bytes;
}

/** So the version and the header cannot be changed either. */
function authenticated(prefix: string, header: Buffer): Buffer {
  return Buffer.concat([Buffer.from(prefix), header]);
}

/** Distinguishes damage from a wrong key; the authentication tag protects against tampering. */
function checksum(prefix: string, bytes: Buffer): Buffer {
  return createHash('sha256').update(prefix).update(bytes).digest().subarray(0, checksumBytes);
}

function deriveKey(passphrase: string, salt: Buffer): Buffer {
  const name = nameOf(passphrase, salt);
  const key = keys.get(name) ?? scryptSync(passphrase, salt, keyBytes, cost);
  keys.set(name, key);
  return key;
}

function nameOf(passphrase: string, salt: Buffer): string {
  return `${salt.toString('base64')} ${passphrase}`;
}

/**
 * Seals a text under a key of 32 bytes: AES-256-GCM with a random nonce. docs/sealed-credentials.md
 * describes the format byte by byte.
 *
 * @param random returns random bytes; only the test vector sets it.
 */
export function sealUnderKey(text: string, key: Buffer, random = randomBytes): string {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(keyPrefix));
  const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return keyPrefix + Buffer.concat(sealed).toString('base64url');
}

/**
 * Opens a value from {@link sealUnderKey}.
 *
 * @throws {@link SealError} for anything else, and for another key; never returns a part.
 */
export function openUnderKey(sealed: string, key: Buffer): string {
  const encoded = sealed.slice(keyPrefix.length);
  const bytes = Buffer.from(encoded, 'base64url');
  if (
    !sealed.startsWith(keyPrefix) ||
    bytes.length < nonceBytes + tagBytes ||
    bytes.toString('base64url') !== encoded
  ) {
    throw new SealError('it is not a value that this action sealed under a key');
  }
  if (key.length !== keyBytes) throw new SealError('the key to open it with has another length');
  const options = { authTagLength: tagBytes };
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), options);
  decipher.setAAD(Buffer.from(keyPrefix));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch (error) {
    throw new SealError('it was sealed under another key, or altered', { cause: error });
  }
}

/**
 * The key for the access tokens of one client at one API: another client, another secret or another
 * API cannot open them. A client secret is long and random, so unlike a passphrase it needs no
 * costly derivation.
 *
 * @param apiOrigin with scheme, without a path.
 */
export function deriveTokenKey(
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: Secret },
  apiOrigin: string,
): Buffer {
  // JSON separates the two even if they contain separators; the hash keeps them within the limits
  // of HKDF.
  const owner = createHash('sha256')
    .update(JSON.stringify([clientId, apiOrigin]))
    .digest();
  const info = Buffer.concat([Buffer.from('access token'), owner]);
  return Buffer.from(hkdfSync('sha256', clientSecret.reveal(), '', info, keyBytes));
}
