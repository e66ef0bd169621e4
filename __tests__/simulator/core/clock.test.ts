import { expect, test } from 'vitest';

import { drivenClock, isDriven, realTimeClock } from '../../../simulator/core/clock.ts';

test('a driven clock stands still until it is advanced', () => {
  const clock = drivenClock(1000);
  expect(clock.now()).toBe(1000);
  clock.advance(250);
  expect(clock.now()).toBe(1250);
});

test('a driven clock wakes sleepers in the order of their due times and counts the others', async () => {
  const clock = drivenClock();
  const woken: string[] = [];
  void clock.sleep(300).then(() => woken.push('late'));
  void clock.sleep(100).then(() => woken.push('early'));
  void clock.sleep(900).then(() => woken.push('never'));
  expect(clock.waiting).toBe(3);
  expect(clock.next).toBe(clock.now() + 100);
  clock.advance(300);
  expect(clock.waiting).toBe(1);
  expect(clock.next).toBe(clock.now() + 600);
  await Promise.resolve();
  expect(woken).toEqual(['early', 'late']);
});

test('a driven clock does not wait for a sleep of zero length', async () => {
  const clock = drivenClock();
  await clock.sleep(0);
  expect(clock.waiting).toBe(0);
});

test('a driven clock refuses to go backwards', () => {
  const clock = drivenClock();
  expect(() => {
    clock.advance(-1);
  }).toThrow(RangeError);
  expect(() => {
    clock.advance(NaN);
  }).toThrow(RangeError);
});

test.each([
  ['driven', drivenClock()],
  ['real-time', realTimeClock(1)],
])('an aborted sleep on a %s clock rejects with the reason', async (_kind, clock) => {
  const controller = new AbortController();
  const sleep = clock.sleep(60_000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  await expect(clock.sleep(60_000, controller.signal)).rejects.toThrow('enough');
  if (isDriven(clock)) expect(clock.waiting).toBe(0);
});

test('a real-time clock runs at the given speed', async () => {
  const clock = realTimeClock(1_000);
  const before = clock.now();
  await clock.sleep(100_000);
  // Node's timers can fire up to a millisecond early, which is a second here.
  expect(clock.now() - before).toBeGreaterThanOrEqual(98_000);
  expect(Math.abs(before - Date.now())).toBeLessThan(60_000);
});

test("a client's clock runs at its own speed from the start of the simulator", () => {
  const clock = realTimeClock(60);
  const start = clock.now();
  expect(clock.speed).toBe(60);
  const shown = clock.clientTime(start + 60_000) - clock.clientTime(start);
  expect(Math.abs(shown - 1_000)).toBeLessThanOrEqual(1);
  expect(Math.abs(clock.clientTime(clock.now()) - Date.now())).toBeLessThan(1_000);
  expect(clock.clientTime(1_000)).toBe(1_000);
  expect(drivenClock().clientTime(60_000)).toBe(60_000);
});

test.each([0, -1, NaN, Infinity])('a speed of %d is refused', (speed) => {
  expect(() => realTimeClock(speed)).toThrow(RangeError);
});
