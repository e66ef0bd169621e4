/** Counts requests per key in a window that slides with simulated time. */
export interface SlidingWindow {
  /**
   * Takes one request if the limit allows it.
   *
   * @param key - requests with the same key are counted together
   * @param now - simulated milliseconds since the epoch
   * @param limit - requests per window
   * @param refused - whether a refused request is counted too
   * @returns undefined if it was accepted, otherwise the milliseconds until the next one is
   */
  take(
    key: string,
    now: number,
    limit: number | 'unlimited',
    refused?: 'counted' | 'free',
  ): number | undefined;
}

/** @param length - of the window, in simulated milliseconds */
export function slidingWindow(length: number): SlidingWindow {
  const taken = new Map<string, number[]>();
  return {
    take: (key, now, limit, refused = 'free') => {
      if (limit === 'unlimited') return undefined;
      const times = (taken.get(key) ?? []).filter((time) => time > now - length);
      taken.set(key, times);
      if (times.length < limit) {
        times.push(now);
        return undefined;
      }
      // The limit may have been lowered since: all requests above it must leave the window first.
      const leaving = times[times.length - limit] ?? now;
      if (refused === 'counted') times.push(now);
      return leaving + length - now;
    },
  };
}
