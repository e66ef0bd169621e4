import { afterEach, expect, test } from 'vitest';

import { endSessions, requestToken, startSession } from './session.ts';

afterEach(endSessions);

test('a fault applies before token and rate limit are checked', async () => {
  const { simulator, send } = await startSession({ requestsPerMinute: 0 });
  simulator.addFault({ fault: { kind: 'status', status: 500 } });
  const headers = { authorization: 'Bearer a.b.c' };
  expect((await send('GET', '/v1/tenants', { headers })).status).toBe(500);
});

test('an expired token is answered with 401, without effect, and stays expired', async () => {
  const { simulator, create, send } = await startSession();
  simulator.addFault({ fault: { kind: 'expired-token' } });
  const reply = await create();
  expect([reply.status, reply.reason]).toEqual([401, 'Key not authorized: token has expired']);
  expect(simulator.history()).toEqual([]);
  expect((await send('GET', '/v1/tenants')).status).toBe(401);
  const { body } = await requestToken(simulator);
  const headers = { authorization: `Bearer ${String(body['access_token'])}` };
  expect((await send('GET', '/v1/tenants', { headers })).status).toBe(200);
});

test('a token request can have a fault too', async () => {
  const { simulator } = await startSession();
  simulator.addFault({ match: { operation: 'getToken' }, fault: { kind: 'not-json' } });
  const { status, body } = await requestToken(simulator);
  expect([status, body]).toEqual([200, {}]);
});

test('a stuck creation never ends, and starts no snapshot', async () => {
  const { simulator, clock, send, create } = await startSession();
  simulator.addFault({ fault: { kind: 'stuck' } });
  // Only a creation accepts the fault, although the rule does not say so.
  await send('GET', '/v1/tenants');
  const { data } = await create();
  clock.advance(3_500_000);
  const path = `/v1/instances/${String(data['id'])}`;
  expect((await send('GET', path)).data['status']).toBe('creating');
  expect((await send('GET', `${path}/snapshots`)).list).toEqual([]);
  expect((await send('DELETE', path)).status).toBe(409);
});

test('a failed creation ends in "loading failed", and can be deleted', async () => {
  const { simulator, clock, send, create } = await startSession();
  simulator.addFault({ fault: { kind: 'loading-failed' } });
  const { data } = await create();
  const path = `/v1/instances/${String(data['id'])}`;
  clock.advance(179_999);
  expect((await send('GET', path)).data['status']).toBe('creating');
  clock.advance(1);
  expect((await send('GET', path)).data['status']).toBe('loading failed');
  expect((await send('DELETE', path)).status).toBe(202);
});
