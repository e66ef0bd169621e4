/** Counts requests per key in a window that slides with the simulated time. */
export interface SlidingWindow {
  /**
   * Takes one request if the limit allows it.
   *
   * @param key - whose requests are counted together
   * @param now - simulated milliseconds since the epoch
   * @param limit - requests per window
   * @returns undefined if it was taken, else the milliseconds until one will be
   */
  take(key: string, now: number, limit: number | 'unlimited'): number | undefined;
}

/** @param length - of the window, in simulated milliseconds */
export function slidingWindow(length: number): SlidingWindow {
  const taken = new Map<string, number[]>();
  return {
    take: (key, now, limit) => {
      if (limit === 'unlimited') return undefined;
      const times = (taken.get(key) ?? []).filter((time) => time > now - length);
      taken.set(key, times);
      if (times.length < limit) {
        times.push(now);
        return undefined;
      }
      // The limit may have been lowered since: as many as exceed it must leave the window first.
      const leaving = times[times.length - limit] ?? now;
      return leaving + length - now;
    },
  };
}
