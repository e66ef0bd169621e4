import { describe, expect, it } from 'vitest';
import { sealUnderKey } from '../../../src/core/secrets/seal.ts';
import { openToken, sealToken } from '../../../src/core/oauth/sealed-token.ts';
import { noMask, secretOf } from '../secrets/secret-of.ts';

const key = Buffer.alloc(32, 7);
const accessToken = 'header.payload.signature';

describe('a sealed token', () => {
  it.each([[1_785_751_200_000], [0], [undefined]])(
    'is unchanged when opened: its end is %s',
    (expiresAt) => {
      const token = { accessToken: secretOf(accessToken), expiresAt };
      expect(openToken(sealToken(token, key), key, noMask)).toStrictEqual(token);
    },
  );

  it('is masked as soon as it is known', () => {
    const token = { accessToken: secretOf(accessToken), expiresAt: 1 };
    const masked: string[] = [];
    openToken(sealToken(token, key), key, (secret) => masked.push(secret));
    expect(masked).toEqual([accessToken]);
  });

  it('may contain unknown fields', () => {
    const text = JSON.stringify({ accessToken, expiresAt: null, later: 1 });
    const token = { accessToken, expiresAt: undefined };
    expect(openToken(sealUnderKey(text, key), key, noMask)).toStrictEqual(token);
  });

  it.each([
    ['no JSON', accessToken],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', JSON.stringify([accessToken, 1])],
    ['no token', JSON.stringify({ expiresAt: 1 })],
    ['a number as token', JSON.stringify({ accessToken: 12_345_678, expiresAt: 1 })],
    [
      'a token that cannot be a header',
      JSON.stringify({ accessToken: 'a\r\nb: cdefgh', expiresAt: 1 }),
    ],
    ['a token too short for a mask', JSON.stringify({ accessToken: 'bearer', expiresAt: 1 })],
    ['no end', JSON.stringify({ accessToken })],
    ['a text as end', JSON.stringify({ accessToken, expiresAt: '1' })],
  ])('is invalid if it contains %s', (_, text) => {
    expect(openToken(sealUnderKey(text, key), key, noMask)).toBeUndefined();
  });
});
