import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlain } from '../../../src/core/secrets/env-file.ts';
import { makeDirectory, refusalOfWriting, variables, write } from './env-file-places.ts';
import { readers } from './env-file-readers.ts';

/** About 30 variables per file, so that few shells test many values. */
function named(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, index) => [`V${index}`, value]));
}

const harmless = 'aZ0_.:/+@%=,-';
const special = '#$\'"`\\ \t\n\r~!*?[]{}()<>|&;^';

function charactersOf(text: string): readonly string[] {
  return Array.from(text);
}

/** Texts of characters that are special for one reader or another, and of some that are not. */
const texts = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...charactersOf(special), ...charactersOf(harmless)) }),
    fc.string({ unit: fc.constantFrom(...charactersOf(harmless)) }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      '=',
      '==',
      '-n',
      '%s',
      ':~',
      '=~/x',
      'export',
      'a,b',
      '@/x',
      '\u00e4',
      '\ud800',
    ),
  ),
  { minLength: 1, maxLength: 30 },
);

describe('an env file', () => {
  it('has one unquoted line for each variable, below a line that names its owner', async () => {
    const file = path.join(makeDirectory(), '.env');
    await write(file);
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    expect(readFileSync(file, 'utf8')).toBe(['# Written by aura-action', ...lines, ''].join('\n'));
  });

  it.each(Object.entries(readers))('is read back unchanged by %s', async (_, read) => {
    const file = path.join(makeDirectory(), '.env');
    const all = {
      ...variables,
      EMPTY: '',
      BASE64: 'QUJD+/8=',
      PADDED: 'QQ==',
      PERCENT: '%41%%s',
      LAST: '-_.:/+@%=,',
    };
    await write(file, all);
    expect(read(file)).toEqual(all);
  });

  it('is read the same way by all, for every accepted value', { timeout: 60_000 }, async () => {
    const directory = makeDirectory();
    const file = path.join(directory, '.env');
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const expected = named(values.filter(isPlain));
        await write(file, expected);
        for (const read of Object.values(readers)) expect(read(file)).toEqual(expected);
        accepted += Object.keys(expected).length;
      }),
      { numRuns: 60 },
    );
    expect(accepted).toBeGreaterThan(100);
    expect(readdirSync(directory)).toEqual(['.env']);
  });
});

describe('an env file is refused', () => {
  it.each([
    ['a double quote', 'very"secret'],
    ['a single quote', "very'secret"],
    ['a back quote', 'very`secret'],
    ['quotes around it', '"very-secret"'],
    ['a dollar sign', 'very$secret'],
    ['a command', 'very$(secret)'],
    ['a space', 'very secret'],
    ['a space before it', ' very-secret'],
    ['a space behind it', 'very-secret '],
    ['a tab', 'very\tsecret'],
    ['a new line', 'very\nsecret=1'],
    ['a new line behind it', 'very-secret\n'],
    ['a carriage return', 'very\rsecret'],
    ['a backslash', 'very\\secret'],
    ['a tilde', '~very-secret'],
    ['a tilde behind a colon', 'very:~secret'],
    ['a number sign', 'very#secret'],
    ['a number sign before it', '#very-secret'],
    ['a star', 'very*secret'],
    ['braces', 'very{se,cret}'],
    ['a semicolon', 'very;secret'],
    ['an ampersand', 'very&secret'],
    ['an exclamation mark', 'very!secret'],
    ['NUL', 'very\0secret'],
    ['an umlaut', 'v\u00e9rysecret'],
    ['a letter like a Latin one', 'v\u0435rysecret'],
    ['a digit of another script', 'very\u0661secret'],
    ['half of a surrogate pair', 'very\ud800secret'],
  ])('for a value with %s, without a file or the value in the message', async (_, value) => {
    const directory = makeDirectory();
    const file = path.join(directory, '.env');
    const message = await refusalOfWriting(write(file, { ...variables, NEO4J_PASSWORD: value }));
    expect(message).toBe(
      'the value of NEO4J_PASSWORD contains characters that dotenv, Docker and shells interpret differently',
    );
    expect(readdirSync(directory)).toEqual([]);
  });

  it('for such a value in any variable, and an older file is not changed', async () => {
    const directory = makeDirectory();
    const file = path.join(directory, '.env');
    await write(file);
    const before = readFileSync(file, 'utf8');
    for (const name of Object.keys(variables)) {
      const message = await refusalOfWriting(write(file, { ...variables, [name]: 'very secret' }));
      expect(message).toMatch(new RegExp(`^the value of ${name} contains characters that`));
    }
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(directory)).toEqual(['.env']);
  });
});
