import type { ChildProcess } from 'node:child_process';
import { connectToClock } from './simulator-clock.ts';

/** While a request is held back, time moves in steps of this size: its answer may come any time. */
const heldStep = 1000;
/** How often the simulator is asked again while it is still working on a request (real time). */
const recheckAfter = 1;
const firstCheckAfter = 8;
/** The simulator may still count requests that the client has already given up (real time). */
const abandonedAfter = 250;
/** A request nobody has answered for so long, simulator or not, is held back (real time). */
const stalledAfter = 6000;

/** What a process says when it has nothing left to do but wait: see driven-time.mjs. */
interface IdleReport {
  readonly round: number;
  readonly outstanding: number;
  readonly next?: number;
}

interface Member {
  readonly child: ChildProcess;
  /** The last round it was told of; an older report of it says nothing any more. */
  round: number;
  report: IdleReport | undefined;
}

/** The time, and with a round number the demand to wake up whoever is due and to report again. */
interface Message {
  readonly now: number;
  readonly round?: number;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

const clocks = new Map<string, DrivenClock>();

/**
 * The clock of a simulator as all processes of this test share it. It moves on only when every
 * process is idle, and then to the earliest moment at which one of them wants to wake up, so
 * that none runs ahead of another and nothing waits in real time.
 */
export class DrivenClock {
  readonly #url: string;
  readonly #client;
  readonly #members = new Set<Member>();
  readonly #sleepers = new Set<Sleeper>();
  #now = 0;
  #round = 0;
  #users = 0;
  #version = 0;
  #onChange: () => void = () => undefined;
  #pumping = false;
  #pumpAgain = false;
  #failure: Error | undefined;

  private constructor(url: string) {
    this.#url = url;
    this.#client = connectToClock(url);
  }

  /** Takes part in the time of the simulator at a URL; to be released in the end. */
  static async join(url: string): Promise<DrivenClock> {
    const clock = clocks.get(url) ?? new DrivenClock(url);
    clocks.set(url, clock);
    clock.#users += 1;
    await clock.refresh();
    return clock;
  }

  /** Takes over what a test may have done to the time by itself. */
  async refresh(): Promise<void> {
    const { now } = await this.#client.read();
    this.#now = Math.max(this.#now, now);
  }

  get now(): number {
    return this.#now;
  }

  /** Adds a process that was started on this clock; it counts as busy until it reports. */
  add(child: ChildProcess): void {
    const member: Member = { child, round: 0, report: undefined };
    this.#members.add(member);
    child.on('message', (message) => {
      member.report = message as unknown as IdleReport;
      this.#changed();
    });
    child.once('exit', () => {
      this.#members.delete(member);
      this.#changed();
    });
  }

  /**
   * To be called right after a signal was sent to a process: time stands still until the process
   * has dealt with it, or is gone.
   */
  interrupted(child: ChildProcess): void {
    const member = [...this.#members].find((one) => one.child === child);
    if (member === undefined) return;
    this.#round += 1;
    this.#tell(member, { now: this.#now, round: this.#round });
    this.#changed();
  }

  /**
   * Resolves when so much simulated time has passed, or at once when the signal aborts; never if no
   * process is left to wait for.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { due: this.#now + milliseconds, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        resolve();
      });
      this.#pump();
    });
  }

  /** Throws what went wrong while time was driven. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  release(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    clocks.delete(this.#url);
    this.#client.close();
  }

  #changed(): void {
    this.#version += 1;
    this.#onChange();
    this.#pump();
  }

  #pump(): void {
    this.#pumpAgain = true;
    if (this.#pumping) return;
    this.#pumping = true;
    this.#run()
      .catch((error: unknown) => {
        this.#failure = new Error('Time could not be driven.', { cause: error });
        for (const { child } of this.#members) child.kill('SIGKILL');
      })
      .finally(() => {
        this.#pumping = false;
        if (this.#pumpAgain) this.#pump();
      });
  }

  async #run(): Promise<void> {
    while (this.#pumpAgain) {
      this.#pumpAgain = false;
      const target = this.#target();
      if (target === undefined) continue;
      const outstanding = this.#outstanding();
      if (outstanding === 0) await this.#moveTo(target);
      else await this.#moveWhileHeld(target, outstanding);
    }
  }

  /** When somebody wants to wake up; `undefined` while a process is busy or nobody waits. */
  #target(): number | undefined {
    if (this.#members.size === 0) return undefined;
    const moments = [...this.#sleepers].map((sleeper) => sleeper.due);
    for (const { report, round } of this.#members) {
      if (report?.round !== round) return undefined;
      if (report.next !== undefined) moments.push(report.next);
    }
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  #outstanding(): number {
    return [...this.#members].reduce((sum, { report }) => sum + (report?.outstanding ?? 0), 0);
  }

  async #moveTo(target: number): Promise<void> {
    this.#take(await this.#client.advance(Math.max(0, target - this.#now)));
  }

  /** Some processes wait for answers: time may move only if none of these is on its way. */
  async #moveWhileHeld(target: number, outstanding: number): Promise<void> {
    this.#pumpAgain = true;
    const version = this.#version;
    const held = await this.#countHeld(outstanding, version);
    if (held === undefined) return;
    while (this.#now < target) {
      const step = Math.min(heldStep, target - this.#now);
      // Said before: an answer set free by this step must not be read with the old time.
      this.#broadcast({ now: this.#now + step });
      const { now, waiting } = await this.#client.advance(step);
      this.#now = now;
      if (waiting !== held || version !== this.#version) break;
    }
    if (this.#now >= target) this.#take({ now: this.#now });
  }

  /** How many requests are held back, once they are all that are open; `undefined` if one ended. */
  async #countHeld(outstanding: number, version: number): Promise<number | undefined> {
    const start = performance.now();
    let agreed = 0;
    let pause = firstCheckAfter;
    for (;;) {
      await this.#pauseUnlessChanged(pause);
      if (version !== this.#version) return undefined;
      const { waiting } = await this.#client.read();
      if (version !== this.#version) return undefined;
      agreed = waiting === outstanding ? agreed + 1 : 0;
      const elapsed = performance.now() - start;
      const abandoned = waiting > outstanding && elapsed > abandonedAfter;
      if (agreed === 2 || abandoned || elapsed > stalledAfter) return waiting;
      pause = recheckAfter;
    }
  }

  /** Most requests are answered at once, and then nobody needs to be asked. */
  async #pauseUnlessChanged(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#onChange = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#onChange = () => undefined;
  }

  /** Wakes everybody whose time has come; the processes are busy again until they report. */
  #take({ now }: { readonly now: number }): void {
    this.#now = now;
    this.#round += 1;
    this.#broadcast({ now, round: this.#round });
    for (const sleeper of [...this.#sleepers]) {
      if (sleeper.due > now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }

  #broadcast(message: Message): void {
    for (const member of this.#members) this.#tell(member, message);
  }

  #tell(member: Member, message: Message): void {
    member.round = message.round ?? member.round;
    // A process that has just gone is of no interest any more.
    if (member.child.connected) member.child.send(message, () => undefined);
  }
}
