import { drivenClock } from '../../../simulator/core/clock.ts';
import { type Clock } from '../../../src/core/time/clock.ts';

/**
 * Time for attempts to connect. The pauses between them, which end with the step's signal, pass at
 * once and are noted; the limits within an attempt stand still until a test lets them pass, so
 * that none is reached by chance.
 */
export class AttemptClock implements Clock {
  /** What was slept between attempts, in milliseconds. */
  readonly pauses: number[] = [];
  readonly #clock = drivenClock(0);
  readonly #step: AbortSignal;
  readonly #duringPause: () => void;

  constructor(step: AbortSignal, duringPause: () => void = () => undefined) {
    this.#step = step;
    this.#duringPause = duringPause;
  }

  now(): number {
    return this.#clock.now();
  }

  /** How many limits have neither passed nor been given up. */
  get limits(): number {
    return this.#clock.waiting;
  }

  /** Lets time pass up to the next limit. */
  passLimit(): void {
    this.#clock.advance((this.#clock.next ?? Number.NaN) - this.now());
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal !== this.#step) {
      await this.#clock.sleep(milliseconds, signal);
      return;
    }
    signal.throwIfAborted();
    await Promise.resolve();
    this.pauses.push(milliseconds);
    this.#clock.advance(milliseconds);
    this.#duringPause();
    signal.throwIfAborted();
  }
}
