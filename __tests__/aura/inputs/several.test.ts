import { describe, expect, it } from 'vitest';
import { recordedEvent } from '../../core/github/recorded-events.ts';
import { type StepInputs, problemsOf, readStep, sealedUnderSecret } from './step-inputs.ts';

const [one, two] = ['1a2b3c4d', '5e6f7a8b'];
const ids = `${one},${two}`;
const takers = ['get', 'pause', 'resume', 'delete'];
const alone = 'cannot be used together; expected only one of them, which selects the instance.';

describe('several instances', () => {
  it.each(takers)('can be set for %s by ids or a pattern, also without a branch', (operation) => {
    const event = recordedEvent('push-tag');
    expect(readStep({ operation, 'instance-id': ids }, event)).toMatchObject({
      several: { ids: [one, two] },
    });
    expect(readStep({ operation, 'name-pattern': 'ci-*' }, event)).toMatchObject({
      several: { pattern: 'ci-*' },
    });
  });

  it('can be deleted after a tag was, and on the default branch', () => {
    for (const recording of ['delete-tag', 'workflow-dispatch-main'] as const) {
      const inputs = { operation: 'delete', 'name-pattern': 'ci-*' };
      expect(readStep(inputs, recordedEvent(recording))).toMatchObject({
        several: { pattern: 'ci-*' },
        ofBranch: undefined,
        nothingToDo: undefined,
      });
    }
  });

  it('are not what a single id means', () => {
    for (const id of [one, `${one},`, `\n${one}\r\n`, `${one},${one.toUpperCase()}`]) {
      const step = readStep({ 'instance-id': id });
      expect(step).toMatchObject({ target: { id: one } });
      expect(step).not.toHaveProperty('several');
    }
  });

  it.each<[string, StepInputs]>([
    ["'instance-id' and 'name'", { 'instance-id': one, name: 'shop' }],
    ["'instance-id' and 'name'", { 'instance-id': ids, name: 'shop' }],
    ["'name' and 'name-pattern'", { name: 'shop', 'name-pattern': 's*' }],
    ["'instance-id' and 'name-pattern'", { 'instance-id': one, 'name-pattern': 's*' }],
    [
      "'instance-id', 'name' and 'name-pattern'",
      { 'instance-id': ids, name: 'shop', 'name-pattern': 's*' },
    ],
  ])('are selected by one input, not by %s', (which, inputs) => {
    for (const operation of takers) {
      expect(problemsOf({ operation, ...inputs })).toEqual([`Inputs ${which} ${alone}`]);
    }
  });

  it('are not the aim of a poll, nor is an instance with two selectors', () => {
    const poll = { operation: 'poll' };
    expect(problemsOf({ ...poll, 'instance-id': one, name: 'shop' })).toEqual([
      `Inputs 'instance-id' and 'name' ${alone}`,
    ]);
    const works =
      "cannot be used with operation 'poll', which works on one instance; expected operation get, pause, resume or delete.";
    expect(problemsOf({ ...poll, 'instance-id': ids })).toEqual([
      `Input 'instance-id' with several ids ${works}`,
    ]);
    expect(problemsOf({ ...poll, 'name-pattern': 'ci-*' })).toEqual([
      `Input 'name-pattern' ${works}`,
    ]);
  });

  it('are not the aim of a create', () => {
    const create = { operation: 'create', name: 'shop' };
    for (const id of [one, ids]) {
      expect(problemsOf({ ...create, 'instance-id': id })).toEqual([
        "Input 'instance-id' cannot be used with operation 'create', which creates a new instance. Set 'name' instead.",
      ]);
    }
    expect(problemsOf({ ...create, 'name-pattern': 's*' })).toEqual([
      "Input 'name-pattern' cannot be used with operation 'create', which works on one instance; expected operation get, pause, resume or delete.",
    ]);
  });

  it.each<[string, StepInputs]>([
    ["Input 'password'", { password: 'letMeIn-0123' }],
    ["Input 'sealed-credentials'", { 'sealed-credentials': sealedUnderSecret }],
    ["Input 'verify'", { verify: 'require' }],
    ["Input 'export-env'", { 'export-env': 'true' }],
    ["Input 'env-file'", { 'env-file': '.env' }],
    [
      "Inputs 'password', 'export-env' and 'verify'",
      { password: 'letMeIn-0123', 'export-env': 'true', verify: 'warn' },
    ],
  ])('exclude what is about one: %s', (which, inputs) => {
    const them = which.startsWith('Inputs') ? 'them' : 'it';
    for (const operation of takers) {
      for (const selected of [{ 'instance-id': ids }, { 'name-pattern': '*' }]) {
        expect(problemsOf({ operation, ...selected, ...inputs })).toEqual([
          `${which} cannot be used with several instances; expected a single 'instance-id' or a 'name' with ${them}.`,
        ]);
      }
    }
  });

  it('allow the defaults of these inputs, the store, and the limits of a delete', () => {
    const inputs = { operation: 'delete', 'name-pattern': 'ci-*', verify: 'off' };
    const limits = { 'export-env': 'false', 'max-deletions': '3', 'protected-names': 'ci-main' };
    const store = { 'credentials-store': 'deployment', 'github-token': 'ghs_0123456789' };
    expect(problemsOf({ ...inputs, ...limits, ...store })).toEqual([]);
  });
});
