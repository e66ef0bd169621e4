import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob, matchesGlobInAnyCase } from '../../../src/core/inputs/glob.ts';

describe('a glob', () => {
  it.each([
    ['main', 'main'],
    ['*', ''],
    ['*', 'anything at all\nof two lines'],
    ['shop-*', 'shop-'],
    ['shop-*', 'shop-main-610v7'],
    ['*-prod', 'shop-prod'],
    ['*prod*', 'shop-prod-1'],
    ['a*b*c', 'abbc'],
    ['a**c', 'abc'],
    ['?', 'x'],
    ['?', '🐘'],
    ['?', '\n'],
    ['shop-?', 'shop-1'],
    ['??', '🐘🐳'],
    ['?*', 'x'],
    ['a.b', 'a.b'],
    ['[main]', '[main]'],
    ['(a|b)', '(a|b)'],
    ['a+b{2}^$', 'a+b{2}^$'],
    ['a\\d', 'a\\d'],
    ['a\\*', 'a\\xyz'],
    ['a-b/c', 'a-b/c'],
    ['', ''],
  ])('%j matches %j', (pattern, text) => {
    expect(matchesGlob(pattern, text)).toBe(true);
  });

  it.each([
    ['main', 'mai'],
    ['main', 'main2'],
    ['main', 'domain'],
    ['main', 'Main'],
    ['shop-*', 'Shop-main'],
    ['shop-*', 'shop'],
    ['*-prod', 'shop-prod-1'],
    ['?', ''],
    ['?', 'xy'],
    ['??', '🐘'],
    ['a.b', 'axb'],
    ['[main]', 'm'],
    ['(a|b)', 'a'],
    ['a+', 'aa'],
    ['a\\d', 'a1'],
    ['a|b', 'a'],
    ['main', 'main\n'],
    ['', 'x'],
  ])('%j does not match %j', (pattern, text) => {
    expect(matchesGlob(pattern, text)).toBe(false);
  });

  const texts = fc.string({ unit: 'grapheme', maxLength: 30 });

  it('without wildcards is the text itself', () => {
    fc.assert(
      fc.property(texts, texts, (pattern, text) => {
        fc.pre(!/[*?]/.test(pattern));
        expect(matchesGlob(pattern, text)).toBe(pattern === text);
        expect(matchesGlob(pattern, pattern)).toBe(true);
      }),
    );
  });

  it('that replaces parts of a text with * matches that text', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, fc.boolean()), { maxLength: 5 }), (parts) => {
        const pattern = parts.map(([part, left]) => (left ? '*' : part)).join('');
        expect(matchesGlob(pattern, parts.map(([part]) => part).join(''))).toBe(true);
      }),
    );
  });

  it('matches the same as a plain search letter by letter', () => {
    const some = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '🐘'), maxLength: 8 });
    fc.assert(
      fc.property(some, some, (pattern, text) => {
        expect(matchesGlob(pattern, text)).toBe(found(Array.from(pattern), Array.from(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['many stars', `${'*'.repeat(40)}x`],
    ['stars with letters between', `${'*a'.repeat(15)}*b`],
  ])('of %s is decided immediately for any name', (_, pattern) => {
    const context = createContext({ matchesGlob, pattern, name: 'a'.repeat(30) });
    expect(runInContext('matchesGlob(pattern, name)', context, { timeout: 500 })).toBe(false);
  });
});

describe('a glob in any case', () => {
  it.each([
    ['prod*', 'Production'],
    ['PROD*', 'production'],
    ['pRoD-?', 'PrOd-1'],
    ['größe', 'GRÖSSE'],
    ['GRÖSSE', 'größe'],
    ['stra?e', 'STRAßE'],
    ['σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['caf\u00e9', 'CAFE\u0301'],
    ['ı', 'I'],
  ])('%j matches %j', (pattern, text) => {
    expect(matchesGlobInAnyCase(pattern, text)).toBe(true);
  });

  it.each([
    ['prod', 'Production'],
    ['prod-*', 'Pro-1'],
    ['?', 'AB'],
    ['cafe', 'Caf\u00e9'],
  ])('%j does not match %j', (pattern, text) => {
    expect(matchesGlobInAnyCase(pattern, text)).toBe(false);
  });

  it('matches everything that a glob in its own case matches', () => {
    const some = fc.string({ unit: fc.constantFrom('a', 'A', '*', '?', 'ß', 'é'), maxLength: 8 });
    fc.assert(
      fc.property(some, some, (pattern, text) => {
        if (matchesGlob(pattern, text)) expect(matchesGlobInAnyCase(pattern, text)).toBe(true);
        const letters = /[ßé*?]/;
        fc.pre(!letters.test(pattern));
        expect(matchesGlobInAnyCase(pattern, text)).toBe(
          pattern.toLowerCase() === text.toLowerCase(),
        );
      }),
    );
  });
});

/** The meaning of a glob, character by character. */
function found(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*') {
    return Array.from({ length: text.length + 1 }, (_, skipped) => text.slice(skipped)).some(
      (left) => found(rest, left),
    );
  }
  return text.length > 0 && (first === '?' || first === text[0]) && found(rest, text.slice(1));
}
