/** The time of a simulator: every duration, lag, window and expiry of the simulated API uses it. */
export interface SimulatorClock {
  /** Simulated time in milliseconds since the epoch. */
  now(): number;
  /** Simulated seconds that pass while one second passes for a client. */
  readonly speed: number;
  /**
   * A simulated time as a client's own clock shows it. A client compares the times that it is told
   * with its own, and its clock does not run faster.
   *
   * @param at - simulated milliseconds since the epoch
   * @returns milliseconds since the epoch; times before the start of the clock are the same in both
   */
  clientTime(at: number): number;
  /**
   * Resolves when this much simulated time has passed.
   *
   * @param milliseconds - simulated milliseconds to sleep
   * @param signal - ends the sleep early: the promise rejects with the signal's reason
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that moves only through `advance`. */
export interface DrivenClock extends SimulatorClock {
  /**
   * Advances time and wakes all sleepers that have become due, in the order of their due times.
   *
   * @param milliseconds - simulated milliseconds, not negative
   * @throws RangeError if time would go backwards
   */
  advance(milliseconds: number): void;
  /** Sleepers not yet woken. */
  readonly waiting: number;
  /** When the first of them is due. */
  readonly next: number | undefined;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * 2026-08-03T09:00:00Z, a Monday morning: far from midnight, so that "today" stays the same for a
 * while.
 */
const DRIVEN_START = Date.UTC(2026, 7, 3, 9);

/** Node's timers fire immediately if the delay is longer (about 25 days). */
const LONGEST_TIMER = 2 ** 31 - 1;

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new Error('The sleep was aborted.', { cause: signal.reason });
}

/** Sleeps until the started timer calls back; an abort cancels it. */
function sleepUntil(
  begin: (wake: () => void) => () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortReason(signal));
      return;
    }
    const undo = begin(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    function onAbort(): void {
      undo();
      if (signal) reject(abortReason(signal));
    }
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * A clock that starts at the current time and runs automatically.
 *
 * @param speed - simulated seconds per real second, greater than 0
 * @throws RangeError if the speed is not a positive number
 */
export function realTimeClock(speed: number): SimulatorClock {
  if (!(speed > 0) || !Number.isFinite(speed)) {
    throw new RangeError(`The speed is ${speed}; expected a number greater than 0.`);
  }
  const startedAt = Date.now();
  // A monotonic source: a correction of the machine's clock must not end or undo an operation.
  const origin = performance.now();
  return {
    now: () => Math.floor(startedAt + (performance.now() - origin) * speed),
    speed,
    clientTime: (at) => (at < startedAt ? at : Math.floor(startedAt + (at - startedAt) / speed)),
    sleep: (milliseconds, signal) =>
      sleepUntil((wake) => {
        const timer = setTimeout(wake, Math.min(milliseconds / speed, LONGEST_TIMER));
        return () => {
          clearTimeout(timer);
        };
      }, signal),
  };
}

/**
 * A clock for tests: exact; it moves only when `advance` is called.
 *
 * @param start - simulated time to start at, in milliseconds since the epoch
 */
export function drivenClock(start: number = DRIVEN_START): DrivenClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    // Whoever advances this clock drives the client too.
    speed: 1,
    clientTime: (at) => at,
    get waiting() {
      return sleepers.size;
    },
    get next() {
      return sleepers.size === 0 ? undefined : Math.min(...[...sleepers].map(({ due }) => due));
    },
    advance: (milliseconds) => {
      if (!(milliseconds >= 0)) {
        throw new RangeError(`Time can't be advanced by ${milliseconds} ms.`);
      }
      now += milliseconds;
      const due = [...sleepers].filter((sleeper) => sleeper.due <= now);
      due.sort((one, other) => one.due - other.due);
      for (const sleeper of due) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    sleep: (milliseconds, signal) =>
      sleepUntil((wake) => {
        const sleeper = { due: now + milliseconds, wake };
        if (milliseconds > 0) sleepers.add(sleeper);
        else queueMicrotask(wake);
        return () => {
          sleepers.delete(sleeper);
        };
      }, signal),
  };
}

/** Distinguishes a driven clock from one that runs automatically. */
export function isDriven(clock: SimulatorClock): clock is DrivenClock {
  return 'advance' in clock;
}
