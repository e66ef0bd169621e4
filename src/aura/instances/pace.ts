import type { RequestError } from '../../core/http/request-error.ts';
import type { Patience } from '../../core/time/patience.ts';
import { createTolerance, mostRefusals, pollDelay } from './wait.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { attempting } from '../api/attempting.ts';
import { ActionError } from '../../core/errors.ts';
import type { CommonRequest } from '../inputs/request.ts';
import type { Context } from '../session/context.ts';

/** The time settings of a request. */
export type Timing = Pick<CommonRequest, 'pollIntervalMilliseconds' | 'timeoutMilliseconds'>;

/** A reading to repeat until the result is as needed. */
interface Again<T> {
  /** Reads once; the repetition is done here. */
  readonly read: () => Promise<T>;
  /** To follow "Could not". */
  readonly tried: string;
  readonly timing: Timing;
  /** How many requests follow the pause: together they keep to the polling rate. */
  readonly requests?: number;
  /** Whether a reading may be accidental: then it counts only the third time in a row. */
  readonly doubts?: (reading: T) => boolean;
}

/**
 * Pauses as long as between two polls and reads again. As in every wait, it ignores a single
 * failure and repeats.
 *
 * @throws {@link ActionError} if Aura keeps refusing, or if the timeout is reached.
 */
export async function readWithin<T>(
  context: Context,
  again: Again<T> & {
    /** The current problem, for the error. */
    readonly situation: string;
  },
): Promise<T> {
  const found = await readIfTime(context, again);
  if ('reading' in found) return found.reading;
  const { clock, deadline } = context.patience;
  const waited = formatDuration(clock.now() - deadline + again.timing.timeoutMilliseconds);
  const { trouble } = found;
  const said = trouble === undefined ? '' : `; the last request failed: ${trouble.message}`;
  throw new ActionError(
    `${again.situation} after ${waited}${said}. The instance is as it was: try again, or raise 'timeout'.`,
    { cause: trouble },
  );
}

/** A reading; or if no time was left, the problem of the last response, if there was one. */
export type Found<T> = { readonly reading: T } | { readonly trouble: RequestError | undefined };

/**
 * The same for something that continues after the timeout.
 *
 * @throws {@link ActionError} if Aura keeps refusing.
 */
export async function readIfTime<T>({ patience }: Context, again: Again<T>): Promise<Found<T>> {
  return attempting(again.tried, () => readAgain(patience, again));
}

async function readAgain<T>(
  patience: Patience,
  { read, timing, requests = 1, doubts }: Again<T>,
): Promise<Found<T>> {
  const tolerance = createTolerance(patience);
  let trouble: RequestError | undefined;
  let doubted = 0;
  let delay = usualDelay(patience, timing) * requests;
  while (await pauseIfTime(patience, delay)) {
    delay = usualDelay(patience, timing);
    try {
      const reading = await read();
      doubted = doubts?.(reading) === true ? doubted + 1 : 0;
      if (doubted === 0 || doubted === mostRefusals) return { reading };
      tolerance.reset();
      trouble = undefined;
    } catch (error) {
      ({ trouble, delay } = tolerance.forgive(error, delay));
    }
  }
  return { trouble };
}

function usualDelay(
  { clock, deadline, random }: Patience,
  { pollIntervalMilliseconds, timeoutMilliseconds }: Timing,
): number {
  const elapsed = clock.now() - deadline + timeoutMilliseconds;
  return pollIntervalMilliseconds ?? pollDelay(elapsed, random());
}

/**
 * Pauses; the last pause is shortened to end at the deadline.
 *
 * @returns false, without a pause, if no time is left.
 */
async function pauseIfTime(
  { clock, deadline, signal, hurrySignal }: Patience,
  milliseconds: number,
): Promise<boolean> {
  const left = deadline - clock.now();
  if (hurrySignal?.aborted === true || left <= 0) return false;
  const ends = [signal, hurrySignal].filter((end) => end !== undefined);
  try {
    await clock.sleep(Math.min(milliseconds, left), AbortSignal.any(ends));
  } catch (error) {
    const hurried = hurrySignal?.reason !== undefined && signal?.aborted !== true;
    if (!hurried) throw error;
    return false;
  }
  return true;
}
