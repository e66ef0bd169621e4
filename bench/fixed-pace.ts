import { Pace } from '../src/core/http/pacing.ts';

type Answered = Pace['answered'];

/**
 * Replaces the pace of all steps in this process: they never slow down, and repeat a refused request
 * when `Retry-After` says, or after one interval.
 *
 * @param milliseconds the interval.
 * @returns gives the steps their pace back.
 */
export function useFixedPace(milliseconds: number): () => void {
  const { prototype } = Pace;
  const usual = Object.getOwnPropertyDescriptors(prototype);
  const blockedUntil = new WeakMap<Pace, number>();
  const answered: Answered = function (this: Pace, { status, retryAfterMilliseconds }, { now }) {
    if (status === 429) blockedUntil.set(this, now + (retryAfterMilliseconds ?? milliseconds));
  };
  const fixed = {
    configurable: true,
    get(this: Pace) {
      return blockedUntil.get(this) ?? -Infinity;
    },
  };
  Object.defineProperties(prototype, {
    due: fixed,
    pollDue: fixed,
    lastDue: fixed,
    answered: { configurable: true, writable: true, value: answered },
  });
  return () => {
    Object.defineProperties(prototype, {
      due: usual.due,
      pollDue: usual.pollDue,
      lastDue: usual.lastDue,
      answered: usual.answered,
    });
  };
}
