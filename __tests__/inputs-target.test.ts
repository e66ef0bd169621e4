import { describe, expect, it } from 'vitest';
import { seal } from '../src/credentials/seal.ts';
import { type Recording, recordedEvent } from './github/recorded-events.ts';
import {
  bundle,
  needed,
  passphrase,
  problemsOf,
  readStep,
  sealedUnderPassphrase,
  sealedUnderSecret,
} from './step-inputs.ts';

describe('the instance of a step', () => {
  it('is the one of the id, whose name is then only checked where it is given', () => {
    const id = '1a2b3c4d';
    expect(readStep({ 'instance-id': id })).toHaveProperty('target', { id, name: undefined });
    expect(readStep({ 'instance-id': id, name: 'shop' })).toHaveProperty('target', {
      id,
      name: 'shop',
    });
  });

  it('needs no branch where an id or a name is given', () => {
    const event = recordedEvent('push-tag');
    expect(problemsOf({ 'instance-id': '1a2b3c4d' }, event)).toEqual([]);
    expect(problemsOf({ name: 'shop' }, event)).toEqual([]);
    expect(problemsOf({ operation: 'create', name: 'shop' }, event)).toEqual([]);
  });

  it.each<[Recording, string]>([
    ['pull-request-opened', 'shop-feature-cart-3041-c39f'],
    ['pull-request-closed', 'shop-feature-cart-3041-c39f'],
    ['push', 'shop-feature-cart-3041-c39f'],
    ['delete-branch', 'shop-feature-cart-3041-c39f'],
    ['schedule', 'shop-main-3041-0d6e'],
  ])('is the one of the branch in %s, whatever the operation', (recording, name) => {
    const event = recordedEvent(recording);
    expect(readStep({ operation: 'create' }, event)).toMatchObject({ name });
    for (const operation of ['get', 'poll', 'pause', 'resume', 'delete']) {
      expect(readStep({ operation }, event)).toMatchObject({ target: { name } });
    }
  });

  it.each(['create', 'get', 'poll', 'pause', 'resume', 'delete'])(
    'has to be named for %s in an event without a branch',
    (operation) => {
      expect(problemsOf({ operation }, recordedEvent('push-tag'))).toEqual([
        "Input 'name' is not given, and event 'push' on 'refs/tags/v1.2.0' has no branch to take one from; expected a name of 1 to 30 characters, or an instance-id.",
      ]);
    },
  );

  it('has to be named outside of a run', () => {
    const nowhere = { name: '', repository: '', ref: '', actor: '', payload: undefined };
    expect(problemsOf({}, nowhere)).toEqual([
      "Input 'name' is not given, and this run has no branch to take one from; expected a name of 1 to 30 characters, or an instance-id.",
    ]);
    const event = { ...recordedEvent('push'), repository: '' };
    expect(problemsOf({}, event).join()).toContain("Input 'name' is not given");
  });

  it('can not be given to a create by its id', () => {
    expect(problemsOf({ operation: 'create', 'instance-id': '1a2b3c4d' })).toEqual([
      "Input 'instance-id' does not go with operation 'create', which makes a new one.",
    ]);
  });

  it('is asked for once where its id is wrong', () => {
    const problems = problemsOf({ 'instance-id': 'shop' }, recordedEvent('push-tag'));
    expect(problems).toEqual([
      "Input 'instance-id' is 'shop'; expected an instance id of 8 hex digits.",
    ]);
  });
});

describe('the instance of sealed credentials', () => {
  const sealed = { 'sealed-credentials': sealedUnderSecret } as const;
  const { instanceId: id } = bundle;

  it('is the one of a get, in an event without a branch as well', () => {
    for (const recording of ['pull-request-opened', 'push-tag'] as const) {
      expect(readStep(sealed, recordedEvent(recording))).toMatchObject({
        sealed: bundle,
        target: { id, name: undefined },
      });
    }
  });

  it('has its name checked where one is given beside them', () => {
    const target = { id, name: 'other' };
    expect(readStep({ ...sealed, name: 'other' })).toHaveProperty('target', target);
  });

  it.each(['1a2b3c4d', '1A2B3C4D'])('may be given beside them as %s', (given) => {
    const target = { id, name: undefined };
    expect(readStep({ ...sealed, 'instance-id': given })).toHaveProperty('target', target);
  });

  it('can not be another one', () => {
    expect(problemsOf({ ...sealed, 'instance-id': '5e6f7a8b' })).toEqual([
      "Input 'instance-id' is '5e6f7a8b', but 'sealed-credentials' are of 1a2b3c4d.",
    ]);
  });

  it('does not give a create its name', () => {
    const name = 'shop-feature-cart-3041-c39f';
    expect(readStep({ ...sealed, operation: 'create' })).toMatchObject({ sealed: bundle, name });
    expect(problemsOf({ ...sealed, operation: 'create' }, recordedEvent('push-tag'))).toEqual([
      "Input 'name' is not given, and event 'push' on 'refs/tags/v1.2.0' has no branch to take one from; expected a name of 1 to 30 characters, or an instance-id.",
    ]);
  });

  it.each(['poll', 'pause', 'resume', 'delete'])(
    'is not taken for %s, which works on the one of the branch',
    (operation) => {
      const target = { id: undefined, name: 'shop-feature-cart-3041-c39f' };
      expect(readStep({ ...sealed, operation })).toHaveProperty('target', target);
    },
  );

  it('is not asked for where they can not be opened', () => {
    const garbage = { 'sealed-credentials': 'garbage' };
    const problems = problemsOf(garbage, recordedEvent('push-tag'));
    expect(problems).toEqual([
      expect.stringMatching(/^Input 'sealed-credentials' can't be opened/),
    ]);
  });

  it('is not looked for without a key, which is the problem', () => {
    const problems = problemsOf({ ...sealed, 'client-secret': '' });
    expect(problems).toEqual([expect.stringMatching(/^Input 'client-secret' is empty; /)]);
  });
});

describe('the key of sealed credentials', () => {
  it('is the passphrase where one is given, and else the client secret', () => {
    const given = {
      'sealed-credentials': sealedUnderPassphrase,
      'sealing-key': passphrase,
    };
    expect(readStep(given)).toMatchObject({ sealed: bundle, sealingKey: passphrase });
    expect(readStep({ 'sealed-credentials': sealedUnderSecret })).toMatchObject({
      sealed: bundle,
      sealingKey: needed['client-secret'],
    });
  });

  it('is not the client secret where a passphrase is given', () => {
    const given = { 'sealed-credentials': sealedUnderSecret, 'sealing-key': passphrase };
    expect(problemsOf(given)).toEqual([
      "Input 'sealed-credentials' can't be opened: it was sealed with another key; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
    ]);
  });

  it('that fits, opens nothing where something else was sealed with it', () => {
    const rest = { ...bundle, instanceId: undefined };
    for (const content of ['text', '[]', 'null', JSON.stringify(rest)]) {
      const problems = problemsOf({ 'sealed-credentials': seal(content, needed['client-secret']) });
      expect(problems).toEqual([
        "Input 'sealed-credentials' can't be opened: it holds something else than credentials; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
      ]);
    }
  });
});
