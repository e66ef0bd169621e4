import { matching, oneOf, parseBoolean, parseList } from '../core/inputs/parsers.ts';
import type { Parser } from '../core/inputs/parser.ts';
import { type Inputs, type Table, readTable } from '../core/inputs/table.ts';
import { findUnknownInputs, unknownInputProblems } from '../core/inputs/unknown.ts';
import { commandFileProblems, tempProblem } from '../core/runner/runner-files.ts';

const count = '\\d{1,9}';
const parseWhole = matching(new RegExp(`^${count}$`), 'a whole number, 0 or more');
const parseAllowance = wholeOr('unlimited', 'a whole number, 0 or more, or unlimited');
const parseSnapshotTime = wholeOr('never', 'a whole number of seconds, or never');

/** A whole number or a word, in small or capital letters. */
function wholeOr(word: string, expected: string): Parser<string> {
  const parse = matching(new RegExp(`^(${count}|${word})$`), expected);
  return (text) => parse(text.toLowerCase());
}

const parseTenants: Parser<readonly string[]> = (text) => {
  const parsed = parseList(text);
  const names = 'value' in parsed ? parsed.value : [];
  return names.length > 0 && new Set(names).size === names.length
    ? { value: names }
    : { expected: 'names of tenants, each a different one, separated by commas or newlines' };
};

/** Every input that simulator/action.yml declares; most are options of the simulator's program. */
export const table = defineTable({
  speed: {
    parse: matching(/^(?=.*[1-9])\d{1,9}(\.\d{1,9})?$/, 'a number greater than 0'),
    default: '60',
  },
  tenants: { parse: parseTenants, default: 'Simulated project' },
  role: { parse: oneOf({ member: 'member', viewer: 'viewer' }), default: 'member' },
  quota: { parse: parseWhole },
  billing: { parse: parseBoolean, default: 'true' },
  'rate-limits': { parse: parseBoolean, default: 'true' },
  'requests-per-minute': { parse: parseAllowance },
  'tokens-per-hour': { parse: parseAllowance },
  'retry-after': {
    parse: oneOf({ seconds: 'seconds', date: 'date', none: 'none' }),
    default: 'seconds',
  },
  'token-lifetime': { parse: parseWhole, default: '3600' },
  'first-snapshot': { parse: parseSnapshotTime, default: '0' },
  strict: { parse: parseBoolean, default: 'false' },
});

/** Infers the type of each value from its parser. */
function defineTable<Values>(rows: Table<Values>): Table<Values> {
  return rows;
}

type ValuesOf<T> = T extends Table<infer Values> ? Values : never;
type Values = ValuesOf<typeof table>;
type InputName = keyof Values;
type Environment = Readonly<Record<string, string | undefined>>;

export const inputNames: readonly InputName[] = Object.keys(table).filter(isInputName);

function isInputName(name: string): name is InputName {
  return name in table;
}

/**
 * Reads the inputs of a step.
 *
 * @param getInput the text of an input.
 * @param env the environment of the process.
 * @returns the arguments of the simulator's program.
 * @throws ActionError with the problems of all inputs and of the runner at once.
 */
export function readInputs(
  getInput: (name: InputName) => string,
  env: Environment,
): readonly string[] {
  const temp = tempProblem(env['RUNNER_TEMP'], 'The simulator');
  const problems = [
    ...commandFileProblems(env),
    ...(temp === undefined ? [] : [temp]),
    ...unknownInputProblems(findUnknownInputs(env, inputNames)),
  ];
  const inputs = readTable(table, { names: inputNames, problems }, getInput);
  inputs.assertValid();
  return argumentsOf(inputs);
}

/** Without a value, an option has its default in the simulator. */
const passedOn = [
  'speed',
  'role',
  'quota',
  'requests-per-minute',
  'tokens-per-hour',
  'retry-after',
  'token-lifetime',
  'first-snapshot',
] as const;

function argumentsOf(inputs: Inputs<Values>): readonly string[] {
  const tenants = inputs.sure('tenants').map((name) => `--tenant=${name}`);
  const options = passedOn.flatMap((name) => {
    const value = inputs.value(name);
    return value === undefined ? [] : [`--${name}=${value}`];
  });
  return [
    ...options,
    ...tenants,
    ...(inputs.sure('billing') ? [] : ['--no-billing']),
    ...(inputs.sure('rate-limits') ? [] : ['--no-rate-limits']),
    ...(inputs.sure('strict') ? ['--strict'] : []),
  ];
}
