/**
 * The timers of a process in driven time. @sinonjs/fake-timers does not fit: it does not tell
 * when timers change or whether one keeps the process alive, so each of its functions would need
 * a wrapper. Loading it also costs every process about 8 ms.
 */
import process from 'node:process';

/** Node.js replaces a longer delay with 1 ms. */
const longestDelay = 2 ** 31 - 1;

/** Timers that fire only when taken. */
export class VirtualTimers {
  changed = () => undefined;
  #clock;
  #timers = new Set();

  constructor(clock) {
    this.#clock = clock;
  }

  add(callback, delay, parameters) {
    if (typeof callback !== 'function') {
      throw new TypeError('The "callback" argument must be of type function.');
    }
    const given = Number(delay);
    const milliseconds = given > longestDelay ? 1 : given >= 1 ? given : 0;
    const timer = new VirtualTimer(this, { callback, milliseconds, parameters });
    this.start(timer);
    return timer;
  }

  start(timer) {
    this.#timers.delete(timer);
    timer.due = this.#clock.now + timer.milliseconds;
    this.#timers.add(timer);
    this.update();
  }

  clear(timer) {
    if (this.#timers.delete(timer)) this.update();
  }

  /** Takes the earliest timer that is due. */
  takeDue() {
    const timer = this.#earliest();
    if (timer === undefined || timer.due > this.#clock.now || !this.#clock.fires) return undefined;
    this.#timers.delete(timer);
    this.update();
    return () => timer.callback(...timer.parameters);
  }

  next() {
    return this.#earliest()?.due;
  }

  has(timer) {
    return this.#timers.has(timer);
  }

  /** The channel to the parent keeps the process alive in place of real timers. */
  update() {
    if (this.holds()) process.channel?.ref();
    else process.channel?.unref();
    this.changed();
  }

  /** Whether one of the timers keeps the process alive. */
  holds() {
    return [...this.#timers].some((timer) => timer.hasRef());
  }

  #earliest() {
    let earliest;
    for (const timer of this.#timers) {
      if (earliest === undefined || timer.due < earliest.due) earliest = timer;
    }
    return earliest;
  }
}

class VirtualTimer {
  #timers;
  #referenced = true;

  constructor(timers, { callback, milliseconds, parameters }) {
    this.#timers = timers;
    this.callback = callback;
    this.milliseconds = milliseconds;
    this.parameters = parameters;
  }

  hasRef() {
    return this.#referenced;
  }

  ref() {
    return this.#setReferenced(true);
  }

  unref() {
    return this.#setReferenced(false);
  }

  refresh() {
    this.#timers.start(this);
    return this;
  }

  close() {
    this.#timers.clear(this);
    return this;
  }

  [Symbol.dispose]() {
    this.#timers.clear(this);
  }

  #setReferenced(value) {
    this.#referenced = value;
    if (this.#timers.has(this)) this.#timers.update();
    return this;
  }
}
