import { realTimeClock, type SimulatorClock } from './clock.ts';
import type { Exchange } from './exchanges.ts';
import { createFaultBook, type FaultBook, type OwnFaults } from './faults.ts';
import type { Allowance, HarnessOptions, RetryAfterForm } from './options.ts';
import { slidingWindow, type SlidingWindow } from './rate-limit.ts';

/**
 * Settings that can be changed at run time. An API may add limits; its control path accepts them
 * too.
 */
export interface Limits {
  requestsPerMinute: Allowance;
  retryAfter: RetryAfterForm;
}

/** The state of any simulator. The world of an API extends it. */
export interface HarnessWorld {
  readonly options: HarnessOptions;
  readonly clock: SimulatorClock;
  readonly limits: Limits;
  readonly requestWindow: SlidingWindow;
  readonly faults: FaultBook;
  readonly exchanges: Exchange[];
  /** Credentials, tokens and passwords: tests check that none of them leaks. */
  readonly secrets: Set<string>;
  /** Number of complete requests so far. */
  sequence: number;
  /** Number of requests that a fault holds now. */
  held: number;
}

/**
 * Creates the part of a world that every API has.
 *
 * @param own - faults that the API adds
 * @throws RangeError if the skew of the API's clock is not a safe integer
 */
export function createHarnessWorld(
  options: HarnessOptions,
  own: OwnFaults = new Map(),
): HarnessWorld {
  checkSkew('clockSkew', options.clockSkew);
  return {
    options,
    clock: options.clock ?? realTimeClock(1),
    limits: {
      requestsPerMinute: options.requestsPerMinute ?? 'unlimited',
      retryAfter: options.retryAfter ?? 'seconds',
    },
    requestWindow: slidingWindow(60_000),
    faults: createFaultBook(own),
    exchanges: [],
    secrets: new Set(),
    sequence: 0,
    held: 0,
  };
}

/**
 * Checks the configured difference between two clocks.
 *
 * @throws RangeError if it is not a whole number of milliseconds
 */
export function checkSkew(name: string, milliseconds = 0): void {
  if (Number.isSafeInteger(milliseconds)) return;
  throw new RangeError(`${name} is ${milliseconds}; expected whole milliseconds.`);
}

/**
 * A time by the API's own clock, in milliseconds since the epoch. All times that clients are told
 * use it; when something happens does not depend on it. It runs as fast as the client's clock.
 *
 * @param at - time by the simulator's clock. Default: now.
 */
export function apiTime(world: HarnessWorld, at: number = world.clock.now()): number {
  return world.clock.clientTime(at) + (world.options.clockSkew ?? 0);
}
