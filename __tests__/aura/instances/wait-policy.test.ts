import { describe, expect, it } from 'vitest';
import { pollDelay } from '../../../src/aura/instances/wait.ts';
import { seededRandom } from '../../core/time/clocks.ts';

const readySeconds = Array.from({ length: 39 }, (_, index) => 30 + 15 * index);
const runs = 400;

/** When a wait asks, in milliseconds from its begin, up to the first poll that sees the change. */
function pollTimes(readyMilliseconds: number, random: () => number): number[] {
  const times: number[] = [];
  let time = 0;
  do {
    time += pollDelay(time, random());
    times.push(time);
  } while (time < readyMilliseconds);
  return times;
}

/** The largest number of `times` that any window of a minute holds, ends included. */
function mostWithinMinute(times: readonly number[]): number {
  return Math.max(
    ...times.map((end) => times.filter((time) => time <= end && time >= end - 60_000).length),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The largest share of `times` that falls into one slot of `width` milliseconds. */
function largestShare(times: readonly number[], width: number): number {
  const slots = new Map<number, number>();
  for (const time of times) {
    const slot = Math.floor(time / width);
    slots.set(slot, (slots.get(slot) ?? 0) + 1);
  }
  return Math.max(...slots.values()) / times.length;
}

describe('the pause between two polls', () => {
  it.each([
    [0, 5_100, 6_900],
    [60_000, 5_631, 7_619],
    [120_000, 6_163, 8_338],
    [240_000, 7_225, 9_775],
    [600_000, 7_225, 9_775],
    [86_400_000, 7_225, 9_775],
    [-5_000, 5_100, 6_900],
  ])('after %d ms is between %d and %d ms', (elapsed, least, most) => {
    expect(pollDelay(elapsed, 0)).toBe(least);
    expect(pollDelay(elapsed, 1)).toBe(most);
  });
});

describe.each(readySeconds)('a wait for an instance that is ready after %d s', (seconds) => {
  const waits = Array.from({ length: runs }, (_, run) =>
    pollTimes(seconds * 1_000, seededRandom(seconds * 10_007 + run)),
  );

  it('never asks more than 12 times in any minute', () => {
    expect(Math.max(...waits.map(mostWithinMinute))).toBeLessThanOrEqual(12);
  });

  it('sees the change at most 5 s later on average, and never 10 s later', () => {
    const lags = waits.map((times) => (times.at(-1) ?? Infinity) / 1_000 - seconds);
    expect(mean(lags)).toBeLessThanOrEqual(5);
    expect(Math.max(...lags)).toBeLessThan(10);
  });
});

describe('a wait with the least luck', () => {
  it.each([
    ['always short', () => 0],
    ['always long', () => 1 - Number.EPSILON],
  ])('with %s pauses still asks at most 12 times in any minute', (_, random) => {
    expect(mostWithinMinute(pollTimes(600_000, random))).toBeLessThanOrEqual(12);
  });
});

describe('jobs that start to wait in the same moment', () => {
  const jobs = Array.from({ length: 1_000 }, (_, job) => pollTimes(600_000, seededRandom(job + 1)));
  const nthPolls = (index: number): number[] => jobs.map((times) => times[index] ?? 0);

  it('do not ask together even the first time', () => {
    // Even over 1.8 s: a tenth of a second holds a share of 1 in 18.
    expect(largestShare(nthPolls(0), 100)).toBeLessThan(0.1);
  });

  it('drift further apart with each poll', () => {
    const spread = (index: number): number => {
      const times = nthPolls(index).toSorted((one, other) => one - other);
      return (times.at(-50) ?? 0) - (times[50] ?? 0);
    };
    expect(spread(4)).toBeGreaterThan(spread(0));
    expect(spread(9)).toBeGreaterThan(spread(4));
    expect(spread(29)).toBeGreaterThan(6_000);
  });

  it('put less than twice the even load on any second once three minutes have passed', () => {
    const late = jobs.flat().filter((time) => time >= 180_000 && time < 600_000);
    const evenShare = 1_000 / 420_000;
    expect(largestShare(late, 1_000)).toBeLessThan(2 * evenShare);
  });
});
