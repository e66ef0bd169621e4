import { describe, expect, it } from 'vitest';
import type { AuraClient } from '../../../src/aura/api/client.ts';
import { maxAttempts } from '../../../src/core/http/retry.ts';
import { connect, createBody, createdData, instanceData } from './connected-client.ts';
import {
  type Reply,
  hang,
  json,
  refusal,
  reset,
  startServer,
  text,
  truncated,
} from '../../../harness/network/scripted-server.ts';
import { auraErrorOf, thrownBy } from '../../core/thrown.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

const id = createdData.id;
const found = json(200, { data: instanceData });
const created = json(202, { data: createdData });

const reads: [string, (client: AuraClient) => Promise<unknown>, Reply][] = [
  ['GET of an instance', (client) => client.getInstance(id), found],
  ['GET of the tenants', (client) => client.listTenants(), json(200, { data: [] })],
  ['GET of the instances', (client) => client.listInstances('t'), json(200, { data: [] })],
  ['DELETE', (client) => client.deleteInstance(id), text(202, '')],
];
const posts: [string, (client: AuraClient) => Promise<unknown>, Reply][] = [
  ['create', (client) => client.createInstance(createBody), created],
  ['pause', (client) => client.pauseInstance(id), text(202, '')],
  ['resume', (client) => client.resumeInstance(id), text(202, '')],
];

describe.each(reads)('a %s', (_, send, success) => {
  it.each<[string, Reply]>([
    ['408', text(408, '')],
    ['425', text(425, '')],
    ['429', text(429, '')],
    ['500', text(500, 'Internal error')],
    ['502 in HTML', text(502, '<html>Bad gateway</html>')],
    ['503', json(503, { error: 'no upstream' })],
    ['504', text(504, '')],
    ['a reset', reset],
  ])('is sent again after %s', async (_name, trouble) => {
    const server = await startServer([trouble, trouble, success]);
    const { client, clock, lines } = connect(server.url);
    await send(client);
    expect(server.requests).toHaveLength(3);
    expect(clock.slept).toEqual([750, 1_500]);
    expect(lines).toEqual([]);
  });

  it.each([400, 404, 405, 409, 415, 418, 501])('is not sent again after %d', async (status) => {
    const server = await startServer([text(status, 'no'), success]);
    expect(await auraErrorOf(send(connect(server.url).client))).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });

  it('fails after the last attempt', async () => {
    const server = await startServer(Array.from({ length: 20 }, () => reset));
    const error = await auraErrorOf(send(connect(server.url).client));
    expect(error.message).toMatch(/^no answer from Aura: .*(ECONNRESET|socket hang up)/);
    expect(server.requests).toHaveLength(maxAttempts);
  });
});

describe('a GET', () => {
  it.each<[string, Reply]>([
    ['that ends half-way', truncated('{"data":')],
    ['that is not JSON', text(200, '<html>Sign in to the guest network</html>')],
    ['of another shape', json(200, { data: { id } })],
    ['without a body', text(200, '')],
    ['of more than 5 MB', text(200, 'x'.repeat(5 * 1024 * 1024 + 1))],
  ])('is sent again after an answer %s', async (_, trouble) => {
    const server = await startServer([trouble, found]);
    expect(await connect(server.url).client.getInstance(id)).toMatchObject({ id });
    expect(server.requests).toHaveLength(2);
  });

  it('is sent only once if the caller retries it', async () => {
    const server = await startServer([text(503, '', { 'Retry-After': '30' }), found]);
    const { client, clock } = connect(server.url);
    const error = await auraErrorOf(client.getInstance(id, 'poll'));
    expect(error).toMatchObject({ status: 503, retryAfterMilliseconds: 30_000, transient: true });
    expect(server.requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('waits as long as Aura says in seconds', async () => {
    const server = await startServer([text(429, '', { 'Retry-After': '17' }), found]);
    const { client, clock } = connect(server.url);
    await client.getInstance(id);
    expect(clock.slept).toEqual([17_500]);
  });

  it('waits until the date that Aura says', async () => {
    const [sentAt, date] = ['Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 01 Jan 1970 00:00:20 GMT'];
    const busy = text(429, '', { Date: sentAt, 'Retry-After': date });
    const server = await startServer([busy, found]);
    const { client, clock } = connect(server.url);
    await client.getInstance(id);
    expect(clock.slept).toEqual([20_500]);
  });

  it('ends with the reason of the signal when the step is cancelled', async () => {
    const controller = new AbortController();
    const server = await startServer([hang]);
    const { client } = connect(server.url, { signal: controller.signal });
    const error = thrownBy(client.getInstance(id));
    await server.arrival(1);
    const reason = new Error('the job was cancelled');
    controller.abort(reason);
    expect(await error).toBe(reason);
  });
});

describe.each(posts)('a POST to %s', (_, send, success) => {
  it.each<[string, Reply]>([
    ['500', text(500, '')],
    ['502', text(502, '')],
    ['503', text(503, '', { 'Retry-After': '1' })],
    ['504', text(504, '')],
    ['408', text(408, '')],
    ['a reset', reset],
    ['an answer that ends half-way', truncated('{"data":')],
  ])('is not sent again after %s: it may have been accepted', async (_name, trouble) => {
    const server = await startServer([trouble, success]);
    const error = await auraErrorOf(send(connect(server.url).client));
    expect(error.effect).toBe('unknown');
    expect(server.requests).toHaveLength(1);
  });

  it('is sent again after 429, because Aura has not acted on it', async () => {
    const server = await startServer([
      text(429, '', { 'Retry-After': '5' }),
      text(429, ''),
      success,
    ]);
    const { client, clock } = connect(server.url);
    await send(client);
    expect(server.requests).toHaveLength(3);
    expect(clock.slept).toEqual([5_500, 1_500]);
  });

  it.each([400, 402, 404, 405, 409])('is not sent again after %d', async (status) => {
    const server = await startServer([refusal(status, 'some-reason'), success]);
    const error = await auraErrorOf(send(connect(server.url).client));
    expect(error).toMatchObject({ status, effect: 'none', requestId: `request-${status}` });
    expect(server.requests).toHaveLength(1);
  });

  it('is sent again if the connection failed', async () => {
    // No process listens on port 1 of a usual machine.
    const nowhere = new URL('http://127.0.0.1:1');
    const kept = { accessToken: secretOf('kept-token'), expiresAt: Infinity };
    const { client, clock, lines } = connect(nowhere, {}, kept);
    const error = await auraErrorOf(send(client));
    expect(error).toMatchObject({ effect: 'none', transient: true });
    expect(error.request).toMatch(/^POST \/v1\/instances/);
    expect(error.message).toContain('ECONNREFUSED');
    expect(clock.slept).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500]);
    // One for each wait of more than five seconds.
    const why = 'No connection to Aura at http://127.0.0.1:1 (ECONNREFUSED)';
    expect(lines).toEqual([
      `${why}; retrying in 6s (attempt 5 of ${maxAttempts}).`,
      `${why}; retrying in 12s (attempt 6 of ${maxAttempts}).`,
      `${why}; retrying in 23s (attempt 7 of ${maxAttempts}).`,
      `${why}; retrying in 23s (attempt 8 of ${maxAttempts}).`,
    ]);
  });
});
