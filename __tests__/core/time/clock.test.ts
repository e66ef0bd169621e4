import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatAge, formatDuration, systemClock } from '../../../src/core/time/clock.ts';
import { asError } from '../../../src/core/errors.ts';
import { parseDuration } from '../../../src/core/inputs/times.ts';

describe('the clock of the machine', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The state of a sleep: pending, over, or the reason of its rejection. */
  function track(sleep: Promise<void>) {
    const state: { outcome: unknown } = { outcome: 'pending' };
    sleep.then(
      () => {
        state.outcome = 'over';
      },
      (error: unknown) => {
        state.outcome = error;
      },
    );
    return state;
  }

  it('returns the milliseconds since 1970', () => {
    vi.useRealTimers();
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    expect(systemClock.now()).toBeTypeOf('number');
    expect(Number.isInteger(systemClock.now())).toBe(true);
  });

  it.each([3_600_000, -3_600_000])('does not jump with the time of day: by %d ms', (jump) => {
    const uptime = vi.spyOn(process, 'uptime').mockReturnValue(100);
    const before = systemClock.now();
    vi.setSystemTime(Date.now() + jump);
    expect(systemClock.now()).toBe(before);
    uptime.mockReturnValue(105);
    expect(systemClock.now()).toBe(before + 5_000);
    uptime.mockRestore();
  });

  it('sleeps longer than a Node.js timer can', async () => {
    const state = track(systemClock.sleep(2 ** 31));
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(state.outcome).toBe('pending');
  });

  it('sleeps as long as asked, and leaves no timer behind', async () => {
    const state = track(systemClock.sleep(5_000, new AbortController().signal));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(state.outcome).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(state.outcome).toBe('over');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('wakes immediately with the reason when the signal is aborted', async () => {
    const controller = new AbortController();
    const state = track(systemClock.sleep(86_400_000, controller.signal));
    const reason = new Error('cancelled');
    controller.abort(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(state.outcome).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not sleep if the signal was aborted before', async () => {
    const reason = new Error('cancelled');
    await expect(systemClock.sleep(5_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ignores an abort after the sleep', async () => {
    const controller = new AbortController();
    const state = track(systemClock.sleep(10, controller.signal));
    await vi.advanceTimersByTimeAsync(10);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.outcome).toBe('over');
  });
});

describe('a reason as an error', () => {
  it.each([
    ['a text', 'SIGTERM', 'SIGTERM'],
    ['nothing', undefined, 'undefined'],
    ['a number', 15, '15'],
  ])('is created from %s', (_, reason, message) => {
    expect(asError(reason)).toEqual(new Error(message));
  });

  it('is the error itself if it is one', () => {
    const error = new TypeError('x');
    expect(asError(error)).toBe(error);
  });
});

describe('a readable duration', () => {
  it.each([
    [0, '0s'],
    [999, '0s'],
    [-5_000, '0s'],
    [1_000, '1s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [185_000, '3m 5s'],
    [3_600_000, '1h'],
    [3_605_000, '1h 5s'],
    [5_400_000, '1h 30m'],
    [86_399_000, '23h 59m 59s'],
    [360_000_000, '100h'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('can be read by the timeout input', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 86_400_000 }), (milliseconds) => {
        const text = formatDuration(milliseconds).replaceAll(' ', '');
        expect(parseDuration(text)).toEqual({ value: milliseconds - (milliseconds % 1_000) });
      }),
    );
  });
});

describe('a readable age', () => {
  it.each([
    [-5_000, '0s'],
    [310_000, '5m 10s'],
    [129_600_000, '36h'],
    [172_799_000, '47h 59m 59s'],
    [172_800_000, '2d'],
    [190_800_000, '2d 5h'],
    [31_536_000_000, '365d'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(formatAge(milliseconds)).toBe(text);
  });
});
