import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealError } from '../../../src/core/secrets/seal.ts';
import { open, seal } from './sealing.ts';

const passphrase = 'correct horse';
/**
 * 'grün 🐘' with salt 00…0f and nonce 10…1b, from docs/sealed-credentials.md. Python's scrypt and
 * AES-GCM give the same, and so does Go's, which shares no code with OpenSSL.
 */
const vector =
  'aura1.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGwAAAAoRodhSnqZSnI6YtnRCWiJCu5W50EArwcSa8D56N-HpYzr0';
const text = 'grün 🐘';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const foreign = 'it is not a sealed value of this action';
const short = 'it is incomplete';
const altered = 'it was altered after it was sealed';
const otherKey = 'it was sealed with another key';

function reasonOf(sealed: string, key = passphrase): string {
  try {
    return `opened as ${open(sealed, key)}`;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return error.message;
  }
}

function bytesOf(sealed: string): Buffer {
  return Buffer.from(sealed.slice('aura1.'.length), 'base64url');
}

describe('a sealed text', () => {
  it.each([[''], ['a'], ['grün 🐘\n\0'], ['{"password":"x"}'], ['x'.repeat(100_000)]])(
    'opens unchanged',
    (plain) => {
      expect(open(seal(plain, passphrase), passphrase)).toBe(plain);
    },
  );

  it('is the test vector if its random bytes are', () => {
    let next = 0;
    const random = (size: number) => Buffer.from(Array.from({ length: size }, () => next++));
    expect(seal(text, passphrase, random)).toBe(vector);
  });

  it('of an earlier release still opens', () => {
    expect(open(vector, passphrase)).toBe(text);
  });

  it('has salt, nonce, length, text, tag and checksum, and nothing else', () => {
    const plain = 'x'.repeat(300);
    const bytes = bytesOf(seal(plain, passphrase));
    expect(bytes).toHaveLength(16 + 12 + 4 + plain.length + 16 + 8);
    expect(bytes.readUInt32BE(16 + 12)).toBe(plain.length);
  });

  it('is sealed under any passphrase', () => {
    for (const key of ['', ' ', 'ünïcödé 🐘', 'k'.repeat(1_000)]) {
      expect(open(seal('text', key), key)).toBe('text');
    }
  });

  it('is different each time', () => {
    const [one, other] = [bytesOf(seal('text', passphrase)), bytesOf(seal('text', passphrase))];
    expect(one.subarray(16, 28)).not.toEqual(other.subarray(16, 28));
    expect(one.subarray(32, 36)).not.toEqual(other.subarray(32, 36));
    expect(one.subarray(36, 52)).not.toEqual(other.subarray(36, 52));
  });

  it('is one word that a job output can carry, without any of the text', () => {
    const secret = 'letMeIn-0123456789';
    const sealed = seal(JSON.stringify({ password: secret }), passphrase);
    expect(sealed).toMatch(/^aura1\.[A-Za-z0-9_-]+$/);
    for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const) {
      // Base64 from the middle of a text depends on the start: three cases.
      for (const start of [0, 1, 2]) {
        const part = Buffer.from(secret.slice(start, start + 12)).toString(form);
        expect(sealed).not.toContain(part);
        expect(bytesOf(sealed).toString('latin1')).not.toContain(part);
      }
    }
  });

  it('reports a wrong passphrase as such', () => {
    for (const key of ['', 'Correct horse', 'correct horse ']) {
      expect(reasonOf(vector, key)).toBe(otherKey);
    }
  });
});

describe('a value that is not sealed', () => {
  it.each([
    ['', foreign],
    ['aura1', foreign],
    [vector.slice('aura1.'.length), foreign],
    [vector.replace('aura1.', 'AURA1.'), foreign],
    [vector.replace('aura1.', 'aura.'), foreign],
    [vector.replace('aura1.', 'aura1'), foreign],
    [` ${vector}`, foreign],
    [`\n${vector}`, foreign],
    ['aura1.', short],
    [`aura1.${'A'.repeat(73)}`, short],
    [`aura1.${'A'.repeat(75)}`, altered],
    [`aura1.${'_'.repeat(200)}`, short],
    [`${vector}\n`, altered],
    [`${vector}=`, altered],
    [vector.replace('-', '+'), altered],
    [`aura1.${vector}`, altered],
    ['aura1.grün', altered],
    ['aura1.***', altered],
  ])('is refused: %j, because %s', (value, reason) => {
    expect(reasonOf(value)).toBe(reason);
  });

  it.each([
    ['aura2.', 'aura2'],
    ['aura10.', 'aura10'],
    ['aura0.', 'aura0'],
    ['aura01.', 'aura01'],
  ])('is reported as another version if it begins with %s', (beginning, version) => {
    expect(reasonOf(vector.replace('aura1.', beginning))).toBe(
      `its format '${version}' belongs to another version of this action; this version reads 'aura1'`,
    );
  });

  it('is reported as cut short wherever it was cut', () => {
    for (let length = 'aura1.'.length; length < vector.length; length += 1) {
      expect(reasonOf(vector.slice(0, length))).toBe(short);
    }
    for (let length = 0; length < 'aura1.'.length; length += 1) {
      expect(reasonOf(vector.slice(0, length))).toBe(foreign);
    }
  });

  it('is refused as altered if anything was added to it', () => {
    for (const addition of ['A', 'AA', 'AAA', 'AAAA', '.', ' ', vector]) {
      expect(reasonOf(vector + addition)).toBe(altered);
    }
  });

  it('is refused if any of its letters was altered', () => {
    const length = { begin: 'aura1.'.length + Math.floor((28 * 4) / 3), end: 'aura1.'.length + 43 };
    for (let index = 'aura1.'.length; index < vector.length; index += 1) {
      for (const shift of [1, 17, 32, 63]) {
        const letter = alphabet[(alphabet.indexOf(vector[index] ?? '') + shift) % 64] ?? '';
        const value = vector.slice(0, index) + letter + vector.slice(index + 1);
        // If the stored length is too large, the value looks the same as one that was cut.
        const ofLength = index >= length.begin && index < length.end;
        expect(ofLength ? [altered, short] : [altered]).toContain(reasonOf(value));
      }
    }
  });

  it('is refused if two of its parts are exchanged', () => {
    const [one, other] = [bytesOf(vector), bytesOf(seal(text, passphrase, randomBytes))];
    // Salt, nonce, text with tag, and checksum of one value in the other.
    for (const [begin, end] of [
      [0, 16],
      [16, 28],
      [32, 58],
      [58, 66],
    ] as const) {
      const mixed = Buffer.from(one);
      other.copy(mixed, begin, begin, end);
      expect(reasonOf(`aura1.${mixed.toString('base64url')}`)).toBe(altered);
    }
  });

  it('is refused at low cost if it is any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (value) => {
        expect(reasonOf(value)).toBe(foreign);
        expect([altered, short]).toContain(reasonOf(`aura1.${value}`));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is not quoted in the refusal', () => {
    for (const value of ['letMeIn', 'aura1.letMeIn!', `aura1.letMeIn${'A'.repeat(100)}`]) {
      expect(reasonOf(value)).not.toContain('letMeIn');
    }
  });
});

describe('a value whose checksum was made to fit', () => {
  it('is refused by its tag, in every part', () => {
    const bytes = bytesOf(vector);
    for (const index of [0, 15, 16, 27, 32, 41, 42, 57]) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(forged.readUInt8(index) ^ 1, index);
      const sum = createHash('sha256').update('aura1.').update(forged.subarray(0, -8)).digest();
      sum.copy(forged, forged.length - 8, 0, 8);
      expect(reasonOf(`aura1.${forged.toString('base64url')}`)).toBe(otherKey);
    }
  });
});
