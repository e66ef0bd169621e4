import { hang, reset, send, sendPage, sendSlowly, sendTruncated } from './deliver.ts';
import type { Delivery } from './deliver.ts';
import { dispatch } from '../aura/dispatch.ts';
import type { Answer } from './answer.ts';
import type { Fault } from './faults.ts';
import { findRoute } from '../aura/routes.ts';
import { EXPIRED, bearerToken } from '../aura/tokens.ts';

function statusAnswer(delivery: Delivery, fault: Extract<Fault, { kind: 'status' }>): void {
  const { status, headers = {}, body } = fault;
  send(delivery, { status, headers, ...(body !== undefined && { body }) });
}

function expireToken(delivery: Delivery): void {
  const { world, call } = delivery;
  const token = bearerToken(call.headers['authorization']);
  if (token !== undefined) world.tokens.revoke(token);
  send(delivery, {
    status: world.options.expiredTokenStatus ?? 401,
    body: { error: EXPIRED },
  });
}

/** Delivers a fault that keeps a request from having any effect. False for all other faults. */
function deliverWithoutEffect(delivery: Delivery): boolean {
  const { fault } = delivery;
  if (fault?.kind === 'status') statusAnswer(delivery, fault);
  else if (fault?.kind === 'reset-before') reset(delivery);
  else if (fault?.kind === 'hang') hang(delivery);
  else if (fault?.kind === 'expired-token') expireToken(delivery);
  else return false;
  return true;
}

/** Delivers the answer to a request that has had its effect, spoilt by a fault or not. */
async function deliver(delivery: Delivery, answer: Answer): Promise<void> {
  const { fault } = delivery;
  if (fault?.kind === 'reset-after') reset(delivery);
  else if (fault?.kind === 'hang-after') hang(delivery);
  else if (fault?.kind === 'slow') await sendSlowly(delivery, answer, fault.milliseconds);
  else if (fault?.kind === 'truncated') sendTruncated(delivery, answer);
  else if (fault?.kind === 'not-json') sendPage(delivery, answer);
  else send(delivery, answer);
}

/**
 * Answers a complete request, as the first fault that applies to it has it. Faults without an effect come
 * before everything, token and rate limit included.
 */
export async function respond(arrival: Omit<Delivery, 'fault'>): Promise<void> {
  const { world, call } = arrival;
  const match = findRoute(call.method, call.path);
  const fault = world.faults.take({
    method: call.method,
    path: call.path,
    operation: match?.route.operation,
  });
  const delivery = { ...arrival, fault };
  if (deliverWithoutEffect(delivery)) return;
  await deliver(delivery, dispatch(world, { call, match, fault }));
}
