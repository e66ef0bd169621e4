import { afterEach, expect, test } from 'vitest';

import { realTimeClock } from '../../../simulator/core/clock.ts';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { endSessions, isRecord, startSession } from '../aura/session.ts';

afterEach(endSessions);

async function control(
  simulator: Simulator,
  address: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const [method = '', path = ''] = address.split(' ');
  const response = await fetch(`${simulator.url}/_simulator/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, body: isRecord(parsed) ? parsed : {} };
}

test('the clock is read and advanced', async () => {
  const { simulator, clock } = await startSession();
  const before = clock.now();
  expect((await control(simulator, 'GET clock')).body).toEqual({ now: before, waiting: 0 });
  const advanced = await control(simulator, 'POST clock', { advance: 1500 });
  expect(advanced).toEqual({ status: 200, body: { now: before + 1500, waiting: 0 } });
  expect(clock.now()).toBe(before + 1500);
});

test('a request that comes due is answered before the advance is', async () => {
  const { simulator, send } = await startSession();
  simulator.addFault({ fault: { kind: 'slow', milliseconds: 5_000 } });
  const request = send('GET', '/v1/tenants');
  let waiting: unknown = 0;
  while (waiting === 0) waiting = (await control(simulator, 'GET clock')).body['waiting'];
  const { body } = await control(simulator, 'POST clock', { advance: 5_000 });
  expect(body['waiting']).toBe(0);
  expect((await request).status).toBe(200);
});

test.each([{}, { advance: -1 }, { advance: '5' }, []])(
  'the clock is not advanced by %j',
  async (body) => {
    const { simulator, clock } = await startSession();
    const before = clock.now();
    expect((await control(simulator, 'POST clock', body)).status).toBe(400);
    expect(clock.now()).toBe(before);
  },
);

test('a clock that runs by itself can not be advanced', async () => {
  const { simulator } = await startSession({ clock: realTimeClock(60) });
  const reply = await control(simulator, 'POST clock', { advance: 1 });
  expect(reply).toEqual({ status: 409, body: { error: 'This clock runs by itself.' } });
});

test('the state shows everything, secrets too', async () => {
  const { simulator, running, send } = await startSession();
  const id = await running();
  await send('DELETE', `/v1/instances/${id}`);
  const { body } = await control(simulator, 'GET state');
  expect(body).toMatchObject({
    clientId: simulator.clientId,
    limits: { requestsPerMinute: 125, tokensPerHour: 15, retryAfter: 'seconds' },
    tenants: [{ id: simulator.tenantId, name: 'Simulated project', reachable: true }],
    secrets: simulator.secrets(),
  });
  expect(body['instances']).toEqual(JSON.parse(JSON.stringify(simulator.instances())));
  expect(body['history']).toHaveLength(1);
  expect(body['exchanges']).toHaveLength(3);
});

test('faults are added and cleared', async () => {
  const { simulator, send } = await startSession();
  const rule = {
    match: { method: 'GET', path: 'tenants', operation: 'listTenants' },
    nth: 1,
    times: 'always',
    fault: { kind: 'status', status: 503, headers: { 'retry-after': '1' }, body: { error: 'x' } },
  };
  expect((await control(simulator, 'POST faults', rule)).status).toBe(204);
  expect((await send('GET', '/v1/tenants')).status).toBe(503);
  expect((await control(simulator, 'DELETE faults')).status).toBe(204);
  expect((await send('GET', '/v1/tenants')).status).toBe(200);
});

test.each([
  ['reset-before', {}],
  ['slow', { milliseconds: 1 }],
  ['stuck', {}],
])('a fault of kind %s is taken', async (kind, more) => {
  const { simulator } = await startSession();
  const reply = await control(simulator, 'POST faults', { fault: { kind, ...more }, times: 3 });
  expect(reply.status).toBe(204);
});

test.each([
  [{}, 'fault must be an object.'],
  [{ fault: { kind: 'earthquake' } }, 'There is no fault of kind earthquake.'],
  [{ fault: { kind: 'slow' } }, 'milliseconds must be a number, 0 or more.'],
  [{ fault: { kind: 'status' } }, 'status must be a number, 0 or more.'],
  [
    { fault: { kind: 'status', status: 500, headers: { a: 1 } } },
    'headers must be an object of strings.',
  ],
  [{ fault: { kind: 'status', status: 500, body: 7 } }, 'body must be a string or an object.'],
  [{ fault: { kind: 'hang' }, match: 'GET' }, 'match must be an object.'],
  [{ fault: { kind: 'hang' }, match: { path: 7 } }, 'path must be a string.'],
  [
    { fault: { kind: 'hang' }, match: { path: '(' } },
    expect.stringContaining('regular expression') as unknown,
  ],
  [{ fault: { kind: 'hang' }, nth: 'first' }, 'nth must be a number, 0 or more.'],
  [{ fault: { kind: 'hang' }, times: 'often' }, 'times must be a number, 0 or more.'],
])('the rule %j is refused', async (rule, error) => {
  const { simulator, send } = await startSession();
  const reply = await control(simulator, 'POST faults', rule);
  expect(reply).toEqual({ status: 400, body: { error } });
  expect((await send('GET', '/v1/tenants')).status).toBe(200);
});

test('an instance is seeded and put into another status', async () => {
  const { simulator, send } = await startSession();
  const seed = { name: 'old', type: 'free-db', status: 'paused', createdAt: 1_000_000 };
  const { status, body } = await control(simulator, 'POST instances', seed);
  expect(status).toBe(201);
  expect(body).toMatchObject({ name: 'old', status: 'paused', memory: '1GB', createdAt: 1e6 });
  const id = String(body['id']);
  const patched = await control(simulator, `PATCH instances/${id}`, { status: 'suspended' });
  expect([patched.status, patched.body['status']]).toEqual([200, 'suspended']);
  const { data } = await send('GET', `/v1/instances/${id}`);
  expect(data['status']).toBe('suspended');
  expect(data['created_at']).toMatch(/^1970-01-01T00:16:40\./);
});

test.each([
  ['POST instances', {}, 'name must be a string.'],
  ['POST instances', { name: 'a', memory: 2 }, 'memory must be a string.'],
  ['POST instances', { name: 'a', tenantId: 'nobody' }, 'There is no tenant nobody.'],
  ['PATCH instances/00000000', { status: 'running' }, 'No instance 00000000 lives.'],
  ['PATCH instances/00000000', {}, 'status must be a string.'],
  ['PATCH limits', { requestsPerMinute: 'many' }, 'requestsPerMinute must be a number, 0 or more.'],
  ['PATCH limits', { retryAfter: 'soon' }, 'retryAfter must be one of seconds, date, none.'],
])('%s with %j is refused', async (address, body, error) => {
  const { simulator } = await startSession();
  expect(await control(simulator, address, body)).toEqual({ status: 400, body: { error } });
});

test('limits are changed at run time', async () => {
  const { simulator, send } = await startSession();
  const limits = { requestsPerMinute: 0, tokensPerHour: 'unlimited', retryAfter: 'none' };
  expect(await control(simulator, 'PATCH limits', limits)).toEqual({ status: 200, body: limits });
  const { status, headers } = await send('GET', '/v1/tenants');
  expect([status, headers.get('retry-after')]).toEqual([429, null]);
  await control(simulator, 'PATCH limits', { requestsPerMinute: 'unlimited' });
  expect((await send('GET', '/v1/tenants')).status).toBe(200);
});

test.each(['GET nothing', 'PUT clock', 'GET faults', 'GET constructor', 'POST state'])(
  'there is no control %s',
  async (address) => {
    const { simulator } = await startSession();
    const reply = await control(simulator, address);
    expect(reply.status).toBe(404);
  },
);

test('controls are neither recorded nor limited nor hit by faults', async () => {
  const { simulator } = await startSession({ requestsPerMinute: 0 });
  simulator.addFault({ times: 'always', fault: { kind: 'status', status: 500 } });
  const before = simulator.exchanges.length;
  expect((await control(simulator, 'GET state')).status).toBe(200);
  expect(simulator.exchanges).toHaveLength(before);
});
