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

/** A request, its route, and the fault that may change how the API handles it. */
export interface Dispatch<W extends HarnessWorld> {
  readonly call: Call;
  readonly match: RouteMatch<W> | undefined;
  readonly fault: Fault | undefined;
}

/** How an API answers requests. */
export interface Responder<W extends HarnessWorld> {
  readonly findRoute: FindRoute<W>;
  /** Executes a request and returns the answer; may throw a Refusal. */
  readonly dispatch: (world: W, request: Dispatch<W>) => Answer;
}

function statusAnswer(delivery: Delivery, fault: Extract<CommonFault, { kind: 'status' }>): void {
  const { status, headers = {}, body } = fault;
  send(delivery, { status, headers, ...(body !== undefined && { body }) });
}

/** Applies a fault that prevents any effect of a request. False for all other faults. */
function deliverWithoutEffect(delivery: Delivery, fault: CommonFault | undefined): boolean {
  if (fault?.kind === 'status') statusAnswer(delivery, fault);
  else if (fault?.kind === 'reset-before') reset(delivery);
  else if (fault?.kind === 'hang') hang(delivery);
  else return false;
  return true;
}

/** Sends the answer to a request that has had its effect, changed by a fault if there is one. */
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
 * Answers a complete request, with the first fault that applies to it. Common faults without an
 * effect come before all code of the API. The API handles its own faults in `dispatch` and in its
 * handlers.
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
