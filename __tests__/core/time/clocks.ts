import type { Patience } from '../../../src/core/time/patience.ts';
import { type Clock } from '../../../src/core/time/clock.ts';
import { asError } from '../../../src/core/errors.ts';

/** A clock on which time passes only in sleeps, and in these at once. */
export class InstantClock implements Clock {
  /** What was slept, in milliseconds. */
  readonly slept: number[] = [];
  readonly #duringSleep: ((clock: InstantClock) => void) | undefined;
  #now: number;

  /** @param duringSleep called when the time of a sleep has passed, before it ends. */
  constructor(now = 0, duringSleep?: (clock: InstantClock) => void) {
    this.#now = now;
    this.#duringSleep = duringSleep;
  }

  now(): number {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await Promise.resolve();
    this.slept.push(milliseconds);
    this.#now += milliseconds;
    this.#duringSleep?.(this);
    signal?.throwIfAborted();
  }
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it: for limits that are not to be reached by chance. */
export class HeldClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  /** How many sleeps have neither ended nor been given up. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const wake = (): void => {
      resolve(undefined);
    };
    const sleeper = { due: this.#now + milliseconds, wake };
    const stop = (): void => {
      reject(asError(signal?.reason));
    };
    signal?.addEventListener('abort', stop);
    this.#sleepers.add(sleeper);
    try {
      await promise;
    } finally {
      this.#sleepers.delete(sleeper);
      signal?.removeEventListener('abort', stop);
    }
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const { due, wake } of this.#sleepers) {
      if (due <= this.#now) wake();
    }
  }
}

/** A patience that ends after an hour of `clock`, with its log in `lines`. */
export function patienceOn(
  clock: Clock,
  overrides: Partial<Patience> = {},
): Patience & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    clock,
    begin: clock.now(),
    deadline: clock.now() + 3_600_000,
    pollInterval: undefined,
    random: () => 0.5,
    signal: undefined,
    graceSignal: undefined,
    log: (line) => {
      lines.push(line);
    },
    ...overrides,
    lines,
  };
}

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
