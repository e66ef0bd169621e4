/** A text cut after so many characters, with a mark by which the report knows that it was cut. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}

/** A text whose line breaks are blanks; other characters stay, so that a secret in it is still found. */
export function withoutBreaks(text: string): string {
  return text.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ').trim();
}

/** A text without line breaks and other runs of blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
