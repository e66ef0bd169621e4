import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { TimeLimitError, withTimeLimit } from '../../../src/core/time/time-limit.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { thrownBy } from '../thrown.ts';

const reason = new Error('the job was cancelled');

/** A task that ends only when it is stopped, with the reason why it was stopped. */
async function endless(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    stop.addEventListener('abort', () => {
      reject(new Error('stopped', { cause: stop.reason }));
    });
  });
}

function limitOf(milliseconds: number, signal?: AbortSignal) {
  const clock = drivenClock();
  return { clock, limit: { clock, milliseconds, signal } };
}

describe('a task with a time limit', () => {
  it('returns its result, is stopped at its end, and leaves no timer behind', async () => {
    const { clock, limit } = limitOf(5_000);
    let given: AbortSignal | undefined;
    const result = await withTimeLimit((stop) => {
      given = stop;
      expect(stop.aborted).toBe(false);
      return Promise.resolve('done');
    }, limit);
    expect(result).toBe('done');
    expect(given?.aborted).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  it('throws its own error, and leaves no timer behind', async () => {
    const { clock, limit } = limitOf(5_000);
    const failure = new TypeError('no such function');
    expect(await thrownBy(withTimeLimit(() => Promise.reject(failure), limit))).toBe(failure);
    expect(
      await thrownBy(
        withTimeLimit(() => {
          throw failure;
        }, limit),
      ),
    ).toBe(failure);
    expect(clock.waiting).toBe(0);
  });

  it.each([
    [5_000, 'no answer within 5s'],
    [90_000, 'no answer within 90s'],
    [1_499, 'no answer within 1s'],
  ])('is stopped after %d ms and not before', async (milliseconds, message) => {
    const { clock, limit } = limitOf(milliseconds);
    let ended = false;
    const error = thrownBy(withTimeLimit(endless, limit)).finally(() => {
      ended = true;
    });
    clock.advance(milliseconds - 1);
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    clock.advance(1);
    const thrown = await error;
    expect(thrown).toBeInstanceOf(TimeLimitError);
    expect(thrown).toMatchObject({ name: 'TimeLimitError', message });
  });

  it.each(['time', 'signal'])('ends by %s even if it does not react', async (by) => {
    const controller = new AbortController();
    const { clock, limit } = limitOf(5_000, controller.signal);
    const error = thrownBy(withTimeLimit(() => new Promise<never>(() => undefined), limit));
    if (by === 'time') clock.advance(5_000);
    else controller.abort(reason);
    const thrown = await error;
    if (by === 'time') expect(thrown).toBeInstanceOf(TimeLimitError);
    else expect(thrown).toBe(reason);
    expect(clock.waiting).toBe(0);
  });

  it.each(['gives something', 'fails'])(
    'is ignored without an unhandled error when it %s after its end',
    async (what) => {
      const unhandled = vi.fn();
      process.on('unhandledRejection', unhandled);
      onTestFinished(() => {
        process.off('unhandledRejection', unhandled);
      });
      const { clock, limit } = limitOf(5_000);
      const late = Promise.withResolvers<string>();
      const error = thrownBy(withTimeLimit(() => late.promise, limit));
      clock.advance(5_000);
      expect(await error).toBeInstanceOf(TimeLimitError);
      if (what === 'fails') late.reject(new Error('too late'));
      else late.resolve('too late');
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      expect(unhandled).not.toHaveBeenCalled();
    },
  );

  it('is not started if no time is left', async () => {
    const { clock, limit } = limitOf(0);
    const run = vi.fn(() => Promise.resolve());
    expect(await thrownBy(withTimeLimit(run, limit))).toBeInstanceOf(TimeLimitError);
    expect([run.mock.calls, clock.waiting]).toEqual([[], 0]);
  });

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const { clock, limit } = limitOf(5_000, controller.signal);
    const error = thrownBy(withTimeLimit(endless, limit));
    controller.abort(reason);
    expect(await error).toBe(reason);
    expect(clock.waiting).toBe(0);
  });

  it('is not started if its signal is already aborted', async () => {
    const { clock, limit } = limitOf(5_000, AbortSignal.abort(reason));
    let begun = false;
    const run = (): Promise<void> => {
      begun = true;
      return Promise.resolve();
    };
    expect(await thrownBy(withTimeLimit(run, limit))).toBe(reason);
    expect(begun).toBe(false);
    expect(clock.waiting).toBe(0);
  });

  it('keeps its result in spite of an abort', async () => {
    const controller = new AbortController();
    const { limit } = limitOf(5_000, controller.signal);
    const result = withTimeLimit(() => {
      controller.abort(reason);
      return Promise.resolve('done');
    }, limit);
    expect(await result).toBe('done');
  });

  it('stops listening to its signal when it has ended', async () => {
    const controller = new AbortController();
    let given: AbortSignal | undefined;
    const { limit } = limitOf(5_000, controller.signal);
    await withTimeLimit((stop) => {
      given = stop;
      return Promise.resolve();
    }, limit);
    controller.abort(reason);
    expect(given?.reason).not.toBe(reason);
  });
});
