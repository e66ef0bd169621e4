import { isLoopback } from '../http/certificates.ts';

/** The result of a parser: the value, or what it expected instead. */
export type Parsed<T> =
  | { readonly value: T }
  | {
      readonly expected: string;
      /** Shown instead of the value, if the value may contain a secret. */
      readonly shown?: string;
    };

/** Reads the text of one input that is not empty. */
export type Parser<T> = (text: string) => Parsed<T>;

/** One of a few words; each stands for a value. */
export function oneOf<T>(choices: Readonly<Record<string, T>>): Parser<T> {
  const byWord = new Map(Object.entries(choices));
  return (text) => {
    const value = byWord.get(text);
    return value === undefined
      ? { expected: `one of ${[...byWord.keys()].join(', ')}` }
      : { value };
  };
}

/** Any text. */
export const parseText: Parser<string> = (text) => ({ value: text });

/** A text; `pattern` must match all of it. */
export function matching(pattern: RegExp, expected: string): Parser<string> {
  return (text) => (pattern.test(text) ? { value: text } : { expected });
}

/** The words of YAML 1.2 for a boolean, like in @actions/core. */
export const parseBoolean: Parser<boolean> = (text) => {
  if (/^(true|True|TRUE)$/.test(text)) return { value: true };
  if (/^(false|False|FALSE)$/.test(text)) return { value: false };
  return { expected: 'true or false' };
};

const longestDurationMilliseconds = 24 * 3600 * 1000;

/** `90s`, `20m`, `1h30m`, or seconds as a bare number; from 1 second to 24 hours. In milliseconds. */
export const parseDuration: Parser<number> = (text) => {
  const expected = 'a time from 1s to 24h such as 90s, 20m or 1h30m (a bare number is seconds)';
  const bare = /^\d+$/.test(text) ? `${text}s` : text;
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(bare);
  if (parts === null || bare === '') return { expected };
  const [hours, minutes, seconds] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const total = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000;
  return total >= 1000 && total <= longestDurationMilliseconds ? { value: total } : { expected };
};

const daySeconds = 24 * 3600;

/** `3d`, `36h` or `1d12h`; from 1 second to 3650 days. In milliseconds. */
export const parseAge: Parser<number> = (text) => {
  const expected = 'an age from 1s to 3650d such as 36h or 3d';
  const parts = /^(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/.exec(text);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (parts ?? [])
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const total = days * daySeconds + hours * 3600 + minutes * 60 + seconds;
  return total > 0 && total <= 3650 * daySeconds ? { value: total * 1000 } : { expected };
};

/** A host as DNS and resolvers accept it; a host that a URL parser would rewrite is invalid. */
const origin = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?\/?$/i;

/**
 * The origin of an API. Plain HTTP is allowed only for this machine, because it would expose the
 * credentials.
 *
 * @param what the API and an example, for the message.
 */
export const parseOrigin = (what: string): Parser<URL> => {
  const expected = `the origin of ${what} (http: only for this machine, no path, no credentials)`;
  return (text) => readOrigin(text, expected);
};

function readOrigin(text: string, expected: string): Parsed<URL> {
  // The text before an @ may be a password.
  const shown = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@');
  const host = origin.exec(text)?.[1]?.toLowerCase();
  if (host === undefined || !URL.canParse(text)) return { expected, shown };
  const url = new URL(text);
  // `0x7f.1` and `2130706433` are this machine to a URL parser, and other names to a proxy.
  const rewritten = url.hostname !== host && !host.startsWith('[');
  const plain = url.protocol === 'http:' && !isLoopback(url.hostname);
  return rewritten || plain ? { expected, shown } : { value: url };
}

/** A whole number of at least 1. */
export const parseCount: Parser<number> = (text) =>
  /^[1-9]\d{0,5}$/.test(text)
    ? { value: Number(text) }
    : { expected: 'a whole number of at least 1' };

/** Entries separated by commas or newlines; empty ones are skipped. */
export const parseList: Parser<readonly string[]> = (text) => ({
  value: text
    .split(/[,\r\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
});

/**
 * Characters of other kinds of patterns: in a glob they would match nothing, and protect nothing.
 */
const foreignPattern = /[$^!'"`[\]{}()|\\]|\.\*/;

/** Name patterns separated by commas or newlines; only `*` and `?` are special. */
export const parsePatterns: Parser<readonly string[]> = (text) => {
  const patterns = parseList(text);
  if (!('value' in patterns)) return patterns;
  const foreign = patterns.value.filter((pattern) => foreignPattern.test(pattern));
  return foreign.length === 0
    ? patterns
    : {
        expected: `names and globs, in which only * and ? are special: ${foreign.map((each) => `'${each}'`).join(', ')} would protect nothing; ? matches any one character`,
      };
};
