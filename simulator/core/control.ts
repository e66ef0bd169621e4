import { Refusal, type Answer } from './answer.ts';
import { parseBody, type Call, type RoutedCall } from './calls.ts';
import { isDriven } from './clock.ts';
import { parseFaultRule, parseLimits, positive } from './control-bodies.ts';
import type { HarnessWorld } from './world.ts';

/** Prefix of all paths that belong to the simulator and not to the API. */
export const CONTROL_PATH = '/_simulator/';

/** The answer to a request to the control path. */
export interface ControlAnswer extends Answer {
  /** Called when the operating system has the whole answer. */
  readonly afterwards?: () => void;
}

/**
 * Executes a request to the control path. If it cannot, it throws an Error with the reason.
 */
export type ControlHandler<W extends HarnessWorld> = (
  world: W,
  call: RoutedCall,
) => ControlAnswer | Promise<ControlAnswer>;

/** Controls by address: "METHOD name", or "METHOD name/{id}" if they take an id. */
export type Controls<W extends HarnessWorld> = Readonly<Record<string, ControlHandler<W>>>;

/** The usual answer: 200 with a body. */
export function ok(body: object): Answer {
  return { status: 200, body };
}

/** The state that every simulator has. An API with more state shows both at `GET state`. */
export function commonState(world: HarnessWorld): Record<string, unknown> {
  return {
    now: world.clock.now(),
    waiting: world.held,
    limits: world.limits,
    secrets: [...world.secrets],
    exchanges: world.exchanges,
  };
}

function clockState(world: HarnessWorld): Answer {
  return ok({ now: world.clock.now(), waiting: world.held });
}

async function advanceClock(world: HarnessWorld, call: Call): Promise<Answer> {
  const advance = positive(parseBody(call), 'advance');
  if (!isDriven(world.clock)) {
    return { status: 409, body: { error: 'This clock runs automatically.' } };
  }
  world.clock.advance(advance);
  // Due requests are answered before the caller learns how many are still held.
  await new Promise((resolve) => setImmediate(resolve));
  return clockState(world);
}

function stop({ options: { onStop } }: HarnessWorld): ControlAnswer {
  if (onStop) return { status: 202, body: { stopping: true }, afterwards: onStop };
  return { status: 409, body: { error: 'Only the process that started this simulator stops it.' } };
}

const COMMON: Controls<HarnessWorld> = {
  'GET clock': clockState,
  'POST clock': advanceClock,
  'GET state': (world) => ok(commonState(world)),
  'POST stop': stop,
  'POST faults': (world, call) => {
    world.faults.add(parseFaultRule(parseBody(call), world.faults.own));
    return { status: 204 };
  },
  'DELETE faults': (world) => {
    world.faults.clear();
    return { status: 204 };
  },
  'PATCH limits': (world, call) =>
    ok(Object.assign(world.limits, parseLimits(parseBody(call), world.limits))),
};

/**
 * Answers a request to the control path. It needs no token and is neither recorded nor limited.
 * An invalid request gets 400 with the reason as `error`.
 *
 * @param own - controls of the API; one with the address of a common control replaces it
 */
export async function control<W extends HarnessWorld>(
  own: Controls<W>,
  world: W,
  call: Call,
): Promise<ControlAnswer> {
  const [name = '', id] = call.path.slice(CONTROL_PATH.length).split('/');
  const address = `${call.method} ${name}${id === undefined ? '' : '/{id}'}`;
  const handle = own[address] ?? COMMON[address];
  if (!handle) return { status: 404, body: { error: 'The simulator has no such control.' } };
  try {
    return await handle(world, { ...call, params: { id: id ?? '' }, fault: undefined });
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}
