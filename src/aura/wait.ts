import type { AuraClient, Reading } from './client.ts';
import { AuraError } from './errors.ts';
import type { Patience } from './retry.ts';
import type { Instance } from './types.ts';

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
  /** Why a (normalized) status can't lead there any more; undefined where it still may. */
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
 * logged, and the next one comes at its usual time or when Aura says (`Retry-After`).
 *
 * @returns the instance that reached the goal, or undefined where being gone did.
 * @throws {@link WaitError}; {@link AuraError} for a read that can't get better, such as 403.
 */
export async function waitFor(
  id: string,
  goal: Goal,
  options: WaitOptions,
): Promise<Instance | undefined> {
  const { clock, deadline, random, signal, log } = options.patience;
  const begin = clock.now();
  const seen: Seen = { any: false, status: undefined, known: undefined, trouble: undefined };
  let delay = options.readAtOnce ? 0 : nextDelay();

  function nextDelay(): number {
    return options.intervalMilliseconds ?? pollDelay(clock.now() - begin, random());
  }

  for (;;) {
    const left = deadline - clock.now();
    // Asked to come back after the end, there is nothing left to wait for.
    const toldTooLate = (seen.trouble?.retryAfterMilliseconds ?? 0) > left;
    if (delay > 0 && (left <= 0 || toldTooLate)) throw timeoutError(goal, seen);
    // The last pause is cut short, so that a change just before the end is still seen.
    if (delay > 0) await clock.sleep(Math.min(delay, left), signal);
    delay = nextDelay();
    try {
      const reading = await options.client.getInstance(id, 'once');
      const waits = reading === 'missing' && !goal.reachedByGone && (await options.isNotShownYet());
      const elapsed = clock.now() - begin;
      seen.trouble = undefined;
      const verdict = waits ? undefined : judge(reading, goal, seen.known);
      const instance = typeof reading === 'string' ? undefined : reading;
      if (instance !== undefined || verdict === undefined) noteStatus(instance?.status, elapsed);
      if (verdict === 'reached') return instance;
      if (verdict !== undefined) throw verdict;
    } catch (error) {
      if (!(error instanceof AuraError)) throw error;
      // A 404 that is an error is not Aura's own: a gateway's, which proves nothing either way.
      if (!error.transient && error.status !== 404) throw error;
      seen.trouble = error;
      delay = Math.max(delay, error.retryAfterMilliseconds ?? 0);
      log(`${error.request}: ${error.message}. Asking again in ${(delay / 1000).toFixed(1)}s.`);
    }
  }

  function noteStatus(status: string | undefined, elapsed: number): void {
    if (!seen.any || status !== seen.status) options.onStatus(status, elapsed);
    seen.any = true;
    seen.status = status;
    seen.known = status ?? seen.known;
  }
}

interface Seen {
  /** Whether any answer came, if only that Aura does not know the instance yet. */
  any: boolean;
  /** The status of the last answer; undefined where Aura knew no such instance. */
  status: string | undefined;
  /** The last status that there was. */
  known: string | undefined;
  trouble: AuraError | undefined;
}

function judge(
  reading: Reading,
  goal: Goal,
  known: string | undefined,
): 'reached' | WaitError | undefined {
  if (typeof reading === 'string') {
    if (goal.reachedByGone) return 'reached';
    return new WaitError('gone', 'Aura has no such instance', { lastStatus: known });
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
