import type { ServerResponse } from 'node:http';

import type { Answer } from './answer.ts';
import type { Call } from './calls.ts';
import type { Exchange } from './exchanges.ts';
import type { Fault } from './faults.ts';
import { apiTime, type HarnessWorld } from './world.ts';

/** A request to answer. */
export interface Delivery {
  readonly world: HarnessWorld;
  readonly call: Call;
  readonly fault: Fault | undefined;
  readonly response: ServerResponse;
  /** Resets the connection of the request. */
  readonly reset: () => void;
  readonly sequence: number;
  /** When the request was complete: simulated milliseconds since the epoch. */
  readonly at: number;
}

/** An answer ready to send. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const NOT_JSON =
  '<!DOCTYPE html>\n<html><head><title>Please wait</title></head><body>Please wait.</body></html>\n';

/** Converts an answer to status, headers and text. */
export function toBytes(world: HarnessWorld, answer: Answer): Outgoing {
  const { body } = answer;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  const given = Object.entries(answer.headers ?? {});
  const headers = {
    ...(world.options.date !== 'none' && { date: new Date(apiTime(world)).toUTCString() }),
    ...(body !== undefined && { 'content-type': type }),
    // 204 must not have a body.
    ...(answer.status !== 204 && { 'content-length': String(Buffer.byteLength(text)) }),
    ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
  };
  return { status: answer.status, headers, body: text };
}

function record(
  delivery: Delivery,
  seen: { status: Exchange['status']; headers?: Record<string, string>; body?: string },
): void {
  const { world, call, fault } = delivery;
  const exchange: Exchange = {
    sequence: delivery.sequence,
    at: delivery.at,
    method: call.method,
    path: call.path,
    query: call.query,
    requestHeaders: call.headers,
    requestBody: call.body,
    status: seen.status,
    responseHeaders: seen.headers ?? {},
    responseBody: seen.body ?? '',
    ...(fault && { fault: fault.kind }),
  };
  world.exchanges.push(exchange);
  world.options.onExchange?.(exchange);
}

/** Sends an answer unchanged. */
export function send(delivery: Delivery, answer: Answer): void {
  const { status, headers, body } = toBytes(delivery.world, answer);
  record(delivery, { status, headers, body });
  delivery.response.writeHead(status, headers).end(body);
}

/** Resets the connection instead of answering. */
export function reset(delivery: Delivery): void {
  record(delivery, { status: 'reset' });
  delivery.reset();
}

/** Never answers. The request counts as held until its client disconnects. */
export function hang(delivery: Delivery): void {
  const { world, response } = delivery;
  world.held += 1;
  response.once('close', () => {
    world.held -= 1;
  });
  record(delivery, { status: 'hang' });
}

/** Answers after some simulated milliseconds, unless the client disconnects first. */
export async function sendSlowly(
  delivery: Delivery,
  answer: Answer,
  milliseconds: number,
): Promise<void> {
  const { world, response } = delivery;
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  world.held += 1;
  try {
    await world.clock.sleep(milliseconds, gone.signal);
  } catch {
    record(delivery, { status: 'hang' });
    return;
  } finally {
    world.held -= 1;
  }
  send(delivery, answer);
}

/** Sends half of the bytes that Content-Length announces, then ends the connection. */
export function sendTruncated(delivery: Delivery, answer: Answer): void {
  const { status, headers, body } = toBytes(delivery.world, answer);
  const half = body.slice(0, Math.floor(body.length / 2));
  record(delivery, { status, headers, body: half });
  const { response } = delivery;
  response.writeHead(status, headers);
  response.write(half, () => {
    response.socket?.end();
  });
}

/** Sends an HTML page with the status of the answer. */
export function sendPage(delivery: Delivery, answer: Answer): void {
  const headers = { ...answer.headers, 'content-type': 'text/html; charset=utf-8' };
  send(delivery, { status: answer.status, headers, body: NOT_JSON });
}
