import { expect, test } from 'vitest';

import { realTimeClock } from '../../../simulator/core/clock.ts';
import { startNotes, type NotesSession } from './notes.ts';

async function control(
  { send }: NotesSession,
  address: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const reply = await send(address.replace(' ', ' /_simulator/'), { body });
  return { status: reply.status, body: reply.body };
}

test('the clock is read and advanced', async () => {
  const session = await startNotes();
  const before = session.clock.now();
  expect((await control(session, 'GET clock')).body).toEqual({ now: before, waiting: 0 });
  const advanced = await control(session, 'POST clock', { advance: 1500 });
  expect(advanced).toEqual({ status: 200, body: { now: before + 1500, waiting: 0 } });
  expect(session.clock.now()).toBe(before + 1500);
});

test('a request that becomes due is answered before the advance is', async () => {
  const session = await startNotes();
  session.api.addFault({ fault: { kind: 'slow', milliseconds: 5_000 } });
  const request = session.send('GET /notes');
  let waiting: unknown = 0;
  while (waiting === 0) waiting = (await control(session, 'GET clock')).body['waiting'];
  const { body } = await control(session, 'POST clock', { advance: 5_000 });
  expect(body['waiting']).toBe(0);
  expect((await request).status).toBe(200);
});

test.each([
  [{}, 'advance must be a number, 0 or more.'],
  [{ advance: -1 }, 'advance must be a number, 0 or more.'],
  [{ advance: '5' }, 'advance must be a number, 0 or more.'],
  [[], 'The request body is not a JSON object'],
  ['{', 'The request body is not valid JSON'],
])('the clock is not advanced by %j', async (body, error) => {
  const session = await startNotes();
  const before = session.clock.now();
  const reply = await control(session, 'POST clock', body);
  expect(reply).toEqual({ status: 400, body: { error } });
  expect(session.clock.now()).toBe(before);
});

test('a clock that runs automatically cannot be advanced', async () => {
  const session = await startNotes({ clock: realTimeClock(60) });
  const reply = await control(session, 'POST clock', { advance: 1 });
  expect(reply).toEqual({ status: 409, body: { error: 'This clock runs automatically.' } });
});

test('faults are added and cleared', async () => {
  const session = await startNotes();
  const rule = {
    match: { method: 'GET', path: 'notes', operation: 'listNotes' },
    nth: 1,
    times: 'always',
    fault: { kind: 'status', status: 503, headers: { 'retry-after': '1' }, body: { error: 'x' } },
  };
  expect((await control(session, 'POST faults', rule)).status).toBe(204);
  expect((await session.send('GET /notes')).status).toBe(503);
  expect((await control(session, 'DELETE faults')).status).toBe(204);
  expect((await session.send('GET /notes')).status).toBe(200);
});

test.each([
  ['reset-before', {}],
  ['slow', { milliseconds: 1 }],
  ['forgotten', {}],
])('a fault of kind %s is accepted', async (kind, more) => {
  const session = await startNotes();
  const reply = await control(session, 'POST faults', { fault: { kind, ...more }, times: 3 });
  expect(reply.status).toBe(204);
});

test.each([
  [{}, 'fault must be an object.'],
  [{ fault: { kind: 'earthquake' } }, 'Unknown kind of fault: earthquake.'],
  [{ fault: { kind: 'constructor' } }, 'Unknown kind of fault: constructor.'],
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
  const session = await startNotes();
  const reply = await control(session, 'POST faults', rule);
  expect(reply).toEqual({ status: 400, body: { error } });
  expect((await session.send('GET /notes')).status).toBe(200);
});

test('limits are changed at run time', async () => {
  const session = await startNotes();
  const limits = { requestsPerMinute: 0, retryAfter: 'none' };
  expect(await control(session, 'PATCH limits', limits)).toEqual({ status: 200, body: limits });
  const { status, headers } = await session.send('GET /notes');
  expect([status, headers.get('retry-after')]).toEqual([429, null]);
  await control(session, 'PATCH limits', { requestsPerMinute: 'unlimited' });
  expect((await session.send('GET /notes')).status).toBe(200);
});

test.each([
  [{ requestsPerMinute: 'many' }, 'requestsPerMinute must be a number, 0 or more.'],
  [{ retryAfter: 'soon' }, 'retryAfter must be one of seconds, date, none.'],
])('the limits %j are refused', async (limits, error) => {
  const session = await startNotes();
  const reply = await control(session, 'PATCH limits', limits);
  expect(reply).toEqual({ status: 400, body: { error } });
});

test('a limit that the API does not have is ignored', async () => {
  const session = await startNotes();
  const { body } = await control(session, 'PATCH limits', { notesPerHour: 3 });
  expect(body).toEqual({ requestsPerMinute: 'unlimited', retryAfter: 'seconds' });
});

test.each(['GET nothing', 'PUT clock', 'GET faults', 'GET constructor', 'POST state'])(
  'the control %s does not exist',
  async (address) => {
    const reply = await control(await startNotes(), address);
    expect(reply.status).toBe(404);
  },
);

test('controls are not recorded, limited or affected by faults', async () => {
  const session = await startNotes({ requestsPerMinute: 0 });
  session.api.addFault({ times: 'always', fault: { kind: 'status', status: 500 } });
  expect((await control(session, 'GET state')).status).toBe(200);
  expect(session.api.exchanges).toHaveLength(0);
});

test('a simulator that is part of another program is not stopped', async () => {
  const session = await startNotes();
  const error = 'Only the process that started this simulator stops it.';
  expect(await control(session, 'POST stop')).toEqual({ status: 409, body: { error } });
  expect((await session.send('GET /notes')).status).toBe(200);
});

test('a simulator is stopped after the answer', async () => {
  let stopped = 0;
  const session = await startNotes({ onStop: () => (stopped += 1) });
  expect(await control(session, 'POST stop')).toEqual({ status: 202, body: { stopping: true } });
  expect(stopped).toBe(1);
});
