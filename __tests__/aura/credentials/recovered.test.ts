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

describe('passing on recovered credentials', () => {
  it('stores and exports them, with the current address of the instance', async () => {
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

  it('does not export an unknown address', async () => {
    const { parts, captured } = prepare({ exportEnv: true });
    const credentials = { ...bundle, connectionUri: undefined };
    const without = { ...shop, connectionUrl: undefined };
    await passOnRecovered(parts, without, { ...recovered, credentials });
    expect(Object.fromEntries(captured.variables())).not.toHaveProperty('NEO4J_URI');
    expect(captured.outputs()).toEqual([]);
  });

  it('stores nothing for an instance that is being deleted', async () => {
    const { parts, asked, saved } = prepare(store, nothing);
    await passOnRecovered(parts, { ...shop, status: 'destroying' }, recovered);
    expect([asked, saved]).toEqual([[], []]);
  });

  it('does not replace stored credentials with credentials that were not verified', async () => {
    const { parts, saved, warnings } = prepare(store, kept({ password: secretOf('another-0123') }));
    await passOnRecovered(parts, shop, recovered);
    expect(saved).toEqual([]);
    expect(warnings()).toEqual([expect.stringMatching(/the given ones were not verified/)]);
  });

  it('fails if the database must answer but is not running', async () => {
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
  it('only says what it would pass on', async () => {
    const asks = { exportEnv: true, envFile: '/nowhere/.env', verify: 'require' } as const;
    const { parts, saved, captured } = prepare({ ...store, ...asks, dryRun: true }, nothing);
    await passOnRecovered(parts, shop, recovered);
    expect(captured.lines()).toEqual([
      `Dry run: would pass on the credentials of instance 'shop' (${shop.id}): store them as a GitHub deployment, export them to the environment, write them to the file of input 'env-file', verify them over Bolt.`,
    ]);
    expect([saved, captured.variables()]).toEqual([[], []]);
  });

  it.each([
    ['nothing is requested', {}, nothing, []],
    ['the same credentials are stored', store, kept(), [bundle.password.reveal()]],
    [
      'it would not replace stored credentials',
      store,
      kept({ password: secretOf(another) }),
      [another],
    ],
  ])('says nothing if %s, and masks what it opens', async (_, request, found, opened) => {
    const { parts, captured } = prepare({ ...request, dryRun: true }, found);
    await passOnRecovered(parts, shop, recovered);
    const forms = opened.flatMap((text) => [text, Buffer.from(text).toString('base64')]);
    expect(captured.lines()).toEqual(forms.map((form) => `::add-mask::${form}`));
  });
});

/** When credentials are stored: each plan treats the results of the check differently. */
type Plan = 'at once' | 'unless refused' | 'if accepted' | 'never';
type CheckResult = 'accepted' | 'refused' | 'not checked';

const refused = /: the password was not stored, because the database rejected it\.$/;
const unverified =
  /: the password was not stored, because other credentials are stored .+ not verified\. Set 'verify: require' to replace them\.$/;
/** By plan and check: stored, or the warning that the credentials are not. */
const outcomes: Readonly<
  Record<Plan, Readonly<Record<CheckResult, 'stored' | RegExp | undefined>>>
> = {
  'at once': { accepted: 'stored', refused: 'stored', 'not checked': 'stored' },
  'unless refused': { accepted: 'stored', refused, 'not checked': 'stored' },
  'if accepted': { accepted: 'stored', refused, 'not checked': unverified },
  never: { accepted: undefined, refused: undefined, 'not checked': undefined },
};

/** Passes on credentials that a database accepts, refuses or does not check. */
async function passOnWith(
  checked: CheckResult,
  source: Recovered['source'],
  found: (uri: string) => Kept,
) {
  const password = checked === 'refused' ? 'another-0123' : bundle.password.reveal();
  await using database = await startBoltServer({ password });
  const connectionUri = database.uri('bolt');
  const verify = checked === 'not checked' ? 'off' : 'warn';
  const prepared = prepare({ ...store, verify }, found(connectionUri));
  const instance = { ...shop, connectionUrl: connectionUri };
  const credentials = { ...bundle, connectionUri };
  await passOnRecovered(prepared.parts, instance, { credentials, source });
  return prepared;
}

describe.each<CheckResult>(['accepted', 'refused', 'not checked'])(
  'recovered credentials, %s,',
  (checked) => {
    it.each<[Plan, Recovered['source'], string, (connectionUri: string) => Kept]>([
      ['at once', 'sealed-credentials', 'nothing', () => nothing],
      ['unless refused', 'password', 'nothing', () => nothing],
      [
        'at once',
        'sealed-credentials',
        'a value that cannot be opened',
        () => kept({}, 'another-key'),
      ],
      ['if accepted', 'password', 'a value that cannot be opened', () => kept({}, 'another-key')],
      [
        'never',
        'sealed-credentials',
        'the same credentials',
        (connectionUri) => kept({ connectionUri }),
      ],
      ['never', 'password', 'the same credentials', (connectionUri) => kept({ connectionUri })],
      [
        'at once',
        'password',
        'the same credentials with another address',
        () => kept({ connectionUri: 'bolt://a' }),
      ],
      [
        'if accepted',
        'password',
        'another password',
        () => kept({ password: secretOf('another-0123') }),
      ],
      ['if accepted', 'sealed-credentials', 'another user', () => kept({ username: 'mona' })],
      [
        'if accepted',
        'password',
        'the credentials of another instance',
        () => kept({ instanceId: 'ffffffff' }),
      ],
      ['never', 'password', 'an unknown value, because GitHub cannot be reached', () => undefined],
    ])(
      'are stored %s when they come from %s and the store has %s',
      async (plan, source, _, found) => {
        const { asked, saved, warnings } = await passOnWith(checked, source, found);
        expect(asked).toEqual([bundle.name]);
        const outcome = outcomes[plan][checked];
        expect(saved.map(({ id }) => id)).toEqual(outcome === 'stored' ? [bundle.instanceId] : []);
        const unverifiedLogin =
          /Could not verify the database of .+ over Bolt: .+ password is wrong\.$/;
        const warned = [checked === 'refused' ? unverifiedLogin : undefined, outcome];
        expect(warnings()).toEqual(
          warned
            .filter((text) => text instanceof RegExp)
            .map((text): unknown => expect.stringMatching(text)),
        );
      },
    );
  },
);

describe('recovered credentials', () => {
  it.each([
    ['the step uses no store', { credentialsStore: 'none' } as const, 'password' as const],
    ['they come from the store', store, 'store' as const],
  ])('are not stored, and no request is sent to GitHub, if %s', async (_, settings, source) => {
    const { parts, asked, saved } = prepare(settings, nothing);
    await passOnRecovered(parts, shop, { credentials: bundle, source });
    expect([asked, saved]).toEqual([[], []]);
  });

  it('are stored immediately, before a check that fails', async () => {
    await using database = await startBoltServer({ password: 'another-0123' });
    const connectionUrl = database.uri('bolt');
    const { parts, saved } = prepare({ ...store, verify: 'require' }, nothing);
    await expect(passOnRecovered(parts, { ...shop, connectionUrl }, recovered)).rejects.toThrow(
      'password is wrong.',
    );
    expect(saved.map(({ id }) => id)).toEqual([bundle.instanceId]);
  });
});
