import { randomBytes, randomInt } from 'node:crypto';

import type { Call } from '../core/calls.ts';
import { Refusal } from '../core/answer.ts';
import { forbidden, gatewayError } from './errors.ts';
import type { Answer } from '../core/answer.ts';
import type { Fault } from '../core/faults.ts';
import type { RouteMatch } from './routes.ts';
import { tooManyRequests } from '../core/throttle.ts';
import { worldOf } from './world.ts';
import type { World } from './world.ts';

/** Of the shape seen live: a trace of 32 hexadecimal digits, a slash, a long number. */
function requestId(): string {
  const number = `${randomInt(1, 10 ** 9)}${String(randomInt(10 ** 9)).padStart(9, '0')}`;
  return `${randomBytes(16).toString('hex')}/${number}`;
}

/**
 * Requests with a body need a JSON content type, also those whose body is empty
 * (Aura API v1 specification; seen live).
 */
function checkMediaType(call: Call): void {
  if (call.method !== 'POST' && call.method !== 'PATCH') return;
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw gatewayError(415, 'Unsupported Media Type');
}

function authenticated(world: World, call: Call, act: (world: World) => Answer): Answer {
  const now = world.clock.now();
  const clientId = world.tokens.check(call.headers['authorization'], now);
  const trace = { 'x-request-id': requestId() };
  try {
    const wait = world.requestWindow.take(clientId, now, world.limits.requestsPerMinute);
    if (wait !== undefined) throw tooManyRequests(world, wait);
    checkMediaType(call);
    if (world.options.role === 'viewer' && call.method !== 'GET') throw forbidden();
    const answer = act(worldOf(world, clientId));
    return { ...answer, headers: { ...answer.headers, ...trace } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { answer } = error;
    throw new Refusal({ ...answer, headers: { ...answer.headers, ...trace } });
  }
}

/** A request, where it goes, and the fault that may change what its handler does. */
export interface Dispatch {
  readonly call: Call;
  readonly match: RouteMatch | undefined;
  readonly fault: Fault | undefined;
}

/**
 * Does what a request asks for and gives the answer, a refusal included: gateway first (path, token, rate
 * limit, content type), then the operation.
 */
export function dispatch(world: World, { call, match, fault }: Dispatch): Answer {
  try {
    if (!match) throw gatewayError(404, 'Not Found');
    const { route, params } = match;
    const act = (seen: World): Answer => route.handle(seen, { ...call, params, fault });
    return route.operation === 'getToken' ? act(world) : authenticated(world, call, act);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
