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
  { patience }: Context,
  { pollIntervalMilliseconds, timeoutMilliseconds }: Timing,
  {
    situation,
    requests = 1,
    advice = "The instance is as it was: try again, or raise 'timeout'.",
  }: Obstacle,
): Promise<void> {
  const { clock, deadline, random, signal } = patience;
  const begin = deadline - timeoutMilliseconds;
  const delay = (pollIntervalMilliseconds ?? pollDelay(clock.now() - begin, random())) * requests;
  if (clock.now() + delay > deadline) {
    const waited = formatDuration(clock.now() - begin);
    throw new ActionError(`${situation} after ${waited}. ${advice}`);
  }
  await clock.sleep(delay, signal);
}
