/**
 * Runs a Node.js process on a clock that its parent drives. Timers, `Date`, `process.uptime` and
 * `performance.now` follow it. It stands still until the process has nothing to do but wait. Then
 * the process tells its parent when it wants to wake up and how many HTTP requests are open, and
 * the parent moves the time for all processes that share it: see driven-time.ts.
 */
import process from 'node:process';
import { syncBuiltinESMExports } from 'node:module';
import { performance } from 'node:perf_hooks';
import timersModule from 'node:timers';
import { promisify } from 'node:util';
import { IdleWatch } from './idle-watch.mjs';
import { VirtualTimers } from './virtual-timers.mjs';

/** The peer of a connection is another process, which may have to wait for the machine. */
const socketQuietAfter = 100;

/** Replaces the clock and the timers of this process. */
export function driveTime(startMilliseconds) {
  let lastReport = '';
  const clock = { now: startMilliseconds, fires: true, round: 0 };
  const timers = new VirtualTimers(clock);
  const report = (outstanding) => {
    const state = { round: clock.round, outstanding, next: timers.next() };
    const text = JSON.stringify(state);
    if (text === lastReport || !process.connected) return;
    lastReport = text;
    process.send(state, undefined, undefined, () => undefined);
  };
  const takeDue = () => timers.takeDue();
  const watch = new IdleWatch({ onIdle: report, takeDue, socketQuietAfter });
  replaceDate(clock);
  replaceTimers(timers);
  timers.changed = () => watch.wake();
  process.on('message', (message) => {
    Object.assign(clock, message);
    watch.wake();
  });
  // Without its parent, time would never move again.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
  watch.wake();
}

/** Lets `Date`, `process.uptime` and `performance.now` follow a clock. */
export function replaceDate(clock) {
  const RealDate = globalThis.Date;
  const performanceStart = performance.now() - clock.now;
  const now = () => Math.floor(clock.now);
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget),
  });
  RealDate.now = now;
  performance.now = () => performanceStart + clock.now;
  process.uptime = () => performance.now() / 1000;
}

/** Lets the timers of this process be virtual ones. */
export function replaceTimers(timers) {
  const setTimeout = (callback, delay, ...parameters) => timers.add(callback, delay, parameters);
  setTimeout[promisify.custom] = (delay, value) =>
    new Promise((resolve) => timers.add(resolve, delay, [value]));
  const clearTimeout = (timer) => timers.clear(timer);
  Object.assign(globalThis, { setTimeout, clearTimeout });
  Object.assign(timersModule, { setTimeout, clearTimeout });
  syncBuiltinESMExports();
}
