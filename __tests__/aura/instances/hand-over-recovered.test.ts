import { describe, expect, it } from 'vitest';
import { openBundle } from '../../../src/aura/credentials/bundle.ts';
import { handOver } from '../../../src/aura/instances/hand-over-recovered.ts';
import { bundle, passphrase } from '../inputs/step-inputs.ts';
import { kept, prepare, shop } from './hand-over-situation.ts';

const recovered = { credentials: bundle, source: 'sealed-credentials' } as const;
const store = { credentialsStore: 'deployment' } as const;
const nothing = { sealed: undefined };

describe('the hand-over of recovered credentials', () => {
  it('stores and exports them, with the address that the instance has by now', async () => {
    const connectionUrl = 'neo4j+s://moved.databases.neo4j.io';
    const { situation, saved, captured } = prepare({ ...store, exportEnv: true }, nothing);
    await handOver({ ...shop, connectionUrl }, recovered, situation);
    const [entry] = saved;
    expect(entry).toMatchObject({ name: shop.name, id: shop.id, scope: shop.tenantId });
    const stored = openBundle(entry?.sealed ?? '', passphrase);
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
    const { situation, captured } = prepare({ exportEnv: true });
    const credentials = { ...bundle, connectionUri: undefined };
    const without = { ...shop, connectionUrl: undefined };
    await handOver(without, { ...recovered, credentials }, situation);
    expect(Object.fromEntries(captured.variables())).not.toHaveProperty('NEO4J_URI');
    expect(captured.outputs()).toEqual([]);
  });

  it('stores nothing of an instance that is being deleted', async () => {
    const { situation, asked, saved } = prepare(store, nothing);
    await handOver({ ...shop, status: 'destroying' }, recovered, situation);
    expect([asked, saved]).toEqual([[], []]);
  });

  it('does not replace what is stored with credentials that were not proved', async () => {
    const { situation, saved, warnings } = prepare(store, kept({ password: 'another-0123' }));
    await handOver(shop, recovered, situation);
    expect(saved).toEqual([]);
    expect(warnings()).toEqual([expect.stringMatching(/the given ones were not verified/)]);
  });

  it('fails where a database has to answer that does not run', async () => {
    const paused = { ...shop, status: 'paused' };
    const text = `The database of instance 'shop' (${shop.id}) can't answer: its status is 'paused'. Bring it to running first.`;
    const { situation } = prepare({ verify: 'require' });
    await expect(handOver(paused, recovered, situation)).rejects.toThrow(text);
    const warned = prepare({ verify: 'warn' });
    await handOver(paused, recovered, warned.situation);
    expect(warned.warnings()).toEqual([text]);
  });
});

describe('a dry run', () => {
  it('only says what it would hand over', async () => {
    const asks = { exportEnv: true, envFile: '/nowhere/.env', verify: 'require' } as const;
    const { situation, saved, captured } = prepare({ ...store, ...asks, dryRun: true }, nothing);
    await handOver(shop, recovered, situation);
    expect(captured.lines()).toEqual([
      `Dry run: would hand on the credentials of instance 'shop' (${shop.id}): store them as a GitHub deployment, export them to the environment, write them to the file of input 'env-file', verify them over Bolt.`,
    ]);
    expect([saved, captured.variables()]).toEqual([[], []]);
  });

  it.each([
    ['nothing was asked for', {}, nothing],
    ['the same is stored', store, kept()],
    ['it would not replace what is stored', store, kept({ password: 'another-0123' })],
  ])('says nothing where %s', async (_, request, found) => {
    const { situation, captured } = prepare({ ...request, dryRun: true }, found);
    await handOver(shop, recovered, situation);
    expect(captured.lines()).toEqual([]);
  });
});
