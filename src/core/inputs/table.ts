import { ActionError } from '../errors.ts';
import type { Parser } from './parsers.ts';

/** A value that is valid only if {@link InputReader.throwProblems} has not thrown. */
export type Later<T> = () => T;

/** Reads the inputs of a step one by one, and collects the problems of each. */
export interface InputReader<Name extends string> {
  /** The text of an input or its default; empty when it has none. */
  readonly text: (name: Name) => string;
  /** Whether an input is set, not only by its default. */
  readonly given: (name: Name) => boolean;
  /** Whether an input is set and differs from its default (case is ignored). */
  readonly changed: (name: Name) => boolean;
  /** Undefined if not set and without a default. */
  readonly optional: <T>(name: Name, parse: Parser<T>) => Later<T | undefined>;
  /** A problem if not set and without a default. */
  readonly required: <T>(name: Name, parse: Parser<T>) => Later<T>;
  /** Adds a problem that is not about the value of a single input. */
  readonly problem: (text: string) => void;
  /** @throws {@link ActionError} with all collected problems. */
  readonly throwProblems: () => void;
}

/**
 * @param getInput the text of an input; surrounding spaces are ignored.
 * @param defaults used if an input is empty: the runner does not fall back for `with: x: ''`.
 */
export function createInputReader<Name extends string>(
  getInput: (name: Name) => string,
  defaults: Readonly<Partial<Record<Name, string>>>,
): InputReader<Name> {
  const problems: string[] = [];
  const text = (name: Name): string => getInput(name).trim() || (defaults[name] ?? '');
  const required = <T>(name: Name, parse: Parser<T>): Later<T> => {
    const value = text(name);
    const result = parse(value);
    if ('value' in result) return () => result.value;
    const is = value === '' ? 'is not given' : `is '${result.shown ?? value}'`;
    problems.push(`Input '${name}' ${is}; expected ${result.expected}.`);
    return () => {
      throw new Error(`input '${name}' is not valid`);
    };
  };
  return {
    text,
    given: (name) => getInput(name).trim() !== '',
    changed: (name) =>
      getInput(name).trim() !== '' &&
      text(name).toLowerCase() !== (defaults[name] ?? '').toLowerCase(),
    required,
    optional: (name, parse) => (text(name) === '' ? () => undefined : required(name, parse)),
    problem: (noted) => {
      problems.push(noted);
    },
    throwProblems: () => {
      if (problems.length > 0) throw new ActionError(problems.join('\n'));
    },
  };
}
