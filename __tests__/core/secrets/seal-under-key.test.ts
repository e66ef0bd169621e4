import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  SealError,
  deriveTokenKey,
  openUnderKey,
  sealUnderKey,
} from '../../../src/core/secrets/seal.ts';
import { open, seal } from './sealing.ts';
import { openToken, sealToken } from '../../../src/core/oauth/sealed-token.ts';
import { noMask, secretOf } from './secret-of.ts';

const client = { clientId: 'the-client', clientSecret: secretOf('the-secret-0123') };
const apiOrigin = 'https://api.neo4j.io';
const key = deriveTokenKey(client, apiOrigin);
/** From docs/sealed-credentials.md. Python's HMAC and AES-GCM give the same. */
const vector = {
  key: '6ffbd3ba42fbd05d1419a7bb1356a098d18e228ff615b4d8b2f7517e4bcf0687',
  text: '{"accessToken":"header.payload.signature","expiresAt":1785751200000}',
  sealed:
    'key1.EBESExQVFhcYGRobz42XZfB4f12IbQ9fO5ZeGmYpw1dLUDIsjfS7fS3pwDJ0gEXW5Cz_le_wjeV7PlprOsfZ3cUu3Se9joJ_mittwzAU0N6EfeV4uGchuKh91LqjbpV2',
};
const notSealed = 'it is not a value that this action sealed under a key';
const otherKey = 'it was sealed under another key, or altered';

function reasonOf(sealed: string, under = key): string {
  try {
    return `opened as ${openUnderKey(sealed, under)}`;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return error.message;
  }
}

describe('a text sealed under a key', () => {
  it.each([[''], ['a'], ['grün 🐘\n\0'], ['x'.repeat(100_000)]])(
    'opens again with the same text as before',
    (text) => {
      expect(openUnderKey(sealUnderKey(text, key), key)).toBe(text);
    },
  );

  it('is the test vector if its random bytes are', () => {
    const nonce = Buffer.from(Array.from({ length: 12 }, (_, index) => 0x10 + index));
    expect(sealUnderKey(vector.text, key, () => nonce)).toBe(vector.sealed);
    expect(openUnderKey(vector.sealed, key)).toBe(vector.text);
  });

  it('is different each time, and one word without any of the text', () => {
    const [one, other] = [sealUnderKey('letMeIn-0123456789', key), sealUnderKey('letMeIn', key)];
    expect(one).toMatch(/^key1\.[\w-]+$/);
    expect(one.slice(5, 21)).not.toBe(other.slice(5, 21));
    expect(Buffer.from(one.slice(5), 'base64url').toString('latin1')).not.toContain('letMeIn');
  });

  it('does not open under another key, or under a key of another length', () => {
    const altered = Buffer.from(key);
    altered[31] = (altered[31] ?? 0) ^ 1;
    for (const under of [altered, Buffer.alloc(32), Buffer.alloc(0), key.subarray(1)]) {
      expect(reasonOf(vector.sealed, under)).not.toMatch(/^opened/);
    }
  });

  it('is refused if any bit is changed or if it is cut anywhere', () => {
    const bytes = Buffer.from(vector.sealed.slice(5), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(reasonOf(`key1.${altered.toString('base64url')}`)).toBe(otherKey);
    }
    for (let length = 0; length < vector.sealed.length; length += 1) {
      expect([notSealed, otherKey]).toContain(reasonOf(vector.sealed.slice(0, length)));
    }
  });

  it.each([
    '',
    'key1.',
    'key1',
    vector.sealed.slice(5),
    `${vector.sealed}\n`,
    ` ${vector.sealed}`,
    `${vector.sealed}=`,
    vector.sealed.replace('key1.', 'key2.'),
    vector.sealed.replace('_', '/'),
    seal(vector.text, client.clientSecret.reveal()),
  ])('is distinguished from another form: %j', (value) => {
    expect(reasonOf(value)).toBe(notSealed);
  });

  it('is never treated as a value sealed with a passphrase', () => {
    expect(() => open(vector.sealed, client.clientSecret.reveal())).toThrow(SealError);
  });

  it('is refused for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        expect([notSealed, otherKey]).toContain(reasonOf(value));
        expect([notSealed, otherKey]).toContain(reasonOf(`key1.${value}`));
      }),
    );
  });
});

describe('the key for the tokens of a client at an API', () => {
  it('is the one of the test vector, and 32 bytes of it', () => {
    expect(key.toString('hex')).toBe(vector.key);
    expect(key).toHaveLength(32);
  });

  it('differs for every other client, secret and API, however they are joined', () => {
    const owners = [
      [client, apiOrigin],
      [{ ...client, clientId: 'The-client' }, apiOrigin],
      [{ ...client, clientSecret: secretOf('the-secret-0124') }, apiOrigin],
      [client, 'http://api.neo4j.io'],
      [client, 'https://api.neo4j.io:8443'],
      [{ ...client, clientId: 'the-clienthttps://api' }, '.neo4j.io'],
      [{ ...client, clientId: 'the-client","https://api.neo4j.io' }, ''],
      [{ ...client, clientId: '' }, 'the-clienthttps://api.neo4j.io'],
    ] as const;
    const keys = owners.map(([owner, origin]) => deriveTokenKey(owner, origin).toString('hex'));
    expect(new Set(keys).size).toBe(owners.length);
  });

  it('exists for a client id of any length', () => {
    const clientId = 'c'.repeat(100_000);
    expect(deriveTokenKey({ ...client, clientId }, apiOrigin)).toHaveLength(32);
  });
});

describe('a sealed token', () => {
  it.each([1_785_751_200_000, 0, -1, undefined])('keeps its end: %j', (expiresAt) => {
    const token = { accessToken: secretOf('header.payload.signature'), expiresAt };
    expect(openToken(sealToken(token, key), key, noMask)).toEqual(token);
  });

  it('opens only for its client at its API', () => {
    const sealed = sealToken(
      { accessToken: secretOf('header.payload.signature'), expiresAt: 1 },
      key,
    );
    for (const other of [
      deriveTokenKey({ ...client, clientId: 'other' }, apiOrigin),
      deriveTokenKey({ ...client, clientSecret: secretOf('other-secret') }, apiOrigin),
      deriveTokenKey(client, 'https://other'),
    ]) {
      expect(() => openToken(sealed, other, noMask)).toThrow(SealError);
    }
  });
});
