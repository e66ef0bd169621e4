/** What a process is watched for. */
export interface IdleWatchOptions {
  /** Called when nothing is left but to wait, with the number of HTTP requests that are open. */
  readonly onIdle: (openRequests: number) => void;
  /** Called when something begins or ends that is waited for. */
  readonly onChange?: () => void;
  /** Gives a piece of work that has become due, such as a timer. */
  readonly takeDue?: () => (() => void) | undefined;
  /** A connection that isn't HTTP counts as at work until so long after its last byte (real time). */
  readonly socketQuietAfter: number;
}

/** Knows whether this process is at work, waits for answers, or does nothing at all. */
export class IdleWatch {
  constructor(options: IdleWatchOptions);
  /** To be called whenever there may be something to do. */
  wake(): void;
  stop(): void;
}
