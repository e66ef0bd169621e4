import { formatDuration } from '../time/clock.ts';
import { type Patience, sleep } from '../time/patience.ts';
import { RequestError, TimeOverError } from './request-error.ts';

/** How often a request is tried in total when the service or the network fails. */
export const maxAttempts = 8;

const firstDelayMilliseconds = 1_000;
const longestDelayMilliseconds = 30_000;
/** The longest wait before a retry: a failing gateway may ask to wait for days. */
export const longestAskedMilliseconds = 120_000;
/** A longer `Retry-After` counts as this one: nobody waits for it, and a number can be too large. */
const longestReadMilliseconds = 30 * 86_400_000;
/** A shorter wait is not worth a line in the log. */
const saidFromMilliseconds = 5_000;
/** So long a log may be silent. */
const silentMilliseconds = 25_000;
/** The longest `Retry-After` of a refused token request that a step waits for. */
export const longestTokenWaitMilliseconds = 60_000;

/**
 * The wait before the next attempt: exponential from one second to thirty, half of it random, so
 * that jobs that failed together do not retry together. A longer `Retry-After` wins.
 *
 * @param attempt the attempts made so far, from 1.
 * @param retryAfterMilliseconds the `Retry-After` of the answer, if it had one.
 * @param random a number in [0, 1).
 * @returns milliseconds.
 */
export function retryDelay(
  attempt: number,
  retryAfterMilliseconds: number | undefined,
  random: number,
): number {
  const ceiling = Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** (attempt - 1));
  const backoff = ceiling / 2 + (ceiling / 2) * random;
  if (retryAfterMilliseconds === undefined) return Math.round(backoff);
  // A little longer than requested: otherwise all clients with the same `Retry-After` would return
  // in the same second.
  return Math.round(Math.max(backoff, retryAfterMilliseconds + 1_000 * random));
}

/**
 * How long to wait after a response. Only the token endpoint's value is used without a limit:
 * services allow few token requests per hour.
 *
 * @returns milliseconds; undefined if it asks for nothing.
 */
export function askedDelay({ policy, retryAfterMilliseconds }: RequestError): number | undefined {
  if (retryAfterMilliseconds === undefined || policy === 'token') return retryAfterMilliseconds;
  return Math.min(retryAfterMilliseconds, longestAskedMilliseconds);
}

/**
 * Whether the token endpoint has no tokens left for this client: its limit counts requests per hour,
 * so the step would wait for most of an hour.
 */
export function isOutOfTokens(error: RequestError): boolean {
  const { policy, status, retryAfterMilliseconds = 0 } = error;
  return (
    policy === 'token' && status === 429 && retryAfterMilliseconds > longestTokenWaitMilliseconds
  );
}

/**
 * `Retry-After` as milliseconds from now. Both forms occur.
 *
 * @param value the header: seconds, or an HTTP date.
 * @param now epoch milliseconds by the sender's clock.
 * @returns undefined for a missing or unreadable header; at least 0, at most a month.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : (parseHttpDate(text) ?? NaN) - now;
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(0, asked), longestReadMilliseconds);
}

/** An HTTP date in epoch milliseconds; undefined for a missing or unreadable one. */
export function parseHttpDate(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  // Date.parse accepts nearly any text; an HTTP date begins with the name of a day.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date;
}

/**
 * Runs a request until it succeeds, an error is final, or the limits are reached.
 *
 * @param attempt sends the request once.
 * @param patience the limits; a wait that would pass the deadline is not started.
 * @param mayRepeat whether this error allows the same request again.
 * @throws the {@link RequestError} of the last attempt that was sent.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  patience: Patience,
  mayRepeat: (error: RequestError) => boolean,
): Promise<T> {
  const { clock, deadline, random, signal, log } = patience;
  let failures = 0;
  let last: RequestError | undefined;
  for (let attempts = 1; ; attempts += 1) {
    const begin = clock.now();
    try {
      return await attempt();
    } catch (error) {
      const silent = error instanceof RequestError && error.status === undefined;
      const took = silent ? clock.now() - begin : 0;
      // A request that was not sent says less than the answer to the one before.
      if (error instanceof TimeOverError) throw last ?? error;
      if (!(error instanceof RequestError) || !error.transient || !mayRepeat(error)) throw error;
      if (isOutOfTokens(error)) throw error;
      last = error;
      // A request to wait is not a failure: only the deadline ends it.
      if (error.status !== 429) failures += 1;
      if (failures >= maxAttempts) throw error;
      const delay = retryDelay(attempts, askedDelay(error), random());
      if (clock.now() + delay > deadline) throw error;
      const count = error.status === 429 ? '' : ` (attempt ${failures + 1} of ${maxAttempts})`;
      sayRetry({ message: error.message, delay, count, took }, log);
      await sleep(patience, delay, signal);
    }
  }
}

/** A failed request that is sent again. */
interface Retry {
  readonly message: string;
  /** Milliseconds until then. */
  readonly delay: number;
  /** Which attempt it will be. */
  readonly count?: string;
  /** How long the failed attempt took without an answer, in milliseconds. */
  readonly took?: number;
}

/** Says why a step waits before it sends a request again, if it waits long enough to wonder. */
export function sayRetry(
  { message, delay, count = '', took = 0 }: Retry,
  log: (line: string) => void,
): void {
  if (delay > saidFromMilliseconds || took >= silentMilliseconds)
    log(`${sentence(message)}; retrying in ${inSeconds(delay)}${count}.`);
}

/** A message of an error as the beginning of a sentence. */
export function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** A length of time in whole seconds, rounded. */
export function inSeconds(milliseconds: number): string {
  return formatDuration(1_000 * Math.round(milliseconds / 1_000));
}
