import type { InputName } from '../../../src/aura/inputs/table.ts';
import type { StepInputs } from './step-inputs.ts';

/** The values of an input, and their results. */
export interface Values {
  /** Other inputs of the step. */
  readonly beside?: StepInputs;
  /** A text, and the parsed part of the request. */
  readonly good: readonly (readonly [string, object])[];
  readonly bad: readonly string[];
  /** The only problem of an invalid value. */
  readonly problem: (value: string) => string;
}

/**
 * The usual problem, which quotes the value.
 *
 * @param meant for a value, what was probably meant.
 */
export function expected(
  input: InputName,
  what: string,
  meant: Readonly<Record<string, string>> = {},
) {
  return (value: string): string => {
    const likely = Object.hasOwn(meant, value) ? ` Did you mean '${meant[value] ?? ''}'?` : '';
    return `Input '${input}' is '${value.replace(/[\r\n]/, '\\n')}'; expected ${what}.${likely}`;
  };
}

/** The values of an input that is true or false. */
export function truth(input: InputName, property: string, otherwise: boolean | undefined): Values {
  return {
    beside: { operation: 'create' },
    good: [
      ...['true', 'True', 'TRUE', 'tRuE'].map((text) => [text, { [property]: true }] as const),
      ...['false', 'False', 'FALSE'].map((text) => [text, { [property]: false }] as const),
      ['', { [property]: otherwise }],
    ],
    bad: ['yes', 'no', '1', '0', 'on', 'off', 'null', 'ture', 'maybe'],
    problem: expected(input, 'true or false', {
      yes: 'true',
      on: 'true',
      1: 'true',
      ture: 'true',
      no: 'false',
      off: 'false',
      0: 'false',
      null: 'false',
    }),
  };
}

/** The description of a name, and why a value is none. */
export function nameOf(value: string): string {
  const { length } = Array.from(value);
  const why = length > 30 ? `has ${length}` : 'contains a tab, a line break or a similar character';
  return `a name of 1 to 30 characters on one line (this one ${why})`;
}
