import type { Instance } from '../api/types.ts';
import type { Clock } from '../../core/time/clock.ts';

/** How long the status of before may still be shown after Aura has accepted a change. */
const lagsForMilliseconds = 60_000;

/**
 * Watches a change that begins and ends in the same status: right after Aura has accepted it, an
 * instance is still shown as it was before.
 *
 * @param clock the moment of the call is that of the acceptance.
 * @param home the statuses in which the change can end.
 * @returns a function to call with each instance that is read: `away` in another status; `back` if
 *   another status was read before, or if none was for a minute; `early` otherwise.
 */
export function watchReturn(
  clock: Clock,
  home: readonly string[],
): (instance: Instance) => 'away' | 'early' | 'back' {
  const since = clock.now();
  let left = false;
  return ({ status }) => {
    if (!home.includes(status)) {
      left = true;
      return 'away';
    }
    return left || clock.now() - since >= lagsForMilliseconds ? 'back' : 'early';
  };
}
