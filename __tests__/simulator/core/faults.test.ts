import { expect, test } from 'vitest';

import type { Fault } from '../../../simulator/core/faults.ts';
import { isRecord, startNotes, untilHeld, type NotesSession, type Reply } from './notes.ts';

/** Adds a note: the effect that faults come before or after. */
function add({ send }: NotesSession): Promise<Reply> {
  return send('POST /notes', { body: { text: 'milk' } });
}

/** The code of the network error of a failed request; "aborted" if the body ends too early. */
async function failure(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'none';
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    return isRecord(cause) ? String(cause['code']) : String(error);
  }
}

test('a status with headers and body replaces the answer, without any effect', async () => {
  const session = await startNotes();
  session.api.addFault({
    match: { operation: 'addNote' },
    fault: { kind: 'status', status: 503, headers: { 'Retry-After': '7' }, body: { error: 'x' } },
  });
  const { status, headers, body } = await add(session);
  expect([status, body, headers.get('retry-after')]).toEqual([503, { error: 'x' }, '7']);
  expect(headers.get('content-type')).toBe('application/json');
  expect(session.notes).toEqual([]);
  expect((await add(session)).status).toBe(201);
});

test.each([
  ['a text', 'Bad Gateway', 'Bad Gateway', 'text/plain; charset=utf-8'],
  ['a list', [1], '[1]', 'application/json'],
  ['nothing', undefined, '', null],
])('%s can be the body of a status', async (_what, body, text, type) => {
  const { api, send } = await startNotes();
  const fault: Fault = { kind: 'status', status: 502, ...(body !== undefined && { body }) };
  api.addFault({ fault });
  const reply = await send('GET /notes');
  expect([reply.text, reply.headers.get('content-type')]).toEqual([text, type]);
});

test('a fault applies before the rate limit', async () => {
  const { api, send } = await startNotes({ requestsPerMinute: 0 });
  api.addFault({ fault: { kind: 'status', status: 500 } });
  expect((await send('GET /notes')).status).toBe(500);
});

test('a reset before the effect leaves nothing behind, one after it leaves an unknown note', async () => {
  const session = await startNotes();
  const { api, notes } = session;
  api.addFault({ fault: { kind: 'reset-before' } });
  expect(await failure(add(session))).toBe('ECONNRESET');
  expect(notes).toHaveLength(0);
  api.addFault({ fault: { kind: 'reset-after' } });
  expect(await failure(add(session))).toBe('ECONNRESET');
  expect(notes).toHaveLength(1);
  expect(api.exchanges.map(({ status, fault }) => [status, fault])).toEqual([
    ['reset', 'reset-before'],
    ['reset', 'reset-after'],
  ]);
});

test.each([
  ['hang', 0],
  ['hang-after', 1],
] as const)(
  '%s never answers, and counts as held until the client disconnects',
  async (kind, made) => {
    const session = await startNotes();
    const { api, notes, send } = session;
    api.addFault({ match: { method: 'get' }, fault: { kind } });
    api.addFault({ match: { method: 'POST' }, fault: { kind } });
    const leave = new AbortController();
    const request = failure(send('GET /notes', { signal: leave.signal }));
    await untilHeld(session, 1);
    const addition = failure(add(session));
    await untilHeld(session, 2);
    expect(notes).toHaveLength(made);
    leave.abort();
    expect(await request).toContain('AbortError');
    await untilHeld(session, 1);
    await api.close();
    expect(await addition).toBe('UND_ERR_SOCKET');
    expect(api.exchanges.map(({ status }) => status)).toEqual(['hang', 'hang']);
  },
);

test('a slow answer has its effect immediately and arrives when it is due', async () => {
  const session = await startNotes();
  const { api, clock, notes } = session;
  api.addFault({ fault: { kind: 'slow', milliseconds: 30_000 } });
  let answered = false;
  const request = add(session).finally(() => {
    answered = true;
  });
  await untilHeld(session, 1);
  expect(notes).toHaveLength(1);
  clock.advance(29_999);
  await untilHeld(session, 1);
  expect(answered).toBe(false);
  clock.advance(1);
  expect((await request).status).toBe(201);
  await untilHeld(session, 0);
});

test('a slow answer is no longer held when its client disconnects', async () => {
  const session = await startNotes();
  const { api, clock, send } = session;
  api.addFault({ fault: { kind: 'slow', milliseconds: 30_000 } });
  const leave = new AbortController();
  const request = failure(send('GET /notes', { signal: leave.signal }));
  await untilHeld(session, 1);
  expect(clock.waiting).toBe(1);
  leave.abort();
  expect(await request).toContain('AbortError');
  await untilHeld(session, 0);
  expect(clock.waiting).toBe(0);
});

test('a truncated answer announces more than it contains, after the effect', async () => {
  const session = await startNotes();
  session.api.addFault({ fault: { kind: 'truncated' } });
  expect(await failure(add(session))).toBe('UND_ERR_SOCKET');
  expect(session.notes).toHaveLength(1);
  const last = session.api.exchanges.at(-1);
  expect(last?.status).toBe(201);
  expect(last?.responseBody.length).toBeLessThan(Number(last?.responseHeaders['content-length']));
});

test('an answer that is not JSON has the right status and the effect', async () => {
  const session = await startNotes();
  session.api.addFault({ fault: { kind: 'not-json' } });
  const { status, headers, text } = await add(session);
  expect([status, headers.get('content-type')]).toEqual([201, 'text/html; charset=utf-8']);
  expect(text).toMatch(/^<!DOCTYPE html>/);
  expect(session.notes).toHaveLength(1);
});

test('a rule starts at the n-th matching request and ends after the given number', async () => {
  const { api, send } = await startNotes();
  api.addFault({
    match: { path: '^/notes$' },
    nth: 2,
    times: 2,
    fault: { kind: 'status', status: 500 },
  });
  const seen: number[] = [];
  for (const path of ['notes', 'notes/0', 'notes', 'notes/0', 'notes', 'notes']) {
    seen.push((await send(`GET /${path}`)).status);
  }
  expect(seen).toEqual([200, 404, 500, 404, 500, 200]);
});

test('a rule can apply until faults are cleared', async () => {
  const { api, send } = await startNotes();
  api.addFault({ times: 'always', fault: { kind: 'status', status: 500 } });
  for (let sent = 0; sent < 3; sent += 1) expect((await send('GET /notes')).status).toBe(500);
  api.clearFaults();
  expect((await send('GET /notes')).status).toBe(200);
});

test('of two rules the first applies, and both count', async () => {
  const { api, send } = await startNotes();
  api.addFault({ fault: { kind: 'status', status: 500 } });
  api.addFault({ times: 2, fault: { kind: 'status', status: 502 } });
  const seen: number[] = [];
  for (let sent = 0; sent < 3; sent += 1) seen.push((await send('GET /notes')).status);
  expect(seen).toEqual([500, 502, 200]);
});

test.each([
  [{ method: 'DELETE' }],
  [{ path: '/0$' }],
  [{ operation: 'getNote' }],
  [{ method: 'GET', operation: 'addNote' }],
])('a rule for %j does not affect GET /notes', async (match) => {
  const { api, send } = await startNotes();
  api.addFault({ match, fault: { kind: 'status', status: 500 } });
  expect((await send('GET /notes')).status).toBe(200);
});

test('an unknown path can be matched by its path', async () => {
  const { api, send } = await startNotes();
  api.addFault({ match: { path: '^/elsewhere' }, fault: { kind: 'status', status: 418 } });
  expect((await send('GET /elsewhere')).status).toBe(418);
});

test('a refused request keeps its status when a fault changes its answer', async () => {
  const { api, send } = await startNotes();
  api.addFault({ fault: { kind: 'not-json' } });
  expect((await send('GET /notes/0')).status).toBe(404);
});
