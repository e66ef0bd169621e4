import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';

import type { Call } from './calls.ts';
import type { HarnessOptions } from './options.ts';

/** The connections of a server: resets one of them or destroys all. */
export interface Connections {
  /** Resets the TCP connection of a request, also under TLS. */
  reset(request: IncomingMessage): void;
  destroyAll(): void;
}

/** Reads a request to its end. Rejects if the client disconnects before. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? {} : Object.fromEntries(new URLSearchParams(target.slice(mark))),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Starts to track the connections of a server that does not listen yet. */
export function trackConnections(server: Server): Connections {
  // Only the raw socket can be reset. Under TLS a request has another socket: the remote port links
  // them.
  const sockets = new Map<number | undefined, Socket>();
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  return {
    reset: (request) => {
      sockets.get(request.socket.remotePort)?.resetAndDestroy();
      request.socket.destroy();
    },
    destroyAll: () => {
      for (const socket of sockets.values()) socket.destroy();
    },
  };
}

/**
 * How long an idle connection stays open, in real milliseconds. Node.js would close it after 5 s,
 * the very time after which some clients stop using it: their next request could be lost.
 */
const KEEP_ALIVE = 75_000;

/** An HTTP server, or an HTTPS server if key and certificate are set. */
export function makeServer(options: HarnessOptions, listener: RequestListener): Server {
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  server.keepAliveTimeout = KEEP_ALIVE;
  return server;
}

/**
 * Begins to listen.
 *
 * @returns the origin that clients use
 * @throws Error if the port is taken
 */
export async function listen(server: Server, options: HarnessOptions): Promise<string> {
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${options.tls ? 'https' : 'http'}://${name}:${port}`;
}
