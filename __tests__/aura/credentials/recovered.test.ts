import { describe, expect, it } from 'vitest';
import { startBoltServer } from '../../../harness/bolt/server.ts';
import { openBundle } from '../../../src/aura/credentials/bundle.ts';
import { passOnRecovered } from '../../../src/aura/credentials/recovered.ts';
import type { Recovered } from '../../../src/aura/credentials/recover.ts';
import { bundle, passphrase } from '../inputs/step-inputs.ts';
import { type Kept, kept, prepare, shop } from './hand-over-parts.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

const recovered = { credentials: bundle, source: 'sealed-credentials' } as const;
const store = { credentialsStore: 'deployment' } as const;
const nothing = { sealed: undefined };
const another = 'another-0123';

describe('the hand-over of recovered credentials', () => {
  it('stores and exports them, with the address that the instance has by now', async () => {
    const connectionUrl = 'neo4j+s://moved.databases.neo4j.io';
    const { parts, saved, captured } = prepare({ ...store, exportEnv: true }, nothing);
    await passOnRecovered(parts, { ...shop, connectionUrl }, recovered);
    const [entry] = saved;
    expect(entry).toMatchObject({ name: shop.name, id: shop.id, scope: shop.tenantId });
    const stored = openBundle(entry?.sealed ?? '', secretOf(passphrase), noMask);
    expect(stored).toMatchObject({ connectionUri: connectionUrl, token: undefined });
    expect(Object.fromEntries(captured.variables())).toEqual({
      NEO4J_URI: connectionUrl,
      NEO4J_USERNAME: bundle.username,
      NEO4J_PASSWORD: bundle.password,
      AURA_INSTANCEID: shop.id,
      AURA_INSTANCENAME: shop.name,
    });
    expect(Object.fromEntries(captured.outputs())).toMatchObject({
      'connection-uri': connectionUrl,
    });
  });

  it('exports no address that nobody knows', async () => {
    const { parts, captured } = prepare({ exportEnv: true });
    const credentials = { ...bundle, connectionUri: undefined };
    const without = { ...shop, connectionUrl: undefined };
    await passOnRecovered(parts, without, { ...recovered, credentials });
    expect(Object.fromEntries(captured.variables())).not.toHaveProperty('NEO4J_URI');
    expect(captured.outputs()).toEqual([]);
  });

  it('stores nothing of an instance that is being deleted', async () => {
    const { parts, asked, saved } = prepare(store, nothing);
    await passOnRecovered(parts, { ...shop, status: 'destroying' }, recovered);
    expect([asked, saved]).toEqual([[], []]);
  });

  it('does not replace what is stored with credentials that were not proved', async () => {
    const { parts, saved, warnings } = prepare(store, kept({ password: secretOf('another-0123') }));
    await passOnRecovered(parts, shop, recovered);
    expect(saved).toEqual([]);
    expect(warnings()).toEqual([expect.stringMatching(/the given ones were not verified/)]);
  });

  it('fails where a database has to answer that does not run', async () => {
    const paused = { ...shop, status: 'paused' };
    const text = `The database of instance 'shop' (${shop.id}) cannot answer: its status is 'paused'. Wait until it is running, or resume it first.`;
    const { parts } = prepare({ verify: 'require' });
    await expect(passOnRecovered(parts, paused, recovered)).rejects.toThrow(text);
    const warned = prepare({ verify: 'warn' });
    await passOnRecovered(warned.parts, paused, recovered);
    expect(warned.warnings()).toEqual([text]);
  });
});

describe('a dry run', () => {
  it('only says what it would hand over', async () => {
    const asks = { exportEnv: true, envFile: '/nowhere/.env', verify: 'require' } as const;
    const { parts, saved, captured } = prepare({ ...store, ...asks, dryRun: true }, nothing);
    await passOnRecovered(parts, shop, recovered);
    expect(captured.lines()).toEqual([
      `Dry run: would pass on the credentials of instance 'shop' (${shop.id}): store them as a GitHub deployment, export them to the environment, write them to the file of input 'env-file', verify them over Bolt.`,
    ]);
    expect([saved, captured.variables()]).toEqual([[], []]);
  });

  it.each([
    ['nothing was asked for', {}, nothing, []],
    ['the same is stored', store, kept(), [bundle.password.reveal()]],
    [
      'it would not replace what is stored',
      store,
      kept({ password: secretOf(another) }),
      [another],
    ],
  ])('says nothing where %s, and masks what it opens', async (_, request, found, opened) => {
    const { parts, captured } = prepare({ ...request, dryRun: true }, found);
    await passOnRecovered(parts, shop, recovered);
    const forms = opened.flatMap((text) => [text, Buffer.from(text).toString('base64')]);
    expect(captured.lines()).toEqual(forms.map((form) => `::add-mask::${form}`));
  });
});

/** When credentials are stored; each plan does something else for a proof. */
type Plan = 'at once' | 'unless refused' | 'once proved' | 'never';
type Proof = 'proved' | 'refused' | 'open';

const refused = /: the password was not stored, because the database rejected it\.$/;
const unverified =
  /: the password was not stored, because other credentials are stored .+ not verified\. Set 'verify: require' to replace them\.$/;
/** By plan and proof: what is stored, or the warning that it is not. */
const outcomes: Readonly<Record<Plan, Readonly<Record<Proof, 'stored' | RegExp | undefined>>>> = {
  'at once': { proved: 'stored', refused: 'stored', open: 'stored' },
  'unless refused': { proved: 'stored', refused, open: 'stored' },
  'once proved': { proved: 'stored', refused, open: unverified },
  never: { proved: undefined, refused: undefined, open: undefined },
};

/** Passes credentials on that a database accepts, refuses, or is not asked about. */
async function passOnWith(proof: Proof, source: Recovered['source'], found: (uri: string) => Kept) {
  const password = proof === 'refused' ? 'another-0123' : bundle.password.reveal();
  await using database = await startBoltServer({ password });
  const connectionUri = database.uri('bolt');
  const verify = proof === 'open' ? 'off' : 'warn';
  const prepared = prepare({ ...store, verify }, found(connectionUri));
  const instance = { ...shop, connectionUrl: connectionUri };
  const credentials = { ...bundle, connectionUri };
  await passOnRecovered(prepared.parts, instance, { credentials, source });
  return prepared;
}

describe.each<Proof>(['proved', 'refused', 'open'])('recovered credentials, %s,', (proof) => {
  it.each<[Plan, Recovered['source'], string, (connectionUri: string) => Kept]>([
    ['at once', 'sealed-credentials', 'nothing', () => nothing],
    ['unless refused', 'password', 'nothing', () => nothing],
    ['at once', 'sealed-credentials', 'what can not be opened', () => kept({}, 'another-key')],
    ['once proved', 'password', 'what can not be opened', () => kept({}, 'another-key')],
    ['never', 'sealed-credentials', 'the same', (connectionUri) => kept({ connectionUri })],
    ['never', 'password', 'the same', (connectionUri) => kept({ connectionUri })],
    [
      'at once',
      'password',
      'the same with another address',
      () => kept({ connectionUri: 'bolt://a' }),
    ],
    [
      'once proved',
      'password',
      'another password',
      () => kept({ password: secretOf('another-0123') }),
    ],
    ['once proved', 'sealed-credentials', 'another user', () => kept({ username: 'mona' })],
    [
      'once proved',
      'password',
      'those of another instance',
      () => kept({ instanceId: 'ffffffff' }),
    ],
    ['never', 'password', 'what GitHub does not tell', () => undefined],
  ])(
    'are stored %s when they come from %s and the store has %s',
    async (plan, source, _, found) => {
      const { asked, saved, warnings } = await passOnWith(proof, source, found);
      expect(asked).toEqual([bundle.name]);
      const outcome = outcomes[plan][proof];
      expect(saved.map(({ id }) => id)).toEqual(outcome === 'stored' ? [bundle.instanceId] : []);
      const unproved = /Could not verify the database of .+ over Bolt: .+ password is wrong\.$/;
      const warned = [proof === 'refused' ? unproved : undefined, outcome];
      expect(warnings()).toEqual(
        warned
          .filter((text) => text instanceof RegExp)
          .map((text): unknown => expect.stringMatching(text)),
      );
    },
  );
});

describe('recovered credentials', () => {
  it.each([
    ['there is no store', { credentialsStore: 'none' } as const, 'password' as const],
    ['they come from it', store, 'store' as const],
  ])('are not stored, and GitHub is not asked, where %s', async (_, settings, source) => {
    const { parts, asked, saved } = prepare(settings, nothing);
    await passOnRecovered(parts, shop, { credentials: bundle, source });
    expect([asked, saved]).toEqual([[], []]);
  });

  it('are stored at once, before a check that fails', async () => {
    await using database = await startBoltServer({ password: 'another-0123' });
    const connectionUrl = database.uri('bolt');
    const { parts, saved } = prepare({ ...store, verify: 'require' }, nothing);
    await expect(passOnRecovered(parts, { ...shop, connectionUrl }, recovered)).rejects.toThrow(
      'password is wrong.',
    );
    expect(saved.map(({ id }) => id)).toEqual([bundle.instanceId]);
  });
});
