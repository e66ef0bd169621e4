import { type Clock } from './clock.ts';
import { asError } from '../errors.ts';

/** The least that something gets which begins before the deadline. */
const lastMilliseconds = 1_000;
/** So long after the deadline everything is over. */
const overrunMilliseconds = 1_500;

/** The reason of an abort because time was over. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * The time limit of something that must not outlast the step's `timeout` by much: not even where
 * several such things follow each other after the deadline.
 *
 * @param usual its limit otherwise, in milliseconds.
 * @param left the time until the deadline; what begins just before it still gets a second.
 * @returns milliseconds; 0 for what should not be begun any more.
 */
export function withinDeadline(usual: number, left: number): number {
  return Math.min(usual, Math.max(left, Math.min(lastMilliseconds, left + overrunMilliseconds), 0));
}

interface TimeLimit {
  readonly clock: Clock;
  readonly milliseconds: number;
  /** Ends it as well. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs something that must end within a time. When time is over or the signal aborts, the wait for
 * it ends, whether or not it reacts: what it gives or throws after that is dropped. A library may
 * not listen to a signal at all, or only in some of its states.
 *
 * @param run is given a signal that aborts when time is over, and at its own end in any case.
 * @throws {@link TimeLimitError} when time was over, without running it where it was over before; the signal's reason when aborted, else what
 *   `run` throws.
 */
export async function withTimeLimit<T>(
  run: (stop: AbortSignal) => Promise<T>,
  { clock, milliseconds, signal }: TimeLimit,
): Promise<T> {
  signal?.throwIfAborted();
  if (milliseconds <= 0) throw new TimeLimitError('no time was left');
  const stop = new AbortController();
  const over = Promise.withResolvers<never>();
  // It may lose the race, and then nobody listens to it.
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
    // It ended first, and stopped the timer.
    () => undefined,
  );
  try {
    // The race listens to both, so that a rejection that comes too late is nobody's surprise.
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
