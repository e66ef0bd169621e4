import { describe, expect, it } from 'vitest';
import { seal } from '../../core/secrets/sealing.ts';
import { sealBundle } from '../../../src/aura/credentials/bundle.ts';
import { type Recording, recordedEvent } from '../../core/github/recorded-events.ts';
import {
  type StepInputs,
  bundle,
  needed,
  passphrase,
  problemsOf,
  readStep,
  sealedUnderPassphrase,
  sealedUnderSecret,
} from './step-inputs.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

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
    ['pull-request-opened', 'shop-feature-cart-610v7-oefkr'],
    ['pull-request-fork', 'shop-feature-cart-610v7-xrrbit'],
    ['push', 'shop-feature-cart-610v7-oefkr'],
    ['push-deleted', 'shop-feature-cart-610v7-oefkr'],
    ['delete-branch', 'shop-feature-cart-610v7-oefkr'],
    ['workflow-run', 'shop-feature-cart-610v7-oefkr'],
    ['workflow-run-fork', 'shop-feature-cart-610v7-xrrbit'],
    ['check-suite', 'shop-feature-cart-610v7-oefkr'],
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
      const creates = operation === 'create';
      const empty = creates
        ? "Input 'name' is empty or not set"
        : "Inputs 'instance-id' and 'name' are both empty or not set";
      expect(problemsOf({ operation }, recordedEvent('push-tag'))).toEqual([
        `${empty}, and event 'push' on 'refs/tags/v1.2.0' has no branch to build a name from; expected a name of 1 to 30 characters${creates ? '' : ', or an instance-id'}.`,
      ]);
    },
  );

  it('has to be named outside of a run', () => {
    const nowhere = { name: '', repository: '', ref: '', actor: '', payload: undefined };
    const empty = "Inputs 'instance-id' and 'name' are both empty or not set";
    expect(problemsOf({}, nowhere)).toEqual([
      `${empty}, and this run has no branch to build a name from; expected a name of 1 to 30 characters, or an instance-id.`,
    ]);
    const event = { ...recordedEvent('push'), repository: '' };
    expect(problemsOf({}, event).join()).toContain(empty);
  });

  it('can not be given to a create by its id', () => {
    expect(problemsOf({ operation: 'create', 'instance-id': '1a2b3c4d' })).toEqual([
      "Input 'instance-id' cannot be used with operation 'create', which creates a new instance.",
    ]);
  });

  it('is asked for once where its id is wrong', () => {
    const problems = problemsOf({ 'instance-id': 'shop' }, recordedEvent('push-tag'));
    expect(problems).toEqual([
      "Input 'instance-id' is 'shop'; expected an instance id of 8 hexadecimal digits.",
    ]);
  });
});

describe('the instance of sealed credentials', () => {
  const sealed = { 'sealed-credentials': sealedUnderSecret } as const;
  const { instanceId: id, tenantId, createdAt } = bundle;
  /** What they say about it, for their own account. */
  const origin = { tenantId, createdAt, owner: undefined };

  describe.each(['get', 'poll', 'pause', 'resume'])('for a %s', (operation) => {
    it('is theirs, in an event without a branch as well', () => {
      for (const recording of ['pull-request-opened', 'push-tag'] as const) {
        expect(readStep({ ...sealed, operation }, recordedEvent(recording))).toMatchObject({
          sealed: bundle,
          target: { id, name: undefined, sealed: origin },
        });
      }
    });

    it('has its name checked where one is given beside them', () => {
      const target = { id, name: 'other', sealed: origin };
      expect(readStep({ ...sealed, operation, name: 'other' })).toHaveProperty('target', target);
    });

    it.each(['1a2b3c4d', '1A2B3C4D'])('may be given beside them as %s', (given) => {
      const target = { id, name: undefined, sealed: origin };
      const step = readStep({ ...sealed, operation, 'instance-id': given });
      expect(step).toHaveProperty('target', target);
    });

    it('can not be another one', () => {
      expect(problemsOf({ ...sealed, operation, 'instance-id': '5e6f7a8b' })).toEqual([
        "Input 'instance-id' is '5e6f7a8b', but 'sealed-credentials' belongs to instance 1a2b3c4d.",
      ]);
    });
  });

  it.each<[string, StepInputs]>([
    ['another id', { operation: 'delete', 'instance-id': 'ffffffff', ...sealed }],
    ['a name', { operation: 'delete', name: 'shop', ...sealed }],
    ['no sealed credentials', { 'instance-id': id }],
  ])('is not the one that a step means with %s', (_, inputs) => {
    expect(readStep(inputs)).toHaveProperty('target');
    expect(readStep(inputs)).not.toHaveProperty('target.sealed');
  });

  it.each([
    [{ clientId: 'another-client' }, "client 'another-client' of https://api.neo4j.io"],
    [
      { apiOrigin: undefined },
      'an older version of this action, which does not say for which client',
    ],
  ])('belongs to whoever sealed them: %o', (changes, sealer) => {
    const other = sealBundle({ ...bundle, ...changes }, secretOf(needed['client-secret']));
    const asker = "client 'the-client' of https://api.neo4j.io";
    expect(readStep({ 'sealed-credentials': other })).toHaveProperty('target', {
      id,
      name: undefined,
      sealed: { ...origin, owner: { sealer, asker } },
    });
  });

  it('is not taken, nor compared, beside a password, which is that of another', () => {
    const step = { ...sealed, password: 'letMeIn-0123' };
    const targetOf = (inputs: StepInputs) => readStep({ ...step, ...inputs });
    const other = { id: '5e6f7a8b', name: undefined };
    expect(targetOf({ 'instance-id': other.id })).toMatchObject({ sealed: bundle, target: other });
    const ofBranch = { id: undefined, name: 'shop-feature-cart-610v7-oefkr' };
    expect(targetOf({})).toMatchObject({ sealed: bundle, target: ofBranch });
    const named = { id: undefined, name: 'other' };
    expect(targetOf({ name: 'other' })).toMatchObject({ sealed: bundle, target: named });
  });

  it('does not give a create its name', () => {
    const name = 'shop-feature-cart-610v7-oefkr';
    expect(readStep({ ...sealed, operation: 'create' })).toMatchObject({ sealed: bundle, name });
    expect(problemsOf({ ...sealed, operation: 'create' }, recordedEvent('push-tag'))).toEqual([
      "Input 'name' is empty or not set, and event 'push' on 'refs/tags/v1.2.0' has no branch to build a name from; expected a name of 1 to 30 characters.",
    ]);
  });

  it('is not taken for a delete, which works on the one that is named or of the branch', () => {
    const target = { id: undefined, name: 'shop-feature-cart-610v7-oefkr' };
    expect(readStep({ ...sealed, operation: 'delete' })).toMatchObject({ target });
    const other = { id: '5e6f7a8b', name: undefined };
    expect(readStep({ ...sealed, operation: 'delete', 'instance-id': '5e6f7a8b' })).toMatchObject({
      target: other,
    });
  });

  it('is not asked for where they can not be opened', () => {
    const garbage = { 'sealed-credentials': 'garbage' };
    const problems = problemsOf(garbage, recordedEvent('push-tag'));
    expect(problems).toEqual([
      expect.stringMatching(/^Input 'sealed-credentials' cannot be decrypted/),
    ]);
  });

  it('is not looked for without a key, which is the problem', () => {
    const problems = problemsOf({ ...sealed, 'client-secret': '' });
    expect(problems).toEqual([expect.stringMatching(/^Input 'client-secret' is empty; /)]);
  });
});

describe('the tenant of sealed credentials', () => {
  const sealed = { 'sealed-credentials': sealedUnderSecret } as const;
  const { tenantId } = bundle;

  describe.each(['create', 'get', 'poll', 'pause', 'resume', 'delete'])('for %s', (operation) => {
    it('is the one to work in, unless an input says another', () => {
      expect(readStep({ ...sealed, operation })).toMatchObject({
        tenant: tenantId,
        sealed: bundle,
      });
      expect(readStep({ ...sealed, operation, tenant: 'Shop' })).toMatchObject({ tenant: 'Shop' });
      expect(readStep({ operation })).toMatchObject({ tenant: undefined, sealed: undefined });
    });

    it.each(['https://api-staging.neo4j.io', 'https://api.neo4j.io:8443', 'http://localhost:8080'])(
      'says nothing at another API, %s',
      (url) => {
        const step = readStep({ ...sealed, operation, 'api-url': url });
        expect(step).toMatchObject({ tenant: undefined, sealed: bundle });
      },
    );

    it('says nothing where an older version has sealed them, which does not say of which API', () => {
      const older = { ...bundle, clientId: undefined, apiOrigin: undefined, token: undefined };
      const value = sealBundle(older, secretOf(needed['client-secret']));
      expect(readStep({ operation, 'sealed-credentials': value })).toMatchObject({
        tenant: undefined,
        sealed: { password: bundle.password, apiOrigin: undefined },
      });
    });
  });
});

describe('the password of sealed credentials', () => {
  it.each(['create', 'get', 'poll', 'pause', 'resume', 'delete'])(
    'is told to be a secret before any input is quoted: %s',
    (operation) => {
      const secrets: string[] = [];
      const password = bundle.password.reveal();
      const mask = (secret: string): void => {
        secrets.push(secret);
      };
      const inputs = {
        operation,
        'sealed-credentials': sealedUnderSecret,
        memory: password,
        timeout: password,
      };
      expect(() => readStep(inputs, undefined, { mask })).toThrow(password);
      expect(secrets).toContain(password);
    },
  );
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
      "Input 'sealed-credentials' cannot be decrypted: it was sealed with another key; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
    ]);
  });

  it('that fits, opens nothing where something else was sealed with it', () => {
    const rest = { ...bundle, instanceId: undefined };
    for (const content of ['text', '[]', 'null', JSON.stringify(rest)]) {
      const problems = problemsOf({ 'sealed-credentials': seal(content, needed['client-secret']) });
      expect(problems).toEqual([
        "Input 'sealed-credentials' cannot be decrypted: it does not contain credentials; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
      ]);
    }
  });
});
