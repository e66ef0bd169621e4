import { CancelledError } from '../errors.ts';

/**
 * Aborts when the runner cancels the step: SIGINT, and SIGTERM 7.5 seconds later. Without a handler
 * Node would end immediately, in the middle of its work.
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
