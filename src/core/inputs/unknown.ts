import { messages } from './messages.ts';
import { slipsBetween } from './slips.ts';

const prefix = 'INPUT_';
/** Nearly every short word is one letter away from another. */
const shortestLength = 4;

/** An input that this action does not have. */
export interface UnknownInput {
  /** As in the environment, in lower case. */
  readonly name: string;
  /** The inputs that were probably intended; empty if it is similar to none. */
  readonly meant: readonly string[];
}

/**
 * Finds unknown inputs in the environment. The runner only warns about them and continues, so a
 * step with `dry_run: true` would delete and one with `memroy: 8GB` would create 1 GB.
 *
 * @param env the environment of the process, where the runner puts every input as `INPUT_<NAME>`.
 * @param known the names that the action has.
 */
export function findUnknownInputs(
  env: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): readonly UnknownInput[] {
  return Object.keys(env)
    .filter((variable) => variable.toUpperCase().startsWith(prefix))
    .map((variable) => variable.slice(prefix.length).toLowerCase())
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, meant: resembling(name.replaceAll('_', '-'), known) }));
}

/** The problems among unknown inputs, a sentence each. */
export function unknownInputProblems(unknown: readonly UnknownInput[]): readonly string[] {
  return unknown
    .filter(({ meant }) => meant.length > 0)
    .map(({ name, meant }) => messages.unknown(name, meant));
}

/** The same name, otherwise all names that are one typing mistake away. */
function resembling(name: string, known: readonly string[]): readonly string[] {
  if (known.includes(name)) return [name];
  return known.filter((each) => each.length >= shortestLength && slipsBetween(name, each) === 1);
}
