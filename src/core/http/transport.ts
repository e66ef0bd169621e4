import type { IncomingMessage, RequestOptions } from 'node:http';
import type * as httpClient from '@actions/http-client';
import { isLoopback } from './certificates.ts';
import type { Clock } from '../time/clock.ts';
import { TimeLimitError, withTimeLimit } from '../time/time-limit.ts';
import {
  type Answer,
  type Asked,
  type Policy,
  RequestError,
  type Service,
  TimeOverError,
  possibleEffect,
} from './request-error.ts';
import { parseHttpDate, parseRetryAfter } from './retry.ts';

const largestAnswerBytes = 5 * 1024 * 1024;

/** One request as it is sent. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path with query. */
  readonly path: string;
  readonly policy: Policy;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /**
   * Called right before the request is sent, each time. Its error is thrown, and nothing is sent.
   */
  readonly sending?: (() => void) | undefined;
  /** The time limit for a complete response; with 0 the request is not sent. */
  readonly limitMilliseconds: number;
}

/** The way to one service. */
export interface Transport {
  readonly service: Service;
  /** With scheme, without a path; for messages. */
  readonly origin?: string;
  /**
   * Sends a request and reads the complete response.
   *
   * @throws {@link RequestError} if there is no readable response; the signal's reason when
   *   aborted.
   */
  readonly send: (request: WireRequest, signal?: AbortSignal) => Promise<Answer>;
}

/**
 * A transport to one origin. Each request has its own connection: if the other side has just closed
 * a reused connection, a `POST` fails and nobody knows whether it had an effect; and an open socket
 * would keep the process alive. It uses the proxy settings in `https_proxy` and `no_proxy`.
 *
 * @param origin of the API; redirects away from it are never followed.
 * @param clock measures the time limit of each request.
 */
export function createTransport(service: Service, origin: URL, clock: Clock): Transport {
  return {
    service,
    origin: origin.origin,
    send: async (request, signal) => {
      const asked = askedBy({ service, origin: origin.origin }, request);
      const milliseconds = request.limitMilliseconds;
      if (milliseconds <= 0) throw new TimeOverError(service, asked);
      const url = new URL(request.path, origin);
      request.sending?.();
      try {
        return await withTimeLimit((stop) => exchange(url, request, { asked, stop, clock }), {
          clock,
          milliseconds,
          signal,
        });
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof TimeLimitError) throw limitError(asked, milliseconds);
        throw networkError(asked, error);
      }
    },
  };
}

/** The description of a request in errors. */
export function askedBy(
  { service, origin }: Pick<Transport, 'service' | 'origin'>,
  request: Pick<WireRequest, 'method' | 'path' | 'policy'>,
): Asked {
  return { service, origin, request: nameOf(request), policy: request.policy };
}

interface Exchanging {
  readonly asked: Asked;
  readonly stop: AbortSignal;
  readonly clock: Clock;
}

async function exchange(
  url: URL,
  request: WireRequest,
  { asked, stop, clock }: Exchanging,
): Promise<Answer> {
  const connection = {
    prepareRequest: (options: RequestOptions & { signal?: AbortSignal }): void => {
      options.signal = stop;
      // The brackets of an IPv6 address belong to the URL, not to the host that is looked up.
      options.host = url.hostname.replace(/^\[|\]$/g, '');
      if (!isLoopback(url.hostname)) checkCertificates(options);
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error('not used')),
  };
  const { HttpClient } = await loadHttpClient();
  const http = new HttpClient(asked.service.userAgent, [connection], { allowRedirects: false });
  try {
    const response = await http.request(
      request.method,
      url.href,
      request.body ?? null,
      request.headers,
    );
    const { message } = response;
    const body = await readBody(message, asked);
    const { date, 'retry-after': retryAfter } = message.headers;
    // By the sender's clock: the runner's own may differ by minutes.
    const now = parseHttpDate(date) ?? clock.now();
    return {
      status: message.statusCode ?? 0,
      body,
      requestId: firstHeader(message.headers['x-request-id']),
      retryAfterMilliseconds: parseRetryAfter(retryAfter, now),
      location: message.headers.location,
      date: parseHttpDate(message.headers.date),
    };
  } finally {
    http.dispose();
  }
}

/**
 * Loads the client, and with it Node's `https`: at the first request, or earlier in a step that has
 * to wait anyway.
 */
export function loadHttpClient(): Promise<typeof httpClient> {
  // In the bundle it is in the same file (`eager`), which is faster than another one.
  return import(/* webpackMode: 'eager' */ '@actions/http-client');
}

/**
 * Makes sure that the environment cannot disable certificate checking, also through a proxy: a
 * tunnel agent has its own settings for both of its connections.
 */
function checkCertificates(options: RequestOptions): void {
  const { agent } = options;
  const holders: unknown[] = [options];
  if (typeof agent === 'object') {
    const settings: unknown = Reflect.get(agent, 'options');
    const proxy: unknown = Reflect.get(agent, 'proxyOptions');
    holders.push(settings, proxy);
  }
  for (const holder of holders) {
    if (typeof holder === 'object' && holder !== null)
      Reflect.set(holder, 'rejectUnauthorized', true);
  }
}

/**
 * The client's own reader is not used: it has no size limit and never ends if the connection is
 * cut.
 */
async function readBody(
  message: AsyncIterable<Buffer> & Pick<IncomingMessage, 'statusCode'>,
  { request, policy }: Asked,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes > largestAnswerBytes) {
      throw new RequestError('the response is larger than 5 MB', {
        request,
        policy,
        status: message.statusCode,
        effect: possibleEffect(policy),
        transient: true,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Method and path without the query, for messages. */
export function nameOf(request: Pick<WireRequest, 'method' | 'path'>): string {
  return `${request.method} ${request.path.split('?')[0] ?? ''}`;
}

function limitError(
  { service, origin, request, policy }: Asked,
  milliseconds: number,
): RequestError {
  const seconds = Math.round(milliseconds / 1000);
  return new RequestError(`${service.name} did not answer within ${seconds}s`, {
    origin,
    request,
    policy,
    effect: possibleEffect(policy),
    transient: true,
  });
}

/** Failures before a connection was established: the request was certainly not processed. */
const notConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

function networkError(asked: Asked, error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const { service, origin, request, policy } = asked;
  const text = textOf(error);
  const code = codeOf(error);
  const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code);
  const tunnel = text.startsWith('tunneling socket could not be established');
  const refused = tunnel && /statusCode=4\d\d/.test(text);
  const unreachable = !tunnel && notConnected.has(code) ? code : undefined;
  const why = code === '' || tunnel || text.includes(code) ? text : `${text} (${code})`;
  const what = tunnel ? 'the proxy refused the connection' : `no answer from ${service.name}`;
  const message = unreachable === undefined ? `${what}: ${why}` : noConnection(asked, unreachable);
  return new RequestError(message, {
    origin,
    unreachable,
    request,
    policy,
    effect: certificate || tunnel || notConnected.has(code) ? 'none' : possibleEffect(policy),
    transient: !certificate && !refused,
    cause: error,
  });
}

/** The code says what happened; the system's text would repeat it and the address. */
function noConnection({ service, origin }: Asked, code: string): string {
  const where = origin === undefined ? '' : ` at ${origin}`;
  return `no connection to ${service.name}${where} (${code})`;
}

/** For several addresses tried in parallel, the message of the first: together they have none. */
function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return textOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** The system's error code; for several addresses tried in parallel, that of the first. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return '';
}

function firstHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
