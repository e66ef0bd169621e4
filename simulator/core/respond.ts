import { answerOf, type Answer } from './answer.ts';
import type { Call } from './calls.ts';
import {
  hang,
  reset,
  send,
  sendPage,
  sendSlowly,
  sendTruncated,
  type Delivery,
} from './deliver.ts';
import { isCommon, type CommonFault, type Fault } from './faults.ts';
import type { FindRoute, RouteMatch } from './routes.ts';
import type { HarnessWorld } from './world.ts';

/** A request, where it goes, and the fault that may change what its API does. */
export interface Dispatch<W extends HarnessWorld> {
  readonly call: Call;
  readonly match: RouteMatch<W> | undefined;
  readonly fault: Fault | undefined;
}

/** How an API answers. */
export interface Responder<W extends HarnessWorld> {
  readonly findRoute: FindRoute<W>;
  /** Does what a request asks for and gives the answer; may throw a Refusal. */
  readonly dispatch: (world: W, request: Dispatch<W>) => Answer;
}

function statusAnswer(delivery: Delivery, fault: Extract<CommonFault, { kind: 'status' }>): void {
  const { status, headers = {}, body } = fault;
  send(delivery, { status, headers, ...(body !== undefined && { body }) });
}

/** Delivers a fault that keeps a request from having any effect. False for all other faults. */
function deliverWithoutEffect(delivery: Delivery, fault: CommonFault | undefined): boolean {
  if (fault?.kind === 'status') statusAnswer(delivery, fault);
  else if (fault?.kind === 'reset-before') reset(delivery);
  else if (fault?.kind === 'hang') hang(delivery);
  else return false;
  return true;
}

/** Delivers the answer to a request that has had its effect, spoilt by a fault or not. */
async function deliver(
  delivery: Delivery,
  fault: CommonFault | undefined,
  answer: Answer,
): Promise<void> {
  if (fault?.kind === 'reset-after') reset(delivery);
  else if (fault?.kind === 'hang-after') hang(delivery);
  else if (fault?.kind === 'slow') await sendSlowly(delivery, answer, fault.milliseconds);
  else if (fault?.kind === 'truncated') sendTruncated(delivery, answer);
  else if (fault?.kind === 'not-json') sendPage(delivery, answer);
  else send(delivery, answer);
}

/**
 * Answers a complete request, with the first fault that applies to it. Common faults without an effect
 * come before everything that the API does. It sees its own faults in `dispatch` and in its handlers.
 */
export async function respond<W extends HarnessWorld>(
  { findRoute, dispatch }: Responder<W>,
  world: W,
  arrival: Omit<Delivery, 'world' | 'fault'>,
): Promise<void> {
  const { call } = arrival;
  const match = findRoute(call.method, call.path);
  const fault = world.faults.take({
    method: call.method,
    path: call.path,
    operation: match?.route.operation,
  });
  const delivery = { ...arrival, world, fault };
  const common = fault && isCommon(fault) ? fault : undefined;
  if (deliverWithoutEffect(delivery, common)) return;
  const answer = answerOf(() => dispatch(world, { call, match, fault }));
  await deliver(delivery, common, answer);
}
