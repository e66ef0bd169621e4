import { didYouMean } from './messages.ts';
import type { Parser } from './parser.ts';
import { nearestWords } from './slips.ts';
import { lowered, plainly, suggesting, withoutSeparators } from './spelling.ts';

/** How a list of words is described if a text is none of them. */
interface WordList {
  /** Default: all words. */
  readonly expected?: string;
  /** Words that something else reads before; here they are only listed. */
  readonly also?: readonly string[];
  /** For a word, other words that people use for it. They are not accepted, but explained. */
  readonly synonyms?: Readonly<Record<string, readonly string[]>>;
}

/** One of a few words, in small or capital letters; each stands for a value. */
export function oneOf<T>(
  choices: Readonly<Record<string, T>>,
  { expected, also = [], synonyms = {} }: WordList = {},
): Parser<T> {
  const byWord = new Map(Object.entries(choices).map(([word, value]) => [lowered(word), value]));
  const words = [...Object.keys(choices), ...also];
  const wanted = expected ?? `one of ${words.join(', ')}`;
  return (text) => {
    const value = byWord.get(lowered(text));
    if (value !== undefined) return { value };
    const meant = likelyWords(plainly(text), words, synonyms);
    return meant.length === 0
      ? { expected: wanted }
      : { expected: wanted, hint: didYouMean(meant) };
  };
}

/** The words that a text stands for, otherwise those with the most similar spelling. */
function likelyWords(
  plain: string,
  words: readonly string[],
  synonyms: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const joined = plain.replaceAll(/[ _]/g, '-');
  const same = Object.keys(synonyms).filter((word) => synonyms[word]?.includes(joined));
  if (same.length > 0) return same;
  const near = nearestWords(joined, words.map(lowered));
  return near.length > 0
    ? words.filter((word) => near.includes(lowered(word)))
    : wordsWithin(joined, words, synonyms);
}

/** Before a word, these say that it is not meant. */
const negation = /(?:^|-)(?:no|not|dont|don't|never|without)(?:-|$)/;

/** The words that a longer text contains, such as `delete` in `delete instance`. */
function wordsWithin(
  joined: string,
  words: readonly string[],
  synonyms: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const text = `-${joined.replaceAll(/[,;:/.()+&]+/g, '-')}-`.replaceAll(/-{2,}/g, '-');
  if (negation.test(joined)) return [];
  const found = words.flatMap((word) =>
    [lowered(word), ...(synonyms[word] ?? [])]
      .filter((spelling) => spelling.length > 1 && text.includes(`-${spelling}-`))
      .map((spelling) => ({ word, spelling })),
  );
  // Not `up` in `clean-up`.
  const whole = found.filter(
    ({ spelling }) =>
      !found.some((other) => other.spelling !== spelling && other.spelling.includes(spelling)),
  );
  return [...new Set(whole.map(({ word }) => word))];
}

/** Any text. */
export const parseText: Parser<string> = (text) => ({ value: text });

/** A text; `pattern` must match all of it. */
export function matching(pattern: RegExp, expected: string): Parser<string> {
  return (text) => (pattern.test(text) ? { value: text } : { expected });
}

/** `true` or `false`, in small or capital letters. */
export const parseBoolean: Parser<boolean> = oneOf(
  { true: true, false: false },
  {
    expected: 'true or false',
    synonyms: {
      true: ['yes', 'y', 'on', '1', 'enable', 'enabled', 't'],
      false: ['no', 'n', 'off', '0', 'disable', 'disabled', 'f', 'never', 'none', 'null'],
    },
  },
);

/** A whole number between two limits, without zeros before it. */
export function wholeNumber({
  least,
  most,
}: {
  readonly least: number;
  readonly most: number;
}): Parser<number> {
  const parse: Parser<number> = (text) => {
    const value = /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most
      ? { value }
      : { expected: `a whole number of at least ${least} and at most ${most}` };
  };
  return suggesting(parse, (plain) => [withoutSeparators(plain).replace(/^0+(?=\d)/, '')]);
}

/** A whole number of at least 1. */
export const parseCount: Parser<number> = wholeNumber({ least: 1, most: 999_999 });

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
const foreignPattern =
  /[$^!'"`[\]{}()|\\;\u200b\u2060\ufeff\uff0c\uff1b\uff0a\uff1f]|\.\*|^-\s|^\/.*\/$/;

/** Name patterns separated by commas or newlines; only `*` and `?` are special. */
export const parsePatterns: Parser<readonly string[]> = (text) => {
  const patterns = parseList(text);
  if (!('value' in patterns)) return patterns;
  const foreign = patterns.value.filter((pattern) => foreignPattern.test(pattern));
  if (foreign.length === 0) return patterns;
  const listed = foreign.map((each) => `'${each}'`).join(', ');
  const expected = `names and globs, in which only * and ? are special: ${listed} would protect nothing; ? matches any one character`;
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  const likely = inner === undefined ? patterns : parseList(inner);
  const globs = 'value' in likely ? likely.value.map(likelyGlob) : [''];
  return globs.some((glob) => glob === '' || foreignPattern.test(glob))
    ? { expected }
    : { expected, hint: didYouMean([globs.join(', ')]) };
};

/** The glob that a simple regular expression or a quoted pattern stands for. */
function likelyGlob(pattern: string): string {
  return pattern
    .normalize('NFKC')
    .replace(/^-\s+/, '')
    .replace(/^\/(.*)\/$/, '$1')
    .replaceAll(/["'`^$\u200b\u2060\ufeff]/g, '')
    .replaceAll('.*', '*')
    .replaceAll(/\s*[;,]\s*/g, ', ');
}
