import type { Instance } from '../../api/types.ts';
import type { Clock } from '../../../core/time/clock.ts';

/** How long the status of before may still be shown after Aura has accepted a change. */
const lagsForMilliseconds = 60_000;

/** What to do if Aura refuses to change a paused instance. Aura decides which changes it allows. */
export const resumeFirst = "Resume it with operation 'resume', then run this step again.";

/** Whether no operation is in progress in this status, so that Aura may accept a change. */
export function isAtRest(status: string): boolean {
  return status === 'running' || status === 'paused';
}

/**
 * Watches a change that begins and ends in the same status: right after Aura has accepted it, an
 * instance is still shown as it was before. It ends in `running`, or in the status of before.
 *
 * @param clock the moment of this call is that of the acceptance.
 * @returns a function to call with each instance that is read: `away` in another status; `back` if
 *   another status was read before, or if none was for a minute; `early` otherwise.
 */
export function watchReturn(
  clock: Clock,
  before: Instance,
): (instance: Instance) => 'away' | 'early' | 'back' {
  const since = clock.now();
  let left = false;
  return ({ status }) => {
    if (status !== 'running' && status !== before.status) {
      left = true;
      return 'away';
    }
    return left || clock.now() - since >= lagsForMilliseconds ? 'back' : 'early';
  };
}
