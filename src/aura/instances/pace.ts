import type { RequestError } from '../../core/http/request-error.ts';
import type { Patience } from '../../core/time/patience.ts';
import { createTolerance, mostRefusals, pollDelay } from './wait.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { attempting } from '../api/attempting.ts';
import { ActionError } from '../../core/errors.ts';
import type { CommonRequest } from '../inputs/request.ts';
import type { Context } from '../session/context.ts';

/** The parts of a request that say how long things may take. */
export type Timing = Pick<CommonRequest, 'pollIntervalMilliseconds' | 'timeoutMilliseconds'>;

/** What is read again, because it was not yet as it has to be. */
interface Again<T> {
  /** Asks once; asking again is done here. */
  readonly read: () => Promise<T>;
  /** To go with "Could not". */
  readonly tried: string;
  readonly timing: Timing;
  /** How many requests come after the pause: together they keep to the rate of polls. */
  readonly requests?: number;
  /** Whether a reading may be an accident too: then it counts only the third time in a row. */
  readonly doubts?: (reading: T) => boolean;
}

/**
 * Pauses as long as between two polls and reads again. One bad answer is no news, as in every wait:
 * then that is repeated.
 *
 * @throws {@link ActionError} if Aura goes on refusing, or the step's time is over.
 */
export async function readWithin<T>(
  context: Context,
  again: Again<T> & {
    /** What is wrong so far, for the error. */
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

/** A reading; or where no time was left, what was wrong with the last answer, if there was one. */
export type Found<T> = { readonly reading: T } | { readonly trouble: RequestError | undefined };

/**
 * The same for something that goes on when time is over.
 *
 * @throws {@link ActionError} if Aura goes on refusing.
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
 * Pauses; the last pause is cut short, so that the end of the step's time is used.
 *
 * @returns false, without a pause, where no time is left.
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
