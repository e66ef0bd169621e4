import { setImmediate as nextTurn } from 'node:timers/promises';
import { aura } from '../../../src/aura/api/service.ts';
import { paced } from '../../../src/core/http/pacing.ts';
import type { Answer } from '../../../src/core/http/request-error.ts';
import type { WireRequest } from '../../../src/core/http/transport.ts';
import type { Patience } from '../../../src/core/time/patience.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { patienceOn } from '../time/clocks.ts';

export const get: WireRequest = {
  method: 'GET',
  path: '/x',
  policy: 'read',
  headers: {},
  limitMilliseconds: 30_000,
};
export const pollRequest: WireRequest = { ...get, policy: 'poll' };
export const remove: WireRequest = { ...get, method: 'DELETE', policy: 'repeatable' };
export const create: WireRequest = { ...get, method: 'POST', policy: 'irreplaceable' };

/** An answer of a service; milliseconds of its `Retry-After`. */
export function answer(status: number, retryAfterMilliseconds?: number): Answer {
  const none = { body: '', requestId: undefined, location: undefined, date: undefined };
  return { status, retryAfterMilliseconds, ...none };
}

/** A request as the service received it. */
interface Arrival {
  readonly at: number;
  readonly request: WireRequest;
}

interface Setup {
  /** What the n-th request gets, from 1. Default: 200. */
  readonly reply?: (nth: number, arrival: Arrival) => Answer | Error;
  /** Milliseconds until an answer. */
  readonly latency?: number;
  readonly patience?: Partial<Patience>;
}

/** A paced transport to a service that answers on a clock that starts at 0. */
export function pacedTo({ reply = () => answer(200), latency = 0, patience }: Setup = {}) {
  const clock = drivenClock(0);
  const limits = patienceOn(clock, patience);
  const arrivals: Arrival[] = [];
  const { send } = paced(
    {
      service: aura,
      send: async (request, signal) => {
        signal?.throwIfAborted();
        request.sending?.();
        const arrival = { at: clock.now(), request };
        arrivals.push(arrival);
        const result = reply(arrivals.length, arrival);
        await clock.sleep(latency, signal);
        if (result instanceof Error) throw result;
        return result;
      },
    },
    limits,
  );
  return {
    send,
    clock,
    lines: limits.lines,
    arrivals,
    times: () => arrivals.map(({ at }) => at),
    /** Moves the clock whenever everything waits, until the work has ended or this time. */
    during: async <T>(work: Promise<T>, until = Infinity): Promise<T> => {
      const state = { ended: false };
      const settle = (): void => {
        state.ended = true;
      };
      work.then(settle, settle);
      for (;;) {
        await nextTurn();
        const next = Math.min(clock.next ?? Infinity, until);
        if (state.ended || next === Infinity) return work;
        clock.advance(next - clock.now());
        if (next === until) until = Infinity;
      }
    },
  };
}
