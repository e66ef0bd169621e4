import { saidOf } from '../api/advice.ts';
import type { Instance, InstanceSummary } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { createTolerance } from '../../core/http/tolerance.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { again, done, poll } from '../../core/time/patience.ts';
import type { Meant } from '../session/guard.ts';
import type { Session } from '../session/session.ts';
import { inPhase } from './phase.ts';
import { watch } from './watch.ts';

/**
 * Reads an instance that may have been created a moment ago: Aura can then return 404 for it.
 *
 * @returns undefined if it does not exist.
 * @throws ActionError if there is no time to wait until it is visible; RequestError if Aura refuses.
 */
export async function readInstance(session: Session, meant: Meant): Promise<Instance | undefined> {
  const { patience, ledger } = session;
  const look = watch(session, meant);
  return inPhase(session, `Reading instance ${meant.id}`, async (progress) =>
    poll(patience, {
      first: { reading: await look('read') },
      read: look,
      judge: (sight) => {
        if (sight !== 'unclear') return done(sight === 'gone' ? undefined : sight);
        progress.note('not shown by Aura yet');
        return again();
      },
      overdue: (trouble) => {
        const waited = formatDuration(patience.clock.now() - patience.begin);
        throw new ActionError(
          `Could not ${ledger.task(meant)}: it was created less than a minute ago, and Aura still answers 404 after ${waited}${saidOf(trouble)}. The instance was not changed.`,
          { next: "Try again, or increase 'timeout'.", cause: trouble },
        );
      },
      tolerance: createTolerance(patience),
      beat: progress.beat,
    }),
  );
}

/** Reads several instances of a list; those that no longer exist are skipped. */
export async function readAll(
  session: Session,
  listed: readonly InstanceSummary[],
): Promise<readonly Instance[]> {
  const found: Instance[] = [];
  for (const summary of listed) {
    const instance = await readInstance(session, summary);
    if (instance !== undefined) found.push(instance);
  }
  return found;
}
