import type { AuraClient, Reading } from '../api/client.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { askedDelay } from '../../core/http/retry.ts';
import type { Patience } from '../../core/time/patience.ts';
import type { Instance } from '../api/types.ts';

/**
 * The pause between two polls. It grows from 6 to 8.5 seconds over the first four minutes and is
 * varies randomly by 15 % in both directions: never under 5.1 s, so at most 12 requests per minute.
 * On average, a change is seen half a pause later.
 *
 * @param elapsedMilliseconds how long the wait has lasted.
 * @param random a number in [0, 1).
 * @returns milliseconds.
 */
export function pollDelay(elapsedMilliseconds: number, random: number): number {
  const grown = Math.min(1, Math.max(0, elapsedMilliseconds) / 240_000);
  return Math.round((6_000 + 2_500 * grown) * (0.85 + 0.3 * random));
}

/** The goal of a wait. */
export interface Goal {
  /** For messages: `running`, `paused`, `deleted`, `settled`. */
  readonly name: string;
  /** Whether this (normalized) status is the goal. */
  readonly reachedBy: (instance: Instance) => boolean;
  /** Whether the goal is that the instance is deleted. */
  readonly reachedByGone: boolean;
  /** Why this (normalized) status can no longer lead to the goal; undefined if it still may. */
  readonly deadEnd: (status: string) => string | undefined;
}

/** Why a wait failed. */
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
  /** A fixed pause instead of the adaptive one. */
  readonly intervalMilliseconds: number | undefined;
  /**
   * Called with each change of status and the milliseconds waited; the status is undefined while
   * Aura returns none.
   */
  readonly onStatus: (status: string | undefined, elapsedMilliseconds: number) => void;
  /** Read the instance before the first pause. */
  readonly readAtOnce: boolean;
  /** Called after a 404: whether the instance may not be visible yet. */
  readonly isNotShownYet: () => Promise<boolean>;
}

/**
 * Polls an instance until the goal is reached. A failed read is logged and otherwise ignored. The
 * next one follows at its usual time or when Aura says (`Retry-After`), and the last one right at
 * the deadline.
 *
 * @returns the instance at the goal, or undefined if the goal was its deletion.
 * @throws {@link WaitError}; {@link RequestError} for a repeated refusal.
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
    // The last pause is shortened, so that a change just before the end is still seen.
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

/** A failed read that can be ignored. */
interface NoNews {
  readonly trouble: RequestError;
  /** Milliseconds until the next read: the usual ones, or what Aura asks for if that is longer. */
  readonly delay: number;
}

/** Distinguishes failures that may be accidental from those that are not. */
interface Tolerance {
  /**
   * Ignores a failed read, with a line in the log.
   *
   * @param usual milliseconds that would pass until the next read.
   * @throws the error if it is not accidental.
   */
  readonly forgive: (error: unknown, usual: number) => NoNews;
  /** Call it after a successful read. */
  readonly reset: () => void;
}

/**
 * A gateway can answer a single request with anything; this many equal refusals in a row are final.
 */
export const mostRefusals = 3;
/** The client errors that only say "later". */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * A tolerance that ignores any single failure during a wait, but not the third refusal in a row
 * with the same status, and not a token endpoint that asks to wait past the deadline.
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
      // A little longer than requested: otherwise all clients with the same `Retry-After` would
      // return in the same second.
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
  /** Whether there was any response, even a 404. */
  any: boolean;
  /** The status in the last response; undefined if it was a 404. */
  status: string | undefined;
  /** The last known status. */
  known: string | undefined;
  trouble: RequestError | undefined;
  /** How many of the latest responses in a row were a 404. */
  missing: number;
}

function nothingSeen(): Seen {
  return { any: false, status: undefined, known: undefined, trouble: undefined, missing: 0 };
}

function judge(reading: Reading, goal: Goal, seen: Seen): 'reached' | WaitError | undefined {
  if (typeof reading === 'string') {
    if (goal.reachedByGone) return 'reached';
    // A single 404 for an instance that was visible before may be accidental.
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
