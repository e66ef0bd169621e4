import { randomBytes, randomInt } from 'node:crypto';

import { Refusal, type Answer } from '../core/answer.ts';
import type { Call } from '../core/calls.ts';
import type { Dispatch } from '../core/respond.ts';
import { forbidden, gatewayError, tooManyRequests } from './errors.ts';
import { EXPIRED, bearerToken } from './tokens.ts';
import { worldOf, type World } from './world.ts';

/** In the format seen live: a trace of 32 hexadecimal digits, a slash, a long number. */
function requestId(): string {
  const number = `${randomInt(1, 10 ** 9)}${String(randomInt(10 ** 9)).padStart(9, '0')}`;
  return `${randomBytes(16).toString('hex')}/${number}`;
}

/**
 * POST and PATCH requests need a JSON content type, even without a body
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
    const { requestsPerMinute } = world.limits;
    const { refusedRequests } = world.options;
    const wait = world.requestWindow.take(clientId, now, requestsPerMinute, refusedRequests);
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

/** The effect of the fault `expired-token`: the token of the request is expired from now on. */
function expireToken(world: World, call: Call): Answer {
  const token = bearerToken(call.headers['authorization']);
  if (token !== undefined) world.tokens.revoke(token);
  return { status: world.options.expiredTokenStatus ?? 401, body: { error: EXPIRED } };
}

/**
 * Handles a request: gateway first (path, token, rate limit, content type), then the operation.
 *
 * @throws Refusal
 */
export function dispatch(world: World, { call, match, fault }: Dispatch<World>): Answer {
  if (fault?.kind === 'expired-token') return expireToken(world, call);
  if (!match) throw gatewayError(404, 'Not Found');
  const { route, params } = match;
  const act = (seen: World): Answer => route.handle(seen, { ...call, params, fault });
  return route.operation === 'getToken' ? act(world) : authenticated(world, call, act);
}
