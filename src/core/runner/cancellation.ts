import type { Clock } from '../time/clock.ts';

/** The reason of every abort after the runner has told the step to end. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  /** The signal that told it, such as `SIGINT`. */
  readonly by: string;

  constructor(by: string) {
    super(`The step was cancelled (${by})`);
    this.by = by;
  }
}

/**
 * Aborts when the runner cancels the step: SIGINT, and SIGTERM 7.5 seconds later. Without a
 * handler Node would end at once, in the middle of whatever it does.
 */
export function cancellation(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      controller.abort(new CancelledError(name));
    });
  }
  return controller.signal;
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
