/**
 * A failure in one message for the user: the operation and its target, the response, and what to do
 * next.
 */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  /** The message without what to do next. */
  readonly happened: string;
  /** The end of the message: what to do next, in sentences. */
  readonly next: string | undefined;
  /** Whether the message says in other words what its cause says. */
  readonly tellsCause: boolean;

  /**
   * @param happened what was tried, on what, and the response.
   * @param options the cause, and what to do next if it is not part of `happened`.
   */
  constructor(happened: string, { next, tellsCause = false, ...options }: ActionErrorOptions = {}) {
    super(next === undefined ? happened : `${happened} ${next}`, options);
    this.happened = happened;
    this.next = next;
    this.tellsCause = tellsCause;
  }
}

interface ActionErrorOptions extends ErrorOptions {
  readonly next?: string | undefined;
  readonly tellsCause?: boolean;
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
