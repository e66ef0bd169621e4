import { setTimeout as sleepReally } from 'node:timers/promises';

import { afterEach, expect, test } from 'vitest';

import type { Fault, Simulator } from '../../../simulator/aura/simulator.ts';
import { endSessions, isRecord, requestToken, startSession } from '../aura/session.ts';

afterEach(endSessions);

/** Code of the network error that a request fails with, "aborted" if the body ends too soon. */
async function failure(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'none';
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    return isRecord(cause) ? String(cause['code']) : String(error);
  }
}

async function readClock(simulator: Simulator): Promise<Record<string, unknown>> {
  const response = await fetch(`${simulator.url}/_simulator/clock`);
  const body: unknown = await response.json();
  return isRecord(body) ? body : {};
}

/** Waits in real time, but only for the other end of a local connection. */
async function untilHeld(simulator: Simulator, count: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if ((await readClock(simulator))['waiting'] === count) return;
    await sleepReally(2);
  }
  expect((await readClock(simulator))['waiting']).toBe(count);
}

test('a status with headers and body takes the place of the answer, and nothing happens', async () => {
  const { simulator, create } = await startSession();
  simulator.addFault({
    match: { operation: 'createInstance' },
    fault: { kind: 'status', status: 503, headers: { 'Retry-After': '7' }, body: { error: 'x' } },
  });
  const reply = await create();
  expect([reply.status, reply.reason, reply.headers.get('retry-after')]).toEqual([503, 'x', '7']);
  expect(reply.headers.get('content-type')).toBe('application/json');
  expect(simulator.history()).toEqual([]);
  expect((await create()).status).toBe(202);
});

test.each([
  ['a text', 'Bad Gateway', 'Bad Gateway', 'text/plain; charset=utf-8'],
  ['a list', [1], '[1]', 'application/json'],
  ['nothing', undefined, '', null],
])('%s can be the body of a status', async (_what, body, text, type) => {
  const { simulator, send } = await startSession();
  const fault: Fault = { kind: 'status', status: 502, ...(body !== undefined && { body }) };
  simulator.addFault({ fault });
  const reply = await send('GET', '/v1/tenants');
  expect([reply.text, reply.headers.get('content-type')]).toEqual([text, type]);
});

test('a fault comes before token and rate limit', async () => {
  const { simulator, send } = await startSession({ requestsPerMinute: 0 });
  simulator.addFault({ fault: { kind: 'status', status: 500 } });
  const headers = { authorization: 'Bearer a.b.c' };
  expect((await send('GET', '/v1/tenants', { headers })).status).toBe(500);
});

test('a reset before the effect leaves nothing behind, one after it leaves an unknown instance', async () => {
  const { simulator, create } = await startSession();
  simulator.addFault({ fault: { kind: 'reset-before' } });
  expect(await failure(create())).toBe('ECONNRESET');
  expect(simulator.history()).toHaveLength(0);
  simulator.addFault({ fault: { kind: 'reset-after' } });
  expect(await failure(create())).toBe('ECONNRESET');
  expect(simulator.history()).toHaveLength(1);
  expect(simulator.exchanges.slice(-2).map(({ status, fault }) => [status, fault])).toEqual([
    ['reset', 'reset-before'],
    ['reset', 'reset-after'],
  ]);
});

test.each([
  ['hang', 0],
  ['hang-after', 1],
] as const)('%s never answers, and counts as held until the client leaves', async (kind, made) => {
  const { simulator, create, send } = await startSession();
  simulator.addFault({ match: { method: 'get' }, fault: { kind } });
  simulator.addFault({ match: { method: 'POST' }, fault: { kind } });
  const leave = new AbortController();
  const request = failure(send('GET', '/v1/tenants', { signal: leave.signal }));
  await untilHeld(simulator, 1);
  const creation = failure(create());
  await untilHeld(simulator, 2);
  expect(simulator.history()).toHaveLength(made);
  leave.abort();
  expect(await request).toContain('AbortError');
  await untilHeld(simulator, 1);
  await simulator.close();
  expect(await creation).toBe('UND_ERR_SOCKET');
  expect(simulator.exchanges.slice(-2).map(({ status }) => status)).toEqual(['hang', 'hang']);
});

test('a slow answer has its effect at once and comes when its time is over', async () => {
  const { simulator, clock, create } = await startSession();
  simulator.addFault({ fault: { kind: 'slow', milliseconds: 30_000 } });
  let answered = false;
  const request = create().finally(() => {
    answered = true;
  });
  await untilHeld(simulator, 1);
  expect(simulator.history()).toHaveLength(1);
  clock.advance(29_999);
  await untilHeld(simulator, 1);
  expect(answered).toBe(false);
  clock.advance(1);
  expect((await request).status).toBe(202);
  await untilHeld(simulator, 0);
});

test('a client that does not wait for a slow answer is no longer held', async () => {
  const { simulator, clock, send } = await startSession();
  simulator.addFault({ fault: { kind: 'slow', milliseconds: 30_000 } });
  const leave = new AbortController();
  const request = failure(send('GET', '/v1/tenants', { signal: leave.signal }));
  await untilHeld(simulator, 1);
  expect(clock.waiting).toBe(1);
  leave.abort();
  expect(await request).toContain('AbortError');
  await untilHeld(simulator, 0);
  expect(clock.waiting).toBe(0);
});

test('a truncated answer promises more than it brings, after the effect', async () => {
  const { simulator, create } = await startSession();
  simulator.addFault({ fault: { kind: 'truncated' } });
  expect(await failure(create())).toBe('UND_ERR_SOCKET');
  expect(simulator.history()).toHaveLength(1);
  const last = simulator.exchanges.at(-1);
  expect(last?.status).toBe(202);
  expect(last?.responseBody.length).toBeLessThan(Number(last?.responseHeaders['content-length']));
});

test('an answer that is not JSON has the right status and the effect', async () => {
  const { simulator, create } = await startSession();
  simulator.addFault({ fault: { kind: 'not-json' } });
  const reply = await create();
  expect([reply.status, reply.headers.get('content-type')]).toEqual([
    202,
    'text/html; charset=utf-8',
  ]);
  expect(reply.text).toMatch(/^<!DOCTYPE html>/);
  expect(simulator.history()).toHaveLength(1);
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

test('a token request can be hit too', async () => {
  const { simulator } = await startSession();
  simulator.addFault({ match: { operation: 'getToken' }, fault: { kind: 'not-json' } });
  const { status, body } = await requestToken(simulator);
  expect([status, body]).toEqual([200, {}]);
});

test('a stuck creation never ends, nor does it begin a snapshot', async () => {
  const { simulator, clock, send, create } = await startSession();
  simulator.addFault({ fault: { kind: 'stuck' } });
  // Only a creation takes the fault, although nothing says so.
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

test('a rule begins at the n-th matching request and ends after so many', async () => {
  const { simulator, send } = await startSession();
  simulator.addFault({
    match: { path: '^/v1/instances$' },
    nth: 2,
    times: 2,
    fault: { kind: 'status', status: 500 },
  });
  const seen: number[] = [];
  for (const path of ['instances', 'tenants', 'instances', 'tenants', 'instances', 'instances']) {
    seen.push((await send('GET', `/v1/${path}`)).status);
  }
  expect(seen).toEqual([200, 200, 500, 200, 500, 200]);
});

test('a rule can hold always, until faults are cleared', async () => {
  const { simulator, send } = await startSession();
  simulator.addFault({ times: 'always', fault: { kind: 'status', status: 500 } });
  for (let sent = 0; sent < 3; sent += 1) {
    expect((await send('GET', '/v1/tenants')).status).toBe(500);
  }
  simulator.clearFaults();
  expect((await send('GET', '/v1/tenants')).status).toBe(200);
});

test('of two rules the first applies, and both count', async () => {
  const { simulator, send } = await startSession();
  simulator.addFault({ fault: { kind: 'status', status: 500 } });
  simulator.addFault({ times: 2, fault: { kind: 'status', status: 502 } });
  const seen: number[] = [];
  for (let sent = 0; sent < 3; sent += 1) seen.push((await send('GET', '/v1/tenants')).status);
  expect(seen).toEqual([500, 502, 200]);
});

test.each([
  [{ method: 'DELETE' }],
  [{ path: '/pause$' }],
  [{ operation: 'getTenant' }],
  [{ method: 'GET', operation: 'createInstance' }],
])('a rule for %j leaves GET /v1/tenants alone', async (match) => {
  const { simulator, send } = await startSession();
  simulator.addFault({ match, fault: { kind: 'status', status: 500 } });
  expect((await send('GET', '/v1/tenants')).status).toBe(200);
});

test('an unknown path can be matched by its path', async () => {
  const { simulator, send } = await startSession();
  simulator.addFault({ match: { path: '^/elsewhere' }, fault: { kind: 'status', status: 418 } });
  expect((await send('GET', '/elsewhere', { invalid: true })).status).toBe(418);
});

test('a refused request keeps its status when its answer is spoilt', async () => {
  const { simulator, send } = await startSession();
  simulator.addFault({ fault: { kind: 'not-json' } });
  expect((await send('GET', '/v1/instances/00000000')).status).toBe(404);
});
