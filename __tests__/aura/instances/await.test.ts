import { capitalized } from '../../../src/aura/api/label.ts';
import { describe, expect, it } from 'vitest';
import { deletedGoal, settledGoal, statusGoal } from '../../../src/aura/instances/await.ts';
import { ActionError } from '../../../src/core/errors.ts';
import { InstantClock } from '../../core/time/clocks.ts';
import { thrownBy } from '../../core/thrown.ts';
import { inTurn, waitFor, what } from './watched-instance.ts';

const running = statusGoal('running');
const remove =
  "delete it with operation 'delete' and instance-id '1a2b3c4d' if no other job uses it";

/** The error message at the end of a wait, which names the instance. */
async function endOf(promise: Promise<unknown>): Promise<string> {
  const error = await thrownBy(promise);
  if (!(error instanceof ActionError)) throw new Error('not an ActionError', { cause: error });
  expect(error.cause).toBeUndefined();
  return error.message;
}

describe('a wait', () => {
  it('ends with the instance that reached the goal', async () => {
    const { result, statuses } = waitFor({ reading: inTurn('creating', 'running'), goal: running });
    expect(await result).toMatchObject({ id: '1a2b3c4d', status: 'running' });
    expect(statuses).toEqual([
      ['creating', 9_800],
      ['running', 19_600],
    ]);
  });

  it('pauses first, unless it must read immediately', async () => {
    const patient = waitFor({ reading: inTurn('running'), goal: running });
    const eager = waitFor({ reading: inTurn('running'), goal: running, now: true });
    await Promise.all([patient.result, eager.result]);
    expect(patient.readAt).toEqual([9_800]);
    expect(eager.readAt).toEqual([0]);
    expect(eager.clock.slept).toEqual([]);
  });

  it('reads at fixed times with an interval', async () => {
    const reading = inTurn('creating', 'creating', 'creating', 'running');
    const { result, readAt } = waitFor({ reading, goal: running, intervalMilliseconds: 1_000 });
    await result;
    expect(readAt).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  it('repeats a failed read only at the next poll', async () => {
    const { result, attempts } = waitFor({
      reading: inTurn('creating', 'running'),
      goal: running,
      now: true,
    });
    await result;
    expect(attempts).toEqual(['poll', 'poll']);
  });

  it('reports every change of status once', async () => {
    const reading = inTurn('creating', 'creating', 'loading', 'creating', 'creating', 'running');
    const { result, statuses } = waitFor({ reading, goal: running, intervalMilliseconds: 1_000 });
    await result;
    expect(statuses).toEqual([
      ['creating', 1_000],
      ['loading', 3_000],
      ['creating', 4_000],
      ['running', 6_000],
    ]);
  });

  it('continues through unknown statuses', async () => {
    const reading = inTurn('resizing', 'Frobnicating ', 'ready', 'failed', 'running');
    const { result, statuses } = waitFor({ reading, goal: running });
    await result;
    expect(statuses.map(([status]) => status)).toEqual([
      'resizing',
      'frobnicating',
      'ready',
      'failed',
      'running',
    ]);
  });

  it('accepts a status in any case', async () => {
    const { result } = waitFor({ reading: inTurn(' RUNNING'), goal: running });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it.each([
    ['loading failed', 'its data could not be loaded'],
    ['Loading Failed', 'its data could not be loaded'],
    ['destroying', 'it is being deleted'],
    ['deleting', 'it is being deleted'],
    ['suspending', 'Aura has suspended it'],
    ['suspended', 'Aura has suspended it'],
  ])('ends immediately if the status is %s', async (status, why) => {
    const { result, readAt, statuses } = waitFor({
      reading: inTurn('creating', status),
      goal: running,
    });
    const normalized = status.toLowerCase();
    const next = /^(destroy|delet)/.test(normalized)
      ? 'Another process requested this; nothing is left to do.'
      : `The instance still exists: look at it in the Aura console, or ${remove}.`;
    expect(await endOf(result)).toBe(
      `Gave up on ${what} after 19s: its status is '${normalized}' (${why}). ${next}`,
    );
    expect(readAt).toHaveLength(2);
    expect(statuses.at(-1)?.[0]).toBe(normalized);
  });

  it('ends if its goal says that it cannot be reached, and says why', async () => {
    const goal = {
      ...running,
      deadEnd: (status: string) => (status === 'paused' ? 'somebody pauses it' : undefined),
    };
    const { result, readAt } = waitFor({ reading: inTurn('suspended', ' Paused'), goal });
    expect(await endOf(result)).toBe(
      `Gave up on ${what} after 19s: its status is 'paused' (somebody pauses it). The instance still exists: look at it in the Aura console, or ${remove}.`,
    );
    expect(readAt).toHaveLength(2);
  });

  it('does not fail at a final failure that is its goal', async () => {
    const goal = {
      ...running,
      isReached: ({ status }: { status: string }) => status === 'suspended',
    };
    const { result } = waitFor({
      reading: inTurn('suspending ', 'suspended'),
      goal: { ...goal, deadEnd: () => undefined },
    });
    expect(await result).toMatchObject({ status: 'suspended' });
    const strict = waitFor({ reading: inTurn('suspended'), goal });
    expect(await strict.result).toMatchObject({ status: 'suspended' });
  });

  it('logs each change of status and records it for the outputs', async () => {
    const reading = inTurn(undefined, 'creating', 'creating', 'running');
    const { result, captured } = waitFor({ reading, goal: running, isNew: true });
    await result;
    expect(captured.lines()).toEqual([
      `::group::Waiting for ${what} to become 'running' (timeout: 1h)`,
      '9s     not shown by Aura yet',
      '19s    creating',
      '39s    running',
      '::endgroup::',
    ]);
    expect(captured.outputs().filter(([name]) => name === 'status')).toEqual([
      ['status', 'creating'],
      ['status', 'running'],
    ]);
  });

  it.each(['running', 'paused', 'suspended'])(
    'for any settled status ends at %s',
    async (status) => {
      const { result, statuses } = waitFor({
        reading: inTurn('resuming', 'suspending', status),
        goal: settledGoal,
      });
      expect(await result).toMatchObject({ status });
      expect(statuses.map(([seen]) => seen)).toEqual(['resuming', 'suspending', status]);
    },
  );

  it('for any settled status fails if the data could not be loaded', async () => {
    const { result } = waitFor({ reading: inTurn('loading failed'), goal: settledGoal });
    expect(await endOf(result)).toContain("its status is 'loading failed' (its data could not be");
  });

  it('for a deletion continues through all statuses until the instance is gone', async () => {
    const reading = inTurn('running', 'destroying', 'loading failed', 'suspended', undefined);
    const { result, statuses } = waitFor({ reading, goal: deletedGoal });
    expect(await result).toBeUndefined();
    expect(statuses.map(([status]) => status)).toEqual([
      'running',
      'destroying',
      'loading failed',
      'suspended',
      'deleted',
    ]);
  });
});

describe('an instance for which Aura answers 404', () => {
  it('is waited for while Aura may not show it yet, which is logged once', async () => {
    const { result, statuses } = waitFor({
      reading: inTurn(undefined, undefined, 'creating', 'running'),
      goal: running,
      isNew: true,
      intervalMilliseconds: 5_000,
    });
    await result;
    expect(statuses).toEqual([
      [undefined, 5_000],
      ['creating', 15_000],
      ['running', 20_000],
    ]);
  });

  it('is not waited for longer', async () => {
    const { result, readAt } = waitFor({
      reading: inTurn(undefined),
      goal: running,
      isNew: true,
      intervalMilliseconds: 20_000,
    });
    expect(await endOf(result)).toBe(
      `Gave up on ${what} after 1m: Aura has no instance with this id. Aura has never shown it. Check the id, or look for the instance in the Aura console and ${remove}.`,
    );
    expect(readAt).toEqual([20_000, 40_000, 60_000]);
  });

  it('may appear within the last second of that time', async () => {
    const { result } = waitFor({
      reading: (milliseconds) => (milliseconds < 59_999 ? undefined : 'running'),
      goal: running,
      isNew: true,
      intervalMilliseconds: 1_000,
    });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it('that was found before ends the wait after the third 404', async () => {
    const { result, readAt, statuses } = waitFor({
      reading: inTurn('pausing', undefined),
      goal: running,
    });
    expect(await endOf(result)).toBe(
      `Gave up on ${what} after 39s: Aura has no instance with this id. Check what else may have deleted it.`,
    );
    expect(readAt).toHaveLength(4);
    expect(statuses).toEqual([
      ['pausing', 9_800],
      [undefined, 19_600],
    ]);
  });

  it('twice in a row, and again later, does not end the wait', async () => {
    const { result } = waitFor({
      reading: inTurn('pausing', undefined, undefined, 'pausing', undefined, undefined, 'running'),
      goal: running,
    });
    expect(await result).toMatchObject({ status: 'running' });
  });
});

describe('the deadline of a wait', () => {
  const noLuck = { reading: inTurn('creating'), goal: running } as const;

  it('has a last read exactly at its time', async () => {
    const clock = new InstantClock(500);
    const { result, readAt } = waitFor({ ...noLuck, clock, patience: { deadline: 20_500 } });
    expect(await endOf(result)).toBe(
      `${capitalized(what)} was not 'running' after 20s (input 'timeout'); its last status was 'creating'. The instance still exists: increase 'timeout' and run operation 'poll' on it, or ${remove}.`,
    );
    expect(readAt.at(-1)).toBe(20_000);
    expect(clock.now()).toBe(20_500);
  });

  it('allows a change in the last millisecond', async () => {
    const { result } = waitFor({
      reading: (milliseconds) => (milliseconds >= 20_000 ? 'running' : 'creating'),
      goal: running,
      clock: new InstantClock(500),
      patience: { deadline: 20_500 },
    });
    expect(await result).toMatchObject({ status: 'running' });
  });

  it('also shortens a fixed interval', async () => {
    const clock = new InstantClock();
    const { result, readAt } = waitFor({
      ...noLuck,
      clock,
      intervalMilliseconds: 40_000,
      patience: { deadline: 50_000 },
    });
    await endOf(result);
    expect(readAt).toEqual([40_000, 50_000]);
  });

  it('that is over at the start allows only the immediate read', async () => {
    const late = { clock: new InstantClock(1_000), patience: { deadline: 1_000 } };
    const patient = waitFor({ ...noLuck, ...late });
    expect(await endOf(patient.result)).toBe(
      `${capitalized(what)} was not 'running' after 0s (input 'timeout'); no status was seen. Aura has not shown this instance so far. Check the id, or increase 'timeout'; ${remove}.`,
    );
    expect(patient.readAt).toEqual([]);
    const eager = waitFor({ ...noLuck, ...late, now: true });
    expect(await endOf(eager.result)).toContain("its last status was 'creating'.");
    expect(eager.readAt).toEqual([0]);
  });

  it('is irrelevant in a cancelled job: the wait ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('the job was cancelled');
    const clock = new InstantClock(0, () => {
      controller.abort(reason);
    });
    const { result, readAt } = waitFor({
      ...noLuck,
      clock,
      patience: { signal: controller.signal },
    });
    expect(await thrownBy(result)).toBe(reason);
    expect(readAt).toEqual([]);
  });
});
