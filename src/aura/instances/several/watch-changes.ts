import { label } from '../../api/label.ts';
import type { Instance } from '../../api/types.ts';
import { createTolerance } from '../../../core/http/tolerance.ts';
import type { RequestError } from '../../../core/http/request-error.ts';
import type { Tolerance } from '../../../core/time/patience.ts';
import type { Meant } from '../../session/guard.ts';
import type { Session } from '../../session/session.ts';
import { type OpenWait, openWait, statusGoal } from '../await.ts';
import type { Watching } from './watch-alongside.ts';
import type { StatusChange } from '../change/spec.ts';
import type { Failures } from './failures.ts';
import { shareAmong } from './several.ts';
import { type Sight, watch } from '../watch.ts';

/** A change that Aura has accepted. */
interface Accepted {
  readonly meant: Meant;
  readonly instance: Instance;
  /** Whether this step has requested it, so that its duration is known later. */
  readonly sent: boolean;
}

/** The instances whose change is awaited. */
export interface ChangeWatch extends Watching {
  /** @param session for its log lines. */
  readonly add: (session: Session, accepted: Accepted) => void;
}

interface Waiting extends Pick<Accepted, 'meant' | 'sent'> {
  readonly wait: OpenWait;
  readonly look: () => Promise<Sight>;
  readonly tolerance: Tolerance<RequestError>;
  readonly since: number;
  /** When it was read last, and when it may be read again. */
  last: number;
  next: number;
  trouble: RequestError | undefined;
}

/** Before the end of the time each instance is read once more, however long it takes. */
const lastRoundMilliseconds = 15_000;

interface WatchOptions {
  readonly spec: StatusChange;
  readonly failures: Failures;
}

/**
 * Watches several changes with few requests. Nobody knows how long a change takes, but several of
 * one kind take about as long: until the first one is done, one of them is read at a time, in turn;
 * the others are read when they have lasted as long.
 */
export function createChangeWatch(session: Session, options: WatchOptions): ChangeWatch {
  const group = new Group(session, options);
  return {
    goal: options.spec.to,
    add: (mine, accepted) => {
      group.add(mine, accepted);
    },
    size: () => group.size(),
    look: () => group.look(),
    giveUp: (reason) => {
      group.giveUp(reason);
    },
  };
}

class Group {
  readonly #session: Session;
  readonly #options: WatchOptions;
  readonly #waiting = new Map<string, Waiting>();
  /** The shortest duration of a change so far. */
  #shortest = Infinity;

  constructor(session: Session, options: WatchOptions) {
    this.#session = session;
    this.#options = options;
  }

  add(mine: Session, { meant, instance, sent }: Accepted): void {
    const { spec } = this.#options;
    const goal = { ...statusGoal(spec.to), isReached: spec.done };
    const what = label(instance);
    const afterwards = `Aura had already accepted the request to ${spec.verb} ${what}.`;
    const options = { what, goal, seen: instance.status, change: { afterwards } };
    const now = this.#session.patience.clock.now();
    this.#waiting.set(instance.id, {
      meant,
      sent,
      wait: openWait(mine, meant, options),
      look: watch(this.#session, { id: instance.id }, instance),
      tolerance: createTolerance(mine.patience),
      since: now,
      last: now,
      next: now,
      trouble: undefined,
    });
  }

  size(): number {
    return this.#waiting.size;
  }

  async look(): Promise<void> {
    const now = this.#session.patience.clock.now();
    const readable = [...this.#waiting.values()].filter(({ next }) => next <= now);
    const due = readable.filter((one) => this.#isDue(one, now));
    // The longest unread.
    const probe = readable.toSorted((one, other) => one.last - other.last).slice(0, 1);
    await Promise.all((due.length === 0 ? probe : due).map((one) => this.#check(one)));
  }

  giveUp(reason: Error | undefined): void {
    for (const { meant, wait, trouble } of this.#waiting.values()) {
      this.#options.failures.note(meant, reason ?? wait.overdue(trouble));
    }
    this.#waiting.clear();
  }

  #isDue({ since, last }: Waiting, now: number): boolean {
    if (now >= since + this.#shortest) return true;
    const lastRound = shareAmong(this.size()) + lastRoundMilliseconds;
    const { deadline } = this.#session.patience;
    return deadline - now <= lastRound && now - last >= lastRound;
  }

  async #check(one: Waiting): Promise<void> {
    try {
      const sight = await one.look();
      one.tolerance.reset();
      one.trouble = undefined;
      this.#wasRead(one, shareAmong(this.size()));
      const verdict = one.wait.judge(sight);
      if ('result' in verdict) this.#reached(one, verdict.result);
    } catch (error) {
      this.#forgive(one, error);
    }
  }

  #reached(one: Waiting, instance: Instance | undefined): void {
    this.#waiting.delete(one.meant.id);
    if (instance !== undefined) this.#session.ledger.saw(instance);
    // The change of another process has begun earlier.
    if (one.sent) this.#shortest = Math.min(this.#shortest, one.last - one.since);
  }

  #forgive(one: Waiting, error: unknown): void {
    try {
      const { trouble, delay } = one.tolerance.forgive(error, shareAmong(this.size()));
      one.trouble = trouble;
      this.#wasRead(one, delay);
    } catch (final) {
      this.#waiting.delete(one.meant.id);
      this.#options.failures.note(one.meant, one.wait.inWords(final));
    }
  }

  #wasRead(one: Waiting, delay: number): void {
    one.last = this.#session.patience.clock.now();
    one.next = one.last + delay;
  }
}
