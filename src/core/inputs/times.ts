import type { Parser } from './parser.ts';
import { suggesting, withoutSeparators } from './spelling.ts';

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

/** In the order in which they are written; each word begins with another letter. */
const units = [
  { milliseconds: day, letter: 'd', words: 'd|days?' },
  { milliseconds: hour, letter: 'h', words: 'h|hours?' },
  { milliseconds: 60 * second, letter: 'm', words: 'm|min|minutes?' },
  { milliseconds: second, letter: 's', words: 's|sec|seconds?' },
] as const;

const inLetters = new RegExp(`^${units.map(({ letter }) => `(?:(\\d+)${letter})?`).join('')}$`);
const inWords = new RegExp(`^${units.map(({ words }) => `(?:(\\d+) ?(?:${words}))?`).join('')}$`);

/** Which times an input takes, and how they are described. */
interface TimeRule {
  /** In milliseconds, from a second on. */
  readonly longest: number;
  readonly inDays: boolean;
  readonly expected: string;
  /** Of a number without one; without this, such a number is not accepted. */
  readonly unit?: 's';
}

/** `1h30m`, or one number with a word such as `5 minutes`. */
function timeParser({ longest, inDays, expected, unit }: TimeRule): Parser<number> {
  return (text) => {
    const total = millisecondsOf(/^\d+$/.test(text) ? `${text}${unit ?? ''}` : text, inDays);
    return total >= second && total <= longest ? { value: total } : { expected };
  };
}

/** Not a number for any other text. */
function millisecondsOf(text: string, inDays: boolean): number {
  const parts = inLetters.exec(text) ?? (/^\d+\D+$/.test(text) ? inWords.exec(text) : null);
  if (parts === null || (parts[1] !== undefined && !inDays)) return NaN;
  return units.reduce(
    (total, { milliseconds }, index) => total + Number(parts[index + 1] ?? 0) * milliseconds,
    0,
  );
}

/** The unit below, for a number with a fraction: `1.5h` is `90m`. */
const below: Readonly<Record<string, readonly [count: number, unit: string]>> = {
  d: [24, 'h'],
  h: [60, 'm'],
  m: [60, 's'],
};

/** Units as people also write them, without blanks. */
function likelyTimes(plain: string): readonly string[] {
  // A comma before anything but three digits is a decimal one.
  const dense = withoutSeparators(plain.replace(/^p(?!\d+m)(?:t)?(?=\d)/, ''))
    .replaceAll(/(?<=\d),(?=\d)/g, '.')
    .replaceAll(/(?<=d)t(?=\d)/g, '')
    .replaceAll(/[ ,]|and|\.(?!\d)/g, '')
    .replaceAll(/(\d+)000(?:ms|milliseconds?)/g, '$1s')
    .replaceAll(/(?<=\d)(?:hours?|hrs?)/g, 'h')
    .replaceAll(/(?<=\d)(?:minutes?|mins?)/g, 'm')
    .replaceAll(/(?<=\d)(?:seconds?|secs?)/g, 's')
    .replaceAll(/(?<=\d)days?/g, 'd');
  const [, weeks] = /^(\d{1,3})w(?:eeks?|ks?)?$/.exec(dense) ?? [];
  const [, days = weeks === undefined ? undefined : String(Number(weeks) * 7)] =
    /^(\d{1,3})d$/.exec(dense) ?? [];
  if (days !== undefined) return [`${days}d`, `${Number(days) * 24}h`];
  if (/^\d+h\d+$/.test(dense)) return [`${dense}m`];
  return [/^\d+m\d+$/.test(dense) ? `${dense}s` : withoutFraction(dense)];
}

/** A whole number of the unit below, if there is one. */
function withoutFraction(dense: string): string {
  const [, number = '', unit = ''] = /^(\d{1,4}\.\d{1,2})([dhm])$/.exec(dense) ?? [];
  const [count = 0, lower = ''] = below[unit] ?? [];
  return number === '' ? dense : `${Math.round(Number(number) * count * 1e6) / 1e6}${lower}`;
}

/**
 * `90s`, `20m`, `1h30m`, `5 minutes`, or seconds as a bare number; from 1 second to 24 hours. In
 * milliseconds.
 *
 * @param examples for the message.
 */
export function durationSuchAs(examples: string): Parser<number> {
  const expected = `a time from 1s to 24h, for example ${examples}`;
  return suggesting(timeParser({ longest: day, inDays: false, expected, unit: 's' }), likelyTimes);
}

/** A time limit. */
export const parseDuration: Parser<number> = durationSuchAs(
  '90s, 20m, 1h30m or 5 minutes (a number without a unit is seconds)',
);

/** `3d`, `36h`, `1d12h` or `3 days`; from 1 second to 3650 days. In milliseconds. */
export const parseAge: Parser<number> = suggesting(
  timeParser({
    longest: 3650 * day,
    inDays: true,
    expected: 'an age from 1s to 3650d with its unit, for example 36h, 3d or 3 days',
  }),
  (plain) => (/^\d+$/.test(plain) ? [`${plain}h`, `${plain}d`] : likelyTimes(plain)),
);
