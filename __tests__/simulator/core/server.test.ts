import https from 'node:https';
import net from 'node:net';

import { generate } from 'selfsigned';
import { expect, test } from 'vitest';

import type { Exchange } from '../../../simulator/core/exchanges.ts';
import { serveNotes, startNotes } from './notes.ts';

/** Status of an HTTPS request, or the code of its error. */
function getOverTls(url: string, ca: string): Promise<number | string> {
  return new Promise((resolve) => {
    const request = https.get(`${url}/notes`, { ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
  });
}

test('with a key and a certificate it uses HTTPS, which can be reset too', async () => {
  const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const { api } = await startNotes({ tls: { key: pems.private, cert: pems.cert } });
  expect(api.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await getOverTls(api.url, pems.cert)).toBe(200);
  api.addFault({ fault: { kind: 'reset-before' } });
  expect(await getOverTls(api.url, pems.cert)).toBe('ECONNRESET');
});

test('a port in use is an error', async () => {
  const { api } = await startNotes();
  const port = Number(new URL(api.url).port);
  await expect(serveNotes({ port })).rejects.toThrow('EADDRINUSE');
});

test('an idle connection stays open longer than any client expects to use it', async () => {
  const { send } = await startNotes();
  const { headers } = await send('GET /notes');
  expect(headers.get('keep-alive')).toBe('timeout=75');
});

test('closing ends open connections and frees the port', async () => {
  const { api } = await startNotes();
  const port = Number(new URL(api.url).port);
  const socket = net.connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  socket.write('POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  await api.close();
  await closed;
  const next = await serveNotes({ port });
  await next.close();
});

test('a request that its client never completes has no effect and is not recorded', async () => {
  const { api, send } = await startNotes();
  const socket = net.connect(Number(new URL(api.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const head = 'POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n';
  await new Promise((resolve) => socket.write(head, resolve));
  socket.destroy();
  await send('GET /notes');
  expect(api.exchanges).toHaveLength(1);
});

test('every exchange is reported, complete and in order, before its answer arrives', async () => {
  const seen: Exchange[] = [];
  const { api, send } = await startNotes({ onExchange: (exchange) => seen.push(exchange) });
  await send('POST /notes', { body: { text: 'milk' } });
  await send('GET /notes?author=t&x=1');
  expect(seen).toHaveLength(2);
  expect(api.exchanges).toEqual(seen);
  expect(seen.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(seen[0]).toMatchObject({
    method: 'POST',
    path: '/notes',
    requestBody: '{"text":"milk"}',
    at: Date.UTC(2026, 7, 3, 9),
  });
  expect(seen[1]).toMatchObject({ query: { author: 't', x: '1' }, status: 200 });
  expect(seen[1]?.requestHeaders['host']).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(JSON.parse(seen[1]?.responseBody ?? '')).toEqual({ notes: ['milk'] });
});

test("answers carry the API's own time as their Date, unless Date is turned off", async () => {
  const ahead = await startNotes({ clockSkew: 180_000 });
  expect((await ahead.send('GET /notes')).headers.get('date')).toBe(
    'Mon, 03 Aug 2026 09:03:00 GMT',
  );
  expect(ahead.api.exchanges[0]?.at).toBe(Date.UTC(2026, 7, 3, 9));
  const silent = await startNotes({ date: 'none' });
  expect((await silent.send('GET /notes')).headers.get('date')).toBeNull();
});

test('a clock skew that is not in whole milliseconds is refused', () => {
  expect(() => serveNotes({ clockSkew: 0.5 })).toThrow(RangeError);
});
