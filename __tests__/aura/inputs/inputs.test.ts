import { describe, expect, it } from 'vitest';
import { type InputName, inputDefaults, inputNames } from '../../../src/aura/inputs/table.ts';
import { changeValues } from './values-change.ts';
import { commonValues } from './values-common.ts';
import { createValues } from './values-create.ts';
import { handOverValues } from './values-hand-over.ts';
import type { Values } from './values.ts';
import { readManifest } from '../../repository/project.ts';
import { type StepInputs, problemsOf, readStep } from './step-inputs.ts';

const table: Readonly<Record<InputName, Values>> = {
  ...commonValues,
  ...createValues,
  ...changeValues,
  ...handOverValues,
};

describe.each(Object.entries(table))('the input %s', (name, { beside, good, bad, problem }) => {
  it('accepts its valid values', () => {
    expect(good).not.toHaveLength(0);
    for (const [text, part] of good) {
      expect(readStep({ ...beside, [name]: text }), JSON.stringify(text)).toMatchObject(part);
    }
  });

  it('refuses each of its invalid values as the only problem', () => {
    const found = bad.map((text) => problemsOf({ ...beside, [name]: text }).join('\n'));
    expect(found).toEqual(bad.map(problem));
  });

  it('ignores whitespace around a value', () => {
    const [text = '', part] = good[0] ?? [];
    expect(readStep({ ...beside, [name]: ` ${text}\r\n\t` })).toMatchObject(part ?? {});
  });
});

describe('the inputs', () => {
  /** One invalid value per input, and its problem. */
  const wrong = Object.entries(table).flatMap(
    ([
      name,
      {
        bad: [text],
        problem,
      },
    ]) => (text === undefined ? [] : [{ name, text, problem: problem(text) }]),
  );
  const inputs: StepInputs = Object.fromEntries(wrong.map(({ name, text }) => [name, text]));
  const problems = wrong.map(({ problem }) => problem);

  /** The problems; some quote several lines. */
  function sorted(lines: readonly string[]): string[] {
    return lines
      .join('\n')
      .split(/\n(?=Input)/)
      .toSorted();
  }

  it('that can be invalid on their own are all except one', () => {
    const names = wrong.map(({ name }) => name);
    expect(inputNames.filter((name) => !names.includes(name))).toEqual(['github-token']);
  });

  it('are reported together, each with its own problem, if all are invalid', () => {
    expect(sorted(problemsOf(inputs))).toEqual(problems.toSorted());
  });

  it('are reported together with a missing token', () => {
    const store = table['credentials-store'].problem(inputs['credentials-store'] ?? '');
    const token = table['github-token'].problem('');
    expect(sorted(problemsOf({ ...inputs, 'credentials-store': 'deployment' }))).toEqual(
      problems.map((problem) => (problem === store ? token : problem)).toSorted(),
    );
  });

  it('that are required are reported together if nothing is set', () => {
    const nothing = { operation: '', 'client-id': '', 'client-secret': '' };
    expect(problemsOf(nothing)).toEqual([
      "Input 'operation' is not set; expected one of create, get, poll, pause, resume, resize, snapshot, restore, overwrite, delete, sweep, auto.",
      "Inputs 'client-id' and 'client-secret' are empty. Set variable AURA_CLIENT_ID and secret AURA_CLIENT_SECRET under Settings > Secrets and variables > Actions, and check their names in the workflow. If they belong to an environment, the job needs 'environment:'.",
    ]);
  });

  it('have the defaults of action.yml if they are empty', () => {
    const { inputs: declared } = readManifest();
    expect(Object.keys(table).toSorted()).toEqual(Object.keys(declared).toSorted());
    const defaults = Object.fromEntries(
      Object.entries(declared).flatMap(([name, input]) =>
        input.default === undefined ? [] : [[name, input.default]],
      ),
    );
    // Only the runner can set this default: an empty token is not a token.
    expect(defaults).toEqual({ ...inputDefaults, 'github-token': '${{ github.token }}' });
  });
});
