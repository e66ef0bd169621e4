import { label } from '../../api/label.ts';
import type { Instance, InstanceSummary, UnreadableEntry } from '../../api/types.ts';
import { stopwatch } from '../../../core/time/progress.ts';
import type { Meant } from '../../session/guard.ts';
import type { Session } from '../../session/session.ts';
import type { Watching } from './watch-alongside.ts';
import { type OpenWait, deletedGoal, openWait } from '../await.ts';
import type { Failures } from './failures.ts';
import { noteDeleted } from '../remove.ts';
import { alongside, shareAmong, speakingOf } from './several.ts';

/** The instances whose deletion is awaited. */
export interface RemovalWatch extends Watching {
  /** @param listed whether Aura's list has shown it in this step. */
  readonly add: (removal: { meant: Meant; instance: Instance; listed: boolean }) => void;
}

interface Waiting {
  readonly meant: Meant;
  readonly instance: Instance;
  readonly wait: OpenWait;
  /** The time since its deletion was accepted. */
  readonly elapsed: () => string;
  /** Whether a list has shown it. */
  listed: boolean;
  /** How many lists in a row have not shown it. */
  missing: number;
  /** How many lists in a row may contain it in a form that cannot be read. */
  hidden: number;
}

/** One list can be wrong; the next one rarely is too. */
const enoughLists = 2;
/** Before the end of the time those that a list still shows are read: lists can lag. */
const lastRoundMilliseconds = 15_000;

/**
 * Watches several deletions with one list for all. An instance is deleted if two lists in a row do
 * not show it. This proves nothing if no list has ever shown it, or if they have entries that cannot be
 * read and may be it: such an instance is read.
 */
export function createRemovalWatch(whole: Session, failures: Failures): RemovalWatch {
  const session = alongside(whole);
  const waiting = new Map<string, Waiting>();
  const isLastRound = lastRound(session);

  const end = ({ instance, elapsed }: Waiting): void => {
    waiting.delete(instance.id);
    noteDeleted(speakingOf(session, instance), instance, elapsed());
  };
  const read = async (one: Waiting): Promise<void> => {
    const reading = await session.client.getInstance(one.instance.id, 'poll');
    if (typeof reading === 'string') end(one);
    else Object.assign(one, { missing: 0, hidden: 0 });
  };
  return {
    goal: 'deleted',
    add: ({ meant, instance, listed }) => {
      const what = label(instance);
      const wait = openWait(session, meant, { what, goal: deletedGoal, from: 'destroying' });
      const elapsed = stopwatch(session.patience.clock);
      waiting.set(instance.id, { meant, instance, wait, elapsed, listed, missing: 0, hidden: 0 });
    },
    size: () => waiting.size,
    look: async () => {
      // Those that are added while the list is read may be missing in it.
      const watched = [...waiting.values()];
      if (watched.length === 0) return;
      const sightOf = await listing(session, watched);
      for (const one of watched) {
        count(one, sightOf(one.instance));
        if (one.listed && one.missing >= enoughLists) end(one);
      }
      const isLast = isLastRound(waiting.size);
      const unsure = watched.filter(
        ({ instance, missing, hidden }) =>
          waiting.has(instance.id) && (isLast || Math.max(missing, hidden) >= enoughLists),
      );
      await Promise.all(unsure.map(read));
    },
    giveUp: (reason) => {
      for (const { meant, wait } of waiting.values()) {
        failures.note(meant, reason === undefined ? wait.overdue() : wait.inWords(reason));
      }
      waiting.clear();
    },
  };
}

/** What a list says about an instance; `hidden` if an entry that cannot be read may be it. */
type Sight = 'listed' | 'hidden' | 'missing';

function count(one: Waiting, sight: Sight): void {
  one.listed ||= sight !== 'missing';
  one.hidden = sight === 'hidden' ? one.hidden + 1 : 0;
  one.missing = sight === 'missing' ? one.missing + 1 : 0;
}

/** True once, when there is just enough time left to read so many instances. */
function lastRound({ patience: { clock, deadline } }: Session): (count: number) => boolean {
  let had = false;
  return (count) => {
    const isDue = !had && deadline - clock.now() <= shareAmong(count) + lastRoundMilliseconds;
    had ||= isDue;
    return isDue;
  };
}

/** Whether the list shows an instance, or may contain it in a form that cannot be read. */
async function listing(
  { client }: Session,
  watched: readonly Waiting[],
): Promise<(instance: InstanceSummary) => Sight> {
  const [tenant, ...others] = new Set(watched.map(({ instance }) => instance.tenantId));
  const unreadable: UnreadableEntry[] = [];
  const all = await client.listInstances(others.length === 0 ? tenant : undefined, (entry) =>
    unreadable.push(entry),
  );
  const ids = new Set([...all, ...unreadable].map(({ id }) => id));
  return ({ id }) => {
    if (ids.has(id)) return 'listed';
    return ids.has(undefined) ? 'hidden' : 'missing';
  };
}
