import { afterEach, expect, test } from 'vitest';

import { endSessions, startSession, type Reply, type Session } from './session.ts';

afterEach(endSessions);

const KEYS = '/v1/customer-managed-keys';
const NOBODY = '6981ace7-efe8-4f5c-b7c5-267b5162ce91';
const VDC = { type: 'enterprise-db' };

function outcome(reply: Reply): readonly [number, unknown] {
  return [reply.status, reply.reason];
}

/** Sends the registration of a key; fields override its body, `undefined` removes one. */
function register(
  { simulator, send }: Session,
  fields: Record<string, unknown> = {},
  invalid = false,
): Promise<Reply> {
  const usual = {
    key_id: 'projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k',
    name: 'our key',
    region: 'europe-west1',
    cloud_provider: 'gcp',
    instance_type: 'enterprise-db',
    tenant_id: simulator.tenantId,
  };
  return send('POST', KEYS, { body: { ...usual, ...fields }, invalid });
}

test('a key is pending for a minute, then ready', async () => {
  const session = await startSession();
  const { send, clock, simulator } = session;
  const { status, data } = await register(session);
  expect(status).toBe(202);
  expect(data).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    name: 'our key',
    tenant_id: simulator.tenantId,
    key_id: 'projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k',
    region: 'europe-west1',
    instance_type: 'enterprise-db',
    cloud_provider: 'gcp',
    created: '2026-08-03T09:00:00Z',
    status: 'pending',
  });
  const path = `${KEYS}/${String(data['id'])}`;
  clock.advance(59_999);
  expect((await send('GET', path)).data['status']).toBe('pending');
  clock.advance(1);
  expect((await send('GET', path)).data).toEqual({ ...data, status: 'ready' });
});

test('keys are listed in short, for all tenants or for one', async () => {
  const tenants = [{ name: 'A' }, { name: 'B' }, { name: 'Theirs', reachable: false }];
  const { simulator, send } = await startSession({ tenants });
  const ids = simulator.tenants.map((tenant) =>
    simulator.seedKey({ name: tenant.name, tenantId: tenant.id }),
  );
  const [first, second, third] = simulator.tenants.map(({ id }) => id);
  const { list } = await send('GET', KEYS);
  expect(list).toEqual([
    { id: ids[0], name: 'A', tenant_id: first },
    { id: ids[1], name: 'B', tenant_id: second },
  ]);
  expect((await send('GET', `${KEYS}?tenantId=${second ?? ''}`)).list).toEqual([list[1]]);
  expect((await send('GET', `${KEYS}?tenantId=${third ?? ''}`)).status).toBe(403);
  expect((await send('GET', `${KEYS}/${ids[2] ?? ''}`)).status).toBe(403);
});

test('a deleted key is gone, and the answer is 204 without a body', async () => {
  const { simulator, send } = await startSession();
  const path = `${KEYS}/${simulator.seedKey({ name: 'k' })}`;
  const deleted = await send('DELETE', path);
  expect([deleted.status, deleted.text]).toEqual([204, '']);
  for (const method of ['GET', 'DELETE']) {
    expect(outcome(await send(method, path))).toEqual([404, 'encryption-key-not-found']);
  }
  expect((await send('GET', KEYS)).list).toEqual([]);
});

test('a key that an instance uses cannot be deleted before the instance is', async () => {
  const { simulator, clock, running, send } = await startSession();
  const key = simulator.seedKey({ name: 'k' });
  const id = await running({ ...VDC, customer_managed_key_id: key });
  const shown = await send('GET', `/v1/instances/${id}`);
  expect(shown.data['customer_managed_key_id']).toBe(key);
  const refused = await send('DELETE', `${KEYS}/${key}`);
  expect(outcome(refused)).toEqual([400, 'encryption-key-is-active']);
  expect(refused.message).toContain(key);
  await send('DELETE', `/v1/instances/${id}`);
  expect((await send('DELETE', `${KEYS}/${key}`)).status).toBe(400);
  clock.advance(60_000);
  expect((await send('DELETE', `${KEYS}/${key}`)).status).toBe(204);
});

test.each([
  ['without a name', { name: undefined }, 'invalid-request:name', true],
  ['with a name that is too long', { name: 'x'.repeat(31) }, 'invalid-request:name', true],
  ['without a key id', { key_id: undefined }, 'invalid-request:key_id', true],
  ['for Professional', { instance_type: 'professional-db' }, 'invalid-request:instance_type', true],
  ['in an unknown cloud', { cloud_provider: 'ibm' }, 'invalid-request:cloud_provider', true],
  ["in another cloud's region", { region: 'eu-west-1' }, 'invalid-request:region', false],
  ['for a tenant that does not exist', { tenant_id: NOBODY }, 'tenant-not-found:tenant_id', false],
])('a registration %s is answered with 400', async (_what, fields, reason, invalid) => {
  const session = await startSession();
  expect(outcome(await register(session, fields, invalid))).toEqual([400, reason]);
  expect((await session.send('GET', KEYS)).list).toEqual([]);
});

test('a registration without a JSON content type is answered with 415; a viewer gets 403', async () => {
  const { send } = await startSession();
  const headers = { 'content-type': 'text/plain' };
  expect((await send('POST', KEYS, { headers, body: {}, invalid: true })).status).toBe(415);
  const viewer = await startSession({ role: 'viewer' });
  expect((await register(viewer)).status).toBe(403);
  expect((await viewer.send('GET', KEYS)).status).toBe(200);
});

test.each([
  ['does not exist', () => NOBODY, 'encryption-key-not-found'],
  [
    'belongs to another tenant',
    ({ simulator }: Session) =>
      simulator.seedKey({ name: 'k', tenantId: simulator.tenants[1]?.id ?? '' }),
    'encryption-key-not-found',
  ],
  [
    'is for another region',
    ({ simulator }: Session) => simulator.seedKey({ name: 'k', region: 'us-east1' }),
    'invalid-request',
  ],
  [
    'is for another type',
    ({ simulator }: Session) => simulator.seedKey({ name: 'k', instanceType: 'enterprise-ds' }),
    'invalid-request',
  ],
  [
    'is not ready',
    async (session: Session) => String((await register(session)).data['id']),
    'invalid-request',
  ],
])('a creation with a key that %s is answered with 400', async (_what, keyOf, reason) => {
  const session = await startSession({ tenants: [{ name: 'A' }, { name: 'B' }] });
  const key = await keyOf(session);
  const reply = await session.create({ ...VDC, customer_managed_key_id: key });
  expect(outcome(reply)).toEqual([400, `${reason}:customer_managed_key_id`]);
  expect(session.simulator.history()).toEqual([]);
});
