import { describe, expect, it } from 'vitest';
import { deadEnd } from '../../../src/aura/api/statuses.ts';
import { type Goal, WaitError } from '../../../src/aura/instances/wait.ts';
import { InstantClock } from '../../core/time/clocks.ts';
import { thrownBy } from '../../core/thrown.ts';
import { inTurn, watch } from './watched-instance.ts';

const running: Goal = {
  name: 'running',
  reachedBy: ({ status }) => status === 'running',
  reachedByGone: false,
  deadEnd,
};
const deleted: Goal = {
  name: 'deleted',
  reachedBy: () => false,
  reachedByGone: true,
  deadEnd: () => undefined,
};

async function waitErrorOf(promise: Promise<unknown>): Promise<WaitError> {
  const error = await thrownBy(promise);
  if (!(error instanceof WaitError)) throw new Error('not a WaitError', { cause: error });
  return error;
}

describe('a wait', () => {
  it('ends with the instance that reached the goal', async () => {
    const { result, statuses } = watch({ reading: inTurn('creating', 'running'), goal: running });
    expect(await result).toMatchObject({ id: '1a2b3c4d', status: 'running' });
    expect(statuses).toEqual([
      ['creating', 6_000],
      ['running', 12_063],
    ]);
  });

  it('pauses first, unless it is to read at once', async () => {
    const patient = watch({ reading: inTurn('running'), goal: running });
    const eager = watch({ reading: inTurn('running'), goal: running, readAtOnce: true });
    await Promise.all([patient.result, eager.result]);
    expect(patient.readAt).toEqual([6_000]);
    expect(eager.readAt).toEqual([0]);
    expect(eager.clock.slept).toEqual([]);
  });

  it('reads at fixed times where an interval is given', async () => {
    const reading = inTurn('creating', 'creating', 'creating', 'running');
    const { result, readAt } = watch({ reading, goal: running, intervalMilliseconds: 1_000 });
    await result;
    expect(readAt).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  it('leaves it to the next poll to try a failed read again', async () => {
    const { result, attempts } = watch({
      reading: inTurn('creating', 'running'),
      goal: running,
      readAtOnce: true,
    });
    await result;
    expect(attempts).toEqual(['once', 'once']);
  });

  it('tells each change of status once, and every one of them', async () => {
    const reading = inTurn('creating', 'creating', 'loading', 'creating', 'creating', 'running');
    const { result, statuses } = watch({ reading, goal: running, intervalMilliseconds: 1_000 });
    await result;
    expect(statuses).toEqual([
      ['creating', 1_000],
      ['loading', 3_000],
      ['creating', 4_000],
      ['running', 6_000],
    ]);
  });

  it('goes on through statuses that nobody has heard of', async () => {
    const reading = inTurn('resizing', 'Frobnicating ', 'ready', 'failed', 'running');
    const { result, statuses } = watch({ reading, goal: running });
    await result;
    expect(statuses.map(([status]) => status)).toEqual([
      'resizing',
      'frobnicating',
      'ready',
      'failed',
      'running',
    ]);
  });

  it('takes a status in any spelling', async () => {
    const { result } = watch({ reading: inTurn(' RUNNING'), goal: running });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it.each([
    ['loading failed', 'its data could not be loaded'],
    ['Loading Failed', 'its data could not be loaded'],
    ['destroying', 'it is being deleted'],
    ['deleting', 'it is being deleted'],
    ['suspending', 'Aura has suspended it'],
    ['suspended', 'Aura has suspended it'],
  ])('ends at once when the status is %s', async (status, why) => {
    const { result, readAt, statuses } = watch({
      reading: inTurn('creating', status),
      goal: running,
    });
    const error = await waitErrorOf(result);
    const normalized = status.toLowerCase();
    expect(error).toMatchObject({ kind: 'dead-end', lastStatus: normalized });
    expect(error.message).toBe(`its status is '${normalized}': ${why}`);
    expect(readAt).toHaveLength(2);
    expect(statuses.at(-1)?.[0]).toBe(normalized);
  });

  it('ends where its goal says that the way ends, and says why', async () => {
    const goal = {
      ...running,
      deadEnd: (status: string) => (status === 'paused' ? 'somebody pauses it' : undefined),
    };
    const { result, readAt } = watch({ reading: inTurn('suspended', ' Paused'), goal });
    const error = await waitErrorOf(result);
    expect(error).toMatchObject({ kind: 'dead-end', lastStatus: 'paused' });
    expect(error.message).toBe("its status is 'paused': somebody pauses it");
    expect(readAt).toHaveLength(2);
  });

  it('does not end at a dead end that is its goal', async () => {
    const goal = {
      ...running,
      reachedBy: ({ status }: { status: string }) => status === 'suspended',
    };
    const { result } = watch({
      reading: inTurn('suspending ', 'suspended'),
      goal: { ...goal, deadEnd: () => undefined },
    });
    expect(await result).toMatchObject({ status: 'suspended' });
    const strict = watch({ reading: inTurn('suspended'), goal });
    expect(await strict.result).toMatchObject({ status: 'suspended' });
  });

  it('for a deletion goes on through all statuses until the instance is gone', async () => {
    const reading = inTurn('running', 'destroying', 'loading failed', 'suspended', undefined);
    const { result, statuses } = watch({ reading, goal: deleted });
    expect(await result).toBeUndefined();
    expect(statuses.map(([status]) => status)).toEqual([
      'running',
      'destroying',
      'loading failed',
      'suspended',
    ]);
  });
});

describe('an instance that Aura answers 404 for', () => {
  it('is waited for while it may not be shown yet, and told so once', async () => {
    const { result, statuses } = watch({
      reading: inTurn(undefined, undefined, 'creating', 'running'),
      goal: running,
      shownAfter: 60_000,
      intervalMilliseconds: 5_000,
    });
    await result;
    expect(statuses).toEqual([
      [undefined, 5_000],
      ['creating', 15_000],
      ['running', 20_000],
    ]);
  });

  it('is waited for no longer than that', async () => {
    const { result, readAt } = watch({
      reading: inTurn(undefined),
      goal: running,
      shownAfter: 60_000,
      intervalMilliseconds: 20_000,
    });
    const error = await waitErrorOf(result);
    expect(error).toMatchObject({ kind: 'gone', message: 'Aura has no such instance' });
    expect(readAt).toEqual([20_000, 40_000, 60_000]);
  });

  it('may appear within the last second of that time', async () => {
    const { result } = watch({
      reading: (milliseconds) => (milliseconds < 59_999 ? undefined : 'running'),
      goal: running,
      shownAfter: 60_000,
      intervalMilliseconds: 1_000,
    });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it('ends the wait where it had been there before, when Aura has said so three times', async () => {
    const { result, readAt, statuses } = watch({
      reading: inTurn('pausing', undefined),
      goal: running,
    });
    expect(await waitErrorOf(result)).toMatchObject({ kind: 'gone', lastStatus: 'pausing' });
    expect(readAt).toHaveLength(4);
    expect(statuses).toEqual([
      ['pausing', 6_000],
      [undefined, 12_063],
    ]);
  });

  it('twice in a row, and again later, is no news', async () => {
    const { result } = watch({
      reading: inTurn('pausing', undefined, undefined, 'pausing', undefined, undefined, 'running'),
      goal: running,
    });
    expect(await result).toMatchObject({ status: 'running' });
  });
});

describe('the time of a wait', () => {
  const noLuck = { reading: inTurn('creating'), goal: running } as const;

  it('ends with a last read right at the deadline', async () => {
    const clock = new InstantClock(500);
    const { result, readAt } = watch({ ...noLuck, clock, patience: { deadline: 20_500 } });
    const error = await waitErrorOf(result);
    expect(readAt.at(-1)).toBe(20_000);
    expect(clock.now()).toBe(20_500);
    expect(error).toMatchObject({ kind: 'timeout', lastStatus: 'creating' });
    expect(error.cause).toBeUndefined();
    expect(error.message).toBe("it did not become 'running': the last status seen was 'creating'");
  });

  it('suffices for a change that comes in the last millisecond', async () => {
    const { result } = watch({
      reading: (milliseconds) => (milliseconds >= 20_000 ? 'running' : 'creating'),
      goal: running,
      clock: new InstantClock(500),
      patience: { deadline: 20_500 },
    });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it('cuts a fixed interval short as well', async () => {
    const clock = new InstantClock();
    const { result, readAt } = watch({
      ...noLuck,
      clock,
      intervalMilliseconds: 40_000,
      patience: { deadline: 50_000 },
    });
    await waitErrorOf(result);
    expect(readAt).toEqual([40_000, 50_000]);
  });

  it('that is over before it begins allows no read but the one at once', async () => {
    const late = { clock: new InstantClock(1_000), patience: { deadline: 1_000 } };
    const patient = watch({ ...noLuck, ...late });
    const error = await waitErrorOf(patient.result);
    expect(error.message).toBe("it did not become 'running': no status was seen");
    expect(error).toMatchObject({ kind: 'timeout', lastStatus: undefined });
    expect(patient.readAt).toEqual([]);
    const eager = watch({ ...noLuck, ...late, readAtOnce: true });
    expect(await waitErrorOf(eager.result)).toMatchObject({ lastStatus: 'creating' });
    expect(eager.readAt).toEqual([0]);
  });

  it('ends with the reason of the signal when the job is cancelled', async () => {
    const controller = new AbortController();
    const reason = new Error('the job was cancelled');
    const clock = new InstantClock(0, () => {
      controller.abort(reason);
    });
    const { result, readAt } = watch({ ...noLuck, clock, patience: { signal: controller.signal } });
    expect(await thrownBy(result)).toBe(reason);
    expect(readAt).toEqual([]);
  });
});
