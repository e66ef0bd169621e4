import { describe, expect, it } from 'vitest';
import { recoverCredentials } from '../../../src/aura/credentials/recover.ts';
import { bundle } from '../inputs/step-inputs.ts';
import { kept, prepare, shop } from './hand-over-parts.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const login = { username: 'mona', password: secretOf('given-0123') };
const inStore = kept({ password: secretOf('stored-0123') });
const store = { credentialsStore: 'deployment' } as const;
const another = { instanceId: 'ffffffff' };

describe('the credentials of an instance', () => {
  it('are those of the inputs first', async () => {
    const { parts, asked } = prepare({ ...store, login, sealed: bundle }, inStore);
    expect(await recoverCredentials(parts, shop)).toMatchObject({
      source: 'password',
      credentials: { ...login, instanceId: shop.id, tenantId: shop.tenantId },
    });
    expect(asked).toEqual([]);
  });

  it('are those of a bundle of this instance before the stored ones', async () => {
    const { parts, asked } = prepare({ ...store, sealed: bundle }, inStore);
    expect(await recoverCredentials(parts, shop)).toMatchObject({
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
    const { parts } = prepare({ ...store, sealed }, inStore);
    expect(await recoverCredentials(parts, shop)).toMatchObject({
      source: 'store',
      credentials: { password: 'stored-0123' },
    });
  });

  it('are masked when they come from the store', async () => {
    const { parts, captured } = prepare(store, inStore);
    await recoverCredentials(parts, shop);
    expect(captured.lines()).toContain('::add-mask::stored-0123');
  });

  it.each([
    ['nothing is stored', { sealed: undefined }],
    ['GitHub cannot be reached', undefined],
    ['the stored credentials are of another instance', kept(another)],
  ])('are not known if %s', async (_, found) => {
    const { parts, warnings } = prepare(store, found);
    expect(await recoverCredentials(parts, shop)).toBeUndefined();
    expect(warnings()).toEqual([]);
  });

  it('are not known, with a warning, if the stored ones were sealed with another key', async () => {
    const { parts, warnings } = prepare(store, kept({}, 'another-key'));
    expect(await recoverCredentials(parts, shop)).toBeUndefined();
    expect(warnings()).toEqual([
      expect.stringMatching(
        /^Could not decrypt the credentials stored as a GitHub deployment: .+\.$/,
      ),
    ]);
  });

  it('have the current address from Aura, or else that of the bundle', async () => {
    const connectionUrl = 'neo4j+s://moved.databases.neo4j.io';
    const { parts } = prepare({ sealed: bundle });
    const uriOf = async (url: string | undefined) =>
      (await recoverCredentials(parts, { ...shop, connectionUrl: url }))?.credentials.connectionUri;
    expect(await uriOf(connectionUrl)).toBe(connectionUrl);
    expect(await uriOf(undefined)).toBe(bundle.connectionUri);
  });
});
