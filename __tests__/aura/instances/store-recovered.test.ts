import { describe, expect, it } from 'vitest';
import type { Proof } from '../../../src/aura/credentials/hand-over.ts';
import type { Recovered } from '../../../src/aura/instances/recover-credentials.ts';
import {
  type StorePlan,
  planToStore,
  storeByProof,
} from '../../../src/aura/instances/store-recovered.ts';
import { bundle } from '../inputs/step-inputs.ts';
import { type Kept, kept, prepare } from './hand-over-situation.ts';

const store = { credentialsStore: 'deployment' } as const;
const nothing: Kept = { sealed: undefined };
const foreign = kept({}, 'another-key');

describe('recovered credentials', () => {
  it.each<[StorePlan, Recovered['source'], string, Kept]>([
    ['at once', 'sealed-credentials', 'nothing', nothing],
    ['unless refused', 'password', 'nothing', nothing],
    ['at once', 'sealed-credentials', 'what can not be opened', foreign],
    ['once proved', 'password', 'what can not be opened', foreign],
    ['never', 'sealed-credentials', 'the same', kept()],
    ['never', 'password', 'the same', kept()],
    ['at once', 'password', 'the same with another address', kept({ connectionUri: 'bolt://a' })],
    ['once proved', 'password', 'another password', kept({ password: 'another-0123' })],
    ['once proved', 'sealed-credentials', 'another user', kept({ username: 'mona' })],
    ['once proved', 'password', 'those of another instance', kept({ instanceId: 'ffffffff' })],
    ['never', 'password', 'what GitHub does not tell', undefined],
  ])(
    'are stored %s when they come from %s and the store has %s',
    async (plan, source, _, found) => {
      const { situation } = prepare(store, found);
      expect(await planToStore({ credentials: bundle, source }, situation)).toBe(plan);
    },
  );

  it.each([
    ['there is no store', { credentialsStore: 'none' } as const, 'password' as const],
    ['they come from it', store, 'store' as const],
  ])('are not stored, and GitHub is not asked, where %s', async (_, request, source) => {
    const { situation, asked } = prepare(request, nothing);
    expect(await planToStore({ credentials: bundle, source }, situation)).toBe('never');
    expect(asked).toEqual([]);
  });
});

describe('the proof of credentials', () => {
  const refused = /: the password was not stored, because the database refuses it\.$/;
  const unverified =
    /: the password was not stored, because other credentials are stored .+ not verified\. Give 'verify: require'/;

  it.each<[StorePlan, Proof, boolean, RegExp | undefined]>([
    ['never', 'proved', false, undefined],
    ['at once', 'proved', false, undefined],
    ['unless refused', 'proved', true, undefined],
    ['unless refused', 'open', true, undefined],
    ['unless refused', 'refused', false, refused],
    ['once proved', 'proved', true, undefined],
    ['once proved', 'open', false, unverified],
    ['once proved', 'refused', false, refused],
  ])('decides on what is stored %s: %s', async (plan, proof, stored, warning) => {
    const { situation, saved, warnings } = prepare(store);
    await storeByProof(bundle, { plan, proof }, situation);
    expect(saved.map(({ id }) => id)).toEqual(stored ? [bundle.instanceId] : []);
    expect(warnings()).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)]);
  });
});
