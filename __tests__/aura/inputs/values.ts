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

/** The usual problem, which quotes the value. */
export function expected(input: InputName, what: string) {
  return (value: string): string => `Input '${input}' is '${value}'; expected ${what}.`;
}

/** The values of an input that is true or false. */
export function truth(input: InputName, property: string, otherwise: boolean | undefined): Values {
  return {
    beside: { operation: 'create' },
    good: [
      ...['true', 'True', 'TRUE'].map((text) => [text, { [property]: true }] as const),
      ...['false', 'False', 'FALSE'].map((text) => [text, { [property]: false }] as const),
      ['', { [property]: otherwise }],
    ],
    bad: ['yes', 'no', '1', '0', 'on', 'off', 'null', 'tRUE'],
    problem: expected(input, 'true or false'),
  };
}
