import type { ChildProcess } from 'node:child_process';
import { setImmediate as nextTurn, setTimeout as sleepReally } from 'node:timers/promises';
import type { DrivenClock, SimulatorClock } from '../../simulator/core/clock.ts';
import { IdleWatch } from './idle-watch.mjs';

/** How often to check a server that is still working on a request (real time). */
const recheckAfter = 1;
/** A server notices a disconnected client within this many turns of the event loop. */
const settlingTurns = 10;
/** After this time, a request that no server knows counts as held elsewhere (real time). */
const usualStall = 6000;
/** The peer of a connection of this process is in this process too. */
const socketQuietAfter = 20;

/** What a process reports when it has nothing to do but wait. */
interface Rest {
  /** HTTP requests that have no answer yet. */
  readonly outstanding: number;
  /** When it wants to wake up. */
  readonly next?: number | undefined;
}

/** The same from a child process. The round is that of its last message: see driven-process.mjs. */
interface ChildReport extends Rest {
  readonly round: number;
}

/** Tells a member the time, and whether due timers may fire already. */
type Tell = (now: number, fires: boolean) => void;

interface Member {
  readonly tell: Tell;
  /** `undefined` while it is busy. */
  rest: Rest | undefined;
}

/** Options of driven time. */
export interface DrivenTimeOptions {
  /** The simulator's clock; others that sleep on it are woken too. */
  readonly clock: DrivenClock;
  /** Number of requests that servers hold now: they are answered later, or never. */
  readonly held: () => number;
  /** Real milliseconds until a request that no server knows counts as held. */
  readonly stall?: number | undefined;
}

/**
 * The time that a simulator, the processes of steps and the stages in this process share. It
 * moves only when nothing is in progress: all members wait, and all open requests are held. Then
 * it moves to the next moment at which a member wants to wake up, so that none runs ahead of
 * another and nothing waits in real time.
 */
export class DrivenTime {
  readonly #options: DrivenTimeOptions;
  readonly #members = new Map<object, Member>();
  #version = 0;

  constructor(options: DrivenTimeOptions) {
    this.#options = options;
  }

  get now(): number {
    return this.#options.clock.now();
  }

  /** Resolves after this time, or immediately when the signal aborts. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const sleep = this.#options.clock.sleep(milliseconds, signal).catch(() => undefined);
    this.#changed();
    await sleep;
  }

  /** Adds a process started on this clock; it counts as busy until it reports. */
  add(child: ChildProcess): void {
    let round = 0;
    const member = this.#join(child, (now, fires) => {
      round += 1;
      // A process that has just ended does not need the time.
      if (child.connected) child.send({ now, fires, round }, () => undefined);
    });
    child.on('message', (message) => {
      const report = message as unknown as ChildReport;
      // An older report is outdated.
      if (report.round === round) this.#rests(member, report);
    });
    child.once('exit', () => {
      this.#leave(child);
    });
  }

  /**
   * Must be called right after a signal was sent to a process: time stands still until the
   * process has handled it or has ended.
   */
  interrupted(child: ChildProcess): void {
    const member = this.#members.get(child);
    if (member === undefined) return;
    this.#rests(member, undefined);
    member.tell(this.now, false);
  }

  /** Adds a stage in this process; it must use the returned clock for all its sleeps. */
  joinHere(): {
    readonly clock: Pick<SimulatorClock, 'now' | 'sleep'>;
    readonly leave: () => void;
  } {
    const { clock } = this.#options;
    let sleeping = 0;
    const watch = new IdleWatch({
      socketQuietAfter,
      onChange: () => {
        this.#rests(member, undefined);
      },
      onIdle: (outstanding) => {
        // Without a sleep it waits for something that ends automatically, such as loading a module.
        if (sleeping > 0) this.#rests(member, { outstanding });
      },
    });
    const member = this.#join(watch, () => {
      watch.wake();
    });
    return {
      clock: {
        now: () => clock.now(),
        sleep: async (milliseconds, signal) => {
          sleeping += 1;
          watch.wake();
          try {
            await clock.sleep(milliseconds, signal);
          } finally {
            sleeping -= 1;
          }
        },
      },
      leave: () => {
        watch.stop();
        this.#leave(watch);
      },
    };
  }

  #join(key: object, tell: Tell): Member {
    const member: Member = { tell, rest: undefined };
    this.#members.set(key, member);
    return member;
  }

  #leave(key: object): void {
    this.#members.delete(key);
    this.#changed();
  }

  #rests(member: Member, rest: Rest | undefined): void {
    member.rest = rest;
    this.#changed();
  }

  /** Moves the time if nothing is in progress. */
  #changed(): void {
    this.#version += 1;
    const rests = [...this.#members.values()].map(({ rest }) => rest);
    if (rests.length === 0 || rests.includes(undefined)) return;
    const outstanding = rests.reduce((sum, rest) => sum + (rest?.outstanding ?? 0), 0);
    if (outstanding === 0) this.#move();
    else void this.#moveOnceHeld(outstanding);
  }

  async #moveOnceHeld(outstanding: number): Promise<void> {
    const version = this.#version;
    const { held, stall = usualStall } = this.#options;
    const start = performance.now();
    let agreed = 0;
    while (agreed < settlingTurns) {
      await (agreed > 0 ? nextTurn() : sleepReally(recheckAfter));
      if (version !== this.#version) return;
      const stalled = performance.now() - start > stall;
      agreed = held() === outstanding || stalled ? agreed + 1 : 0;
    }
    this.#move();
  }

  #move(): void {
    const { clock } = this.#options;
    const next = clock.next ?? Infinity;
    const members = [...this.#members.values()];
    const target = Math.min(next, ...members.map(({ rest }) => rest?.next ?? Infinity));
    if (target === Infinity) return;
    const now = Math.max(clock.now(), target);
    // An answer that is due now comes before the timer that would abort its request.
    const fires = target < next;
    for (const member of members) {
      member.rest = undefined;
      member.tell(now, fires);
    }
    // No member has read the new time yet, so no request comes from the future.
    clock.advance(now - clock.now());
  }
}
