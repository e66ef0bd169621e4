import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A received request. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the server handles a request. */
export type Reply = (response: ServerResponse, request: Received) => void;

/** A local server that answers from a script. */
export interface ScriptedServer {
  readonly url: URL;
  /** All requests except those for a token. */
  readonly requests: readonly Received[];
  readonly tokenRequests: readonly Received[];
  /** `METHOD path` of all requests except those for a token. */
  readonly asked: () => string[];
  /** Resolves after this many requests, not counting those for a token. */
  readonly arrival: (count: number) => Promise<void>;
}

/**
 * Starts a server for the duration of a test.
 *
 * @param script how to handle each request, in order.
 * @param token how to handle requests for a token. Default: they get `granted-1`, `granted-2` and
 *   so on.
 */
export async function startServer(
  script: readonly Reply[],
  token?: Reply,
): Promise<ScriptedServer> {
  const requests: Received[] = [];
  const tokenRequests: Received[] = [];
  const awaited = new Set<() => void>();
  const grant: Reply = (response, request) => {
    const accessToken = `granted-${tokenRequests.length}`;
    json(200, { access_token: accessToken, expires_in: 3600 })(response, request);
  };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      if (path === '/oauth/token') {
        tokenRequests.push(request);
        (token ?? grant)(response, request);
        return;
      }
      requests.push(request);
      for (const check of awaited) check();
      (script[requests.length - 1] ?? overrun)(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    requests,
    tokenRequests,
    asked: () => requests.map(({ method, path }) => `${method} ${path}`),
    arrival: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (requests.length >= count) resolve();
        };
        awaited.add(check);
        check();
      }),
  };
}

/** For requests beyond the script: an answer that no test expects. */
const overrun: Reply = (response) => {
  response.writeHead(418).end('the script is over');
};

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return text(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** An answer with any text. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** An error in the form of Aura's own services. */
export function refusal(status: number, reason: string, message = 'No.'): Reply {
  return json(status, { errors: [{ message, reason }] }, { 'X-Request-Id': `request-${status}` });
}

/** Resets the connection before an answer. */
export const reset: Reply = (response) => {
  response.socket?.resetAndDestroy();
};

/** Never answers. */
export const hang: Reply = () => undefined;

/** Sends a success status, and then only the beginning of the announced body. */
export function truncated(body: string): Reply {
  return (response) => {
    response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) + 100 });
    response.write(body, () => response.socket?.destroy());
  };
}
