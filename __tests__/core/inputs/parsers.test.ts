import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matching,
  oneOf,
  parseBoolean,
  parseCount,
  parseList,
  parsePatterns,
} from '../../../src/core/inputs/parsers.ts';
import { parseSize, parseInstanceIds, parseName } from '../../../src/aura/inputs/parsers.ts';

describe('a name', () => {
  it.each([
    ['a'],
    ['shop-main-610v7-1ln40'],
    ['x'.repeat(30)],
    ['🐘'.repeat(30)],
    ['Größe & Söhne'],
    ["it's 'quoted'"],
    ['::error::x'],
  ])('may be %j', (text) => {
    expect(parseName(text)).toEqual({ value: text });
  });

  const control = 'contains a tab, a line break or a similar character';
  const blank = 'begins or ends with a blank';

  it.each([
    ['x'.repeat(31), 'has 31'],
    ['🐘'.repeat(40), 'has 40'],
    ['two\nlines', control],
    ['two\rlines', control],
    ['a tab\there', control],
    ['null\0', control],
    ['delete\x7f', control],
    ['escape\x1b[31m', control],
    [' blank before', blank],
    ['blank after ', blank],
    ['\u00a0no-break blank', blank],
  ])('cannot be %j, and the reason is named', (text, why) => {
    expect(parseName(text)).toEqual({
      expected: `a name of 1 to 30 characters on one line (this one ${why})`,
    });
  });
});

describe('an instance id', () => {
  const oneId = 'an instance id of 8 hexadecimal digits such as 3fb7870d';
  const useName = "To use a name, set 'name' instead.";

  it.each([
    ['1a2b3c4d', '1a2b3c4d'],
    ['00000000', '00000000'],
    ['ABCDEF01', 'abcdef01'],
  ])('may be %j', (text, id) => {
    expect(parseInstanceIds(text)).toEqual({ value: [id] });
  });

  it.each([[''], ['1a2b3c4'], ['1a2b3c4d5'], ['1a2b3c4g'], [','], ['../../a'], ['١a2b3c4d']])(
    'cannot be %j, and may have been meant as a name',
    (text) => {
      expect(parseInstanceIds(text)).toEqual({ expected: oneId, hint: useName });
    },
  );

  it('cannot be a UUID, which is the id of something else', () => {
    expect(parseInstanceIds('b98d2fae-0000-4000-8000-000000000001')).toEqual({
      expected: oneId,
      hint: 'This is the id of something else, such as a tenant (project) or a snapshot.',
    });
  });

  it.each([
    ['neo4j+s://1a2b3c4d.databases.neo4j.io', '1a2b3c4d'],
    ['1a2b3c4d.databases.neo4j.io', '1a2b3c4d'],
    [
      'https://console.neo4j.io/projects/b98d2fae-0000-4000-8000-000000000001/instances/1a2b3c4d',
      '1a2b3c4d',
    ],
    ['shop (1a2b3c4d)', '1a2b3c4d'],
    ['["1a2b3c4d"]', '1a2b3c4d'],
    ['1a2b3c4d;5e6f7a8b', '1a2b3c4d, 5e6f7a8b'],
    ['1a2b3c4d 5e6f7a8b', '1a2b3c4d, 5e6f7a8b'],
    ['"1A2B3C4D"', '1a2b3c4d'],
    ['１ａ2b3c4d', '1a2b3c4d'],
  ])('cannot be %j, which probably means %s', (text, meant) => {
    expect(parseInstanceIds(text)).toEqual({
      expected: oneId,
      hint: `${useName} Did you mean '${meant}'?`,
    });
  });
});

describe('a size', () => {
  it.each([
    ['1GB', '1GB'],
    ['384GB', '384GB'],
    ['999999GB', '999999GB'],
    ['4gb', '4GB'],
    ['4Gb', '4GB'],
    ['4 GB', '4GB'],
    ['16 gB', '16GB'],
  ])('may be %j, and is sent as %s', (text, value) => {
    expect(parseSize(text)).toEqual({ value });
  });

  const expected = 'a size such as 4GB';

  it.each([
    [''],
    ['0GB'],
    ['1.5GB'],
    ['1,5GB'],
    ['-4GB'],
    ['1000000GB'],
    ['1e3'],
    ['NaN'],
    ['4000MB'],
    ['GB'],
    ['٤GB'],
  ])('cannot be %j', (text) => {
    expect(parseSize(text)).toEqual({ expected });
  });

  it.each([
    ['4', '4GB'],
    ['4TB', '4096GB'],
    ['4096', '4GB'],
    ['4,096 MB', '4GB'],
    ['4GB RAM', '4GB'],
    ['4GB,', '4GB'],
    ['8 gigs', '8GB'],
    ['04GB', '4GB'],
    ['4GiB', '4GB'],
    ['4 G', '4GB'],
    ['4  GB', '4GB'],
    ['4\u00a0GB', '4GB'],
    ['4GB\n', '4GB'],
    ['４GB', '4GB'],
    ['4G\u200bB', '4GB'],
    ['4096MB', '4GB'],
    ['"4GB"', '4GB'],
  ])('cannot be %j, which probably means %s', (text, meant) => {
    expect(parseSize(text)).toEqual({ expected, hint: `Did you mean '${meant}'?` });
  });
});

describe('a count', () => {
  it.each([
    ['1', 1],
    ['10', 10],
    ['999999', 999_999],
  ])('may be %j', (text, value) => {
    expect(parseCount(text)).toEqual({ value });
  });

  const expected = 'a whole number of at least 1 and at most 999999';

  it.each([
    [''],
    ['0'],
    ['-1'],
    ['+1'],
    ['1.0'],
    ['1e3'],
    ['0x1'],
    ['1000000'],
    ['9'.repeat(400)],
    ['٣'],
    ['all'],
    ['Infinity'],
    ['NaN'],
  ])('cannot be %j', (text) => {
    expect(parseCount(text)).toEqual({ expected });
  });

  it.each([
    ['01', '1'],
    ['1_000', '1000'],
    ['1,000', '1000'],
    ['1 000', '1000'],
    ['3,', '3'],
    [' 1', '1'],
    ['1\n', '1'],
    ['１０', '10'],
    ["'5'", '5'],
  ])('cannot be %j, which probably means %s', (text, meant) => {
    expect(parseCount(text)).toEqual({ expected, hint: `Did you mean '${meant}'?` });
  });
});

describe('a list', () => {
  it.each([
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    [' a ,\tb ', ['a', 'b']],
    ['a\nb\r\nc\rd', ['a', 'b', 'c', 'd']],
    [',a,,\n , b,', ['a', 'b']],
    ['two words, *', ['two words', '*']],
    ['a;b', ['a;b']],
    ['a,a', ['a', 'a']],
    [',\n,', []],
    ['', []],
  ])('of %j is %j', (text, value) => {
    expect(parseList(text)).toEqual({ value });
  });

  it('is read back from its entries, however they are joined', () => {
    const entries = fc.array(fc.stringMatching(/^[!-+\--~]([ -+\--~]*[!-+\--~])?$/));
    const between = fc.constantFrom(',', '\n', '\r\n', ' , ', ',\n');
    fc.assert(
      fc.property(entries, between, (value, separator) => {
        expect(parseList(value.join(separator))).toEqual({ value });
      }),
    );
  });
});

describe('a boolean', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['tRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('may be %j', (text, value) => {
    expect(parseBoolean(text)).toEqual({ value });
  });

  it.each([
    ['yes', 'true'],
    ['on', 'true'],
    ['1', 'true'],
    ['ture', 'true'],
    ['true ', 'true'],
    ['No', 'false'],
    ['off', 'false'],
    ['0', 'false'],
    ['flase', 'false'],
  ])('cannot be %j, which probably means %s', (text, meant) => {
    expect(parseBoolean(text)).toEqual({
      expected: 'true or false',
      hint: `Did you mean '${meant}'?`,
    });
  });

  it.each([[''], ['truefalse'], ['maybe'], ['2'], ['not true']])('cannot be %j', (text) => {
    expect(parseBoolean(text)).toEqual({ expected: 'true or false' });
  });
});

describe('one of several words', () => {
  const parse = oneOf(
    { red: 1, blue: 2, 'Light-Blue': 3, task: 4 },
    { also: ['any'], synonyms: { red: ['crimson'] } },
  );
  const expected = 'one of red, blue, Light-Blue, task, any';

  it.each([
    ['blue', 2],
    ['BLUE', 2],
    ['light-blue', 3],
  ])('is parsed to its value, in small or capital letters: %s', (text, value) => {
    expect(parse(text)).toEqual({ value });
  });

  it.each([
    ['redd', "'red'"],
    ['re', "'red'"],
    ['bleu', "'blue'"],
    ['light blue', "'Light-Blue'"],
    ['LIGHT_BLEU', "'Light-Blue'"],
    ['Crimson', "'red'"],
    ['anny', "'any'"],
    // The Kelvin sign: in small letters, Unicode makes it a k.
    ['tas\u212a', "'task'"],
    ['ｔａｓｋ', "'task'"],
  ])('is not %j, which probably means %s', (text, meant) => {
    expect(parse(text)).toEqual({ expected, hint: `Did you mean ${meant}?` });
  });

  it('may be similar to several', () => {
    expect(oneOf({ cat: 1, bat: 2 })('hat')).toEqual({
      expected: 'one of cat, bat',
      hint: "Did you mean 'cat' or 'bat'?",
    });
  });

  it.each([
    [''],
    ['constructor'],
    ['toString'],
    ['__proto__'],
    ['green'],
    ['x'],
    ['red'.repeat(9)],
    ['r'.repeat(100_000)],
  ])('is not %j', (text) => {
    expect(parse(text)).toEqual({ expected });
  });
});

describe('a text with a pattern', () => {
  it('is returned if it matches; otherwise the expectation is', () => {
    const parse = matching(/^[a-z]+$/, 'small letters');
    expect(parse('abc')).toEqual({ value: 'abc' });
    expect(parse('Abc')).toEqual({ expected: 'small letters' });
  });
});

describe('name patterns', () => {
  it.each([
    ['^Prod.*\nstaging', 'Prod*, staging'],
    ['"prod", dev-*', 'prod, dev-*'],
    ['^prod$', 'prod'],
  ])('cannot be %j, which probably means %s', (text, meant) => {
    expect(parsePatterns(text)).toHaveProperty('hint', `Did you mean '${meant}'?`);
    expect(parsePatterns(meant)).toHaveProperty('value');
  });

  it.each(['!prod', 'prod[12]', '^prod,(a|b)', '"",prod'])(
    'cannot be %j, which may mean anything',
    (text) => {
      expect(parsePatterns(text)).not.toHaveProperty('value');
      expect(parsePatterns(text)).not.toHaveProperty('hint');
    },
  );
});
