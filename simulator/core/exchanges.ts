/** A request to the simulated API and its answer. Requests to the control path are not recorded. */
export interface Exchange {
  /** Counted from 1, in the order in which requests were completed. */
  readonly sequence: number;
  /** When the request was complete: simulated milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Record<string, string>;
  /** Names in lower case. */
  readonly requestHeaders: Record<string, string>;
  readonly requestBody: string;
  readonly status: number | 'reset' | 'hang';
  /** Names in lower case. */
  readonly responseHeaders: Record<string, string>;
  /** The body actually sent: half of it if a fault truncated it. */
  readonly responseBody: string;
  /** Kind of the fault applied. */
  readonly fault?: string;
}
