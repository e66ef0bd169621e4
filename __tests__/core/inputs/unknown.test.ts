import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findUnknownInputs, unknownInputProblems } from '../../../src/core/inputs/unknown.ts';
import { inputNames } from '../../../src/aura/inputs/table.ts';

/** The known inputs that an unknown input resembles; empty for a known one. */
function meantBy(name: string, known: readonly string[] = inputNames): readonly string[] {
  const unknown = findUnknownInputs({ [`INPUT_${name.toUpperCase()}`]: 'x' }, known);
  return unknown.flatMap(({ meant }) => meant);
}

describe('an input that the action has', () => {
  it.each(inputNames)('is not unknown: %s', (name) => {
    for (const variable of [`INPUT_${name.toUpperCase()}`, `input_${name}`]) {
      expect(findUnknownInputs({ [variable]: '' }, inputNames)).toEqual([]);
    }
  });

  it('is not one of the other variables of a runner', () => {
    const env = { GITHUB_ENV: 'x', RUNNER_TEMP: 'x', INPUTS: 'x', MY_INPUT_NAME: 'x', PATH: 'x' };
    expect(findUnknownInputs(env, inputNames)).toEqual([]);
  });
});

describe('an input that resembles one', () => {
  it.each([
    ['instance_id', 'instance-id'],
    ['dry_run', 'dry-run'],
    ['delete_after_job', 'delete-after-job'],
    ['delete_after-job', 'delete-after-job'],
    ['memroy', 'memory'],
    ['emmory', 'memory'],
    ['memor', 'memory'],
    ['memoryy', 'memory'],
    ['xmemory', 'memory'],
    ['memori', 'memory'],
    ['regoin', 'region'],
    ['dryrun', 'dry-run'],
    ['dry_rum', 'dry-run'],
    ['instanceid', 'instance-id'],
    ['if-exist', 'if-exists'],
    ['client--id', 'client-id'],
    ['protected-name', 'protected-names'],
    ['nam', 'name'],
    ['teir', 'tier'],
    ['wait_fro', 'wait-for'],
  ])('%s is %s', (name, known) => {
    expect(meantBy(name)).toEqual([known]);
  });

  it('may resemble several', () => {
    const unknown = findUnknownInputs({ 'INPUT_BAT-A': '' }, ['bat-b', 'bat-c', 'cow-a']);
    expect(unknownInputProblems(unknown)).toEqual([
      "Unknown input 'bat-a'. Did you mean 'bat-b' or 'bat-c'?",
    ]);
  });

  it('is reported by the name that was written', () => {
    const unknown = findUnknownInputs(
      { INPUT_DRY_RUN: 'true', 'INPUT_ELSE-WHERE': '' },
      inputNames,
    );
    expect(unknownInputProblems(unknown)).toEqual([
      "Unknown input 'dry_run'. Did you mean 'dry-run'?",
    ]);
  });

  it.each([
    ['tag', ['tab']],
    ['tagg', ['tag']],
  ])('does not include a word of three letters: %s', (name, known) => {
    expect(meantBy(name, known)).toEqual([]);
  });

  it.each([
    'mmeroy',
    'memryo1',
    'mem',
    'yromem',
    'size',
    'instance',
    'id',
    'cloud',
    '',
    'x',
    'constructor',
  ])('does not include one that differs by more: %j', (name) => {
    expect(meantBy(name)).toEqual([]);
  });

  it('is reported for every typing error, as often as a comparison finds it', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz-'.split('');
    fc.assert(
      fc.property(
        fc.constantFrom(...inputNames),
        fc.nat(),
        fc.constantFrom(...letters),
        (name, position, letter) => {
          const at = position % name.length;
          const slips = [
            name.slice(0, at) + letter + name.slice(at),
            name.slice(0, at) + name.slice(at + 1),
            name.slice(0, at) + letter + name.slice(at + 1),
            name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2),
          ];
          for (const slip of slips.filter((each) => !inputNames.includes(each as typeof name))) {
            expect([slip, meantBy(slip)]).toEqual([slip, expect.arrayContaining([name])]);
          }
        },
      ),
    );
  });
});
