import { aura } from '../../../src/aura/api/service.ts';
import dns from 'node:dns';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type WireRequest, createTransport, nameOf } from '../../../src/core/http/transport.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { connect, createBody } from '../../aura/api/connected-client.ts';
import {
  type Reply,
  hang,
  json,
  reset,
  startServer,
  text,
  truncated,
} from '../../../harness/network/scripted-server.ts';
import { auraErrorOf, thrownBy } from '../thrown.ts';

const megabyte = 1024 * 1024;
const get: WireRequest = {
  method: 'GET',
  path: '/x?y=z',
  policy: 'read',
  headers: {},
  limitMilliseconds: 30_000,
};
const post: WireRequest = { ...get, method: 'POST', policy: 'once', body: '{}' };

function transportTo(url: URL) {
  const clock = drivenClock(0);
  return { transport: createTransport(aura, url, clock).send, clock };
}

/** An answer of this many bytes, in pieces without an announced length. */
function ofSize(bytes: number): Reply {
  return (response) => {
    response.writeHead(200);
    for (let left = bytes; left > 0; left -= megabyte) {
      response.write(Buffer.alloc(Math.min(left, megabyte), 'x'));
    }
    response.end();
  };
}

describe('the name of a request', () => {
  it.each([
    ['/v1/instances', 'GET /v1/instances'],
    ['/v1/instances?tenantId=abc&x=?', 'GET /v1/instances'],
    ['', 'GET '],
  ])('of path %j is %j', (path, name) => {
    expect(nameOf({ method: 'GET', path })).toBe(name);
  });
});

describe('an answer', () => {
  it('has its status, its text and the values of its headers', async () => {
    const date = 'Mon, 02 Mar 2026 09:14:07 GMT';
    const headers = { 'X-Request-Id': 'abc', 'Retry-After': '7', Location: '/there', Date: date };
    const server = await startServer([text(503, 'grün', headers)]);
    expect(await transportTo(server.url).transport(get)).toEqual({
      status: 503,
      body: 'grün',
      requestId: 'abc',
      retryAfterMilliseconds: 7_000,
      location: '/there',
      date: Date.UTC(2026, 2, 2, 9, 14, 7),
    });
    expect(server.asked()).toEqual(['GET /x?y=z']);
  });

  it('lacks the values that its headers do not contain', async () => {
    const server = await startServer([text(204, '', { 'Retry-After': 'soon', Date: 'today' })]);
    expect(await transportTo(server.url).transport(get)).toEqual({
      status: 204,
      body: '',
      requestId: undefined,
      retryAfterMilliseconds: undefined,
      location: undefined,
      date: undefined,
    });
  });

  it.each([
    ['behind', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 01 Jan 1970 00:00:20 GMT', 20_000],
    ['ahead', 'Wed, 01 Jan 2200 00:00:00 GMT', 'Wed, 01 Jan 2200 00:01:00 GMT', 60_000],
    ['unreadable', 'soon', 'Thu, 01 Jan 1970 00:00:20 GMT', 20_000],
    ['missing', undefined, 'Thu, 01 Jan 1970 00:00:20 GMT', 20_000],
  ])(
    'with a Retry-After date is read by its own clock: %s',
    async (_, sentAt, date, retryAfterMilliseconds) => {
      const server = await startServer([
        (response) => {
          response.sendDate = false;
          if (sentAt !== undefined) response.setHeader('Date', sentAt);
          response.writeHead(503, { 'Retry-After': date }).end();
        },
      ]);
      expect(await transportTo(server.url).transport(get)).toMatchObject({
        retryAfterMilliseconds,
      });
    },
  );

  it('in several pieces keeps characters whole that are split between pieces', async () => {
    const server = await startServer([
      (response) => {
        response.writeHead(200);
        response.write(Buffer.from([0xf0, 0x9f]), () => response.end(Buffer.from([0x90, 0x98])));
      },
    ]);
    expect(await transportTo(server.url).transport(get)).toMatchObject({ body: '🐘' });
  });

  it('of 5 MB is read', async () => {
    const server = await startServer([ofSize(5 * megabyte)]);
    const { body } = await transportTo(server.url).transport(get);
    expect(body).toHaveLength(5 * megabyte);
  });

  it.each<[WireRequest, string]>([
    [get, 'none'],
    [post, 'unknown'],
  ])('of more than 5 MB is refused (%o)', async (request, effect) => {
    const server = await startServer([ofSize(5 * megabyte + 1)]);
    const error = await auraErrorOf(transportTo(server.url).transport(request));
    expect(error.message).toBe('the response is larger than 5 MB');
    expect(error).toMatchObject({ transient: true, effect, request: `${request.method} /x` });
  });

  it.each<[WireRequest, string]>([
    [get, 'none'],
    [post, 'unknown'],
  ])('that is interrupted is an error, never a shorter answer (%o)', async (request, effect) => {
    const server = await startServer([truncated('{"data":[]}')]);
    const error = await auraErrorOf(transportTo(server.url).transport(request));
    expect(error.message).toMatch(/^no answer from Aura: /);
    expect(error).toMatchObject({ transient: true, effect, status: undefined });
  });
});

describe('a request without an answer', () => {
  it.each<[WireRequest, string]>([
    [get, 'none'],
    [post, 'unknown'],
  ])('is an error that says what is known of its effect (%o)', async (request, effect) => {
    const server = await startServer([reset]);
    const error = await auraErrorOf(transportTo(server.url).transport(request));
    expect(error).toMatchObject({ transient: true, effect, request: `${request.method} /x` });
  });

  it('is given up at its limit and not before', async () => {
    const server = await startServer([hang]);
    const { transport, clock } = transportTo(server.url);
    let ended = false;
    const error = auraErrorOf(transport(post)).finally(() => {
      ended = true;
    });
    await server.arrival(1);
    clock.advance(29_999);
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    clock.advance(1);
    expect(await error).toMatchObject({
      message: 'Aura did not answer within 30s',
      transient: true,
      effect: 'unknown',
    });
  });

  it('is given up at its limit even if its answer has started', async () => {
    const started = Promise.withResolvers<undefined>();
    const server = await startServer([
      (response) => {
        response.writeHead(200);
        response.write('{', () => {
          started.resolve(undefined);
        });
      },
    ]);
    const { transport, clock } = transportTo(server.url);
    const error = auraErrorOf(transport(get));
    await started.promise;
    clock.advance(30_000);
    expect(await error).toMatchObject({ message: 'Aura did not answer within 30s' });
  });

  it('is not sent if no time is left', async () => {
    const server = await startServer([json(200, {})]);
    const { transport, clock } = transportTo(server.url);
    const error = await auraErrorOf(transport({ ...post, limitMilliseconds: 0 }));
    expect(error).toMatchObject({ request: 'POST /x', effect: 'none', transient: false });
    expect(error.message).toBe('no time was left to ask Aura');
    expect([server.requests, clock.waiting]).toEqual([[], 0]);
  });

  it('may take longer for a create, because its answer is sent only once', async () => {
    const server = await startServer([hang]);
    const { client, held } = connect(server.url);
    const error = auraErrorOf(client.createInstance(createBody));
    await server.arrival(1);
    held.advance(90_000);
    expect(await error).toMatchObject({
      message: 'Aura did not answer within 90s',
      effect: 'unknown',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('leaves no timer behind, whatever the result', async () => {
    const server = await startServer([json(200, {}), reset]);
    const { transport, clock } = transportTo(server.url);
    await transport(get);
    await auraErrorOf(transport(get));
    expect(clock.waiting).toBe(0);
  });

  it('ends with the reason of a signal that is aborted in the meantime', async () => {
    const server = await startServer([hang]);
    const { transport, clock } = transportTo(server.url);
    const controller = new AbortController();
    const reason = new Error('the job was cancelled');
    const error = thrownBy(transport(get, controller.signal));
    await server.arrival(1);
    controller.abort(reason);
    expect(await error).toBe(reason);
    expect(clock.waiting).toBe(0);
  });

  it('is not sent if its signal is already aborted', async () => {
    const server = await startServer([json(200, {})]);
    const { transport } = transportTo(server.url);
    const reason = new Error('the job was cancelled');
    expect(await thrownBy(transport(get, AbortSignal.abort(reason)))).toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  it.each(['http://127.0.0.1:1', 'http://[::1]:1'])(
    'that could not connect to %s has had no effect',
    async (url) => {
      const error = await auraErrorOf(transportTo(new URL(url)).transport(post));
      expect(error).toMatchObject({ transient: true, effect: 'none' });
      expect(error.message).toBe(`no connection to Aura at ${url} (ECONNREFUSED)`);
      expect(error).toMatchObject({ origin: url, unreachable: 'ECONNREFUSED' });
    },
  );

  it('says why if a host has several addresses and none of them answers', async () => {
    // The machine's own resolver would return one address or two, depending on the machine.
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ];
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
      _host: string,
      _options: unknown,
      done: (error: null, found: typeof addresses) => void,
    ) => {
      done(null, addresses);
    }) as unknown as typeof dns.lookup);
    onTestFinished(() => {
      lookup.mockRestore();
    });
    const error = await auraErrorOf(transportTo(new URL('http://localhost:1')).transport(post));
    expect(error).toMatchObject({ transient: true, effect: 'none' });
    expect(error.message).toBe('no connection to Aura at http://localhost:1 (ECONNREFUSED)');
  });

  it('because of an untrusted certificate has had no effect, and is final', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    const server = createServer({ key, cert }, (_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    const { transport } = transportTo(new URL(`https://127.0.0.1:${port}`));
    const error = await auraErrorOf(transport(post));
    expect(error).toMatchObject({ transient: false, effect: 'none' });
    expect(error.message).toMatch(/^no answer from Aura: self-signed certificate/);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with %d is not followed', async (status) => {
    const elsewhere = await startServer([]);
    const target = new URL('/v1/tenants', elsewhere.url).href;
    const server = await startServer([text(status, '', { Location: target })]);
    const error = await auraErrorOf(connect(server.url).client.listTenants());
    expect(error.message).toBe(
      `Aura answered ${status} with a redirect to '${target}', which is not followed because it would forward the credentials`,
    );
    expect(error).toMatchObject({ status, transient: false });
    expect(elsewhere.requests).toEqual([]);
    expect(elsewhere.tokenRequests).toEqual([]);
  });

  it('of the token request is not followed either', async () => {
    const elsewhere = await startServer([]);
    const location = { Location: new URL('/oauth/token', elsewhere.url).href };
    const server = await startServer([], text(307, '', location));
    const error = await auraErrorOf(connect(server.url).client.listTenants());
    expect(error).toMatchObject({ request: 'POST /oauth/token', status: 307 });
    expect(elsewhere.tokenRequests).toEqual([]);
  });
});
