import { afterEach, expect, test } from 'vitest';

import { endSessions, requestToken, startSession, type Reply, type Session } from './session.ts';

afterEach(endSessions);

/** Sends requests one after the other and returns the last answer. */
async function sendMany(session: Session, count: number): Promise<Reply> {
  for (let sent = 1; sent < count; sent += 1) await session.send('GET', '/v1/tenants');
  return session.send('GET', '/v1/tenants');
}

test('the 126th request of a minute is answered with 429 and the seconds to wait', async () => {
  const session = await startSession();
  expect((await sendMany(session, 125)).status).toBe(200);
  session.clock.advance(20_500);
  const refused = await session.send('GET', '/v1/tenants');
  expect([refused.status, refused.reason]).toEqual([429, 'Rate limit exceeded']);
  expect(refused.headers.get('retry-after')).toBe('40');
  expect(refused.headers.get('x-request-id')).not.toBeNull();
});

test('a refused creation creates nothing', async () => {
  const { simulator, create } = await startSession({ requestsPerMinute: 0 });
  expect((await create()).status).toBe(429);
  expect(simulator.history()).toEqual([]);
});

test('without billing 25 requests per minute are accepted', async () => {
  const session = await startSession({ billing: false });
  expect((await sendMany(session, 25)).status).toBe(200);
  expect((await session.send('GET', '/v1/tenants')).status).toBe(429);
});

test('the 16th token request of an hour is answered with 429, and wrong ones count', async () => {
  const { simulator, clock } = await startSession();
  await requestToken(simulator, { secret: 'wrong' });
  for (let sent = 2; sent < 15; sent += 1) await requestToken(simulator);
  expect((await requestToken(simulator)).status).toBe(429);
  clock.advance(3_599_999);
  const refused = await requestToken(simulator);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  clock.advance(1);
  expect((await requestToken(simulator)).status).toBe(200);
});

test('both limits can be turned off', async () => {
  const session = await startSession({
    requestsPerMinute: 'unlimited',
    tokensPerHour: 'unlimited',
  });
  for (let sent = 0; sent < 20; sent += 1) {
    expect((await requestToken(session.simulator)).status).toBe(200);
  }
  expect((await sendMany(session, 150)).status).toBe(200);
});
