import { expect, test } from 'vitest';

import { slidingWindow } from '../../../simulator/core/rate-limit.ts';
import { startNotes } from './notes.ts';

test('the window slides: requests are accepted one by one as the old ones leave it', async () => {
  const { clock, send } = await startNotes({ requestsPerMinute: 2 });
  await send('GET /notes');
  clock.advance(30_000);
  await send('GET /notes');
  expect((await send('GET /notes')).headers.get('retry-after')).toBe('30');
  clock.advance(30_000);
  expect((await send('GET /notes')).status).toBe(200);
  expect((await send('GET /notes')).status).toBe(429);
});

test('a refused request does not count', async () => {
  const { clock, send } = await startNotes({ requestsPerMinute: 1 });
  await send('GET /notes');
  clock.advance(59_999);
  expect((await send('GET /notes')).status).toBe(429);
  clock.advance(1);
  expect((await send('GET /notes')).status).toBe(200);
});

test('the time to wait is rounded up to whole seconds', async () => {
  const { clock, send } = await startNotes({ requestsPerMinute: 1 });
  await send('GET /notes');
  clock.advance(20_500);
  expect((await send('GET /notes')).headers.get('retry-after')).toBe('40');
});

test('the time to wait can be a date, which is never too early', async () => {
  const { clock, send } = await startNotes({ requestsPerMinute: 1, retryAfter: 'date' });
  clock.advance(250);
  await send('GET /notes');
  const { headers } = await send('GET /notes');
  expect(headers.get('retry-after')).toBe('Mon, 03 Aug 2026 09:01:01 GMT');
  expect(headers.get('date')).toBe('Mon, 03 Aug 2026 09:00:00 GMT');
});

test('the time to wait can be omitted', async () => {
  const { send } = await startNotes({ requestsPerMinute: 1, retryAfter: 'none' });
  await send('GET /notes');
  const { status, headers } = await send('GET /notes');
  expect([status, headers.get('retry-after')]).toEqual([429, null]);
});

test('without a limit all requests are accepted', async () => {
  const { send } = await startNotes();
  for (let sent = 0; sent < 150; sent += 1) expect((await send('GET /notes')).status).toBe(200);
});

test('a lowered limit applies until enough requests have left the window', () => {
  const window = slidingWindow(1000);
  for (const now of [0, 100, 200]) expect(window.take('a', now, 3)).toBeUndefined();
  expect(window.take('a', 300, 1)).toBe(900);
  expect(window.take('a', 300, 0)).toBe(1000);
  expect(window.take('b', 300, 1)).toBeUndefined();
  expect(window.take('a', 1200, 1)).toBeUndefined();
});

test('refused requests can count too: then only a pause helps', () => {
  const window = slidingWindow(60_000);
  expect(window.take('client', 0, 2, 'counted')).toBeUndefined();
  expect(window.take('client', 1_000, 2, 'counted')).toBeUndefined();
  expect(window.take('client', 30_000, 2, 'counted')).toBe(30_000);
  expect(window.take('client', 60_500, 2, 'counted')).toBe(500);
  expect(window.take('client', 90_000, 2, 'counted')).toBeUndefined();
});
