import { describe, expect, it } from 'vitest';
import { Masks } from '../../../harness/runner/masks.ts';

function masksOf(...values: readonly string[]): Masks {
  const masks = new Masks();
  for (const value of values) masks.add(value);
  return masks;
}

const secret = `p"ss'w<rd> &x!(*)`;

describe('masks', () => {
  it.each([
    ['as it is', secret],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['at the end of a Basic header, offset 1', Buffer.from(`u${secret}`).toString('base64')],
    ['at the end of a Basic header, offset 2', Buffer.from(`u:${secret}`).toString('base64')],
    ['at the end of a Basic header, offset 0', Buffer.from(`me:${secret}`).toString('base64')],
    ['with escaped double quotes', secret.replaceAll('"', '\\"')],
    ['with doubled single quotes', secret.replaceAll("'", "''")],
    ['in JSON', JSON.stringify({ secret })],
    ['percent-encoded as .NET does it', 'p%22ss%27w%3Crd%3E%20%26x%21%28%2A%29'],
    ['in XML', 'p&quot;ss&apos;w&lt;rd&gt; &amp;x!(*)'],
  ])('hide a value %s', (_, text) => {
    const masked = masksOf(secret).apply(`before ${text} after`);
    expect(masked).toContain('***');
    expect(masked).toMatch(/^before .*after$/);
    // Only the user's part of a Basic header is left.
    expect(masked.length).toBeLessThan(40);
  });

  it.each([
    ['in base64url', 'ab?>>>~~~', Buffer.from('ab?>>>~~~').toString('base64url')],
    ['in hex', 'correct horse', Buffer.from('correct horse').toString('hex')],
    ['in capitals', 'correct horse', 'CORRECT HORSE'],
    ['percent-encoded by JavaScript', 'p ss!w', encodeURIComponent('p ss!w')],
    ['in the middle of base64', 'correct', Buffer.from('ab correct, x').toString('base64')],
    ['in pieces', 'correct horse', 'correct'],
  ])('do not hide a value %s', (_, value, text) => {
    expect(masksOf(value).apply(text)).toBe(text);
  });

  it('hide a quoted value without its quotes when it is longer than 8 characters', () => {
    expect(masksOf('"abcdefg"').apply('abcdefg')).toBe('***');
    expect(masksOf('"abcdef"').apply('abcdef')).toBe('abcdef');
  });

  it('hide both parts around an ampersand unless they are short', () => {
    expect(masksOf('firsthalf&secondhalf').apply('firsthalf& and secondhalf')).toBe('*** and ***');
    expect(masksOf('a&b').apply('a& and b')).toBe('a& and b');
  });

  it('hide each line of a value, without the blanks around it', () => {
    expect(masksOf('one line\r\n  another line  \n\n').apply('x another line y')).toBe('x *** y');
  });

  it('have no minimum length', () => {
    expect(masksOf('a').apply('banana')).toBe('b***n***n***');
  });

  it('merge overlapping and adjacent matches into one', () => {
    expect(masksOf('abcd', 'cdef', 'gh').apply('-abcdefgh-')).toBe('-***-');
  });

  it('change every URI if the user name neo4j is one of them', () => {
    expect(masksOf('neo4j').apply('neo4j+s://1234abcd.databases.neo4j.io')).toBe(
      '***+s://1234abcd.databases.***.io',
    );
  });

  it('change everything if pretty-printed JSON is one of them', () => {
    expect(masksOf('{\n  "a": 1\n}').apply('f() { }')).toBe('f() *** ***');
  });

  it('ignore an empty value', () => {
    expect(masksOf('').apply('text')).toBe('text');
  });

  it('report whether they would change a text', () => {
    expect(masksOf('secret').touches('no such thing')).toBe(false);
    expect(masksOf('secret').touches('a secret thing')).toBe(true);
  });
});
