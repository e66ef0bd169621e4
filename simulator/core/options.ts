import type { SimulatorClock } from './clock.ts';
import type { Exchange } from './exchanges.ts';

/** How `Retry-After` is written on a 429: in whole seconds, as an HTTP date, or not at all. */
export type RetryAfterForm = 'seconds' | 'date' | 'none';

/** How many requests of a kind are taken in a window of time. */
export type Allowance = number | 'unlimited';

/** What can be chosen about a simulator, whatever the API. */
export interface HarnessOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** What durations, windows and a test's own times are measured by. `realTimeClock(1)` when left out. */
  readonly clock?: SimulatorClock;
  /**
   * How far the API's own clock is ahead of `clock`, in milliseconds; negative where it is behind. All
   * times that clients are told follow it: `Date`, a date in `Retry-After`, and what bodies say. 0 when
   * left out.
   */
  readonly clockSkew?: number;
  /** 'none': answers carry no `Date`, as behind a proxy that drops it. 'sent' when left out. */
  readonly date?: 'sent' | 'none';
  /** Serves HTTPS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** When left out, the API has a default. */
  readonly requestsPerMinute?: Allowance;
  /** 'seconds' when left out. */
  readonly retryAfter?: RetryAfterForm;
  /** Called synchronously right before a response is written: the request is complete, the response known. */
  readonly onExchange?: (exchange: Exchange) => void;
}
