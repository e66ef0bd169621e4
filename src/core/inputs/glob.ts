/**
 * Whether `pattern` matches all of `text`: `*` matches any text and `?` any one character. It does
 * not use a regular expression, which would take forever with many stars.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const wanted = Array.from(pattern);
  const given = Array.from(text);
  let at = 0;
  /** The last star, and the position after the text that it matches. */
  let star = -1;
  let resume = 0;
  for (let position = 0; position < given.length;) {
    if (wanted[at] === '*') {
      star = at;
      resume = position;
      at += 1;
    } else if (wanted[at] === '?' || wanted[at] === given[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      // The star matches one more character.
      resume += 1;
      position = resume;
      at = star + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((character) => character === '*');
}

/**
 * The same, but ignores case, so that no protected name is missed: `stra?e` and `STRASSE` both
 * match `Straße`, and a letter with an accent matches in both of its Unicode forms.
 */
export function matchesGlobInAnyCase(pattern: string, text: string): boolean {
  return foldings.some((fold) => matchesGlob(fold(pattern), fold(text)));
}

const foldings: readonly ((text: string) => string)[] = [
  (text) => text.normalize('NFC').toLowerCase(),
  // Upper case makes more letters equal: both ways of writing a sharp s become SS.
  (text) => text.normalize('NFC').toUpperCase().toLowerCase(),
];
