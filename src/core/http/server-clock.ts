import type { Clock } from '../time/clock.ts';

/**
 * A service's clock, from the `Date` of its responses. The runner's clock may differ by minutes, so
 * times from the service are compared only with this clock.
 */
export interface ServerClock {
  /** Records the `Date` of a response that was just received, in epoch milliseconds. */
  note(date: number | undefined): void;
  /**
   * Epoch milliseconds by the service's clock, up to 1 s behind it; undefined until a `Date` was
   * received.
   */
  now(): number | undefined;
  /** Starts watching responses; the returned function returns the first `Date` received since. */
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
