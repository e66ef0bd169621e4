import type { AuraClient, Reading } from '../api/client.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { askedDelay } from '../../core/http/retry.ts';
import type { Patience } from '../../core/time/patience.ts';
import type { Instance } from '../api/types.ts';

/**
 * The pause between two polls. It grows from 6 to 8.5 seconds over the first four minutes and is
 * jittered by 15 % either way: never under 5.1 s, so at most 12 requests a minute, and on average
 * half of it behind the real change.
 *
 * @param elapsedMilliseconds how long the wait has lasted.
 * @param random a number in [0, 1).
 * @returns milliseconds.
 */
export function pollDelay(elapsedMilliseconds: number, random: number): number {
  const grown = Math.min(1, Math.max(0, elapsedMilliseconds) / 240_000);
  return Math.round((6_000 + 2_500 * grown) * (0.85 + 0.3 * random));
}

/** What ends a wait well. */
export interface Goal {
  /** For messages: `running`, `paused`, `deleted`, `settled`. */
  readonly name: string;
  /** Whether an instance of this (normalized) status is what was waited for. */
  readonly reachedBy: (instance: Instance) => boolean;
  /** Whether the instance being gone is what was waited for. */
  readonly reachedByGone: boolean;
  /** Why a (normalized) status cannot lead there any more; undefined if it still may. */
  readonly deadEnd: (status: string) => string | undefined;
}

/** Why a wait did not end well. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
  readonly kind: 'timeout' | 'dead-end' | 'gone';
  /** The last status seen, if any. */
  readonly lastStatus: string | undefined;

  constructor(
    kind: WaitError['kind'],
    message: string,
    { lastStatus, cause }: { lastStatus: string | undefined; cause?: unknown },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.lastStatus = lastStatus;
  }
}

interface WaitOptions {
  readonly client: Pick<AuraClient, 'getInstance'>;
  readonly patience: Patience;
  /** A fixed pause in place of the adaptive one. */
  readonly intervalMilliseconds: number | undefined;
  /** Told each change of status, with the milliseconds waited; undefined while Aura knows none. */
  readonly onStatus: (status: string | undefined, elapsedMilliseconds: number) => void;
  /** Read the instance before the first pause. */
  readonly readAtOnce: boolean;
  /** Asked after a 404: whether Aura may not show the instance yet. */
  readonly isNotShownYet: () => Promise<boolean>;
}

/**
 * Reads an instance again and again until the goal is reached. A failed read is no news: it is
 * logged, and the next one comes at its usual time or when Aura says (`Retry-After`), and one more
 * in any case right at the deadline.
 *
 * @returns the instance that reached the goal, or undefined if being gone did.
 * @throws {@link WaitError}; {@link RequestError} for a refusal that is no accident any more.
 */
export async function waitFor(
  id: string,
  goal: Goal,
  options: WaitOptions,
): Promise<Instance | undefined> {
  const { clock, deadline, random, signal } = options.patience;
  const begin = clock.now();
  const tolerance = createTolerance(options.patience);
  const seen = nothingSeen();
  let delay = options.readAtOnce ? 0 : nextDelay();

  function nextDelay(): number {
    return options.intervalMilliseconds ?? pollDelay(clock.now() - begin, random());
  }

  for (;;) {
    const left = deadline - clock.now();
    if (delay > 0 && left <= 0) throw timeoutError(goal, seen);
    // The last pause is cut short, so that a change just before the end is still seen.
    if (delay > 0) await clock.sleep(Math.min(delay, left), signal);
    delay = nextDelay();
    try {
      const reading = await options.client.getInstance(id, 'once');
      const waits = reading === 'missing' && !goal.reachedByGone && (await options.isNotShownYet());
      seen.trouble = undefined;
      seen.missing = reading === 'missing' ? seen.missing + 1 : 0;
      tolerance.reset();
      const verdict = waits ? undefined : judge(reading, goal, seen);
      const instance = typeof reading === 'string' ? undefined : reading;
      if (instance !== undefined || verdict === undefined) noteStatus(instance?.status);
      if (verdict === 'reached') return instance;
      if (verdict !== undefined) throw verdict;
    } catch (error) {
      ({ trouble: seen.trouble, delay } = tolerance.forgive(error, delay));
    }
  }

  function noteStatus(status: string | undefined): void {
    if (!seen.any || status !== seen.status) options.onStatus(status, clock.now() - begin);
    Object.assign(seen, { any: true, status, known: status ?? seen.known });
  }
}

/** A failed read that is no news. */
interface NoNews {
  readonly trouble: RequestError;
  /** Milliseconds until the next read: the usual ones, or what Aura asks for where that is more. */
  readonly delay: number;
}

/** Tells bad answers that may be accidents from those that are not. */
interface Tolerance {
  /**
   * Takes a failed read for no news, with a line in the log.
   *
   * @param usual milliseconds that would pass until the next read.
   * @throws the error where it is no accident.
   */
  readonly forgive: (error: unknown, usual: number) => NoNews;
  /** To be called after a good answer. */
  readonly reset: () => void;
}

/** A gateway can answer a single request with anything; this many times in a row it is meant. */
export const mostRefusals = 3;
/** The client errors that only say "later". */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * A tolerance that forgives any single answer during a wait, but not the third refusal in a row
 * with the same status, and no token endpoint that asks to come back after the end.
 */
export function createTolerance(patience: Patience): Tolerance {
  const { clock, random, log } = patience;
  let refusals = 0;
  let last: number | undefined;

  function isAccident(error: RequestError, left: number): boolean {
    const { status = 0, policy, retryAfterMilliseconds } = error;
    if (policy === 'token' && (retryAfterMilliseconds ?? 0) > left) return false;
    const refused = status >= 400 && status < 500 && !passing.has(status);
    refusals = refused ? (status === last ? refusals + 1 : 1) : 0;
    last = status;
    return refusals < mostRefusals;
  }

  return {
    forgive: (error, usual) => {
      const left = patience.deadline - clock.now();
      if (!(error instanceof RequestError) || !isAccident(error, left)) throw error;
      const asked = askedDelay(error);
      // A little over what was asked: everybody who was told the same second would come in it.
      const delay =
        asked === undefined ? usual : Math.max(usual, Math.round(asked + 1_000 * random()));
      log(`${error.request}: ${error.message}. ${whatNext(Math.min(delay, left))}`);
      return { trouble: error, delay };
    },
    reset: () => {
      refusals = 0;
      last = undefined;
    },
  };
}

function whatNext(pause: number): string {
  return pause > 0 ? `Asking again in ${(pause / 1000).toFixed(1)}s.` : 'Time is over.';
}

interface Seen {
  /** Whether any answer came, if only that Aura does not know the instance yet. */
  any: boolean;
  /** The status of the last answer; undefined if Aura knew no such instance. */
  status: string | undefined;
  /** The last status that there was. */
  known: string | undefined;
  trouble: RequestError | undefined;
  /** How many answers in a row, up to the last, said that there is no such instance. */
  missing: number;
}

function nothingSeen(): Seen {
  return { any: false, status: undefined, known: undefined, trouble: undefined, missing: 0 };
}

function judge(reading: Reading, goal: Goal, seen: Seen): 'reached' | WaitError | undefined {
  if (typeof reading === 'string') {
    if (goal.reachedByGone) return 'reached';
    // A single 404 for an instance that was shown before may be an accident like any other.
    const doubtful = reading === 'missing' && seen.known !== undefined;
    if (doubtful && seen.missing < mostRefusals) return undefined;
    return new WaitError('gone', 'Aura has no such instance', { lastStatus: seen.known });
  }
  if (goal.reachedBy(reading)) return 'reached';
  const { status } = reading;
  const why = goal.deadEnd(status);
  if (why === undefined) return undefined;
  return new WaitError('dead-end', `its status is '${status}': ${why}`, { lastStatus: status });
}

function timeoutError(goal: Goal, { known: status, trouble }: Seen): WaitError {
  const last = status === undefined ? 'no status was seen' : `the last status seen was '${status}'`;
  const said = trouble === undefined ? '' : `; the last request failed: ${trouble.message}`;
  return new WaitError('timeout', `it did not become '${goal.name}': ${last}${said}`, {
    lastStatus: status,
    cause: trouble,
  });
}
