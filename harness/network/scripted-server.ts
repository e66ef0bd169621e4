import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request. */
export type Reply = (response: ServerResponse, request: Received) => void;

/** A server on this machine that answers from a script. */
export interface ScriptedServer {
  readonly url: URL;
  /** All requests but those for a token. */
  readonly requests: readonly Received[];
  readonly tokenRequests: readonly Received[];
  /** `METHOD path` of all requests but those for a token. */
  readonly asked: () => string[];
  /** Resolves when so many requests have arrived, those for a token not counted. */
  readonly arrival: (count: number) => Promise<void>;
}

/**
 * Starts a server for the length of a test.
 *
 * @param script what is done with each request, in their order.
 * @param token what is done with requests for a token; they get `granted-1`, `granted-2` and so on.
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

/** A test that asks more often than its script foresees gets an answer that nobody takes for one. */
const overrun: Reply = (response) => {
  response.writeHead(418).end('the script is over');
};

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return text(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** An answer of any text. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** An error as Aura's own services send it. */
export function refusal(status: number, reason: string, message = 'No.'): Reply {
  return json(status, { errors: [{ message, reason }] }, { 'X-Request-Id': `request-${status}` });
}

/** The connection is reset before an answer. */
export const reset: Reply = (response) => {
  response.socket?.resetAndDestroy();
};

/** There is never an answer. */
export const hang: Reply = () => undefined;

/** A good status, and then only the beginning of the body that was announced. */
export function truncated(body: string): Reply {
  return (response) => {
    response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) + 100 });
    response.write(body, () => response.socket?.destroy());
  };
}
