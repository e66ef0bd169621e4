import { parseBody, param } from './calls.ts';
import type { Call, RoutedCall } from './calls.ts';
import { isDriven } from './clock.ts';
import { parseFaultRule, parseLimits, parseSeed, positive } from './control-bodies.ts';
import { seedInstance } from '../aura/create-instance.ts';
import { Refusal } from './answer.ts';
import type { Answer } from './answer.ts';
import { toSimulatedInstance } from '../aura/instances.ts';
import { setStatus } from '../aura/set-status.ts';
import { everyInstance, livingInstances } from '../aura/world.ts';
import type { World } from '../aura/world.ts';

/** Where everything begins that belongs to the simulator and not to the API. */
export const CONTROL_PATH = '/_simulator/';

type ControlHandler = (world: World, call: RoutedCall) => Answer | Promise<Answer>;

function ok(body: object): Answer {
  return { status: 200, body };
}

function clockState(world: World): Answer {
  return ok({ now: world.clock.now(), waiting: world.held });
}

async function advanceClock(world: World, call: Call): Promise<Answer> {
  const advance = positive(parseBody(call), 'advance');
  if (!isDriven(world.clock)) {
    return { status: 409, body: { error: 'This clock runs by itself.' } };
  }
  world.clock.advance(advance);
  // Requests that have come due answer before the caller is told how many are still held.
  await new Promise((resolve) => setImmediate(resolve));
  return clockState(world);
}

function state(world: World): Answer {
  return ok({
    now: world.clock.now(),
    waiting: world.held,
    clientId: world.clientId,
    limits: world.limits,
    tenants: world.tenants.map(({ id, name, reachable }) => ({ id, name, reachable })),
    instances: livingInstances(world).map(toSimulatedInstance),
    history: everyInstance(world).map(toSimulatedInstance),
    secrets: [...world.secrets],
    exchanges: world.exchanges,
  });
}

const HANDLERS: Readonly<Record<string, ControlHandler>> = {
  'GET clock': clockState,
  'POST clock': advanceClock,
  'GET state': state,
  'POST faults': (world, call) => {
    world.faults.add(parseFaultRule(parseBody(call)));
    return { status: 204 };
  },
  'DELETE faults': (world) => {
    world.faults.clear();
    return { status: 204 };
  },
  'POST instances': (world, call) => ({
    status: 201,
    body: toSimulatedInstance(seedInstance(world, parseSeed(parseBody(call)))),
  }),
  'PATCH instances/{id}': (world, call) => {
    const { status } = parseBody(call);
    if (typeof status !== 'string') throw new TypeError('status must be a string.');
    return ok(toSimulatedInstance(setStatus(world, param(call, 'id'), status)));
  },
  'PATCH limits': (world, call) => ok(Object.assign(world.limits, parseLimits(parseBody(call)))),
};

/**
 * Answers a request to the control path. It needs no token, is not recorded and not limited.
 * What can't be done is a 400 with the reason as `error`.
 */
export async function control(world: World, call: Call): Promise<Answer> {
  const [name = '', id] = call.path.slice(CONTROL_PATH.length).split('/');
  const handle = HANDLERS[`${call.method} ${name}${id === undefined ? '' : '/{id}'}`];
  if (!handle) return { status: 404, body: { error: 'The simulator has no such control.' } };
  try {
    return await handle(world, { ...call, params: { id: id ?? '' }, fault: undefined });
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}
