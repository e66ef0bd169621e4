import type { Clock } from './clock.ts';

/** The limits of a request's attempts, and where they are reported. */
export interface Patience {
  readonly clock: Clock;
  /** The deadline from the operation's `timeout`, in epoch milliseconds. */
  readonly deadline: number;
  readonly random: () => number;
  /** Ends everything immediately. */
  readonly signal: AbortSignal | undefined;
  /** Aborts a little after `signal`, for the one request whose response is not available again. */
  readonly graceSignal: AbortSignal | undefined;
  /** Aborts when pending requests must be sent now: pauses end, requests continue. */
  readonly hurrySignal?: AbortSignal;
  /** Called once for each attempt that will be repeated. */
  readonly log: (line: string) => void;
}
