import { describe, expect, it } from 'vitest';
import {
  type Patience,
  type Tolerance,
  type Verdict,
  again,
  done,
  poll,
  pollDelay,
} from '../../../src/core/time/patience.ts';
import { thrownBy } from '../thrown.ts';
import { InstantClock, patienceOn, seededRandom } from './clocks.ts';

/**
 * When a wait polls, in milliseconds from its start, up to the first poll that sees the change.
 *
 * @param first the average time of the first poll, if it differs.
 */
function pollTimes(readyMilliseconds: number, random: () => number, first?: number): number[] {
  const times = [pollDelay(random(), first)];
  for (let time = times[0] ?? 0; time < readyMilliseconds; times.push(time)) {
    time += pollDelay(random());
  }
  return times;
}

/** The largest number of `times` in any window of a minute, both ends included. */
function mostWithinMinute(times: readonly number[]): number {
  return Math.max(
    ...times.map((end) => times.filter((time) => time <= end && time >= end - 60_000).length),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The largest share of `times` in one slot of `width` milliseconds. */
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
    [undefined, 8_820, 10_780],
    [28_000, 25_200, 30_800],
  ])('is constant, and varies by 10 %% in both directions: %d', (gap, least, most) => {
    expect(pollDelay(0, gap)).toBe(least);
    expect(pollDelay(1, gap)).toBe(most);
  });
});

describe('a wait for a new instance, ready at any time between 30 s and 10 minutes,', () => {
  const random = seededRandom(10_007);
  const waits = Array.from({ length: 20_000 }, (_, run) => {
    const ready = 30_000 + (570_000 * (run + 0.5)) / 20_000;
    return { ready, polls: pollTimes(ready, random, 28_000) };
  });
  const lags = waits.map(({ ready, polls }) => (polls.at(-1) ?? Infinity) - ready);

  it('sends at most 31 requests and sees the change at most 5 s later, on average', () => {
    expect(mean(waits.map(({ polls }) => polls.length))).toBeLessThanOrEqual(31);
    expect(mean(lags)).toBeLessThanOrEqual(5_000);
  });

  it('sees the change at most 11 s later in any case', () => {
    expect(Math.max(...lags)).toBeLessThan(11_000);
  });
});

describe('a wait in the worst case', () => {
  it.each([
    ['always short', () => 0],
    ['always long', () => 1 - Number.EPSILON],
  ])('with %s pauses asks at most 7 times in any minute', (_, random) => {
    expect(mostWithinMinute(pollTimes(600_000, random))).toBeLessThanOrEqual(7);
  });
});

describe('jobs that start to wait at the same moment', () => {
  const jobs = Array.from({ length: 1_000 }, (_, job) => pollTimes(600_000, seededRandom(job + 1)));
  const nthPolls = (index: number): number[] => jobs.map((times) => times[index] ?? 0);

  it('do not poll together even the first time', () => {
    // Evenly spread over 2 s, a tenth of a second contains a share of 1 in 20.
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

  it('put less than twice the even load on any second after three minutes', () => {
    const late = jobs.flat().filter((time) => time >= 180_000 && time < 600_000);
    const evenShare = 1_000 / 420_000;
    expect(largestShare(late, 1_000)).toBeLessThan(2 * evenShare);
  });
});

describe('a poll', () => {
  const trouble = new Error('in trouble');

  interface Polling {
    readonly clock?: InstantClock;
    readonly patience?: Partial<Patience>;
    /** The result of each read in order; the last one is repeated. */
    readonly readings?: readonly (string | Error)[];
    readonly first?: { readonly reading: string } | 'now';
    readonly notBefore?: number;
    readonly judge?: (reading: string) => Verdict<string> | Promise<Verdict<string>>;
    readonly overdue?: (trouble: Error | undefined) => string | Promise<string>;
    readonly tolerance?: Partial<Tolerance<Error>>;
  }

  const untilDone = (reading: string): Verdict<string> =>
    reading === 'done' ? done('the result') : again();

  /** Polls until a reading is `done`; times count from the start. */
  function start({ readings = ['done'], first, judge = untilDone, ...options }: Polling) {
    const clock = options.clock ?? new InstantClock();
    const begin = clock.now();
    const readAt: number[] = [];
    const judged: string[] = [];
    let resets = 0;
    const result = poll<string, string, Error>(patienceOn(clock, options.patience), {
      read: () => {
        readAt.push(clock.now() - begin);
        const reading = readings[Math.min(readAt.length, readings.length) - 1] ?? '';
        return reading instanceof Error ? Promise.reject(reading) : Promise.resolve(reading);
      },
      judge: (reading) => {
        judged.push(reading);
        return judge(reading);
      },
      overdue: options.overdue ?? (() => 'overdue'),
      tolerance: {
        forgive: (error, usual) => {
          if (error !== trouble) throw error;
          return { trouble, delay: usual };
        },
        reset: () => {
          resets += 1;
        },
        ...options.tolerance,
      },
      ...(first && { first }),
      notBefore: options.notBefore,
    });
    return { result, clock, readAt, judged, resets: () => resets };
  }

  const fixed = { pollInterval: 1_000 };
  const moves = { readings: ['on', 'on', 'done'] };

  it('reads after equal pauses until it has its result', async () => {
    const { result, readAt, judged } = start(moves);
    expect(await result).toBe('the result');
    expect(readAt).toEqual([9_800, 19_600, 29_400]);
    expect(judged).toEqual(['on', 'on', 'done']);
  });

  it('reads for the first time when the result is possible, and then as usual', async () => {
    const { result, readAt } = start({ ...moves, notBefore: 28_000 });
    await result;
    expect(readAt).toEqual([28_000, 37_800, 47_600]);
    const fixedly = start({ ...moves, notBefore: 28_000, patience: fixed });
    await fixedly.result;
    expect(fixedly.readAt).toEqual([1_000, 2_000, 3_000]);
  });

  it('reads at a fixed interval if one is set', async () => {
    const { result, readAt } = start({ ...moves, patience: fixed });
    await result;
    expect(readAt).toEqual([1_000, 2_000, 3_000]);
  });

  it('reads before the first pause if told to', async () => {
    const { result, readAt } = start({ ...moves, first: 'now', patience: fixed });
    await result;
    expect(readAt).toEqual([0, 1_000, 2_000]);
  });

  it('judges a reading that already exists first', async () => {
    const known = start({ first: { reading: 'done' } });
    expect(await known.result).toBe('the result');
    expect([known.readAt, known.clock.slept]).toEqual([[], []]);
    const { result, readAt, judged } = start({ first: { reading: 'on' }, patience: fixed });
    expect(await result).toBe('the result');
    expect([readAt, judged]).toEqual([[1_000], ['on', 'done']]);
  });

  it('pauses as long as for several polls if the next poll takes several requests', async () => {
    const judge = (reading: string): Verdict<string> =>
      reading === 'on' ? again(2) : untilDone(reading);
    const { result, readAt } = start({ ...moves, judge, patience: fixed });
    await result;
    expect(readAt).toEqual([1_000, 3_000, 5_000]);
    const known = start({ first: { reading: 'on' }, judge, patience: fixed });
    await known.result;
    expect(known.readAt).toEqual([2_000]);
  });

  it('waits for a judge that sends requests itself', async () => {
    const { result } = start({ judge: (reading) => Promise.resolve(done(`${reading}, judged`)) });
    expect(await result).toBe('done, judged');
  });

  it('accepts any value as a result', async () => {
    for (const value of [undefined, false, 0, '']) {
      const polled = poll<string, unknown, Error>(patienceOn(new InstantClock()), {
        read: () => Promise.resolve('x'),
        judge: () => done(value),
        overdue: () => 'overdue',
        tolerance: { forgive: (_, delay) => ({ trouble, delay }), reset: () => undefined },
      });
      expect(await polled).toBe(value);
    }
  });

  it('continues after a read that the tolerance ignores, at the time it sets', async () => {
    const { result, readAt, judged, resets } = start({
      readings: ['on', trouble, 'done'],
      patience: fixed,
      tolerance: { forgive: (_, usual) => ({ trouble, delay: usual + 500 }) },
    });
    expect(await result).toBe('the result');
    expect(readAt).toEqual([1_000, 2_000, 3_500]);
    expect(judged).toEqual(['on', 'done']);
    expect(resets()).toBe(2);
  });

  it('ends with errors that the tolerance does not ignore, and with those of its judge', async () => {
    const fatal = new Error('fatal');
    expect(await thrownBy(start({ readings: ['on', fatal] }).result)).toBe(fatal);
    const judging = start({
      judge: () => {
        throw trouble;
      },
    });
    expect(await thrownBy(judging.result)).toBe(trouble);
    expect(judging.readAt).toHaveLength(1);
  });

  describe('that gets no result', () => {
    const noLuck = { readings: ['on'] };

    it('reads a last time exactly at the deadline, and is overdue then', async () => {
      const { result, readAt, clock } = start({ ...noLuck, patience: { deadline: 20_000 } });
      expect(await result).toBe('overdue');
      expect(readAt).toEqual([9_800, 19_600, 20_000]);
      expect(clock.now()).toBe(20_000);
    });

    it('sees a change in the last millisecond', async () => {
      const { result, readAt } = start({
        readings: ['on', 'on', 'done'],
        patience: { deadline: 20_000 },
      });
      expect(await result).toBe('the result');
      expect(readAt.at(-1)).toBe(20_000);
    });

    it('has at most the immediate read if no time is left at the start', async () => {
      const late = { clock: new InstantClock(1_000), patience: { deadline: 1_000 } };
      const patient = start({ ...noLuck, ...late });
      expect(await patient.result).toBe('overdue');
      expect(patient.readAt).toEqual([]);
      const eager = start({ ...noLuck, ...late, first: 'now' });
      expect(await eager.result).toBe('overdue');
      expect(eager.readAt).toEqual([0]);
    });

    it('gets the error of the last read, and of no earlier one', async () => {
      const overdue = (last: Error | undefined): string => last?.message ?? 'no trouble';
      const patience = { pollInterval: 1_000, deadline: 2_000 };
      const failed = start({ readings: ['on', trouble], patience, overdue });
      expect(await failed.result).toBe('in trouble');
      const worked = start({ readings: [trouble, 'on'], patience, overdue });
      expect(await worked.result).toBe('no trouble');
    });

    it('may still get one from its overdue handler, or an error', async () => {
      const patience = { deadline: 5_000 };
      const late = start({ ...noLuck, patience, overdue: () => Promise.resolve('a last one') });
      expect(await late.result).toBe('a last one');
      const failed = start({ ...noLuck, patience, overdue: () => Promise.reject(trouble) });
      expect(await thrownBy(failed.result)).toBe(trouble);
    });
  });

  describe('that is interrupted in a pause', () => {
    /** Aborts the signal with this name in the first pause. */
    function interrupted(...names: readonly ('signal' | 'hurrySignal')[]) {
      const reason = new Error('interrupted');
      const controllers = names.map((name) => ({ name, controller: new AbortController() }));
      const clock = new InstantClock(0, () => {
        for (const { controller } of controllers) controller.abort(reason);
      });
      const signals = controllers.map(({ name, controller }) => [name, controller.signal]);
      const patience = Object.fromEntries(signals) as Partial<Patience>;
      return { ...start({ readings: ['on'], clock, patience }), reason };
    }

    it('ends with the reason if the step is cancelled', async () => {
      const { result, reason, readAt } = interrupted('signal');
      expect(await thrownBy(result)).toBe(reason);
      expect(readAt).toEqual([]);
    });

    it('is overdue immediately if the time to end has come', async () => {
      const { result, readAt } = interrupted('hurrySignal');
      expect(await result).toBe('overdue');
      expect(readAt).toEqual([]);
    });

    it('ends with the reason if both are the case', async () => {
      const { result, reason } = interrupted('hurrySignal', 'signal');
      expect(await thrownBy(result)).toBe(reason);
    });

    it('does not pause if the time to end came before', async () => {
      const { result, clock } = start({
        readings: ['on'],
        first: 'now',
        patience: { hurrySignal: AbortSignal.abort(new Error('hurry')) },
      });
      expect(await result).toBe('overdue');
      expect(clock.slept).toEqual([]);
    });
  });
});
