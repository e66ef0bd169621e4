import { createHash, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SealError } from '../../../src/core/secrets/seal.ts';
import { open, seal } from '../../core/secrets/sealing.ts';
import {
  type Account,
  type Bundle,
  type DatabaseCredentials,
  createBundle,
  isBundleOf,
  lentTenant,
  lentToken,
  openBundle,
  otherSealer,
  sealBundle,
} from '../../../src/aura/credentials/bundle.ts';
import { formsOf } from '../../../harness/runner/leaks.ts';
import { readProjectFile } from '../../repository/project.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

const passphrase = 'a passphrase of some length';
const credentials = { clientId: 'the-client', clientSecret: secretOf('the-secret-0123') };
const apiUrl = new URL('https://api.neo4j.io');
const account = { credentials, apiUrl };
const token = {
  accessToken: secretOf('aGVhZGVy.cGF5bG9hZA.c2lnbmF0dXJl'),
  expiresAt: 1_785_751_200_000,
};
/** The token in the format of an older version. */
const older = { ...token, accessToken: token.accessToken.reveal() };
const database: DatabaseCredentials = {
  instanceId: '1a2b3c4d',
  connectionUri: 'neo4j+s://1a2b3c4d.databases.neo4j.io',
  name: 'shop-main-1f2e-3d4c',
  tenantId: '0f9e8d7c-6b5a-4f3e-8d2c-1b0a9f8e7d6c',
  username: 'neo4j',
  password: secretOf('letMeIn-0123456789'),
  createdAt: 1_785_747_600_000,
};
const bundle: Bundle = createBundle(database, account, token);
const sealed = sealBundle(bundle, secretOf(passphrase));
/** The bundle as JSON. */
const plain = { ...bundle, password: bundle.password.reveal() };
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function bytesOf(value: string): Buffer {
  return Buffer.from(value.slice('aura1.'.length), 'base64url');
}

function reasonOf(value: string, key = passphrase): string {
  try {
    return `opened as ${JSON.stringify(openBundle(value, secretOf(key), noMask))}`;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return error.message;
  }
}

const ofDamage = ['it is incomplete', 'it was altered after it was sealed'];
const ofForm: readonly unknown[] = [
  'it is not a sealed value of this action',
  expect.stringMatching(/^its format 'aura\d+' belongs to another version of this action; /),
];

/** The same numbers in every run, so that a failure can be reproduced. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A value with one character replaced, removed, doubled or swapped, or cut off there. */
function alter(value: string, below: (limit: number) => number): string {
  const at = below(value.length);
  const [before, after] = [value.slice(0, at), value.slice(at + 1)];
  const own = value.charAt(at);
  const other = alphabet.charAt((alphabet.indexOf(own) + 1 + below(63)) % 64);
  const next = after.charAt(0);
  switch (below(8)) {
    case 0:
      return before + after;
    case 1:
      return before + other + own + after;
    case 2:
      return next === own || next === '' ? before : before + next + own + after.slice(1);
    case 3:
      return before;
    default:
      return before + other + after;
  }
}

/** A change by an attacker who knows the format and corrects the checksum. */
function alterWithIntent(value: string, at: number, mask: number): string {
  const body = bytesOf(value).subarray(0, -8);
  body[at] = (body[at] ?? 0) ^ mask;
  const checksum = createHash('sha256').update('aura1.').update(body).digest().subarray(0, 8);
  return `aura1.${Buffer.concat([body, checksum]).toString('base64url')}`;
}

describe('sealed credentials', () => {
  it.each<[string, Bundle]>([
    ['with a token', bundle],
    ['without a token', { ...bundle, token: undefined }],
    ['without an address', { ...bundle, connectionUri: undefined }],
    ['without a time', { ...bundle, createdAt: undefined }],
    ['with special characters in the name', { ...bundle, name: 'Ünï "🐘" \\ \u2028' }],
    ['with special characters in the password', { ...bundle, password: secretOf('"\'$`\\\n ü') }],
  ])('open to the same values: %s', (_what, value) => {
    expect(
      openBundle(sealBundle(value, secretOf(passphrase)), secretOf(passphrase), noMask),
    ).toEqual(value);
  });

  it('are masked, with the token, as soon as they are opened', () => {
    const masked: string[] = [];
    const mask = (secret: string): void => {
      masked.push(secret);
    };
    const opened = openBundle(sealed, secretOf(passphrase), mask);
    expect(masked).toEqual([plain.password]);
    lentToken(opened, account, mask);
    expect(masked).toEqual([plain.password, token.accessToken.reveal()]);
  });

  it('do not open with another passphrase', () => {
    for (const key of ['', passphrase.toUpperCase(), `${passphrase} `]) {
      expect(reasonOf(sealed, key)).toBe('it was sealed with another key');
    }
  });

  it('differ each time, except for their length and the salt of the process', () => {
    const [one, other] = [bytesOf(sealed), bytesOf(sealBundle(bundle, secretOf(passphrase)))];
    expect(one).toHaveLength(other.length);
    expect(one.subarray(28, 32)).toEqual(other.subarray(28, 32));
    const parts = { nonce: [16, 28], text: [32, -24], tag: [-24, -8], sum: [-8] };
    for (const [part, [start, end]] of Object.entries(parts)) {
      expect(one.subarray(start, end), part).not.toEqual(other.subarray(start, end));
    }
    const equal = one.subarray(32).filter((byte, index) => byte === other[32 + index]).length;
    expect(equal).toBeLessThan(one.length / 10);
  });

  it('do not contain the plain text in any encoding', () => {
    const accessToken = token.accessToken.reveal();
    const values = Object.values({ ...plain, ...token, accessToken }).map(String);
    expect(values).not.toContain('***');
    const bytes = bytesOf(sealed);
    const places: readonly string[] = [
      sealed,
      ...(['latin1', 'hex', 'base64'] as const).map((as) => bytes.toString(as)),
    ];
    for (const value of values) {
      for (const form of formsOf(value)) {
        for (const place of places) expect(place.includes(form), form).toBe(false);
      }
    }
    expect(sealed).toMatch(/^aura1\.[\w-]+$/);
  });
});

describe('a bundle', () => {
  const others: readonly (readonly [string, Account])[] = [
    ['another client', { credentials: { ...credentials, clientId: 'other' }, apiUrl }],
    ['a client in capitals', { credentials: { ...credentials, clientId: 'THE-CLIENT' }, apiUrl }],
    ['another API', { credentials, apiUrl: new URL('https://api-staging.neo4j.io') }],
    ['another port', { credentials, apiUrl: new URL('https://api.neo4j.io:8443') }],
    ['another scheme', { credentials, apiUrl: new URL('http://api.neo4j.io') }],
  ];
  const opened = openBundle(sealed, secretOf(passphrase), noMask);

  it('lends the token of the step that sealed it to the same client at the same API', () => {
    expect(lentToken(opened, account, noMask)).toEqual(token);
    expect(
      lentToken(opened, { credentials, apiUrl: new URL('https://API.neo4j.io:443/') }, noMask),
    ).toEqual(token);
    expect(otherSealer(opened, account)).toBeUndefined();
  });

  it.each(others)('lends no token to %s', (_, other) => {
    expect(lentToken(opened, other, noMask)).toBeUndefined();
    expect(otherSealer(opened, other)).toBe("client 'the-client' of https://api.neo4j.io");
  });

  it.each(others)('lends no token to %s, even if the bundle names that one', (_, other) => {
    const claimed = { clientId: other.credentials.clientId, apiOrigin: other.apiUrl.origin };
    expect(lentToken({ ...opened, ...claimed }, other, noMask)).toBeUndefined();
  });

  it('lends no token after the client secret has changed', () => {
    const changed = {
      credentials: { ...credentials, clientSecret: secretOf('new-secret-0123') },
      apiUrl,
    };
    expect(lentToken(opened, changed, noMask)).toBeUndefined();
  });

  it('lends no token if it contains none, or another value in its place', () => {
    for (const value of [undefined, '', token.accessToken.reveal(), 'key1.AAAA', sealed]) {
      expect(lentToken({ ...opened, token: value }, account, noMask)).toBeUndefined();
    }
    const headers = {
      ...token,
      accessToken: secretOf(`${token.accessToken.reveal()}\r\nX-Other: 1`),
    };
    expect(lentToken(createBundle(database, account, headers), account, noMask)).toBeUndefined();
  });

  it('lends the tenant to every client of the same API', () => {
    for (const [what, other] of others) {
      const same = other.apiUrl.origin === apiUrl.origin;
      expect(lentTenant(opened, other), what).toBe(same ? database.tenantId : undefined);
    }
  });

  it('lends nothing if an older version sealed it', () => {
    const opened = openBundle(
      seal(JSON.stringify({ ...database, password: plain.password, token: older }), passphrase),
      secretOf(passphrase),
      noMask,
    );
    expect(opened).toMatchObject({ password: database.password, token: undefined });
    expect(lentToken(opened, account, noMask)).toBeUndefined();
    expect(lentTenant(opened, account)).toBeUndefined();
    expect(otherSealer(opened, account)).toMatch(/^an older version of this action/);
  });

  it('contains no token that the passphrase alone opens', () => {
    expect(open(sealed, passphrase)).not.toContain(token.accessToken.reveal());
  });

  it('does not contain the values of an earlier bundle', () => {
    const again = createBundle(
      openBundle(sealed, secretOf(passphrase), noMask),
      others[0]?.[1] ?? account,
      undefined,
    );
    expect(again).toEqual({ ...database, clientId: 'other', apiOrigin: apiUrl.origin });
  });

  it('belongs to the instance whose id and tenant it has', () => {
    const { instanceId: id, tenantId } = database;
    expect(isBundleOf(opened, { id, tenantId })).toBe(true);
    expect(isBundleOf(opened, { id: '00000000', tenantId })).toBe(false);
    expect(isBundleOf(opened, { id, tenantId: '0f9e8d7c-0000-4f3e-8d2c-1b0a9f8e7d6c' })).toBe(
      false,
    );
  });
});

describe('an altered value', () => {
  // The checksum catches these before a key is derived, as the reasons show, so they cost nothing.
  it('is refused at no cost in a thousand cases of damage', () => {
    const below = numbersFrom(20_260_803);
    for (let count = 0; count < 1_000; count += 1) {
      const altered = alter(sealed, below);
      expect(altered).not.toBe(sealed);
      expect([...ofDamage, ...ofForm], altered).toContainEqual(reasonOf(altered));
    }
  });

  // An attacker corrects the checksum, so only the tag protects. Another salt costs the
  // derivation of a key, about 80 ms, so there are ten in each part of the format.
  it('is refused by its tag if the checksum was corrected', () => {
    const below = numbersFrom(3);
    const end = bytesOf(sealed).length - 8;
    const parts = { salt: [0, 16], nonce: [16, 28], text: [32, end - 16], tag: [end - 16, end] };
    for (const [part, [from = 0, to = 0]] of Object.entries(parts)) {
      for (let count = 0; count < 10; count += 1) {
        const altered = alterWithIntent(sealed, from + below(to - from), 1 << below(8));
        expect(reasonOf(altered), part).toBe('it was sealed with another key');
      }
    }
  }, 60_000);

  it('is refused with another length, even with a correct checksum', () => {
    for (let bit = 0; bit < 32; bit += 1) {
      const altered = alterWithIntent(sealed, 28 + (bit >> 3), 1 << (bit & 7));
      expect(ofDamage).toContain(reasonOf(altered));
    }
  });

  it('is refused if it combines the parts of two values', () => {
    const other = bytesOf(
      sealBundle({ ...bundle, password: secretOf('another-password-0') }, secretOf(passphrase)),
    );
    const mixed = bytesOf(sealed);
    other.copy(mixed, 32, 32, 40);
    const value = alterWithIntent(`aura1.${mixed.toString('base64url')}`, 0, 0);
    expect(reasonOf(value)).toBe('it was sealed with another key');
  });

  it('is never quoted in the reason', () => {
    const password = bundle.password.reveal();
    for (const value of [`aura2.${password}`, password, `aura1.${password}`]) {
      expect(reasonOf(value)).not.toContain(password);
    }
  });
});

describe('a sealed text that is not a bundle', () => {
  it.each<[string, string]>([
    ['a token', JSON.stringify({ token: plain.token })],
    ['not JSON', 'letMeIn-0123456789'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', JSON.stringify([plain])],
    ['a string', JSON.stringify(JSON.stringify(plain))],
    ...(['instanceId', 'name', 'tenantId', 'username', 'password'] as const).flatMap(
      (field): [string, string][] => [
        [`without ${field}`, JSON.stringify({ ...plain, [field]: undefined })],
        [`with a number as ${field}`, JSON.stringify({ ...plain, [field]: 7 })],
      ],
    ),
  ])('is refused: %s', (_what, text) => {
    const reason = reasonOf(seal(text, passphrase));
    expect(reason).toBe('it does not contain credentials');
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['the object of an older version, which was not bound to a client', older],
  ])('is a bundle without a token if the token is %s', (_what, token) => {
    const value = seal(JSON.stringify({ ...plain, token }), passphrase);
    expect(openBundle(value, secretOf(passphrase), noMask)).toEqual({
      ...bundle,
      token: undefined,
    });
  });

  it('may contain unknown fields', () => {
    const value = seal(JSON.stringify({ ...plain, later: { than: 'this' } }), passphrase);
    expect(openBundle(value, secretOf(passphrase), noMask)).toEqual(bundle);
  });
});

describe('the test vector in the documentation', () => {
  const document = readProjectFile('docs/sealed-credentials.md');
  const block = /^## Test vectors$[^]*?^```json$([^]*?)^```$/m.exec(document)?.[1] ?? '{}';
  const vector = JSON.parse(block) as Readonly<Record<string, string>>;
  const { text = '', sealed: expected = '', passphrase: key = '' } = vector;
  const salt = Buffer.from(vector['salt'] ?? '', 'hex');
  const nonce = Buffer.from(vector['nonce'] ?? '', 'hex');

  it('opens to its text, which is a bundle', () => {
    expect(open(expected, key)).toBe(text);
    const { token: lent, ...others } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    expect(lent).toBeDefined();
    expect(openBundle(expected, secretOf(key), noMask)).toEqual({ ...others, token: undefined });
  });

  it('equals its text, sealed with its salt and nonce', () => {
    const random = (size: number): Buffer<ArrayBuffer> =>
      Buffer.from(size === salt.length ? salt : nonce);
    expect(seal(text, key, random)).toBe(expected);
  });

  it('has the fields at the documented places, and the documented key', () => {
    const bytes = bytesOf(expected);
    expect(bytes.subarray(0, 16)).toEqual(salt);
    expect(bytes.subarray(16, 28)).toEqual(nonce);
    expect(bytes.readUInt32BE(28)).toBe(Buffer.byteLength(text));
    expect(bytes).toHaveLength(56 + Buffer.byteLength(text));
    const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
    expect(scryptSync(key, salt, 32, cost).toString('hex')).toBe(vector['key']);
  });

  it('cannot be opened with another passphrase', () => {
    expect(reasonOf(expected, `${key}!`)).toBe('it was sealed with another key');
  });

  it.each(
    ofDamage.concat(
      'it is not a sealed value of this action',
      'it was sealed with another key',
      'it does not contain credentials',
      "its format 'aura…' belongs to another version of this action; this version reads 'aura1'",
    ),
  )('is next to the meaning of each error: %s', (message) => {
    expect(document).toContain(`| \`${message}\``);
  });
});
