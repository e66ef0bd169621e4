import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { DrivenClock } from '../../../simulator/core/clock.ts';
import type { Clock } from '../../../src/core/time/clock.ts';

interface Timer {
  readonly due: number;
  readonly fire: () => void;
}

/** Time may pass in steps of this while a request is held back, because its answer may come. */
const heldStepMilliseconds = 1_000;
/** After this many turns of the event loop without a change, nothing is in progress. */
const quietTurns = 3;
/** A connection that is not HTTP counts as at work until so long after its last byte (real time). */
const socketQuietAfter = 20;
/** Work that ends without an answer from a server: files, child processes such as git, name look-ups, connects. */
const workResources: ReadonlySet<string> = new Set([
  'FSReqCallback',
  'FSReqPromise',
  'GetAddrInfoReqWrap',
  'ProcessWrap',
  'TCPConnectWrap',
]);

/** A server of this process that can keep an answer back. */
export interface HoldingServer {
  readonly port: number;
  /** How many requests it holds back. */
  readonly held: () => number;
}

/**
 * A clock over the simulator's: when nothing is in progress, all requests that are open are held back
 * by a server, and there are timers, time moves on to the next of them.
 */
export function driveTime(
  servers: readonly HoldingServer[],
  simulated: DrivenClock,
): { readonly clock: Clock; readonly stop: () => void } {
  const open = new Set<object>();
  const timers = new Set<Timer>();
  const ports = new Set<number | undefined>(servers.map(({ port }) => port));
  const sockets = watchSockets(ports);
  let turns = 0;
  let stopped = false;
  const onRequest = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    open.add(request);
    turns = 0;
    request.once('close', () => {
      open.delete(request);
      turns = 0;
    });
  };
  // `fetch` does not go through node:http.
  const onFetch = (message: unknown): void => {
    open.add((message as { readonly request: object }).request);
    turns = 0;
  };
  const onFetched = (message: unknown): void => {
    open.delete((message as { readonly request: object }).request);
    turns = 0;
  };
  const watched = [
    ['http.client.request.created', onRequest],
    ['undici:request:create', onFetch],
    ['undici:request:trailers', onFetched],
    ['undici:request:error', onFetched],
    ['net.client.socket', sockets.onSocket],
  ] as const;
  for (const [channel, listener] of watched) subscribe(channel, listener);
  const held = (): number => servers.reduce((sum, server) => sum + server.held(), 0);
  const turn = (): void => {
    if (stopped) return;
    turns = open.size === held() ? turns + 1 : 0;
    if (turns > quietTurns && timers.size > 0) {
      turns = 0;
      if (!isWorking() && !sockets.atWork()) advance(simulated, timers, open.size > 0);
    }
    setImmediate(turn);
  };
  setImmediate(turn);
  const clock: Clock = {
    now: () => simulated.now(),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const timer = { due: simulated.now() + milliseconds, fire: resolve };
        timers.add(timer);
        signal?.addEventListener('abort', () => {
          timers.delete(timer);
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        });
      }),
  };
  return {
    clock,
    stop: () => {
      stopped = true;
      for (const [channel, listener] of watched) unsubscribe(channel, listener);
    },
  };
}

function isWorking(): boolean {
  return process.getActiveResourcesInfo().some((resource) => workResources.has(resource));
}

/** Watches connections to a database; those to the servers of the test carry HTTP. */
function watchSockets(ports: ReadonlySet<number | undefined>): {
  readonly onSocket: (message: unknown) => void;
  readonly atWork: () => boolean;
} {
  const sockets = new Map<Socket, { readonly bytes: number; readonly since: number }>();
  return {
    onSocket: (message) => {
      const { socket } = message as { readonly socket: Socket };
      sockets.set(socket, { bytes: -1, since: 0 });
      socket.once('close', () => sockets.delete(socket));
    },
    atWork: () => {
      const now = performance.now();
      for (const [socket, seen] of sockets) {
        if (ports.has(socket.remotePort)) {
          sockets.delete(socket);
          continue;
        }
        const bytes = socket.bytesRead + socket.bytesWritten;
        if (bytes !== seen.bytes) sockets.set(socket, { bytes, since: now });
      }
      return [...sockets.values()].some(({ since }) => now - since < socketQuietAfter);
    },
  };
}

function advance(simulated: DrivenClock, timers: Set<Timer>, held: boolean): void {
  const next = Math.min(...[...timers].map(({ due }) => due));
  const left = Math.max(0, next - simulated.now());
  simulated.advance(held ? Math.min(left, heldStepMilliseconds) : left);
  for (const timer of timers) {
    if (timer.due > simulated.now()) continue;
    timers.delete(timer);
    timer.fire();
  }
}
