import { type Clock } from '../../../src/core/time/clock.ts';
import { asError } from '../../../src/core/errors.ts';

interface Limit {
  readonly due: number;
  readonly pass: () => void;
}

/**
 * Time for attempts to connect. The pauses between them, which end with the step's signal, pass at
 * once and are noted; the limits within an attempt stand still until a test lets them pass, so
 * that none is reached by chance.
 */
export class AttemptClock implements Clock {
  /** What was slept between attempts, in milliseconds. */
  readonly pauses: number[] = [];
  readonly #limits = new Set<Limit>();
  readonly #step: AbortSignal;
  readonly #duringPause: () => void;
  #now = 0;

  constructor(step: AbortSignal, duringPause: () => void = () => undefined) {
    this.#step = step;
    this.#duringPause = duringPause;
  }

  now(): number {
    return this.#now;
  }

  /** How many limits have neither passed nor been given up. */
  get limits(): number {
    return this.#limits.size;
  }

  /** Lets time pass up to the next limit. */
  passLimit(): void {
    this.#now = Math.min(...[...this.#limits].map(({ due }) => due));
    for (const { due, pass } of this.#limits) {
      if (due <= this.#now) pass();
    }
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (signal !== this.#step) {
      await this.#hold(this.#now + milliseconds, signal);
      return;
    }
    await Promise.resolve();
    this.pauses.push(milliseconds);
    this.#now += milliseconds;
    this.#duringPause();
    signal.throwIfAborted();
  }

  async #hold(due: number, signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const pass = (): void => {
      resolve(undefined);
    };
    const limit = { due, pass };
    const stop = (): void => {
      reject(asError(signal?.reason));
    };
    signal?.addEventListener('abort', stop);
    this.#limits.add(limit);
    try {
      await promise;
    } finally {
      this.#limits.delete(limit);
      signal?.removeEventListener('abort', stop);
    }
  }
}
