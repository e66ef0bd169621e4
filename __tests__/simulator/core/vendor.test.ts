import { expect, test } from 'vitest';

import { startNotes } from './notes.ts';

/** `notes.ts` is an API that imports only simulator/core: these tests show that this is enough. */

test('the routes of an API are served, and its refusals are sent as answers', async () => {
  const { send } = await startNotes();
  expect(await send('POST /notes', { body: { text: 'milk' } })).toMatchObject({ status: 201 });
  expect((await send('GET /notes')).body).toEqual({ notes: ['milk'] });
  expect((await send('GET /notes/0')).body).toEqual({ text: 'milk' });
  expect(await send('GET /notes/1')).toMatchObject({ status: 404, body: { wrong: 'index' } });
  expect(await send('POST /notes', { body: {} })).toMatchObject({ status: 422 });
  expect((await send('GET /letters')).text).toBe('Unknown path.');
});

test('common faults hit an API by method, path or the name of its operation', async () => {
  const { api, notes, send } = await startNotes();
  const fault = { kind: 'status', status: 503, body: { busy: true } } as const;
  api.addFault({ match: { operation: 'addNote' }, fault });
  expect((await send('GET /notes')).status).toBe(200);
  expect(await send('POST /notes', { body: { text: 'milk' } })).toMatchObject({
    status: 503,
    body: { busy: true },
  });
  expect(notes).toEqual([]);
});

test('an API can have its own fault, for the requests that it names', async () => {
  const { notes, send } = await startNotes();
  const rule = { fault: { kind: 'forgotten' } };
  expect((await send('POST /_simulator/faults', { body: rule })).status).toBe(204);
  expect((await send('GET /notes')).status).toBe(200);
  expect((await send('POST /notes', { body: { text: 'milk' } })).status).toBe(201);
  expect(notes).toEqual([]);
  await send('POST /notes', { body: { text: 'bread' } });
  expect(notes).toEqual(['bread']);
});

test('the rate limit comes from the options, and an API decides whom it counts', async () => {
  const { clock, send } = await startNotes({ requestsPerMinute: 1 });
  expect((await send('GET /notes')).status).toBe(200);
  clock.advance(45_000);
  const refused = await send('GET /notes');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15']);
  clock.advance(15_000);
  expect((await send('GET /notes')).status).toBe(200);
});

test('exchanges are recorded, with the fault that hit them', async () => {
  const { api, send } = await startNotes();
  api.addFault({ match: { method: 'POST' }, fault: { kind: 'forgotten' } });
  await send('GET /notes?newest=1');
  await send('POST /notes', { body: { text: 'milk' } });
  expect(api.exchanges).toMatchObject([
    { sequence: 1, method: 'GET', path: '/notes', query: { newest: '1' }, status: 200 },
    { sequence: 2, requestBody: '{"text":"milk"}', status: 201, fault: 'forgotten' },
  ]);
});

test('an API can add controls, and show more of its state', async () => {
  const { notes, send } = await startNotes();
  await send('POST /notes', { body: { text: 'milk' } });
  expect((await send('GET /_simulator/state')).body).toMatchObject({
    notes: ['milk'],
    waiting: 0,
    limits: { requestsPerMinute: 'unlimited', retryAfter: 'seconds' },
    secrets: [],
    exchanges: [{ path: '/notes' }],
  });
  expect((await send('DELETE /_simulator/notes/0')).status).toBe(204);
  expect(notes).toEqual([]);
  expect(await send('DELETE /_simulator/notes/0')).toMatchObject({
    status: 400,
    body: { error: 'Note 0 does not exist.' },
  });
});
