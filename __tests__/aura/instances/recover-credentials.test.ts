import { describe, expect, it } from 'vitest';
import {
  recoverCredentials,
  takeCredentials,
} from '../../../src/aura/instances/recover-credentials.ts';
import { bundle } from '../inputs/step-inputs.ts';
import { kept, prepare, shop } from './hand-over-situation.ts';

const login = { username: 'mona', password: 'given-0123' };
const inStore = kept({ password: 'stored-0123' });
const store = { credentialsStore: 'deployment' } as const;
const another = { instanceId: 'ffffffff' };

describe('the credentials of an instance', () => {
  it('are those that were given, before all others', async () => {
    const { situation, asked } = prepare({ ...store, login, sealed: bundle }, inStore);
    expect(await recoverCredentials(shop, situation)).toMatchObject({
      source: 'password',
      credentials: { ...login, instanceId: shop.id, tenantId: shop.tenantId },
    });
    expect(asked).toEqual([]);
  });

  it('are those of a bundle of this instance, before what is stored', async () => {
    const { situation, asked } = prepare({ ...store, sealed: bundle }, inStore);
    expect(await recoverCredentials(shop, situation)).toMatchObject({
      source: 'sealed-credentials',
      credentials: { password: bundle.password },
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['of another instance', another],
    ['of another tenant', { tenantId: '0f1e2d3c-0000-4000-8000-00000000000f' }],
  ])('are not those of a bundle %s', async (_, other) => {
    const sealed = { ...bundle, ...other };
    const { situation } = prepare({ ...store, sealed }, inStore);
    expect(await recoverCredentials(shop, situation)).toMatchObject({
      source: 'store',
      credentials: { password: 'stored-0123' },
    });
  });

  it('are masked when they come out of the store', async () => {
    const { situation, captured } = prepare(store, inStore);
    await recoverCredentials(shop, situation);
    expect(captured.lines()).toContain('::add-mask::stored-0123');
  });

  it.each([
    ['nothing is stored', { sealed: undefined }],
    ['GitHub can not be asked', undefined],
    ['what is stored is of another instance', kept(another)],
  ])('are not known where %s', async (_, found) => {
    const { situation, warnings } = prepare(store, found);
    expect(await recoverCredentials(shop, situation)).toBeUndefined();
    expect(warnings()).toEqual([]);
  });

  it('are not known, with a warning, where another key has sealed what is stored', async () => {
    const { situation, warnings } = prepare(store, kept({}, 'another-key'));
    expect(await recoverCredentials(shop, situation)).toBeUndefined();
    expect(warnings()).toEqual([
      expect.stringMatching(/^The credentials kept as a GitHub deployment can't be opened: .+\.$/),
    ]);
  });

  it('have the address that Aura shows now, else the one of the bundle', async () => {
    const connectionUrl = 'neo4j+s://moved.databases.neo4j.io';
    const { situation } = prepare({ sealed: bundle });
    const uriOf = async (url: string | undefined) =>
      (await recoverCredentials({ ...shop, connectionUrl: url }, situation))?.credentials
        .connectionUri;
    expect(await uriOf(connectionUrl)).toBe(connectionUrl);
    expect(await uriOf(undefined)).toBe(bundle.connectionUri);
  });
});

describe('an operation that works without credentials', () => {
  it('looks for none where nothing can hold them', async () => {
    const { situation, asked, captured } = prepare();
    expect(await takeCredentials(shop, { tried: 'get', ...situation })).toBeUndefined();
    expect([asked, captured.lines()]).toEqual([[], []]);
  });

  it('takes those that it finds', async () => {
    const { situation } = prepare({ sealed: bundle, verify: 'require' });
    const taken = await takeCredentials(shop, { tried: 'get', ...situation });
    expect(taken?.credentials.password).toBe(bundle.password);
  });

  it('goes on, and says so, where it needs none', async () => {
    const { situation, captured } = prepare(store, { sealed: undefined });
    expect(await takeCredentials(shop, { tried: 'get', ...situation })).toBeUndefined();
    expect(captured.lines()).toEqual([`No credentials of instance 'shop' (${shop.id}) are known.`]);
  });

  it('fails where a proof or a hand-over needs them', async () => {
    const asks = { verify: 'warn', exportEnv: true, envFile: '/nowhere/.env' } as const;
    const { situation } = prepare({ ...store, ...asks }, { sealed: undefined });
    const message = (willChange?: boolean): string =>
      `Could not resume instance 'shop' (${shop.id}): its password, which is needed for 'verify' and 'export-env' and 'env-file', can't be recovered, because Aura shows it only once.${willChange ? ' Nothing was changed.' : ''} Give the 'password' of the database or 'sealed-credentials' of the step that created it, or leave these inputs out.`;
    const taking = { tried: 'resume', ...situation };
    await expect(takeCredentials(shop, taking)).rejects.toThrow(message());
    await expect(takeCredentials(shop, { ...taking, willChange: true })).rejects.toThrow(
      message(true),
    );
  });
});
