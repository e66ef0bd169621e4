import { ActionError } from '../errors.ts';
import { messages, withHint } from './messages.ts';
import type { Parser, Refusal } from './parser.ts';

/** One input of an action. */
export interface Row<T, Operation extends string = string> {
  readonly parse: Parser<T>;
  /** The same default as in action.yml: the runner does not use that one for `with: x: ''`. */
  readonly default?: string;
  /** It must be set. */
  readonly required?: true;
  /** It is masked before anything else happens. */
  readonly secret?: true;
  /** The operations that use it; without this, all of them. */
  readonly usedBy?: readonly Operation[];
}

/** All inputs of an action, by name. */
export type Table<Values, Operation extends string = string> = {
  readonly [Name in keyof Values]: Row<Values[Name], Operation>;
};

/** The inputs of one step, and the problems found so far. */
export interface Inputs<Values> {
  /** The text of an input or its default; empty if it has none. */
  readonly text: (name: keyof Values & string) => string;
  /** The same, also of an input that is set aside: to check whether it is valid. */
  readonly written: (name: keyof Values & string) => string;
  /** Whether an input is set, not only by its default. */
  readonly given: (name: keyof Values & string) => boolean;
  /** Whether an input is set and means something else than its default. */
  readonly changed: (name: keyof Values & string) => boolean;
  /** The value of an input; undefined if it is empty or not valid. */
  readonly value: <Name extends keyof Values & string>(name: Name) => Values[Name] | undefined;
  /**
   * The value of an input that has a default or must be set; call {@link Inputs.assertValid} first.
   *
   * @throws Error if it has no value, which is a mistake in the action.
   */
  readonly sure: <Name extends keyof Values & string>(name: Name) => Values[Name];
  /** Adds a problem that is not about the value of a single input. */
  readonly problem: (text: string) => void;
  /** @throws {@link ActionError} with all problems, if there are any. */
  readonly assertValid: () => void;
}

interface ReadOptions<Name extends string> {
  /** The names of all inputs. */
  readonly names: readonly Name[];
  /** Problems that were found before, to be reported first. */
  readonly problems: readonly string[];
  /** Inputs that do not matter to this step: they are checked, but count as not set. */
  readonly aside?: ReadonlySet<Name>;
}

/**
 * Reads the inputs of a step, and collects the problems of each.
 *
 * @param getInput the text of an input; surrounding spaces are ignored.
 */
export function readTable<Values>(
  table: Table<Values>,
  { names, problems: earlier, aside }: ReadOptions<keyof Values & string>,
  getInput: (name: keyof Values & string) => string,
): Inputs<Values> {
  type Name = keyof Values & string;
  const written = (name: Name): string => getInput(name).trim() || (table[name].default ?? '');
  const given = (name: Name): boolean => aside?.has(name) !== true && getInput(name).trim() !== '';
  const text = (name: Name): string => (given(name) ? written(name) : (table[name].default ?? ''));
  const read = <N extends Name>(name: N, from: string): Values[N] | undefined => {
    const parsed = from === '' ? undefined : table[name].parse(from);
    return parsed !== undefined && 'value' in parsed ? parsed.value : undefined;
  };
  const value = <N extends Name>(name: N): Values[N] | undefined => read(name, text(name));
  const defaultOf = <N extends Name>(name: N): Values[N] | undefined =>
    read(name, table[name].default ?? '');
  const found = names.flatMap((name) => {
    const shown = written(name);
    if (shown === '' && table[name].required !== true) return [];
    if (shown.includes('${{') && table[name].secret !== true) return [messages.unevaluated(name)];
    const parsed = table[name].parse(shown);
    if ('value' in parsed) return [];
    return [describeProblem(name, shown, parsed)];
  });
  const problems = [...earlier, ...found];
  return {
    text,
    written,
    given,
    changed: (name) => given(name) && value(name) !== defaultOf(name),
    value,
    sure: (name) => {
      const known = value(name);
      if (known === undefined) throw new Error(`input '${name}' has no value`);
      return known;
    },
    problem: (noted) => {
      problems.push(noted);
    },
    assertValid: () => {
      if (problems.length > 0) throw new ActionError(problems.join('\n'));
    },
  };
}

/** Each problem is one line of the error. */
function onOneLine(text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, '\\n');
}

function describeProblem(name: string, text: string, { expected, shown, hint }: Refusal): string {
  const problem =
    text === ''
      ? messages.missing(name, expected)
      : messages.invalid(name, onOneLine(shown ?? text), expected);
  return withHint(problem, hint);
}
