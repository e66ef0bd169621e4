/**
 * A failure as the user is told it, in one message: what was tried and on what, what came back,
 * what to do.
 */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}

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

/** The reason of an abort as an `Error`, whatever it was aborted with. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
