import type { Patience } from '../../../src/core/time/patience.ts';
import { type Clock } from '../../../src/core/time/clock.ts';

/**
 * A clock on which time passes only in sleeps, which end immediately. If a test must not reach a
 * limit by chance, it needs the simulator's `drivenClock`, which moves only when the test moves
 * it.
 */
export class InstantClock implements Clock {
  /** The length of each sleep, in milliseconds. */
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

/** A patience with a deadline one hour after the start of `clock`, with its log in `lines`. */
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
