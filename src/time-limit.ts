import type { Clock } from './clock.ts';

/** The reason of an abort because time was over. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

interface TimeLimit {
  readonly clock: Clock;
  readonly milliseconds: number;
  /** Ends it as well. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs something that must end within a time.
 *
 * @param run is given a signal that aborts when time is over, and at its own end in any case.
 * @throws {@link TimeLimitError} when time was over, the signal's reason when aborted, else what
 *   `run` throws.
 */
export async function withTimeLimit<T>(
  run: (stop: AbortSignal) => Promise<T>,
  { clock, milliseconds, signal }: TimeLimit,
): Promise<T> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const abort = (): void => {
    stop.abort(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  const timer = clock.sleep(milliseconds, stop.signal).then(
    () => {
      stop.abort(new TimeLimitError(`no answer within ${Math.round(milliseconds / 1000)}s`));
    },
    // It ended first, and stopped the timer.
    () => undefined,
  );
  try {
    return await run(stop.signal);
  } catch (error) {
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    stop.abort();
    await timer;
  }
}
