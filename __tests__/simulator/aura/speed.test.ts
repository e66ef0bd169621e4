import { expect, onTestFinished, test } from 'vitest';

import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../simulator/aura/simulator.ts';
import { fastClock, type FastClock } from '../core/fast-clock.ts';
import { isRecord, requestToken, toReply, type Reply } from './session.ts';

/** One minute takes a second, as in the README. */
const SPEED = 60;
const START = Date.UTC(2026, 7, 3, 9);

interface Fast {
  readonly simulator: Simulator;
  readonly clock: FastClock;
  readonly get: (path: string) => Promise<Reply>;
  readonly post: (path: string, body?: object) => Promise<Reply>;
}

async function startFast(options: Omit<SimulatorOptions, 'clock'> = {}): Promise<Fast> {
  const clock = fastClock(SPEED);
  const simulator = await startSimulator({ ...options, clock });
  onTestFinished(() => simulator.close());
  const { body } = await requestToken(simulator);
  const authorization = `Bearer ${String(body['access_token'])}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return {
    simulator,
    clock,
    get: async (path) => toReply(await fetch(simulator.url + path, { headers })),
    post: async (path, sent = {}) => {
      const init = { method: 'POST', headers, body: JSON.stringify(sent) };
      return toReply(await fetch(simulator.url + path, init));
    },
  };
}

function create({ simulator, post }: Fast): Promise<Reply> {
  return post('/v1/instances', {
    name: 'ci',
    type: 'professional-db',
    memory: '2GB',
    version: '5',
    region: 'europe-west1',
    cloud_provider: 'gcp',
    tenant_id: simulator.tenantId,
  });
}

/** The seconds until the time that an answer names, by the client's clock. */
function secondsUntil(value: string | null, clock: FastClock): number {
  return (Date.parse(value ?? '') - clock.clientTime(clock.now())) / 1000;
}

test("a token lasts an hour of the client's time, as 'expires_in' says", async () => {
  const { simulator, clock, get } = await startFast();
  const { body } = await requestToken(simulator);
  expect(body['expires_in']).toBe(3_600);
  clock.pass(3_599_999);
  expect((await get('/v1/tenants')).status).toBe(200);
  clock.pass(1);
  expect((await get('/v1/tenants')).status).toBe(401);
});

test("another lifetime is in the client's seconds too", async () => {
  const { simulator, clock, get } = await startFast({ tokenLifetimeSeconds: 119 });
  expect((await requestToken(simulator)).body['expires_in']).toBe(119);
  clock.pass(118_999);
  expect((await get('/v1/tenants')).status).toBe(200);
  clock.pass(1);
  expect((await get('/v1/tenants')).status).toBe(401);
});

test('after the seconds of Retry-After, the next request is accepted', async () => {
  const { clock, get } = await startFast({ requestsPerMinute: 2 });
  await get('/v1/tenants');
  await get('/v1/tenants');
  const refused = await get('/v1/tenants');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  clock.pass(999);
  expect((await get('/v1/tenants')).status).toBe(429);
  clock.pass(1);
  expect((await get('/v1/tenants')).status).toBe(200);
});

test('after the seconds of Retry-After, the next token is given', async () => {
  const { simulator, clock } = await startFast({ tokensPerHour: 1 });
  const refused = await requestToken(simulator);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  clock.pass(60_000);
  expect((await requestToken(simulator)).status).toBe(200);
});

test("a date in Retry-After is by the client's clock, and by that of Date", async () => {
  const { simulator, clock } = await startFast({ tokensPerHour: 1, retryAfter: 'date' });
  clock.pass(7_000);
  const { status, headers } = await requestToken(simulator);
  expect(status).toBe(429);
  expect(secondsUntil(headers.get('date'), clock)).toBe(0);
  expect(secondsUntil(headers.get('retry-after'), clock)).toBe(53);
});

test("Aura's clock is the client's: only durations are shorter", async () => {
  const fast = await startFast();
  const { clock, get } = fast;
  clock.pass(30_000);
  const created = await create(fast);
  const now = START + 30_000;
  expect(Date.parse(created.headers.get('date') ?? '')).toBe(now);
  expect(Date.parse(String(created.data['created_at']))).toBe(now);
  clock.pass(3_000);
  const path = `/v1/instances/${String(created.data['id'])}`;
  const running = await get(path);
  expect(running.data).toMatchObject({ status: 'running' });
  expect(running.data['created_at']).toBe(created.data['created_at']);
  const [snapshot] = (await get(`${path}/snapshots?date=2026-08-03`)).list;
  expect(Date.parse(String(snapshot?.['timestamp']))).toBe(now + 3_000);
});

test("today is the client's day, however far the simulated time is ahead", async () => {
  const fast = await startFast();
  const { clock, get, post } = fast;
  const { data } = await create(fast);
  // Sixteen simulated hours, so it would be tomorrow already.
  clock.pass(16 * 60_000);
  const path = `/v1/instances/${String(data['id'])}/snapshots`;
  expect((await post(path)).status).toBe(202);
  const { list } = await get(path);
  expect(list.filter(isRecord).map(({ profile }) => profile)).toEqual(['AdHoc', 'Scheduled']);
});

test('an instance seeded with an age before the start shows just that time', async () => {
  const { simulator, get } = await startFast();
  const createdAt = START - 36 * 3_600_000;
  const { id } = simulator.seedInstance({ name: 'old', createdAt });
  const { data } = await get(`/v1/instances/${id}`);
  expect(Date.parse(String(data['created_at']))).toBe(createdAt);
});
