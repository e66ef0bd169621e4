/** Registers a secret, so that it is never printed. */
export type Mask = (secret: string) => void;

/**
 * A password, token or key from the moment it is known. In a text, in JSON or in a dump it appears
 * as `***`, so that a mistake does not print it.
 */
export class Secret {
  readonly #text: string;

  /** @param mask registers it before any other use. */
  constructor(text: string, mask: Mask) {
    mask(text);
    this.#text = text;
  }

  /** The secret itself, for code that sends, seals or writes it. */
  reveal(): string {
    return this.#text;
  }

  /** Comparing the objects would find all secrets equal. */
  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  /** What `console.log` and `util.inspect` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}
