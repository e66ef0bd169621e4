/**
 * A failure in one message for the user: the operation and its target, the response, and what to do
 * next.
 */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}

/** The reason of every abort after the runner has cancelled the step. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  /** The signal that the runner sent, such as `SIGINT`. */
  readonly by: string;

  constructor(by: string) {
    super(`The step was cancelled (${by})`);
    this.by = by;
  }
}

/** The reason of an abort as an `Error`, even if it has another type. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
