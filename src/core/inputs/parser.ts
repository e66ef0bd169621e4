/** What a parser expected instead of a text. */
export interface Refusal {
  readonly expected: string;
  /** A sentence that helps to correct the value. It may quote the value. */
  readonly hint?: string;
  /** Shown instead of the value, if the value may contain a secret. */
  readonly shown?: string;
}

/** The result of a parser. */
export type Parsed<T> = { readonly value: T } | Refusal;

/** Reads the text of one input that is not empty. */
export type Parser<T> = (text: string) => Parsed<T>;
