import type { Patience, Tolerance } from '../time/patience.ts';
import { RequestError, TimeOverError } from './request-error.ts';
import { askedDelay, isOutOfTokens, sayRetry } from './retry.ts';

/**
 * A gateway can answer a single request with anything; this many equal refusals in a row are final.
 */
export const mostRefusals = 3;
/** The client errors that only say "later". */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * A tolerance that ignores any single failure during a wait, but not the third refusal in a row
 * with the same status, and not a token endpoint that asks to wait past the deadline.
 */
export function createTolerance(patience: Patience): Tolerance<RequestError> {
  const { clock, random, log } = patience;
  let refusals = 0;
  let last: number | undefined;
  let trouble: RequestError | undefined;

  function isAccident(error: RequestError, left: number): boolean {
    const { status = 0, policy, retryAfterMilliseconds } = error;
    if (isOutOfTokens(error)) return false;
    // After the deadline nothing is left, and the wait itself says so.
    if (policy === 'token' && (retryAfterMilliseconds ?? 0) > Math.max(0, left)) return false;
    const refused = status >= 400 && status < 500 && !passing.has(status);
    refusals = refused ? (status === last ? refusals + 1 : 1) : 0;
    last = status;
    return refusals < mostRefusals;
  }

  return {
    forgive: (error, usual) => {
      // It may still be sent if the service answers other requests in the meantime.
      if (error instanceof TimeOverError) return { trouble: trouble ?? error, delay: usual };
      const left = patience.deadline - clock.now();
      if (!(error instanceof RequestError) || !isAccident(error, left)) throw error;
      const asked = askedDelay(error);
      // A little longer than requested: otherwise all clients with the same `Retry-After` would
      // return in the same second.
      const delay =
        asked === undefined ? usual : Math.max(usual, Math.round(asked + 1_000 * random()));
      sayRetry({ message: error.message, delay: Math.min(delay, left) }, log);
      trouble = error;
      return { trouble, delay };
    },
    reset: () => {
      refusals = 0;
      last = undefined;
      trouble = undefined;
    },
  };
}
