import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matching,
  oneOf,
  parseAge,
  parseBoolean,
  parseCount,
  parseDuration,
  parseList,
} from '../../../src/core/inputs/parsers.ts';
import { parseSize, parseInstanceIds, parseName } from '../../../src/aura/inputs/parsers.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('a duration', () => {
  it.each([
    ['1', second],
    ['90', 90 * second],
    ['1s', second],
    ['90s', 90 * second],
    ['20m', 20 * minute],
    ['1h30m', 90 * minute],
    ['1h90m', 150 * minute],
    ['1h5s', hour + 5 * second],
    ['0h0m1s', second],
    ['007m', 7 * minute],
    ['24h', 24 * hour],
    ['86400', 24 * hour],
    ['23h59m60s', 24 * hour],
  ])('of %j is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toEqual({ value: milliseconds });
  });

  it.each([
    [''],
    ['0'],
    ['0s'],
    ['0h0m0s'],
    ['25h'],
    ['24h1s'],
    ['86401'],
    ['9'.repeat(400)],
    ['-5m'],
    ['+5m'],
    ['-1'],
    ['1.5m'],
    ['1,5m'],
    ['1e3'],
    ['5 m'],
    ['5m 3s'],
    [' 5m'],
    ['5M'],
    ['5min'],
    ['5ms'],
    ['1d'],
    ['30m1h'],
    ['5m5m'],
    ['m'],
    ['h'],
    ['0x10'],
    ['٣s'],
    ['5m\n'],
    ['PT5M'],
    ['Infinity'],
  ])('cannot be %j', (text) => {
    expect(parseDuration(text)).toEqual({
      expected: 'a time from 1s to 24h such as 90s, 20m or 1h30m (a bare number is seconds)',
    });
  });

  it('is read back from hours, minutes and seconds', () => {
    const parts = fc.tuple(fc.nat(23), fc.nat(59), fc.integer({ min: 1, max: 59 }));
    fc.assert(
      fc.property(parts, ([hours, minutes, seconds]) => {
        const value = hours * hour + minutes * minute + seconds * second;
        expect(parseDuration(`${hours}h${minutes}m${seconds}s`)).toEqual({ value });
      }),
    );
  });
});

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

  it.each([
    ['x'.repeat(31)],
    ['🐘'.repeat(31)],
    ['two\nlines'],
    ['two\rlines'],
    ['a tab\there'],
    ['null\0'],
    ['delete\x7f'],
    ['escape\x1b[31m'],
    [' blank before'],
    ['blank after '],
    ['\u00a0no-break blank'],
  ])('cannot be %j', (text) => {
    expect(parseName(text)).toEqual({ expected: 'a name of 1 to 30 characters on one line' });
  });
});

describe('an instance id', () => {
  it.each([
    ['1a2b3c4d', '1a2b3c4d'],
    ['00000000', '00000000'],
    ['ABCDEF01', 'abcdef01'],
  ])('may be %j', (text, id) => {
    expect(parseInstanceIds(text)).toEqual({ value: [id] });
  });

  it.each([
    [''],
    ['1a2b3c4'],
    ['1a2b3c4d5'],
    ['1a2b3c4g'],
    ['1a2b3c4d 5e6f7a8b'],
    [','],
    ['../../a'],
    ['neo4j+s://1a2b3c4d.databases.neo4j.io'],
  ])('cannot be %j', (text) => {
    expect(parseInstanceIds(text)).toEqual({ expected: 'an instance id of 8 hexadecimal digits' });
  });
});

describe('a size', () => {
  it.each([['1GB'], ['2GB'], ['384GB'], ['999999GB']])('may be %j', (text) => {
    expect(parseSize(text)).toEqual({ value: text });
  });

  it.each([
    [''],
    ['0GB'],
    ['04GB'],
    ['4'],
    ['4gb'],
    ['4Gb'],
    ['4 GB'],
    ['4GiB'],
    ['4G'],
    ['1.5GB'],
    ['-4GB'],
    ['1000000GB'],
    ['4GB\n'],
    ['4096MB'],
  ])('cannot be %j', (text) => {
    expect(parseSize(text)).toEqual({ expected: 'a size such as 4GB' });
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

  it.each([
    [''],
    ['0'],
    ['01'],
    ['-1'],
    ['+1'],
    ['1.0'],
    ['1e3'],
    ['0x1'],
    ['1000000'],
    [' 1'],
    ['1\n'],
    ['٣'],
    ['all'],
    ['Infinity'],
  ])('cannot be %j', (text) => {
    expect(parseCount(text)).toEqual({ expected: 'a whole number of at least 1' });
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
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('may be %j', (text, value) => {
    expect(parseBoolean(text)).toEqual({ value });
  });

  it.each([[''], ['yes'], ['no'], ['on'], ['1'], ['0'], ['tRUE'], ['true '], ['truefalse']])(
    'cannot be %j',
    (text) => {
      expect(parseBoolean(text)).toEqual({ expected: 'true or false' });
    },
  );
});

describe('one of several words', () => {
  const parse = oneOf({ red: 1, blue: 2 });

  it('is parsed to its value', () => {
    expect(parse('blue')).toEqual({ value: 2 });
  });

  it.each([[''], ['Red'], ['red '], ['redblue'], ['constructor'], ['toString'], ['__proto__']])(
    'cannot be %j',
    (text) => {
      expect(parse(text)).toEqual({ expected: 'one of red, blue' });
    },
  );
});

describe('a text with a pattern', () => {
  it('is returned if it matches; otherwise the expectation is', () => {
    const parse = matching(/^[a-z]+$/, 'small letters');
    expect(parse('abc')).toEqual({ value: 'abc' });
    expect(parse('Abc')).toEqual({ expected: 'small letters' });
  });
});

describe('an age', () => {
  it.each([
    ['1s', 1_000],
    ['90m', 5_400_000],
    ['36h', 129_600_000],
    ['3d', 259_200_000],
    ['1d12h', 129_600_000],
    ['1d1h1m1s', 90_061_000],
    ['3650d', 315_360_000_000],
  ])('may be %j', (text, milliseconds) => {
    expect(parseAge(text)).toEqual({ value: milliseconds });
  });

  // A bare number could mean days, so it means nothing.
  it.each([
    '',
    '0d',
    '0',
    '3',
    '3D',
    '3 d',
    '-3d',
    '1.5d',
    '12h1d',
    '3651d',
    '999999999d',
    'd',
    '1w',
  ])('cannot be %j', (text) => {
    expect(parseAge(text)).toEqual({ expected: 'an age from 1s to 3650d such as 36h or 3d' });
  });
});
