import type { InputName } from '../../../src/aura/inputs/table.ts';
import type { StepInputs } from './step-inputs.ts';

/** What is written for an input, and what comes of it. */
export interface Values {
  /** Inputs beside it. */
  readonly beside?: StepInputs;
  /** A text, and what a request holds of it. */
  readonly good: readonly (readonly [string, object])[];
  readonly bad: readonly string[];
  /** The one problem of a bad value. */
  readonly problem: (value: string) => string;
}

/** The usual problem, which quotes the value. */
export function expected(input: InputName, what: string) {
  return (value: string): string => `Input '${input}' is '${value}'; expected ${what}.`;
}

/** The values of an input that is yes or no. */
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
