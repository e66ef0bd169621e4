/** The errors about the form of any action's inputs; docs have a heading for each. */
export const messages = {
  invalid: (name: string, shown: string, expected: string) =>
    `Input '${name}' is '${shown}'; expected ${expected}.`,
  missing: (name: string, expected: string) => `Input '${name}' is not set; expected ${expected}.`,
  unevaluated: (name: string) =>
    `Input '${name}' contains an expression that GitHub has not evaluated. Write it in the workflow itself; in a value that comes from somewhere else, such as a matrix or another input, '$\{{ }}' is only text.`,
  unknown: (name: string, meant: readonly string[]) =>
    `Unknown input '${name}'. ${didYouMean(meant)}`,
} as const;

/** A problem, and a sentence that helps to correct it. */
export function withHint(problem: string, hint: string | undefined): string {
  return hint === undefined ? problem : `${problem} ${hint}`;
}

/** Asks whether one of these words was meant. */
export function didYouMean(words: readonly string[]): string {
  return `Did you mean ${words.map((word) => `'${word}'`).join(' or ')}?`;
}
