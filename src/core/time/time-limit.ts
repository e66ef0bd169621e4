import { type Clock } from './clock.ts';
import { asError } from '../errors.ts';

/** The minimum time for work that begins before the deadline. */
const lastMilliseconds = 1_000;
/** Everything has ended this long after the deadline. */
const overrunMilliseconds = 1_500;

/** The reason of an abort because a time limit was reached. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * The time limit for work that must not exceed the step's `timeout` by much, even if several such
 * limits follow each other after the deadline.
 *
 * @param usual the limit without the deadline, in milliseconds.
 * @param left the time until the deadline; work that begins just before it still gets a second.
 * @returns milliseconds; 0 for work that should no longer start.
 */
export function withinDeadline(usual: number, left: number): number {
  return Math.min(usual, Math.max(left, Math.min(lastMilliseconds, left + overrunMilliseconds), 0));
}

interface TimeLimit {
  readonly clock: Clock;
  readonly milliseconds: number;
  /** Ends the work as well. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs work with a time limit. When the limit is reached or the signal aborts, the wait ends, even
 * if the work does not react; later results or errors are dropped. A library may ignore a signal,
 * or obey it only in some states.
 *
 * @param run receives a signal that aborts when the limit is reached, and in any case at its own
 *   end.
 * @throws {@link TimeLimitError} when the limit is reached; with a limit of 0 it does not call `run`.
 *   The signal's reason when aborted, otherwise the error of `run`.
 */
export async function withTimeLimit<T>(
  run: (stop: AbortSignal) => Promise<T>,
  { clock, milliseconds, signal }: TimeLimit,
): Promise<T> {
  signal?.throwIfAborted();
  if (milliseconds <= 0) throw new TimeLimitError('no time was left');
  const stop = new AbortController();
  const over = Promise.withResolvers<never>();
  // If it loses the race, nothing handles its rejection.
  over.promise.catch(() => undefined);
  const end = (reason: unknown): void => {
    stop.abort(reason);
    over.reject(asError(reason));
  };
  const abort = (): void => {
    end(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  const timer = clock.sleep(milliseconds, stop.signal).then(
    () => {
      end(new TimeLimitError(`no answer within ${Math.round(milliseconds / 1000)}s`));
    },
    // The work ended first and stopped the timer.
    () => undefined,
  );
  try {
    // The race handles both, so that a late rejection is not unhandled.
    return await Promise.race([run(stop.signal), over.promise]);
  } catch (error) {
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    stop.abort();
    await timer;
  }
}

/** Aborts for the same reason as `signal`, but `milliseconds` later. */
export function delayed(signal: AbortSignal, milliseconds: number, clock: Clock): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => {
    void clock.sleep(milliseconds).then(() => {
      controller.abort(signal.reason);
    });
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return controller.signal;
}
