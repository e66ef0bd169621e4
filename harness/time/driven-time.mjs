/**
 * Runs a Node process on a clock that somebody else drives. Timers, `Date` and `performance.now`
 * follow it; they stand still until the process has nothing left to do but wait. Then it tells
 * its parent how long it would sleep and how many HTTP requests it has open, and the parent moves
 * the time for everybody who shares it: see driven-clock.ts.
 */
import process from 'node:process';
import { syncBuiltinESMExports } from 'node:module';
import { performance } from 'node:perf_hooks';
import timersModule from 'node:timers';
import { promisify } from 'node:util';
import { activity } from './process-activity.mjs';
import { VirtualTimers } from './virtual-timers.mjs';

/** So many turns of the event loop without anything to do, and the process is idle. */
const quietTurns = 3;
/** How often work that is under way is looked at again (real time). */
const recheckAfter = 2;
/** A connect that takes longer goes into a black hole: it counts as waiting. */
const longestConnect = 1500;

const real = {
  Date: globalThis.Date,
  now: Date.now,
  performanceNow: performance.now.bind(performance),
  setImmediate: globalThis.setImmediate,
  setTimeout: globalThis.setTimeout,
};

/** Replaces the clock and the timers of this process. */
export function driveTime(startMilliseconds) {
  const clock = { now: startMilliseconds, round: 0 };
  const timers = new VirtualTimers(clock);
  replaceDate(clock, startMilliseconds);
  replaceTimers(timers);
  const { wake } = new IdleWatch(clock, timers);
  timers.changed = wake;
  activity.start(wake);
  process.on('message', (message) => {
    clock.now = message.now;
    if (message.round === undefined) return;
    clock.round = message.round;
    wake();
  });
  // Without its parent nobody would ever move the time again.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
  wake();
}

function replaceDate(clock, start) {
  const performanceStart = real.performanceNow();
  const now = () => Math.floor(clock.now);
  globalThis.Date = new Proxy(real.Date, {
    apply: () => new real.Date(now()).toString(),
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget),
  });
  real.Date.now = now;
  performance.now = () => performanceStart + clock.now - start;
}

function replaceTimers(timers) {
  const setTimeout = (callback, delay, ...parameters) => timers.add(callback, delay, parameters);
  setTimeout[promisify.custom] = (delay, value) =>
    new Promise((resolve) => timers.add(resolve, delay, [value]));
  const clearTimeout = (timer) => timers.clear(timer);
  Object.assign(globalThis, { setTimeout, clearTimeout });
  Object.assign(timersModule, { setTimeout, clearTimeout });
  syncBuiltinESMExports();
}

/** Tells the parent whenever the process has become idle. */
class IdleWatch {
  #clock;
  #timers;
  #scheduled = false;
  #quietTurns = 0;
  #connectingSince;
  #lastReport = '';

  constructor(clock, timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** To be called whenever anything has changed. */
  wake = () => {
    this.#quietTurns = 0;
    if (this.#scheduled) return;
    this.#scheduled = true;
    real.setImmediate(this.#turn);
  };

  #turn = () => {
    const due = this.#timers.takeDue();
    if (due !== undefined) {
      this.#quietTurns = 0;
      // Before the callback, which may throw.
      real.setImmediate(this.#turn);
      due();
      return;
    }
    this.#quietTurns += 1;
    if (this.#quietTurns < quietTurns) {
      real.setImmediate(this.#turn);
      return;
    }
    this.#quietTurns = 0;
    if (this.#isBusy()) {
      real.setTimeout(this.#turn, recheckAfter).unref();
      return;
    }
    this.#scheduled = false;
    this.#report();
  };

  #isBusy() {
    const now = real.performanceNow();
    const connecting = activity.isConnecting();
    this.#connectingSince = connecting ? (this.#connectingSince ?? now) : undefined;
    if (connecting && now - this.#connectingSince < longestConnect) return true;
    return activity.isWorking(now);
  }

  #report() {
    const outstanding = activity.openRequests();
    const state = { round: this.#clock.round, outstanding, next: this.#timers.next() };
    const text = JSON.stringify(state);
    if (text === this.#lastReport || !process.connected) return;
    this.#lastReport = text;
    process.send(state, undefined, undefined, () => undefined);
  }
}
