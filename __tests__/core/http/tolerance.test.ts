import { describe, expect, it } from 'vitest';
import { createTolerance, mostRefusals } from '../../../src/core/http/tolerance.ts';
import { auraError } from '../thrown.ts';
import { InstantClock, patienceOn } from '../time/clocks.ts';

const usual = 6_000;
/** An error that a retry does not fix, according to its status. */
const refusal = (status: number) => auraError({ status, transient: false });

/** A tolerance with this much time left. */
function toleranceWith({ left = 3_600_000, random = 0.5 } = {}) {
  const clock = new InstantClock();
  const patience = patienceOn(clock, { deadline: left, random: () => random });
  return { tolerance: createTolerance(patience), lines: patience.lines, clock };
}

/** Number of consecutive errors that are ignored, up to ten. */
function timesIgnored(errors: readonly unknown[]): number {
  const { tolerance } = toleranceWith();
  for (const [index, error] of errors.entries()) {
    try {
      tolerance.forgive(error, usual);
    } catch {
      return index;
    }
  }
  return errors.length;
}

describe('a failed read', () => {
  it('is ignored with a line in the log, and repeated at the usual time', () => {
    const { tolerance, lines } = toleranceWith();
    const error = auraError({ status: 502 });
    expect(tolerance.forgive(error, usual)).toEqual({ trouble: error, delay: usual });
    expect(lines).toEqual(['Aura answered 502; retrying in 6s.']);
  });

  it.each([301, 408, 425, 429, 500, 501, 502, 503])(
    'with %d is ignored no matter how often it happens',
    (status) => {
      expect(timesIgnored(Array.from({ length: 10 }, () => refusal(status)))).toBe(10);
    },
  );

  it('without any answer is ignored no matter how often it happens', () => {
    expect(timesIgnored(Array.from({ length: 10 }, () => auraError({})))).toBe(10);
  });

  it.each([400, 401, 403, 404, 405, 409, 418, 451])(
    'with %d is final the third time in a row',
    (status) => {
      expect(mostRefusals).toBe(3);
      expect(timesIgnored(Array.from({ length: 10 }, () => refusal(status)))).toBe(2);
    },
  );

  it.each([
    ['another refusal', refusal(400)],
    ['a gateway in trouble', auraError({ status: 502 })],
    ['no answer', auraError({})],
  ])('with 403 is not final with %s in between', (_, between) => {
    const row = [refusal(403), refusal(403), between];
    expect(timesIgnored([...row, ...row, ...row])).toBe(9);
  });

  it('is not final with a successful answer in between', () => {
    const { tolerance } = toleranceWith();
    for (let times = 0; times < 5; times += 1) {
      tolerance.forgive(refusal(403), usual);
      tolerance.forgive(refusal(403), usual);
      tolerance.reset();
    }
    tolerance.forgive(refusal(403), usual);
    tolerance.forgive(refusal(403), usual);
    expect(() => tolerance.forgive(refusal(403), usual)).toThrow('Aura answered 403');
  });

  it('because of a programming error is final, and not logged here', () => {
    const { tolerance, lines } = toleranceWith();
    const mistake = new TypeError('no such function');
    expect(() => tolerance.forgive(mistake, usual)).toThrow(mistake);
    expect(lines).toEqual([]);
  });
});

describe('the next read', () => {
  it.each([
    ['is when Aura says, and a little later', 45_000, 0.5, 45_500],
    ['is not the same for everybody', 45_000, 0.25, 45_250],
    ['is at its usual time if Aura allows it earlier', 1_000, 0.5, usual],
    ['is after two minutes where Aura asks for longer', 120_001, 0.5, 120_500],
    ['is after two minutes where Aura asks for ever', Infinity, 0.5, 120_500],
  ])('%s', (_, retryAfterMilliseconds, random, delay) => {
    const { tolerance } = toleranceWith({ random });
    const error = auraError({ status: 429, retryAfterMilliseconds });
    expect(tolerance.forgive(error, usual).delay).toBe(delay);
  });

  it('without a token is at the time that the token endpoint asks for, however late', () => {
    const { tolerance } = toleranceWith();
    const error = auraError({ status: 503, policy: 'token', retryAfterMilliseconds: 900_000 });
    expect(tolerance.forgive(error, usual).delay).toBe(900_500);
  });

  it('does not follow if the token endpoint has no tokens left for this hour', () => {
    const { tolerance, lines } = toleranceWith();
    const error = auraError({ status: 429, policy: 'token', retryAfterMilliseconds: 60_001 });
    expect(() => tolerance.forgive(error, usual)).toThrow(error);
    expect(lines).toEqual([]);
  });

  it('does not follow if the token endpoint asks to come back after the deadline', () => {
    const { tolerance, lines } = toleranceWith({ left: 50_000 });
    const error = auraError({ status: 429, policy: 'token', retryAfterMilliseconds: 50_001 });
    expect(() => tolerance.forgive(error, usual)).toThrow(error);
    expect(lines).toEqual([]);
  });

  it('is logged for its actual time: the deadline at the latest', () => {
    const { tolerance, lines, clock } = toleranceWith({ left: 60_000 });
    const error = auraError({ status: 429, retryAfterMilliseconds: 100_000 });
    tolerance.forgive(error, usual);
    clock.pass(60_000);
    tolerance.forgive(error, usual);
    // When no time is left, the error of the wait says so.
    expect(lines).toEqual(['Aura answered 429; retrying in 1m.']);
  });
});
