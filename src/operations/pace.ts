import { pollDelay } from '../aura/wait.ts';
import { formatDuration } from '../clock.ts';
import { ActionError } from '../errors.ts';
import type { CommonRequest } from '../request.ts';
import type { Context } from './context.ts';

/** The parts of a request that say how long things may take. */
export type Timing = Pick<CommonRequest, 'pollIntervalMilliseconds' | 'timeoutMilliseconds'>;

/** What keeps something from being done at once. */
interface Obstacle {
  /** What is wrong so far, for the error. */
  readonly situation: string;
  /** How many requests the next try makes: together they keep to the rate of polls. */
  readonly requests?: number;
  /** What to do, for the error. */
  readonly advice?: string;
}

/**
 * Pauses as long as between two polls, for something that has to be tried again.
 *
 * @throws {@link ActionError} where the step's time does not allow it.
 */
export async function pauseWithin(
  context: Context,
  timing: Timing,
  {
    situation,
    requests = 1,
    advice = "The instance is as it was: try again, or raise 'timeout'.",
  }: Obstacle,
): Promise<void> {
  if (await pauseIfTime(context, timing, requests)) return;
  const { clock, deadline } = context.patience;
  const waited = formatDuration(clock.now() - deadline + timing.timeoutMilliseconds);
  throw new ActionError(`${situation} after ${waited}. ${advice}`);
}

/**
 * Pauses as long as between two polls; the last pause is cut short, so that the end of the step's
 * time is used.
 *
 * @param requests how many requests the next try makes.
 * @returns false, without a pause, where no time is left.
 */
export async function pauseIfTime(
  { patience }: Context,
  { pollIntervalMilliseconds, timeoutMilliseconds }: Timing,
  requests: number,
): Promise<boolean> {
  const { clock, deadline, random, signal, hurrySignal } = patience;
  const elapsed = clock.now() - deadline + timeoutMilliseconds;
  const delay = (pollIntervalMilliseconds ?? pollDelay(elapsed, random())) * requests;
  const left = deadline - clock.now();
  if (hurrySignal?.aborted === true || left <= 0) return false;
  const ends = [signal, hurrySignal].filter((end) => end !== undefined);
  try {
    await clock.sleep(Math.min(delay, left), AbortSignal.any(ends));
  } catch (error) {
    const hurried = hurrySignal?.reason !== undefined && signal?.aborted !== true;
    if (!hurried) throw error;
    return false;
  }
  return true;
}
