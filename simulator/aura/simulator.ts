import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { Call } from '../core/calls.ts';
import type { SimulatorClock } from '../core/clock.ts';
import { CONTROL_PATH, control } from '../core/control.ts';
import { seedInstance } from './create-instance.ts';
import { toBytes } from '../core/deliver.ts';
import type { Exchange } from '../core/exchanges.ts';
import type { FaultRule } from '../core/faults.ts';
import { toSimulatedInstance, type InstanceSeed, type SimulatedInstance } from './instances.ts';
import type { SimulatorOptions } from './options.ts';
import { respond } from '../core/respond.ts';
import { listen, makeServer, readCall, trackConnections, type Connections } from '../core/server.ts';
import { setStatus } from './set-status.ts';
import { auraTime, createWorld, everyInstance, livingInstances, type World } from './world.ts';

export type { DrivenClock, SimulatorClock } from '../core/clock.ts';
export type { InstanceConfiguration } from './configurations.ts';
export type { Exchange } from '../core/exchanges.ts';
export type { Fault, FaultMatch, FaultRule } from '../core/faults.ts';
export type { InstanceSeed, SimulatedInstance } from './instances.ts';
export type { Durations, SimulatorOptions, TenantOptions } from './options.ts';

/** A running simulator of the Aura API v1. */
export interface Simulator {
  /** Origin to use in the place of `https://api.neo4j.io`, without a slash at its end. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first tenant's. */
  readonly tenantId: string;
  readonly tenants: readonly { readonly id: string; readonly name: string }[];
  readonly clock: SimulatorClock;
  /** Aura's own time, which clients are told, in milliseconds since the epoch: see `clockSkew`. */
  auraTime(): number;
  /** Every request answered, reset or hung so far. */
  readonly exchanges: readonly Exchange[];
  /** What lives now, being destroyed included. */
  instances(): readonly SimulatedInstance[];
  /** Every instance ever made, gone ones included. */
  history(): readonly SimulatedInstance[];
  /** How many requests a fault holds back now: they are answered later, or never. */
  held(): number;
  /** The client secret and every access token and password ever issued. */
  secrets(): readonly string[];
  /** Puts an instance there directly: no request, no lag. */
  seedInstance(seed: InstanceSeed): SimulatedInstance;
  /**
   * Puts an instance into a status at once. A transitional status that the simulator knows ends after its
   * usual duration; any other status, also one that Aura does not have, stays.
   *
   * @throws Error if no such instance lives
   */
  setStatus(id: string, status: string): void;
  addFault(fault: FaultRule): void;
  clearFaults(): void;
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

/** Serves the control path in the way of an API answer, but leaves no trace of it. */
async function serveControl(world: World, call: Call, response: ServerResponse): Promise<void> {
  const answer = await control(world, call);
  const { status, headers, body } = toBytes(world, answer);
  response.writeHead(status, headers).end(body);
}

async function serve(
  world: World,
  connections: Connections,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  // Node.js would add the machine's time where an answer is to have none.
  response.sendDate = false;
  const call = await readCall(request);
  if (call.path.startsWith(CONTROL_PATH)) {
    await serveControl(world, call, response);
    return;
  }
  world.sequence += 1;
  const reset = (): void => {
    connections.reset(request);
  };
  const sequence = world.sequence;
  await respond({ world, call, response, reset, sequence, at: world.clock.now() });
}

function operate(world: World, server: Server, connections: Connections): Omit<Simulator, 'url'> {
  const [first] = world.tenants;
  return {
    clientId: world.clientId,
    clientSecret: world.clientSecret,
    tenantId: first?.id ?? '',
    tenants: world.tenants.map(({ id, name }) => ({ id, name })),
    clock: world.clock,
    auraTime: () => auraTime(world),
    exchanges: world.exchanges,
    instances: () => livingInstances(world).map(toSimulatedInstance),
    history: () => everyInstance(world).map(toSimulatedInstance),
    held: () => world.held,
    secrets: () => [...world.secrets],
    seedInstance: (seed) => toSimulatedInstance(seedInstance(world, seed)),
    setStatus: (id, status) => {
      setStatus(world, id, status);
    },
    addFault: (fault) => {
      world.faults.add(fault);
    },
    clearFaults: () => {
      world.faults.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        connections.destroyAll();
      }),
  };
}

/**
 * Starts the Aura API v1 on this machine.
 *
 * @throws Error if the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = createWorld(options);
  const server = makeServer(options, (request, response) => {
    serve(world, connections, { request, response }).catch((error: unknown) => {
      // A client that left before its request was complete is no trouble; anything else is a defect here.
      if (request.complete) console.error(error);
      response.destroy();
    });
  });
  const connections = trackConnections(server);
  const url = await listen(server, options);
  return { url, ...operate(world, server, connections) };
}
