import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A request to the proxy. */
export interface ProxyRequest {
  /** `CONNECT`, or the method of a plain HTTP request to forward. */
  readonly method: string;
  /** `host:port`, or the URL of such a request. */
  readonly target: string;
  /** The Proxy-Authorization header, decoded if it is Basic. */
  readonly authorization: string | undefined;
  /** The status that the proxy answered. */
  readonly status: number;
}

/** Options of a proxy. */
export interface ProxyOptions {
  /** Where tunnels actually lead: `'api.aura.test:443'` to `'127.0.0.1:8443'`. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** `user:password` that a client must send; 407 without it. */
  readonly credentials?: string;
  /** Answers every CONNECT with this status and opens no tunnel. */
  readonly refuseWith?: number;
}

/** A running HTTP proxy that supports only CONNECT. */
export interface ConnectProxy {
  /** For `https_proxy`, without credentials. */
  readonly url: string;
  readonly requests: readonly ProxyRequest[];
  close(): Promise<void>;
}

/** Starts a local proxy. Targets without a mapping get 502. */
export async function startProxy(options: ProxyOptions = {}): Promise<ConnectProxy> {
  const requests: ProxyRequest[] = [];
  const sockets = new Set<Duplex>();
  const record = (request: IncomingMessage, status: number): void => {
    requests.push({
      method: request.method ?? '',
      target: request.url ?? '',
      authorization: decode(request.headers['proxy-authorization']),
      status,
    });
  };
  const server = createServer((request, response) => {
    record(request, 501);
    response.writeHead(501).end('This proxy only tunnels.');
  });
  server.on('connection', (socket: Socket) => {
    keep(sockets, socket);
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const status = judge(request, options);
    record(request, status);
    if (status !== 200) refuse(client, status);
    else keep(sockets, tunnel(client, head, options.hosts?.[request.url ?? ''] ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function decode(header: string | undefined): string | undefined {
  const basic = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  return basic === undefined ? header : Buffer.from(basic, 'base64').toString('utf8');
}

function judge(request: IncomingMessage, options: ProxyOptions): number {
  const { credentials, refuseWith, hosts } = options;
  if (credentials !== undefined) {
    if (decode(request.headers['proxy-authorization']) !== credentials) return 407;
  }
  if (refuseWith !== undefined) return refuseWith;
  return hosts?.[request.url ?? ''] === undefined ? 502 : 200;
}

function refuse(client: Duplex, status: number): void {
  const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="test"\r\n' : '';
  client.end(`HTTP/1.1 ${status} Refused\r\n${challenge}Content-Length: 0\r\n\r\n`);
}

function tunnel(client: Duplex, head: Buffer, address: string): Socket {
  const colon = address.lastIndexOf(':');
  const upstream = connect(Number(address.slice(colon + 1)), address.slice(0, colon));
  upstream.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  // When one side ends, end the other.
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
  return upstream;
}

function keep(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}
