import { describe, expect, it } from 'vitest';
import { createTolerance } from '../../../src/core/http/tolerance.ts';
import { again, done, poll } from '../../../src/core/time/patience.ts';
import { createProgress } from '../../../src/core/time/progress.ts';
import { InstantClock, patienceOn } from './clocks.ts';

/** A wait that reads every `interval` seconds and sees these states, the last one as the end. */
async function waitThrough(
  states: readonly string[],
  interval: number,
): Promise<readonly string[]> {
  const clock = new InstantClock();
  const lines: string[] = [];
  const progress = createProgress(
    clock,
    (state, elapsed) => lines.push(`${elapsed} ${state}`),
    (state, elapsed) => lines.push(`${elapsed} still ${state}`),
  );
  const patience = patienceOn(clock, { pollInterval: interval * 1_000 });
  let reads = 0;
  await poll(patience, {
    first: 'now',
    read: () => Promise.resolve(states[reads++] ?? ''),
    judge: (state) => {
      progress.note(state);
      return reads === states.length ? done(undefined) : again();
    },
    overdue: () => undefined,
    tolerance: createTolerance(patience),
    beat: progress.beat,
  });
  return lines;
}

describe('a wait', () => {
  it('says each change, and every 30 seconds that nothing has changed', async () => {
    const states = [...Array<string>(8).fill('creating'), 'loading', 'loading', 'running'];
    expect(await waitThrough(states, 10)).toEqual([
      '0s creating',
      '30s still creating',
      '1m still creating',
      '1m 20s loading',
      '1m 40s running',
    ]);
  });

  it.each([1, 7, 29, 31, 100])('does so with a read every %d seconds', async (interval) => {
    const reads = Math.ceil(300 / interval) + 1;
    const states = [...Array<string>(reads - 1).fill('pausing'), 'paused'];
    const lines = await waitThrough(states, interval);
    const still = lines.filter((line) => line.includes('still'));
    expect(still.length).within(8, 10 + Math.floor(interval / 30));
    expect(still.slice(0, 3)).toEqual(['30s', '1m', '1m 30s'].map((at) => `${at} still pausing`));
    expect(lines).toHaveLength(still.length + 2);
  });

  it('begins to count again with each change', async () => {
    expect(await waitThrough(['a', 'b', 'b', 'b'], 20)).toEqual(['0s a', '20s b', '50s still b']);
  });
});

describe('a progress', () => {
  it('says nothing about an end that was there from the beginning', () => {
    const said: string[] = [];
    const { end, note } = createProgress(new InstantClock(), (state) => said.push(state));
    end('running');
    expect(said).toEqual([]);
    note('creating');
    end('running');
    expect(said).toEqual(['creating', 'running']);
  });

  it('that belongs to one of several waits has no beat of its own', () => {
    const clock = new InstantClock();
    const { beat } = createProgress(clock, () => undefined);
    expect(beat()).toBe(Infinity);
  });
});
