import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  maxAttempts,
  parseRetryAfter,
  retryDelay,
  withRetries,
} from '../../../src/core/http/retry.ts';
import { withinDeadline } from '../../../src/core/time/time-limit.ts';
import { InstantClock, patienceOn } from '../time/clocks.ts';
import { auraError, thrownBy } from '../thrown.ts';

const always = (): boolean => true;

/** An attempt that goes through `outcomes`: it throws an error or returns a text. */
function scripted(outcomes: readonly (Error | string)[]) {
  const calls = { count: 0 };
  const attempt = (): Promise<string> => {
    const outcome = outcomes[calls.count] ?? new Error('all scripted attempts were used');
    calls.count += 1;
    return typeof outcome === 'string' ? Promise.resolve(outcome) : Promise.reject(outcome);
  };
  return { attempt, calls };
}

function repeat(error: Error, times: number): Error[] {
  return Array.from({ length: times }, () => error);
}

describe('the delay before an attempt', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [4, 4_000, 8_000],
    [5, 8_000, 16_000],
    [6, 15_000, 30_000],
    [7, 15_000, 30_000],
    [5_000, 15_000, 30_000],
  ])('after attempt %d is between %d and %d ms', (attempt, least, most) => {
    expect(retryDelay(attempt, undefined, 0)).toBe(least);
    expect(retryDelay(attempt, undefined, 1)).toBe(most);
  });

  it('is not shorter than Aura asks or the backoff, and not much longer than both', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 0, max: 86_400_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, retryAfter, random) => {
          const delay = retryDelay(attempt, retryAfter, random);
          const backoff = retryDelay(attempt, undefined, random);
          expect(Number.isInteger(delay)).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(Math.max(retryAfter, backoff));
          expect(delay).toBeLessThanOrEqual(Math.max(retryAfter + 1_000, backoff));
        },
      ),
    );
  });

  it('differs between jobs that were told the same second', () => {
    expect(retryDelay(1, 20_000, 0)).toBe(20_000);
    expect(retryDelay(1, 20_000, 0.9)).toBe(20_900);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-03-02T09:00:00Z');

  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Mon, 02 Mar 2026 09:00:30 GMT', 30_000],
    ['Monday, 02-Mar-26 09:01:00 GMT', 60_000],
    ['Mon Mar  2 09:00:05 2026 GMT', 5_000],
    ['Mon, 02 Mar 2026 08:59:59 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['9'.repeat(400), 30 * 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 30 * 86_400_000],
  ])('%j is %d ms from now', (value, milliseconds) => {
    expect(parseRetryAfter(value, now)).toBe(milliseconds);
  });

  it.each([
    [undefined],
    [''],
    ['   '],
    ['-1'],
    ['1.5'],
    ['1e3'],
    ['0x10'],
    ['soon'],
    ['2026-03-02T09:00:30Z'],
    ['02 Mar 2026 09:00:30 GMT'],
    ['Mon'],
    ['Sunshine'],
    ['Mon, 99 Foo 2026 99:99:99 GMT'],
    ['7, 8'],
  ])('%j is ignored', (value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined();
  });

  it('of any text never shortens a wait', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseRetryAfter(text, now);
        expect(parsed === undefined || parsed >= 0).toBe(true);
      }),
    );
  });
});

describe('the time limit of a request', () => {
  it.each([
    [Infinity, 30_000],
    [30_001, 30_000],
    [29_999, 29_999],
    [1_001, 1_001],
    [999, 1_000],
    [0, 1_000],
    [-500, 1_000],
    [-900, 600],
    [-1_500, 0],
    [-86_400_000, 0],
  ])('of 30 s with %d ms left is %d ms', (left, limit) => {
    expect(withinDeadline(30_000, left)).toBe(limit);
  });

  it('is never longer than usual, however short that is', () => {
    expect(withinDeadline(500, 10_000)).toBe(500);
  });
});

describe('a request that is retried', () => {
  it('returns the result of the first successful attempt', async () => {
    const patience = patienceOn(new InstantClock());
    const { attempt, calls } = scripted(['done']);
    expect(await withRetries(attempt, patience, always)).toBe('done');
    expect(calls.count).toBe(1);
    expect(patience.lines).toEqual([]);
  });

  it('waits longer after each failure, and logs each wait of more than 5 seconds once', async () => {
    const clock = new InstantClock();
    const patience = patienceOn(clock);
    const { attempt } = scripted([...repeat(auraError({ status: 503 }), 5), 'done']);
    expect(await withRetries(attempt, patience, always)).toBe('done');
    expect(clock.slept).toEqual([750, 1_500, 3_000, 6_000, 12_000]);
    expect(patience.lines).toEqual([
      `Aura answered 503; retrying in 6s (attempt 5 of ${maxAttempts}).`,
      `Aura answered 503; retrying in 12s (attempt 6 of ${maxAttempts}).`,
    ]);
  });

  it('waits as long as Aura asks', async () => {
    const clock = new InstantClock();
    const busy = auraError({ status: 503, retryAfterMilliseconds: 40_000 });
    const { attempt } = scripted([busy, 'done']);
    await withRetries(attempt, patienceOn(clock), always);
    expect(clock.slept).toEqual([40_500]);
  });

  it.each([120_001, 86_400_000, 1e12, Infinity])(
    'waits two minutes if Aura asks for %d ms',
    async (retryAfterMilliseconds) => {
      const clock = new InstantClock();
      const busy = auraError({ status: 503, retryAfterMilliseconds });
      const { attempt } = scripted([busy, 'done']);
      await withRetries(attempt, patienceOn(clock), always);
      expect(clock.slept).toEqual([120_500]);
    },
  );

  it.each([
    [429, 60_000],
    [503, 1_800_000],
  ])('waits as long as the token endpoint asks: %d, %d ms', async (status, asked) => {
    const clock = new InstantClock();
    const busy = auraError({ status, policy: 'token', retryAfterMilliseconds: asked });
    const { attempt } = scripted([busy, 'done']);
    await withRetries(attempt, patienceOn(clock), always);
    expect(clock.slept).toEqual([asked + 500]);
  });

  it.each([
    ['has no tokens left for this hour', 429, 60_001],
    ['asks for more than the time left', 503, 3_600_000],
  ])('fails immediately if the token endpoint %s', async (_, status, asked) => {
    const clock = new InstantClock();
    const busy = auraError({ status, policy: 'token', retryAfterMilliseconds: asked });
    const { attempt } = scripted([busy, 'late']);
    expect(await thrownBy(withRetries(attempt, patienceOn(clock), always))).toBe(busy);
    expect(clock.slept).toEqual([]);
  });

  it(`is given up after ${maxAttempts} attempts with the error of the last`, async () => {
    const last = auraError({ status: 502 });
    const { attempt, calls } = scripted([...repeat(auraError({ status: 500 }), 7), last, 'late']);
    const error = await thrownBy(withRetries(attempt, patienceOn(new InstantClock()), always));
    expect(error).toBe(last);
    expect(calls.count).toBe(maxAttempts);
  });

  it('is repeated without limit as long as Aura says that it is too early', async () => {
    const patience = patienceOn(new InstantClock());
    const { attempt, calls } = scripted([...repeat(auraError({ status: 429 }), 50), 'done']);
    expect(await withRetries(attempt, patience, always)).toBe('done');
    expect(calls.count).toBe(51);
    // The first three waits are short.
    expect(patience.lines).toHaveLength(47);
    expect(patience.lines.join()).not.toContain('attempt');
  });

  it('has all its attempts left for failures after answers that it is too early', async () => {
    const early = repeat(auraError({ status: 429 }), 20);
    const failures = repeat(auraError({ status: 500 }), maxAttempts - 1);
    const patience = patienceOn(new InstantClock());
    const { attempt } = scripted([...early, ...failures, 'done']);
    expect(await withRetries(attempt, patience, always)).toBe('done');
    expect(patience.lines.at(-1)).toContain(`(attempt ${maxAttempts} of ${maxAttempts}).`);
  });

  it('is not repeated if the next attempt would come after the deadline', async () => {
    const clock = new InstantClock(1_000);
    const late = auraError({ status: 429, retryAfterMilliseconds: 60_000 });
    const { attempt, calls } = scripted([late, 'late']);
    const patience = patienceOn(clock, { deadline: 61_499 });
    expect(await thrownBy(withRetries(attempt, patience, always))).toBe(late);
    expect(calls.count).toBe(1);
    expect(clock.slept).toEqual([]);
    expect(patience.lines).toEqual([]);
  });

  it('is repeated if the next attempt comes exactly at the deadline', async () => {
    const busy = auraError({ status: 429, retryAfterMilliseconds: 60_000 });
    const { attempt } = scripted([busy, 'done']);
    const patience = patienceOn(new InstantClock(), { deadline: 60_500 });
    expect(await withRetries(attempt, patience, always)).toBe('done');
  });

  it.each([
    ['an error that will not pass', auraError({ status: 403, transient: false })],
    ['an error that is not of Aura', new TypeError('a mistake in the program')],
  ])('is not repeated after %s', async (_, failure) => {
    const { attempt, calls } = scripted([failure, 'late']);
    const error = await thrownBy(withRetries(attempt, patienceOn(new InstantClock()), always));
    expect(error).toBe(failure);
    expect(calls.count).toBe(1);
  });

  it('is not repeated if the caller forbids it for this error', async () => {
    const unclear = auraError({ status: 500, effect: 'unknown' });
    const { attempt, calls } = scripted([auraError({ status: 429 }), unclear, 'late']);
    const error = await thrownBy(
      withRetries(attempt, patienceOn(new InstantClock()), ({ effect }) => effect === 'none'),
    );
    expect(error).toBe(unclear);
    expect(calls.count).toBe(2);
  });

  it('ends with the reason of the signal if it is aborted between attempts', async () => {
    const controller = new AbortController();
    const reason = new Error('the job was cancelled');
    const clock = new InstantClock(0, () => {
      controller.abort(reason);
    });
    const { attempt, calls } = scripted([auraError({ status: 503 }), 'late']);
    const patience = patienceOn(clock, { signal: controller.signal });
    expect(await thrownBy(withRetries(attempt, patience, always))).toBe(reason);
    expect(calls.count).toBe(1);
  });
});
