import type { Answer } from './answer.ts';
import type { Fault } from './faults.ts';
import { isJsonObject, type JsonObject } from './guards.ts';
import type { HarnessWorld } from './world.ts';

/** A complete request. */
export interface Call {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Record<string, string>;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A request with its route. */
export interface RoutedCall extends Call {
  /** Values of the path's placeholders. */
  readonly params: Readonly<Record<string, string>>;
  readonly fault: Fault | undefined;
}

/** Handles a request. Synchronous: its effect is complete before the response. */
export type Handler<W extends HarnessWorld> = (world: W, call: RoutedCall) => Answer;

/** The value of a placeholder that the route contains. */
export function param(call: RoutedCall, name: string): string {
  return call.params[name] ?? '';
}

/**
 * The body of a request. A missing body counts as `{}`, because some requests need none.
 *
 * @throws TypeError if it is not a JSON object
 */
export function parseBody(call: Call): JsonObject {
  if (call.body === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(call.body);
  } catch {
    throw new TypeError('The request body is not valid JSON');
  }
  if (!isJsonObject(value)) throw new TypeError('The request body is not a JSON object');
  return value;
}
