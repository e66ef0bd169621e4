import type { Clock } from '../time/clock.ts';

/**
 * A service's clock, as far as the `Date` of its answers tells it. The runner's clock may be minutes
 * away from it, so times that the service gives are compared with this one only.
 */
export interface ServerClock {
  /** Takes in the `Date` of an answer that has just come, in epoch milliseconds. */
  note(date: number | undefined): void;
  /** Epoch milliseconds by the service's clock, up to 1 s behind it; undefined while no `Date` was seen. */
  now(): number | undefined;
  /** Starts to look out for answers; the function gives the first `Date` that came since. */
  watch(): () => number | undefined;
}

/** @param clock measures the time that has passed since the last answer. */
export function createServerClock(clock: Clock): ServerClock {
  let last: { readonly date: number; readonly seenAt: number } | undefined;
  const watchers = new Set<(date: number) => void>();
  return {
    note: (date) => {
      if (date === undefined) return;
      last = { date, seenAt: clock.now() };
      for (const tell of watchers) tell(date);
      watchers.clear();
    },
    now: () => (last === undefined ? undefined : last.date + clock.now() - last.seenAt),
    watch: () => {
      let first: number | undefined;
      watchers.add((date) => {
        first = date;
      });
      return () => first;
    },
  };
}
