import type { Clock } from './clock.ts';

/** What bounds and reports the attempts of a request. */
export interface Patience {
  readonly clock: Clock;
  /** Epoch milliseconds at which the operation's `timeout` is over. */
  readonly deadline: number;
  readonly random: () => number;
  /** Ends everything at once. */
  readonly signal: AbortSignal | undefined;
  /** Aborts a little after `signal`, for the one request whose answer cannot be had again. */
  readonly graceSignal: AbortSignal | undefined;
  /** Aborts where what is due is to be sent now: pauses end, requests go on. */
  readonly hurrySignal?: AbortSignal;
  /** Told once for each attempt that will be repeated. */
  readonly log: (line: string) => void;
}
