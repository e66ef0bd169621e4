import { drivenClock } from '../../../simulator/core/clock.ts';
import { type Clock } from '../../../src/core/time/clock.ts';

/**
 * Clock for connection attempts. It records the pauses between them, which end with the step's
 * signal, and skips them. The time limits within an attempt pass only when a test says so, so that
 * none is reached by chance.
 */
export class AttemptClock implements Clock {
  /** The pauses between attempts, in milliseconds. */
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

  /** The number of limits that have neither passed nor been cancelled. */
  get limits(): number {
    return this.#clock.waiting;
  }

  /** Lets the next limit pass. */
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
