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
  it('is the one with the id', () => {
    const id = '1a2b3c4d';
    expect(readStep({ 'instance-id': id })).toHaveProperty('target', { id, name: undefined });
  });

  it('needs no branch if an id or a name is set', () => {
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
  ])('is the one of the branch in %s for every operation', (recording, name) => {
    const event = recordedEvent(recording);
    expect(readStep({ operation: 'create' }, event)).toMatchObject({ name });
    for (const operation of ['get', 'poll', 'pause', 'resume', 'snapshot', 'delete']) {
      expect(readStep({ operation }, event)).toMatchObject({ target: { name } });
    }
  });

  it.each(['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete'])(
    'must be named for %s in an event without a branch',
    (operation) => {
      const creates = operation === 'create';
      const empty = creates
        ? "Input 'name' is empty or not set"
        : "Inputs 'instance-id' and 'name' are both empty or not set";
      expect(problemsOf({ operation }, recordedEvent('push-tag'))).toEqual([
        `${empty}, and event 'push' on 'refs/tags/v1.2.0' has no branch to build a name from. Set 'name'${creates ? '' : " or 'instance-id'"}.`,
      ]);
    },
  );

  it('must be named outside a run', () => {
    const nowhere = { name: '', repository: '', ref: '', actor: '', payload: undefined };
    const empty = "Inputs 'instance-id' and 'name' are both empty or not set";
    expect(problemsOf({}, nowhere)).toEqual([
      `${empty}, and this run has no branch to build a name from. Set 'name' or 'instance-id'.`,
    ]);
    const event = { ...recordedEvent('push'), repository: '' };
    expect(problemsOf({}, event).join()).toContain(empty);
  });

  it('cannot be set by its id for a create', () => {
    expect(problemsOf({ operation: 'create', 'instance-id': '1a2b3c4d' })).toEqual([
      "Input 'instance-id' cannot be used with operation 'create', which creates a new instance. Set 'name' instead.",
    ]);
  });

  it('is a single problem if its id is invalid', () => {
    const problems = problemsOf({ 'instance-id': 'shop' }, recordedEvent('push-tag'));
    expect(problems).toEqual([
      "Input 'instance-id' is 'shop'; expected an instance id of 8 hexadecimal digits such as 3fb7870d. To use a name, set 'name' instead.",
    ]);
  });
});

describe('the instance of sealed credentials', () => {
  const sealed = { 'sealed-credentials': sealedUnderSecret } as const;
  const { instanceId: id, tenantId, createdAt } = bundle;
  /** The values that they contain about it, for their own account. */
  const origin = { tenantId, createdAt, owner: undefined };

  describe.each(['get', 'poll', 'pause', 'resume', 'snapshot'])('for a %s', (operation) => {
    it('is used, also in an event without a branch', () => {
      for (const recording of ['pull-request-opened', 'push-tag'] as const) {
        expect(readStep({ ...sealed, operation }, recordedEvent(recording))).toMatchObject({
          sealed: bundle,
          target: { id, name: undefined, sealed: origin },
        });
      }
    });

    it('has its name checked if one is set with them', () => {
      const target = { id, name: 'other', sealed: origin };
      expect(readStep({ ...sealed, operation, name: 'other' })).toHaveProperty('target', target);
    });

    it.each(['1a2b3c4d', '1A2B3C4D'])('may be set with them as %s', (given) => {
      const target = { id, name: undefined, sealed: origin };
      const step = readStep({ ...sealed, operation, 'instance-id': given });
      expect(step).toHaveProperty('target', target);
    });

    it('cannot be another one', () => {
      expect(problemsOf({ ...sealed, operation, 'instance-id': '5e6f7a8b' })).toEqual([
        "Input 'instance-id' is '5e6f7a8b', but 'sealed-credentials' belongs to instance 1a2b3c4d. Remove one of the two inputs.",
      ]);
    });
  });

  it.each<[string, StepInputs]>([
    ['another id', { operation: 'delete', 'instance-id': 'ffffffff', ...sealed }],
    ['a name', { operation: 'delete', name: 'shop', ...sealed }],
    ['no sealed credentials', { 'instance-id': id }],
  ])('is not used by a step with %s', (_, inputs) => {
    expect(readStep(inputs)).toHaveProperty('target');
    expect(readStep(inputs)).not.toHaveProperty('target.sealed');
  });

  it.each([
    [{ clientId: 'another-client' }, "client 'another-client' of https://api.neo4j.io"],
    [
      { apiOrigin: undefined },
      'an older version of this action, which does not say for which client',
    ],
  ])('belongs to the client that sealed them: %o', (changes, sealer) => {
    const other = sealBundle({ ...bundle, ...changes }, secretOf(needed['client-secret']));
    const asker = "client 'the-client' of https://api.neo4j.io";
    expect(readStep({ 'sealed-credentials': other })).toHaveProperty('target', {
      id,
      name: undefined,
      sealed: { ...origin, owner: { sealer, asker } },
    });
  });

  it('is neither used nor compared with a password, which is for another instance', () => {
    const step = { ...sealed, password: 'letMeIn-0123' };
    const targetOf = (inputs: StepInputs) => readStep({ ...step, ...inputs });
    const other = { id: '5e6f7a8b', name: undefined };
    expect(targetOf({ 'instance-id': other.id })).toMatchObject({ sealed: bundle, target: other });
    const ofBranch = { id: undefined, name: 'shop-feature-cart-610v7-oefkr' };
    expect(targetOf({})).toMatchObject({ sealed: bundle, target: ofBranch });
    const named = { id: undefined, name: 'other' };
    expect(targetOf({ name: 'other' })).toMatchObject({ sealed: bundle, target: named });
  });

  it('does not set the name of a create', () => {
    const name = 'shop-feature-cart-610v7-oefkr';
    expect(readStep({ ...sealed, operation: 'create' })).toMatchObject({ sealed: bundle, name });
    expect(problemsOf({ ...sealed, operation: 'create' }, recordedEvent('push-tag'))).toEqual([
      "Input 'name' is empty or not set, and event 'push' on 'refs/tags/v1.2.0' has no branch to build a name from. Set 'name'.",
    ]);
  });

  it('is not used for a delete, which uses the inputs or the branch', () => {
    const target = { id: undefined, name: 'shop-feature-cart-610v7-oefkr' };
    expect(readStep({ ...sealed, operation: 'delete' })).toMatchObject({ target });
    const other = { id: '5e6f7a8b', name: undefined };
    expect(readStep({ ...sealed, operation: 'delete', 'instance-id': '5e6f7a8b' })).toMatchObject({
      target: other,
    });
  });

  it('is not required if they cannot be opened', () => {
    const garbage = { 'sealed-credentials': 'garbage' };
    const problems = problemsOf(garbage, recordedEvent('push-tag'));
    expect(problems).toEqual([
      expect.stringMatching(/^Input 'sealed-credentials' cannot be decrypted/),
    ]);
  });

  it('is not read without a key, which is the problem', () => {
    const problems = problemsOf({ ...sealed, 'client-secret': '' });
    expect(problems).toEqual([expect.stringMatching(/^Input 'client-secret' is empty\. /)]);
  });
});

describe('the tenant of sealed credentials', () => {
  const sealed = { 'sealed-credentials': sealedUnderSecret } as const;
  const { tenantId } = bundle;

  describe.each(['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete'])(
    'for %s',
    (operation) => {
      it('is used unless an input sets another', () => {
        expect(readStep({ ...sealed, operation })).toMatchObject({
          tenant: tenantId,
          sealed: bundle,
        });
        expect(readStep({ ...sealed, operation, tenant: 'Shop' })).toMatchObject({
          tenant: 'Shop',
        });
        expect(readStep({ operation })).toMatchObject({ tenant: undefined, sealed: undefined });
      });

      it.each([
        'https://api-staging.neo4j.io',
        'https://api.neo4j.io:8443',
        'http://localhost:8080',
      ])('is ignored for another API, %s', (url) => {
        const step = readStep({ ...sealed, operation, 'api-url': url });
        expect(step).toMatchObject({ tenant: undefined, sealed: bundle });
      });

      it('is ignored if an older version sealed them, which does not name the API', () => {
        const older = { ...bundle, clientId: undefined, apiOrigin: undefined, token: undefined };
        const value = sealBundle(older, secretOf(needed['client-secret']));
        expect(readStep({ operation, 'sealed-credentials': value })).toMatchObject({
          tenant: undefined,
          sealed: { password: bundle.password, apiOrigin: undefined },
        });
      });
    },
  );
});

describe('the password of sealed credentials', () => {
  it.each(['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete'])(
    'is masked before any input is quoted: %s',
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
  it('is the passphrase, or else the client secret', () => {
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

  it('is not the client secret if a passphrase is set', () => {
    const given = { 'sealed-credentials': sealedUnderSecret, 'sealing-key': passphrase };
    expect(problemsOf(given)).toEqual([
      "Input 'sealed-credentials' cannot be decrypted: it was sealed with another key; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
    ]);
  });

  it('is not enough if another value was sealed with it', () => {
    const rest = { ...bundle, instanceId: undefined };
    for (const content of ['text', '[]', 'null', JSON.stringify(rest)]) {
      const problems = problemsOf({ 'sealed-credentials': seal(content, needed['client-secret']) });
      expect(problems).toEqual([
        "Input 'sealed-credentials' cannot be decrypted: it does not contain credentials; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.",
      ]);
    }
  });
});
