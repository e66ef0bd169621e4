import type { Clock } from './clock.ts';

/** How long a step waits, how often it polls, and which signals end it. */
export interface Patience {
  readonly clock: Clock;
  /** When the step began, in epoch milliseconds. */
  readonly begin: number;
  /** The end of the operation's `timeout`, in epoch milliseconds. */
  readonly deadline: number;
  /** Milliseconds between two reads; undefined for the pauses of {@link pollDelay}. */
  readonly pollInterval: number | undefined;
  readonly random: () => number;
  /** Ends everything immediately. */
  readonly signal: AbortSignal | undefined;
  /** Aborts a little after `signal`, for the one request whose response is not available again. */
  readonly graceSignal: AbortSignal | undefined;
  /** Aborts when pending requests must be sent now: pauses end, requests continue. */
  readonly hurrySignal?: AbortSignal;
  /** Called when the service refuses a request because there are too many; may move the deadline. */
  readonly onLimited?: () => void;
  /**
   * Called during every pause of the step, also that of a request which must wait for its turn; each
   * returns the milliseconds until it wants to be called again.
   */
  readonly beats?: Set<() => number>;
  /** Called once for each attempt that will be repeated. */
  readonly log: (line: string) => void;
}

/** The decision after a read: the result, or how many requests the next read takes. */
export type Verdict<R> = { readonly result: R } | { readonly requests: number };

/** The end of a wait. */
export function done<R>(result: R): Verdict<R> {
  return { result };
}

/**
 * Read again.
 *
 * @param requests of the next read: together they stay within the polling rate.
 */
export function again(requests = 1): { readonly requests: number } {
  return { requests };
}

/** Decides which failed reads a wait ignores. */
export interface Tolerance<E extends Error> {
  /**
   * Ignores a failed read.
   *
   * @param usual milliseconds that would pass until the next read.
   * @returns the error, and the milliseconds until the next read.
   * @throws the error if it is final.
   */
  readonly forgive: (error: unknown, usual: number) => NoNews<E>;
  /** Call it after a successful read. */
  readonly reset: () => void;
}

/** A failed read that was ignored. */
export interface NoNews<E extends Error> {
  readonly trouble: E;
  readonly delay: number;
}

/** How to read something until it has the needed state. */
interface Poll<T, R, E extends Error> {
  /** Reads once; `poll` repeats it. */
  readonly read: () => Promise<T>;
  /** Its errors end the wait. */
  readonly judge: (reading: T) => Verdict<R> | Promise<Verdict<R>>;
  /** Called when no time is left, with the error of the last read if it failed. */
  readonly overdue: (trouble: E | undefined) => R | Promise<R>;
  readonly tolerance: Tolerance<E>;
  /** A value that was already read and is judged first; `now` to read before the first pause. */
  readonly first?: { readonly reading: T } | 'now';
  /** About how many milliseconds pass until the first read, unless an interval is set. */
  readonly notBefore?: number | undefined;
  /** Called during pauses; returns the milliseconds until it wants to be called again. */
  readonly beat?: (() => number) | undefined;
}

/**
 * The only loop that waits: it reads, judges, and pauses. Its last pause ends at the deadline, so
 * that a change just before it is still seen.
 *
 * @throws what `judge`, `overdue` and the tolerance throw; the signal's reason when aborted.
 */
export async function poll<T, R, E extends Error>(
  patience: Patience,
  { beat, ...options }: Poll<T, R, E>,
): Promise<R> {
  const beats = patience.beats ?? new Set();
  if (beat !== undefined) beats.add(beat);
  try {
    return await pollWithBeats({ ...patience, beats }, options);
  } finally {
    if (beat !== undefined) beats.delete(beat);
  }
}

async function pollWithBeats<T, R, E extends Error>(
  patience: Patience,
  { read, judge, overdue, tolerance, first, notBefore }: Omit<Poll<T, R, E>, 'beat'>,
): Promise<R> {
  const usual = (gap?: number): number =>
    patience.pollInterval ?? pollDelay(patience.random(), gap);
  let trouble: E | undefined;
  let delay = first === 'now' ? 0 : usual(notBefore);
  if (typeof first === 'object') {
    const verdict = await judge(first.reading);
    if ('result' in verdict) return verdict.result;
    delay *= verdict.requests;
  }
  for (;;) {
    if (delay > 0 && !(await pauseIfTime(patience, delay))) return overdue(trouble);
    delay = usual();
    let reading: T;
    try {
      reading = await read();
    } catch (error) {
      ({ trouble, delay } = tolerance.forgive(error, delay));
      continue;
    }
    trouble = undefined;
    tolerance.reset();
    const verdict = await judge(reading);
    if ('result' in verdict) return verdict.result;
    delay *= verdict.requests;
  }
}

/** A constant gap notices a change sooner, on average, than a growing one with as many reads. */
const gapMilliseconds = 9_800;

/**
 * The pause between two reads. It varies randomly by 10 % in both directions, so that jobs that
 * started together drift apart. It is never under 8.8 s: at most 7 reads a minute. On average, the
 * wait notices a change after half a pause.
 *
 * @param random a number in [0, 1).
 * @param gap the average, in milliseconds.
 * @returns milliseconds.
 */
export function pollDelay(random: number, gap = gapMilliseconds): number {
  return Math.round(gap * (0.9 + 0.2 * random));
}

/**
 * Pauses; the last pause is shortened to end at the deadline.
 *
 * @returns false, without a pause, if no time is left.
 */
async function pauseIfTime(patience: Patience, milliseconds: number): Promise<boolean> {
  const { clock, deadline, signal, hurrySignal } = patience;
  const begin = clock.now();
  const end = Math.min(begin + milliseconds, deadline);
  if (hurrySignal?.aborted === true || deadline <= begin) return false;
  const ends = AbortSignal.any([signal, hurrySignal].filter((one) => one !== undefined));
  try {
    await sleep(patience, end - begin, ends);
  } catch (error) {
    const hurried = hurrySignal?.reason !== undefined && signal?.aborted !== true;
    if (!hurried) throw error;
    return false;
  }
  return true;
}

/**
 * Sleeps, and lets the beats of the step go on.
 *
 * @throws the signal's reason when aborted.
 */
export async function sleep(
  { clock, beats = new Set() }: Pick<Patience, 'clock' | 'beats'>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  const end = clock.now() + milliseconds;
  for (let now = clock.now(); now < end; now = clock.now()) {
    const next = [...beats].map((beat) => beat());
    await clock.sleep(Math.min(end - now, ...next), signal);
  }
}
