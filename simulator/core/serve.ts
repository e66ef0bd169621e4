import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { Call } from './calls.ts';
import type { SimulatorClock } from './clock.ts';
import { CONTROL_PATH, control, type Controls } from './control.ts';
import { toBytes } from './deliver.ts';
import type { Exchange } from './exchanges.ts';
import type { FaultRule } from './faults.ts';
import { respond, type Responder } from './respond.ts';
import { listen, makeServer, readCall, trackConnections, type Connections } from './server.ts';
import type { HarnessWorld } from './world.ts';

/** What an API adds to its world in order to be served. */
export interface Api<W extends HarnessWorld> extends Responder<W> {
  /** The API's own controls. One with the address of a common control replaces it. */
  readonly controls: Controls<W>;
}

/** A running simulator of any API. */
export interface ServedApi {
  /** Origin to use instead of the real one, without a trailing slash. */
  readonly url: string;
  readonly clock: SimulatorClock;
  /** All requests answered, reset or hung so far. */
  readonly exchanges: readonly Exchange[];
  /** Number of requests that a fault holds now: they are answered later, or never. */
  held(): number;
  /** All credentials, tokens and passwords so far. */
  secrets(): readonly string[];
  addFault(rule: FaultRule): void;
  clearFaults(): void;
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

/** Answers a request to the control path, which is not recorded. */
async function serveControl<W extends HarnessWorld>(
  { controls }: Api<W>,
  world: W,
  { call, response }: { call: Call; response: ServerResponse },
): Promise<void> {
  const answer = await control(controls, world, call);
  const { status, headers, body } = toBytes(world, answer);
  response.writeHead(status, headers).end(body, answer.afterwards);
}

async function serve<W extends HarnessWorld>(
  api: Api<W>,
  world: W,
  arrival: { request: IncomingMessage; response: ServerResponse; connections: Connections },
): Promise<void> {
  const { request, response, connections } = arrival;
  // Node.js would add the machine's time even to answers that must have no date.
  response.sendDate = false;
  const call = await readCall(request);
  if (call.path.startsWith(CONTROL_PATH)) {
    await serveControl(api, world, { call, response });
    return;
  }
  world.sequence += 1;
  const reset = (): void => {
    connections.reset(request);
  };
  const { sequence } = world;
  await respond(api, world, { call, response, reset, sequence, at: world.clock.now() });
}

function closeAll(server: Server, connections: Connections): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    connections.destroyAll();
  });
}

/**
 * Starts an API on this machine.
 *
 * @param world - the initial world; its options say where to listen
 * @throws Error if the port is taken
 */
export async function serveApi<W extends HarnessWorld>(api: Api<W>, world: W): Promise<ServedApi> {
  const server = makeServer(world.options, (request, response) => {
    serve(api, world, { request, response, connections }).catch((error: unknown) => {
      // A client may disconnect before its request is complete; any other error is a defect here.
      if (request.complete) console.error(error);
      response.destroy();
    });
  });
  const connections = trackConnections(server);
  return {
    url: await listen(server, world.options),
    clock: world.clock,
    exchanges: world.exchanges,
    held: () => world.held,
    secrets: () => [...world.secrets],
    addFault: (rule) => {
      world.faults.add(rule);
    },
    clearFaults: () => {
      world.faults.clear();
    },
    close: () => closeAll(server, connections),
  };
}
