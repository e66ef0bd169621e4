import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationSuchAs, parseAge, parseDuration } from '../../../src/core/inputs/times.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

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

  it.each(
    (
      [
        [second, ['s', 'sec', 'second', 'seconds']],
        [minute, ['m', 'min', 'minute', 'minutes']],
        [hour, ['h', 'hour', 'hours']],
      ] as const
    ).flatMap(([milliseconds, words]) => words.map((word) => [word, milliseconds] as const)),
  )('may have the unit %s, with or without a blank', (word, milliseconds) => {
    expect(parseDuration(`5${word}`)).toEqual({ value: 5 * milliseconds });
    expect(parseDuration(`5 ${word}`)).toEqual({ value: 5 * milliseconds });
  });

  const expected =
    'a time from 1s to 24h, for example 90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds)';

  it.each([
    [''],
    ['0'],
    ['0s'],
    ['0 minutes'],
    ['0h0m0s'],
    ['25h'],
    ['24h1s'],
    ['86401'],
    ['9'.repeat(400)],
    [`${'9'.repeat(400)}h`],
    ['-5m'],
    ['+5m'],
    ['-1'],
    ['1e3'],
    ['1e3s'],
    ['NaN'],
    ['5ms'],
    ['2d'],
    ['30m1h'],
    ['5m5m'],
    ['m'],
    ['h'],
    ['minutes'],
    ['0x10'],
    ['٣s'],
    ['five minutes'],
    ['Infinity'],
  ])('cannot be %j', (text) => {
    expect(parseDuration(text)).toEqual({ expected });
  });

  it.each([
    ['5M', '5m'],
    ['1.5m', '90s'],
    ['1,5h', '90m'],
    ['PT5M', '5m'],
    ['PT1H30M', '1h30m'],
    ['5 min.', '5m'],
    ['5m30', '5m30s'],
    ['1h30', '1h30m'],
    ['300000ms', '300s'],
    ['1,200', '1200'],
    ['1_200s', '1200s'],
    ['5 Minutes', '5m'],
    ['5  m', '5m'],
    ['5m 3s', '5m3s'],
    ['1 hour 30 minutes', '1h30m'],
    ['1 hour and 30 minutes', '1h30m'],
    ['1hr', '1h'],
    ['5 mins', '5m'],
    [' 5m', '5m'],
    ['5m\n', '5m'],
    ['５m', '5m'],
    ['1d', '24h'],
    ['1 day', '24h'],
    ["'90s'", '90s'],
  ])('cannot be %j, which probably means %s', (text, meant) => {
    expect(parseDuration(text)).toEqual({ expected, hint: `Did you mean '${meant}'?` });
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

  it('is described with the examples of its input', () => {
    const expected = 'a time from 1s to 24h, for example 5s';
    for (const text of ['100ms', '0', '0.5s']) {
      expect(durationSuchAs('5s')(text)).toEqual({ expected });
    }
  });
});

describe('an age', () => {
  it.each([
    ['1s', second],
    ['90m', 90 * minute],
    ['36h', 36 * hour],
    ['36 hours', 36 * hour],
    ['3d', 3 * day],
    ['3 days', 3 * day],
    ['1day', day],
    ['1d12h', 36 * hour],
    ['1d1h1m1s', day + hour + minute + second],
    ['3650d', 3650 * day],
  ])('may be %j', (text, milliseconds) => {
    expect(parseAge(text)).toEqual({ value: milliseconds });
  });

  const expected = 'an age from 1s to 3650d with its unit, for example 36h, 3d or 3 days';

  it.each([
    '',
    '0d',
    '0',
    '-3d',
    '0.001d',
    'P3M',
    '12h1d',
    '3651d',
    '999999999d',
    'd',
    '600w',
    '1e3d',
  ])('cannot be %j', (text) => {
    expect(parseAge(text)).toEqual({ expected });
  });

  // A bare number could mean days, so it means nothing.
  it.each([
    ['3', "'3h' or '3d'"],
    ['3D', "'3d'"],
    ['1.5d', "'36h'"],
    ['1 week', "'7d'"],
    ['2w', "'14d'"],
    ['P3D', "'3d'"],
    ['P1DT12H', "'1d12h'"],
    ['3 Days', "'3d'"],
  ])('cannot be %j, which probably means %s', (text, meant) => {
    expect(parseAge(text)).toEqual({ expected, hint: `Did you mean ${meant}?` });
  });
});
