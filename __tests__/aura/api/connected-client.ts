import { type AuraClient, createAuraClient } from '../../../src/aura/api/client.ts';
import { aura } from '../../../src/aura/api/service.ts';
import { createTransport } from '../../../src/core/http/transport.ts';
import type { Patience } from '../../../src/core/time/patience.ts';
import type { Token } from '../../../src/core/oauth/token.ts';
import { createTokenSource } from '../../../src/core/oauth/token-source.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { InstantClock, patienceOn } from '../../core/time/clocks.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** A client as in a step, with retries that take no time and request limits on the clock `held`. */
export function connect(url: URL, patience: Partial<Patience> = {}, stored?: Token) {
  const clock = new InstantClock(1_000_000);
  const held = drivenClock();
  const bounded = patienceOn(clock, patience);
  const transport = createTransport(aura, url, held);
  const secrets: string[] = [];
  const mask = (secret: string): void => {
    secrets.push(secret);
  };
  const tokens = createTokenSource({
    transport,
    credentials: { clientId: 'the-client', clientSecret: secretOf('the-secret') },
    store: { load: () => stored, save: () => undefined },
    initial: undefined,
    patience: bounded,
    mask,
  });
  const client: AuraClient = createAuraClient({ transport, tokens, patience: bounded, mask });
  return { client, clock, held, secrets, lines: bounded.lines };
}

/** The credentials of {@link connect} as they are sent, which are a secret too. */
export const basic = Buffer.from('the-client:the-secret').toString('base64');

/** The body of a create. */
export const createBody = {
  version: '5',
  region: 'europe-west1',
  memory: '4GB',
  name: 'shop-main',
  type: 'professional-db',
  tenant_id: '0f1e2d3c-0000-4000-8000-000000000001',
  cloud_provider: 'gcp',
} as const;

/** The answer of Aura to it. */
export const createdData = {
  id: '1a2b3c4d',
  name: 'shop-main',
  tenant_id: createBody.tenant_id,
  created_at: '2026-03-02T09:14:07.940937Z',
  connection_url: 'neo4j+s://1a2b3c4d.databases.neo4j.io',
  username: 'neo4j',
  password: 'letMeIn-0123456789',
  cloud_provider: 'gcp',
  region: 'europe-west1',
  type: 'professional-db',
} as const;

/** The answer of Aura to a read of it. */
export const instanceData = {
  id: createdData.id,
  name: createdData.name,
  tenant_id: createdData.tenant_id,
  created_at: createdData.created_at,
  connection_url: createdData.connection_url,
  cloud_provider: 'gcp',
  region: 'europe-west1',
  type: 'professional-db',
  status: 'running',
  memory: '4GB',
  storage: '8GB',
} as const;
