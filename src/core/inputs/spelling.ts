import { didYouMean } from './messages.ts';
import type { Parsed, Parser } from './parser.ts';

/** A longer text is not a misspelt value. */
const longestMisspelt = 100;

/** In small letters. Only A to Z: in Unicode, letters of other alphabets become Latin ones. */
export function lowered(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * The text as it is typed on a plain keyboard: small letters, without quotes around it, without
 * characters that are invisible or only look like others, and with single blanks.
 */
export function plainly(text: string): string {
  return lowered(text.normalize('NFKC'))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^(["'`])(.*)\1$/, '$2')
    .trim();
}

/** A number without the separators of its thousands. */
export function withoutSeparators(plain: string): string {
  return plain
    .replaceAll(/(?<=\d)(?<!\b0)[,._' ](?=\d{3}(?!\d))/g, '')
    .replaceAll(/(?<=\d)_(?=\d)/g, '');
}

/** Two spellings of one value give the same text. */
function valueOf(parsed: Parsed<unknown>): string | undefined {
  return 'value' in parsed ? JSON.stringify(parsed.value) : undefined;
}

/**
 * A parser whose refusal names the spelling that was probably meant.
 *
 * @param guesses possible spellings, the best first; those that the parser refuses are not named, and
 *   of several spellings of one value only the first is.
 */
export function suggesting<T>(
  parse: Parser<T>,
  guesses: (plain: string) => readonly string[],
): Parser<T> {
  return (text) => {
    const parsed = parse(text);
    if ('value' in parsed || text.length > longestMisspelt) return parsed;
    const plain = plainly(text);
    const meant = new Map<string, string>();
    for (const guess of [...guesses(plain), plain, plain.replace(/[,;.]+$/, '')]) {
      const value = guess === '' ? undefined : valueOf(parse(guess));
      if (value !== undefined && !meant.has(value)) meant.set(value, guess);
    }
    if (meant.size === 0) return parsed;
    const hints = [parsed.hint, didYouMean([...meant.values()])].filter(
      (hint) => hint !== undefined,
    );
    return { ...parsed, hint: hints.join(' ') };
  };
}
