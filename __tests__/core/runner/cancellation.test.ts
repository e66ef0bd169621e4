import { describe, expect, it, onTestFinished } from 'vitest';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { cancellation } from '../../../src/core/runner/cancellation.ts';
import { delayed } from '../../../src/core/time/time-limit.ts';
import { CancelledError } from '../../../src/core/errors.ts';

const reason = new CancelledError('SIGINT');

/** Runs everything that only waits for its turn. */
function settle(): Promise<unknown> {
  return new Promise(setImmediate);
}

describe('a cancelled step', () => {
  /**
   * A cancellation, and a function that sends it signals which nothing else in this process gets.
   */
  function listen() {
    const names = ['SIGINT', 'SIGTERM'] as const;
    const before = names.map((name) => process.listeners(name));
    const signal = cancellation();
    const added = names.map((name, index) =>
      process.listeners(name).filter((listener) => !before[index]?.includes(listener)),
    );
    onTestFinished(() => {
      for (const [index, name] of names.entries()) {
        for (const listener of added[index] ?? []) process.off(name, listener);
      }
    });
    const send = (name: (typeof names)[number]): void => {
      for (const listener of added[names.indexOf(name)] ?? []) listener(name);
    };
    return { signal, send, added };
  }

  it('is not cancelled before a signal arrives', () => {
    const { signal, added } = listen();
    expect(signal.aborted).toBe(false);
    expect(added.map((listeners) => listeners.length)).toEqual([1, 1]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('says that %s was the reason', (name) => {
    const { signal, send } = listen();
    send(name);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBeInstanceOf(CancelledError);
    expect(signal.reason).toMatchObject({
      name: 'CancelledError',
      by: name,
      message: `The step was cancelled (${name})`,
    });
  });

  it('keeps its first reason when the runner sends the next signal', () => {
    const { signal, send } = listen();
    send('SIGINT');
    const first: unknown = signal.reason;
    send('SIGTERM');
    send('SIGINT');
    expect(signal.reason).toBe(first);
  });
});

describe('a delayed abort', () => {
  it('comes after the delay, and for the same reason', async () => {
    const clock = drivenClock();
    const controller = new AbortController();
    const signal = delayed(controller.signal, 5_000, clock);
    clock.advance(60_000);
    await settle();
    controller.abort(reason);
    await settle();
    expect(signal.aborted).toBe(false);
    clock.advance(4_999);
    await settle();
    expect(signal.aborted).toBe(false);
    clock.advance(1);
    await settle();
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(reason);
  });

  it('comes after the delay if the first signal was aborted before', async () => {
    const clock = drivenClock();
    const signal = delayed(AbortSignal.abort(reason), 5_000, clock);
    await settle();
    expect(signal.aborted).toBe(false);
    clock.advance(5_000);
    await settle();
    expect(signal.reason).toBe(reason);
  });

  it('never comes without the first, and no time passes for it', async () => {
    const clock = drivenClock();
    const signal = delayed(new AbortController().signal, 5_000, clock);
    clock.advance(86_400_000);
    await settle();
    expect(signal.aborted).toBe(false);
    expect(clock.waiting).toBe(0);
  });
});
