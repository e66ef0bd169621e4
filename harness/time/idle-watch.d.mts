/** Options for watching a process. */
export interface IdleWatchOptions {
  /** Called when the process can only wait, with the number of open HTTP requests. */
  readonly onIdle: (openRequests: number) => void;
  /** Called when awaited work begins or ends. */
  readonly onChange?: () => void;
  /** Returns work that has become due, such as a timer. */
  readonly takeDue?: () => (() => void) | undefined;
  /** How long a non-HTTP connection counts as busy after its last byte (real time). */
  readonly socketQuietAfter: number;
}

/** Detects whether this process is busy, waits for answers, or does nothing. */
export class IdleWatch {
  constructor(options: IdleWatchOptions);
  /** Must be called whenever there may be work to do. */
  wake(): void;
  stop(): void;
}
