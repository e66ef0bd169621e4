import https from 'node:https';
import net from 'node:net';

import { generate } from 'selfsigned';
import { afterEach, expect, test } from 'vitest';

import { startSimulator } from '../../../simulator/aura/simulator.ts';
import type { Exchange } from '../../../simulator/aura/simulator.ts';
import { endSessions, requestToken, startSession } from '../aura/session.ts';

afterEach(endSessions);

/** Status of an HTTPS request, or the code of its error. */
function getOverTls(url: string, ca: string): Promise<number | string> {
  return new Promise((resolve) => {
    const request = https.get(`${url}/v1/tenants`, { ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
  });
}

test('a key and a certificate make it HTTPS, which can be reset as well', async () => {
  const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const simulator = await startSimulator({ tls: { key: pems.private, cert: pems.cert } });
  expect(simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await getOverTls(simulator.url, pems.cert)).toBe(401);
  simulator.addFault({ fault: { kind: 'reset-before' } });
  expect(await getOverTls(simulator.url, pems.cert)).toBe('ECONNRESET');
  await simulator.close();
});

test('a port that is taken is an error', async () => {
  const { simulator } = await startSession();
  const port = Number(new URL(simulator.url).port);
  await expect(startSimulator({ port })).rejects.toThrow('EADDRINUSE');
});

test('closing ends open connections and leaves the port free', async () => {
  const { simulator } = await startSession();
  const port = Number(new URL(simulator.url).port);
  const socket = net.connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  socket.write('POST /v1/instances HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  await simulator.close();
  await closed;
  const next = await startSimulator({ port });
  await next.close();
});

test('a request that its client never completes has no effect and leaves no trace', async () => {
  const { simulator, send } = await startSession();
  const before = simulator.exchanges.length;
  const socket = net.connect(Number(new URL(simulator.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const head = 'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n';
  await new Promise((resolve) => socket.write(head, resolve));
  socket.destroy();
  await send('GET', '/v1/tenants');
  expect(simulator.exchanges).toHaveLength(before + 1);
});

test('every exchange is reported, complete and in order, before its answer arrives', async () => {
  const seen: Exchange[] = [];
  const { simulator, send } = await startSession({
    clientId: 'me',
    onExchange: (exchange) => seen.push(exchange),
  });
  await send('GET', '/v1/instances?tenantId=t&x=1', { invalid: true });
  expect(seen).toHaveLength(2);
  expect(simulator.exchanges).toEqual(seen);
  expect(seen.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(seen[0]).toMatchObject({
    method: 'POST',
    path: '/oauth/token',
    requestBody: 'grant_type=client_credentials',
    at: Date.UTC(2026, 7, 3, 9),
  });
  expect(seen[1]).toMatchObject({ query: { tenantId: 't', x: '1' }, status: 200 });
  expect(seen[1]?.requestHeaders['authorization']).toMatch(/^Bearer /);
  expect(JSON.parse(seen[1]?.responseBody ?? '')).toEqual({ data: [] });
});

test('id and secret of the client can be chosen', async () => {
  const { simulator } = await startSession({ clientId: 'me', clientSecret: 'ü:colon' });
  expect([simulator.clientId, simulator.clientSecret]).toEqual(['me', 'ü:colon']);
  expect((await requestToken(simulator)).status).toBe(200);
});

test('two simulators know nothing of each other', async () => {
  const one = await startSession();
  const two = await startSession();
  await one.create();
  expect((await two.send('GET', '/v1/instances')).list).toEqual([]);
  expect(one.simulator.clientSecret).not.toBe(two.simulator.clientSecret);
});
