import { pollDelay } from '../aura/wait.ts';
import { formatDuration } from '../clock.ts';
import { ActionError } from '../errors.ts';
import type { CommonRequest } from '../request.ts';
import type { Context } from './context.ts';

/** The parts of a request that say how long things may take. */
export type Timing = Pick<CommonRequest, 'pollIntervalMilliseconds' | 'timeoutMilliseconds'>;

/**
 * Pauses as long as between two polls, for something that has to be tried again.
 *
 * @param situation what is wrong so far, for the error.
 * @param requests how many requests the next try makes: together they keep to the rate of polls.
 * @throws {@link ActionError} where the step's time does not allow it.
 */
export async function pauseWithin(
  { patience }: Context,
  { pollIntervalMilliseconds, timeoutMilliseconds }: Timing,
  { situation, requests = 1 }: { readonly situation: string; readonly requests?: number },
): Promise<void> {
  const { clock, deadline, random, signal } = patience;
  const begin = deadline - timeoutMilliseconds;
  const delay = (pollIntervalMilliseconds ?? pollDelay(clock.now() - begin, random())) * requests;
  if (clock.now() + delay > deadline) {
    const waited = formatDuration(clock.now() - begin);
    throw new ActionError(
      `${situation} after ${waited}. The instance is as it was: try again, or raise 'timeout'.`,
    );
  }
  await clock.sleep(delay, signal);
}
