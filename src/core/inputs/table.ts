import { ActionError } from '../errors.ts';
import type { Parser } from './parsers.ts';

/** A value that is there only when {@link InputReader.throwProblems} has found nothing wrong. */
export type Later<T> = () => T;

/** Reads the inputs of a step one by one, and notes what is wrong with each. */
export interface InputReader<Name extends string> {
  /** The text of an input or its default; empty when it has none. */
  readonly text: (name: Name) => string;
  /** Whether an input was given, not only defaulted. */
  readonly given: (name: Name) => boolean;
  /** Whether an input was given and is not its default, in whatever case. */
  readonly changed: (name: Name) => boolean;
  /** Undefined when not given and without a default. */
  readonly optional: <T>(name: Name, parse: Parser<T>) => Later<T | undefined>;
  /** A problem when not given and without a default. */
  readonly required: <T>(name: Name, parse: Parser<T>) => Later<T>;
  /** Notes something wrong that is not the value of one input alone. */
  readonly problem: (text: string) => void;
  /** @throws {@link ActionError} with all that was noted. */
  readonly throwProblems: () => void;
}

/**
 * @param getInput the text of an input; blanks around it do not count.
 * @param defaults used where an input is empty: the runner does not fall back for `with: x: ''`.
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
