import { realTimeClock, type SimulatorClock } from './clock.ts';
import type { Exchange } from './exchanges.ts';
import { createFaultBook, type FaultBook, type OwnFaults } from './faults.ts';
import type { Allowance, HarnessOptions, RetryAfterForm } from './options.ts';
import { slidingWindow, type SlidingWindow } from './rate-limit.ts';

/**
 * Settings that can be changed at run time. An API may add allowances; its control path takes them
 * too.
 */
export interface Limits {
  requestsPerMinute: Allowance;
  retryAfter: RetryAfterForm;
}

/** What every simulator knows, whatever the API. The world of an API extends it. */
export interface HarnessWorld {
  readonly options: HarnessOptions;
  readonly clock: SimulatorClock;
  readonly limits: Limits;
  readonly requestWindow: SlidingWindow;
  readonly faults: FaultBook;
  readonly exchanges: Exchange[];
  /** Credentials, tokens and passwords: a test checks that none of them leaks. */
  readonly secrets: Set<string>;
  /** Requests complete so far. */
  sequence: number;
  /** Requests that a fault holds back now. */
  held: number;
}

/**
 * Makes the part of a world that every API has.
 *
 * @param own - faults that the API adds
 * @throws RangeError if the API's clock is put further off than can be counted
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
 * Checks how far two clocks are said to be apart.
 *
 * @throws RangeError if it is not a whole number of milliseconds
 */
export function checkSkew(name: string, milliseconds = 0): void {
  if (Number.isSafeInteger(milliseconds)) return;
  throw new RangeError(`${name} is ${milliseconds}; expected whole milliseconds.`);
}

/**
 * A time as the API's own clock has it, in milliseconds since the epoch. Everything that clients are
 * told about times goes through here; what happens when does not.
 *
 * @param at - by the simulator's clock; now when left out
 */
export function apiTime(world: HarnessWorld, at: number = world.clock.now()): number {
  return at + (world.options.clockSkew ?? 0);
}
