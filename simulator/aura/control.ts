import { param, parseBody } from '../core/calls.ts';
import { optionalText, positive } from '../core/control-bodies.ts';
import { commonState, ok, type Controls } from '../core/control.ts';
import type { JsonObject } from '../core/guards.ts';
import { seedInstance } from './create-instance.ts';
import { toSimulatedInstance, type InstanceSeed, type SimulatedInstance } from './instances.ts';
import { setStatus } from './set-status.ts';
import { everyInstance, livingInstances, type World } from './world.ts';

/** @throws TypeError naming what is wrong with the seed */
function parseSeed(body: JsonObject): InstanceSeed {
  const name = optionalText(body, 'name');
  if (name === undefined) throw new TypeError('name must be a string.');
  const places = ['cloudProvider', 'region', 'connectionUrl'] as const;
  const fields = ['status', 'type', 'tenantId', 'memory', ...places] as const;
  const given = fields.flatMap((field) => {
    const value = optionalText(body, field);
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    name,
    ...Object.fromEntries(given),
    ...(body['createdAt'] !== undefined && { createdAt: positive(body, 'createdAt') }),
  };
}

/** An existing instance, without its password. */
function listed({ id, name, status, tenantId }: SimulatedInstance): object {
  return { id, name, status, tenantId };
}

/** What the control path can do with tenants, instances and their statuses. */
export const AURA_CONTROLS: Controls<World> = {
  // Small, and without secrets, unlike the state.
  'GET account': (world) =>
    ok({
      clientId: world.clientId,
      tenants: world.tenants.map(({ id, name }) => ({ id, name })),
      instances: livingInstances(world).map(toSimulatedInstance).map(listed),
    }),
  'GET state': (world) =>
    ok({
      clientId: world.clientId,
      tenants: world.tenants.map(({ id, name, reachable }) => ({ id, name, reachable })),
      instances: livingInstances(world).map(toSimulatedInstance),
      history: everyInstance(world).map(toSimulatedInstance),
      ...commonState(world),
    }),
  'POST instances': (world, call) => ({
    status: 201,
    body: toSimulatedInstance(seedInstance(world, parseSeed(parseBody(call)))),
  }),
  'PATCH instances/{id}': (world, call) => {
    const { status } = parseBody(call);
    if (typeof status !== 'string') throw new TypeError('status must be a string.');
    return ok(toSimulatedInstance(setStatus(world, param(call, 'id'), status)));
  },
};
