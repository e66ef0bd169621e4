import type { SimulatorClock } from './clock.ts';
import type { Exchange } from './exchanges.ts';

/** Form of `Retry-After` on a 429: whole seconds, an HTTP date, or no header. */
export type RetryAfterForm = 'seconds' | 'date' | 'none';

/** Maximum number of requests of a kind in a time window. */
export type Allowance = number | 'unlimited';

/** Options of any simulator. */
export interface HarnessOptions {
  /** 0, the default, selects any free port. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Measures durations, windows and a test's own times. Default: `realTimeClock(1)`. */
  readonly clock?: SimulatorClock;
  /**
   * How far the API's own clock is ahead of `clock`, in milliseconds; negative if it is behind.
   * It applies to all times that clients are told: `Date`, a date in `Retry-After`, and times in
   * bodies. Milliseconds of the client's time. Default: 0.
   */
  readonly clockSkew?: number;
  /** 'none': answers have no `Date`, as behind a proxy that drops it. Default: 'sent'. */
  readonly date?: 'sent' | 'none';
  /** Serves HTTPS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default: set by the API. */
  readonly requestsPerMinute?: Allowance;
  /** Whether a refused request counts towards the limit, as in some gateways. Default: 'free'. */
  readonly refusedRequests?: 'counted' | 'free';
  /** Default: 'seconds'. */
  readonly retryAfter?: RetryAfterForm;
  /** Called when a client has asked to stop the simulator and has its answer. Default: refused. */
  readonly onStop?: () => void;
  /** Called synchronously right before a response is written; request and response are complete. */
  readonly onExchange?: (exchange: Exchange) => void;
}
