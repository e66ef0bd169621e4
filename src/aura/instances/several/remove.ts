import { capitalized, countOf, label, shortLabel } from '../../api/label.ts';
import { isGoing } from '../../api/statuses.ts';
import type { Instance } from '../../api/types.ts';
import { asError } from '../../../core/errors.ts';
import { createBeat, stopwatch } from '../../../core/time/progress.ts';
import type { Meant } from '../../session/guard.ts';
import type { Session } from '../../session/session.ts';
import { watchAlongside } from './watch-alongside.ts';
import { type Failures, collectFailures } from './failures.ts';
import { readInstance } from '../read.ts';
import { type WhyKept, noteAbsent, requestRemoval } from '../remove.ts';
import { inTurn, sharing, speakingOf, sumUp } from './several.ts';
import { createRemovalWatch } from './watch-removals.ts';

/** One of several instances as it was read; without both if it does not exist. */
export interface Read {
  readonly meant: Meant;
  readonly instance?: Instance | undefined;
  /** Why it could not be read. */
  readonly error?: Error;
}

/** Reads several instances side by side. Never throws: a failure is part of the result. */
export async function readEach(session: Session, all: readonly Meant[]): Promise<readonly Read[]> {
  const { report, patience } = session;
  let done = 0;
  const elapsed = stopwatch(patience.clock);
  const { beat } = createBeat(patience.clock, () => {
    report.info(`${elapsed().padEnd(6)} ${done} of ${all.length} read.`);
  });
  const work = async (meant: Meant): Promise<Instance | undefined> => {
    beat();
    const instance = await readInstance(speakingOf(session, meant), meant);
    done += 1;
    return instance;
  };
  const reads = await report.group(`Reading ${countOf(all.length)}`, () =>
    Promise.allSettled(inTurn(session, all, { requests: 1, work })),
  );
  return all.map((meant, index) => {
    const read = reads[index];
    return read?.status === 'fulfilled'
      ? { meant, instance: read.value }
      : { meant, error: asError(read?.reason) };
  });
}

interface RemoveOptions {
  readonly wait: boolean;
  /** Asked right before each deletion; see {@link requestRemoval}. */
  readonly whyKept?: WhyKept;
  /** Says in a notice what was deleted, or would be in a dry run; also before a failure with others. */
  readonly notice?: { readonly summarized?: true };
  /**
   * The user has named each instance: `max-deletions` does not count, and a protected one is a
   * failure. Otherwise a protected one stays, with a warning.
   */
  readonly named: boolean;
}

/**
 * Deletes several instances that were read a moment ago, side by side, and waits until Aura's list
 * shows none of them. Each is judged alone; if one fails, the others are still deleted. Their entries
 * in the ledger are open.
 *
 * @throws ActionError if they are more than `max-deletions`, before any is deleted; ActionError that
 *   names each instance that failed.
 */
export async function removeSeveral(
  session: Session,
  reads: readonly Read[],
  { wait, named, whyKept, notice }: RemoveOptions,
): Promise<void> {
  const { guard, report } = session;
  const failures = collectFailures(session, 'delete');
  const due = select(session, reads, { named, failures });
  const fresh = due.filter(({ instance }) => !isGoing(instance.status));
  if (!named) guard.assertFew(fresh.map(({ instance }) => shortLabel(instance)));
  const watch = createRemovalWatch(session, failures);
  let open = due.length;
  const mine = sharing(session, () => open);
  const request = async ({ meant, instance }: Due): Promise<void> => {
    try {
      const outcome = await requestRemoval(speakingOf(mine, instance), meant, {
        instance,
        wait,
        whyKept,
      });
      // A name or a creation time is known only from a list.
      const isListed = meant.name !== undefined || meant.createdAt !== undefined;
      if (outcome === 'waiting') watch.add({ meant, instance, listed: isListed });
    } finally {
      open -= 1;
    }
  };
  await report.group(`Deleting ${countOf(due.length)}`, async () => {
    const work = inTurn(session, due, {
      requests: 1,
      work: (one) => failures.attempt(one.meant, () => request(one)),
    });
    const ids = new Set(due.map(({ instance }) => instance.id));
    await watchAlongside(session, work, { ...watch, ids });
  });
  const deleted = fresh.map(({ instance }) => instance);
  if (notice !== undefined) sumUp(session, deleted, { verb: 'delete', wait, ...notice });
  failures.raise(reads.length);
}

interface Due {
  readonly meant: Meant;
  readonly instance: Instance;
}

interface Selection {
  readonly named: boolean;
  readonly failures: Failures;
}

/** The instances to delete, of those that were read. */
function select(
  session: Session,
  reads: readonly Read[],
  { named, failures }: Selection,
): readonly Due[] {
  const { report, guard, ledger } = session;
  return reads.flatMap(({ meant, instance, error }) => {
    if (error !== undefined) failures.note(meant, error);
    else if (instance === undefined) noteAbsent(session, meant);
    if (instance === undefined) return [];
    ledger.saw(instance);
    const pattern = named ? undefined : guard.protectingPattern(instance.name);
    if (pattern === undefined) return [{ meant, instance }];
    report.warning(
      `${capitalized(label(instance))} is kept: its name matches '${pattern}' of input 'protected-names'.`,
    );
    return [];
  });
}
