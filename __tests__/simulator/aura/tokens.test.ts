import { afterEach, expect, test } from 'vitest';

import { endSessions, requestToken, startSession } from './session.ts';

afterEach(endSessions);

const EXPIRED = 'Key not authorized: token has expired';

test('a token has the three parts of a JWT and lasts an hour', async () => {
  const { simulator } = await startSession();
  const { status, body } = await requestToken(simulator);
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/) as unknown,
    expires_in: 3600,
    token_type: 'Bearer',
  });
});

test('a wrong client secret is answered with 401', async () => {
  const { simulator } = await startSession();
  const { status, body } = await requestToken(simulator, { secret: 'wrong' });
  expect(status).toBe(401);
  expect(body).toEqual({ error: 'access_denied', error_description: 'Unauthorized' });
});

test.each([
  ['no credentials at all', { authorization: '' }, 401],
  ['credentials that are not Basic', { authorization: 'Bearer a.b.c' }, 401],
  ['credentials without a colon', { authorization: 'Basic YWJj' }, 401],
  ['a JSON content type', { 'content-type': 'application/json' }, 400],
])('a token request with %s is refused', async (what, headers, expected) => {
  const { simulator } = await startSession();
  // Credentials in the right form but with wrong content are not an error of form.
  const invalid = !what.includes('colon');
  const { status } = await requestToken(simulator, { headers, invalid });
  expect(status).toBe(expected);
});

test('a token request without a body is answered with 404', async () => {
  const { simulator } = await startSession();
  const { status } = await requestToken(simulator, { body: '', invalid: true });
  expect(status).toBe(404);
});

test('a token request with another grant type is answered with 403', async () => {
  const { simulator } = await startSession();
  const body = 'grant_type=password';
  const { status } = await requestToken(simulator, { body, invalid: true });
  expect(status).toBe(403);
});

test('a token is valid until its hour is over', async () => {
  const { clock, send } = await startSession();
  clock.advance(3_599_999);
  expect((await send('GET', '/v1/tenants')).status).toBe(200);
  clock.advance(1);
  const reply = await send('GET', '/v1/tenants');
  expect(reply.status).toBe(401);
  expect(reply.reason).toBe(EXPIRED);
  expect(reply.headers.get('x-request-id')).toBeNull();
});

test('a shorter token lifetime can be set', async () => {
  const { simulator, clock, send } = await startSession({ tokenLifetimeSeconds: 60 });
  expect((await requestToken(simulator)).body['expires_in']).toBe(60);
  clock.advance(60_000);
  expect((await send('GET', '/v1/tenants')).status).toBe(401);
});

test('403 for an expired token can be set, as in the documentation', async () => {
  const { clock, send } = await startSession({ expiredTokenStatus: 403 });
  clock.advance(3_600_000);
  const reply = await send('GET', '/v1/tenants');
  expect([reply.status, reply.reason]).toEqual([403, EXPIRED]);
});

test('an unknown token is answered like an expired one', async () => {
  const { send } = await startSession();
  const reply = await send('GET', '/v1/tenants', { headers: { authorization: 'Bearer a.b.c' } });
  expect([reply.status, reply.reason]).toEqual([401, EXPIRED]);
});

test('a request without an Authorization header is answered with 401', async () => {
  const { send } = await startSession();
  const reply = await send('GET', '/v1/tenants', { headers: { authorization: '' }, invalid: true });
  expect([reply.status, reply.reason]).toEqual([401, 'Authorization field missing']);
});

test('a request with Basic credentials is answered with 401', async () => {
  const { send } = await startSession();
  const headers = { authorization: 'Basic YTpi' };
  const reply = await send('GET', '/v1/tenants', { headers, invalid: true });
  expect(reply.status).toBe(401);
});

test('several tokens are valid at the same time', async () => {
  const { simulator, send } = await startSession();
  const { body } = await requestToken(simulator);
  const headers = { authorization: `Bearer ${String(body['access_token'])}` };
  expect((await send('GET', '/v1/tenants', { headers })).status).toBe(200);
  expect((await send('GET', '/v1/tenants')).status).toBe(200);
});

test('all secrets ever issued are reported', async () => {
  const { simulator, create } = await startSession({ clientSecret: 's3cret' });
  const { body } = await requestToken(simulator);
  const { data } = await create();
  expect(simulator.secrets()).toEqual([
    's3cret',
    expect.any(String),
    body['access_token'],
    data['password'],
  ]);
});
