import type { Instance } from '../api/types.ts';
import { mostRefusals } from '../../core/http/tolerance.ts';
import type { Meant } from '../session/guard.ts';
import type { Session } from '../session/session.ts';

/** How long a 404 means "not yet" after a create. Source: seen live; official Go client waits too. */
const showsWithinMilliseconds = 60_000;

/** The result of reading an instance once; `unclear` if a 404 may mean "not yet" or be an error. */
export type Sight = Instance | 'unclear' | 'gone';

/** Reads once. @param policy `poll` if the caller reads again anyway. */
type Look = (policy?: 'read' | 'poll') => Promise<Sight>;

/**
 * Watches an instance. For a minute after its creation Aura can return 404 for it; later, a 404 for
 * an instance that was visible before counts only the third time in a row.
 *
 * @param shown the instance, if it was read before.
 */
export function watch(
  { client, patience: { clock } }: Pick<Session, 'client' | 'patience'>,
  meant: Meant,
  shown?: Instance,
): Look {
  const since = clock.now();
  let last = shown;
  let missing = 0;

  /** If its creation time is not known, the list of instances decides. */
  async function isYoung(): Promise<boolean> {
    let born = meant.createdAt;
    if (born === undefined && meant.knownSince === undefined) {
      // It was visible before.
      if (last !== undefined) return false;
      const listed = (await client.listInstances()).find(({ id }) => id === meant.id);
      if (listed === undefined) return false;
      born = listed.createdAt;
    }
    const serverNow = client.serverClock.now();
    const age =
      born === undefined || serverNow === undefined
        ? clock.now() - (meant.knownSince ?? since)
        : serverNow - born;
    return age < showsWithinMilliseconds;
  }

  return async (policy = 'poll') => {
    const reading = await client.getInstance(meant.id, policy);
    if (typeof reading === 'object') {
      last = reading;
      missing = 0;
      return reading;
    }
    if (reading === 'gone') return 'gone';
    missing += 1;
    if (await isYoung()) return 'unclear';
    return last !== undefined && missing < mostRefusals ? 'unclear' : 'gone';
  };
}
