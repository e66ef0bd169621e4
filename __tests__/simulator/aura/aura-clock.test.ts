import { afterEach, expect, test } from 'vitest';

import { startSimulator } from '../../../simulator/aura/simulator.ts';
import { endSessions, requestToken, startSession, type Reply, type Session } from './session.ts';

afterEach(endSessions);

/** The start of the driven clock. */
const START = Date.UTC(2026, 7, 3, 9);
const MINUTE = 60_000;

/** The date in an answer, in milliseconds since the epoch. */
function dateOf({ headers }: { readonly headers: Headers }): number {
  return Date.parse(headers.get('date') ?? '');
}

function timeOf(value: unknown): number {
  return Date.parse(String(value));
}

async function answersOfAllKinds(session: Session): Promise<readonly Reply[]> {
  const { send, create } = session;
  const invalid = { invalid: true };
  return [
    await create(),
    await send('GET', '/v1/instances'),
    await send('GET', '/v1/instances/00000000'),
    await send('GET', '/v1/nothing', invalid),
    await send('GET', '/v1/tenants', { headers: { authorization: '' }, ...invalid }),
    await send('POST', '/v1/instances', { headers: { 'content-type': '' }, ...invalid }),
  ];
}

test('every answer carries a Date by the simulated clock, in whole seconds', async () => {
  const session = await startSession();
  session.clock.advance(1_999);
  const answers = await answersOfAllKinds(session);
  expect(answers.map(({ status }) => status)).toEqual([202, 200, 404, 404, 401, 415]);
  expect([...new Set(answers.map(dateOf))]).toEqual([START + 1_000]);
  expect(dateOf(await requestToken(session.simulator))).toBe(START + 1_000);
  expect(dateOf(await fetch(`${session.simulator.url}/_simulator/clock`))).toBe(START + 1_000);
});

test('an answer from a fault also carries a Date, unless the fault sets its own', async () => {
  const { simulator, send } = await startSession();
  const status = { kind: 'status', status: 502, body: 'Bad gateway' } as const;
  simulator.addFault({ fault: status });
  expect(dateOf(await send('GET', '/v1/tenants'))).toBe(START);
  const date = 'Sun, 02 Aug 2026 09:00:00 GMT';
  simulator.addFault({ fault: { ...status, headers: { Date: date } } });
  expect((await send('GET', '/v1/tenants')).headers.get('date')).toBe(date);
});

test('a slow answer carries the Date of the moment when it is sent', async () => {
  const { simulator, send, clock } = await startSession();
  simulator.addFault({ fault: { kind: 'slow', milliseconds: 20_000 } });
  const answer = send('GET', '/v1/tenants');
  while (simulator.held() === 0) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(20_000);
  expect(dateOf(await answer)).toBe(START + 20_000);
});

test('answers carry no Date if a proxy drops it', async () => {
  const session = await startSession({ date: 'none' });
  const answers = await answersOfAllKinds(session);
  session.simulator.addFault({ fault: { kind: 'status', status: 500 } });
  const failed = await session.send('GET', '/v1/tenants');
  for (const { headers } of [...answers, failed]) expect(headers.get('date')).toBeNull();
  expect((await requestToken(session.simulator)).headers.get('date')).toBeNull();
});

test.each([3 * MINUTE, -3 * MINUTE])(
  "with Aura's clock %i ms ahead, so are all times that a client is told",
  async (clockSkew) => {
    const session = await startSession({ clockSkew });
    const { simulator, clock, send } = session;
    expect(simulator.auraTime()).toBe(START + clockSkew);
    const created = await session.create();
    expect(dateOf(created)).toBe(START + clockSkew);
    clock.advance(5 * MINUTE);
    const { data } = await send('GET', `/v1/instances/${String(idOf(created))}`);
    const { list } = await send('GET', '/v1/instances');
    for (const time of [created.data['created_at'], data['created_at'], list[0]?.['created_at']]) {
      expect(Math.floor(timeOf(time) / 1000) * 1000).toBe(START + clockSkew);
    }
    const path = `/v1/instances/${String(idOf(created))}/snapshots`;
    const [snapshot] = (await send('GET', path)).list;
    expect(timeOf(snapshot?.['timestamp'])).toBe(START + 3 * MINUTE + clockSkew);
    const one = await send('GET', `${path}/${String(snapshot?.['snapshot_id'])}`);
    expect(one.data['timestamp']).toBe(snapshot?.['timestamp']);
  },
);

function idOf({ data }: Reply): unknown {
  return data['id'];
}

test("with clocks apart, durations and a test's own times still follow the simulated clock", async () => {
  const session = await startSession({ clockSkew: 3 * MINUTE });
  const { simulator, clock, send } = session;
  const id = String(idOf(await session.create()));
  expect(simulator.instances()[0]?.createdAt).toBe(START);
  expect(simulator.exchanges.at(-1)?.at).toBe(START);
  clock.advance(3 * MINUTE - 1);
  expect((await send('GET', `/v1/instances/${id}`)).data['status']).toBe('creating');
  clock.advance(1);
  expect((await send('GET', `/v1/instances/${id}`)).data['status']).toBe('running');
});

test("a seeded instance's time is set by the simulated clock, and shown by Aura's", async () => {
  const { simulator, send } = await startSession({ clockSkew: -3 * MINUTE });
  const createdAt = START - 24 * 60 * MINUTE;
  const { id } = simulator.seedInstance({ name: 'old', createdAt });
  expect(simulator.instances()[0]?.createdAt).toBe(createdAt);
  const { data } = await send('GET', `/v1/instances/${id}`);
  expect(Math.floor(timeOf(data['created_at']) / 1000) * 1000).toBe(createdAt - 3 * MINUTE);
});

test("a date in Retry-After is by Aura's clock", async () => {
  const clockSkew = 3 * MINUTE;
  const session = await startSession({ requestsPerMinute: 1, retryAfter: 'date', clockSkew });
  await session.send('GET', '/v1/tenants');
  const refused = await session.send('GET', '/v1/tenants');
  expect(timeOf(refused.headers.get('retry-after')) - dateOf(refused)).toBe(MINUTE);
});

test("today is Aura's day", async () => {
  const hours = 3_600_000;
  const session = await startSession({ clockSkew: 3 * MINUTE, tokenLifetimeSeconds: 86_400 });
  const path = `/v1/instances/${await session.running()}/snapshots`;
  await session.send('POST', path);
  // One minute before midnight here is two minutes after it there.
  session.clock.advance(15 * hours - 6 * MINUTE);
  expect((await session.send('GET', path)).list).toEqual([]);
  await session.send('POST', path);
  expect((await session.send('GET', path)).list).toHaveLength(1);
  expect((await session.send('GET', `${path}?date=2026-08-04`)).list).toHaveLength(1);
  expect((await session.send('GET', `${path}?date=2026-08-03`)).list).toHaveLength(2);
});

test.each([2_000, -2_000])(
  'the database can be %i ms ahead of the gateway',
  async (createdAtSkew) => {
    const session = await startSession({ clockSkew: MINUTE, createdAtSkew });
    const created = await session.create();
    const shown = Math.floor(timeOf(created.data['created_at']) / 1000) * 1000;
    expect(shown - dateOf(created)).toBe(createdAtSkew);
    expect(session.simulator.instances()[0]?.createdAt).toBe(START);
  },
);

test.each([NaN, Infinity, 0.5])('clocks cannot be %d ms apart', async (milliseconds) => {
  await expect(startSimulator({ clockSkew: milliseconds })).rejects.toThrow(RangeError);
  await expect(startSimulator({ createdAtSkew: milliseconds })).rejects.toThrow('createdAtSkew');
});
