import { inWords } from '../../api/advice.ts';
import { isGoing } from '../../api/statuses.ts';
import type { CreatedInstance, InstanceSummary } from '../../api/types.ts';
import { CancelledError, ActionError } from '../../../core/errors.ts';
import { capitalized, label } from '../../api/label.ts';
import { findByName } from '../../instances/find.ts';
import { readInstance } from '../../instances/read.ts';
import { removeInstance } from '../../instances/remove.ts';
import type { Session } from '../../session/session.ts';
import { ownName } from './sibling.ts';

/** A create that may not be the only one with its name. */
interface Race {
  /**
   * The ids that had the name before, and those that this step has deleted since: they do not
   * compete.
   */
  readonly knownIds: readonly string[];
  /**
   * Whether an earlier request of this step may have created an instance that is listed only now.
   */
  readonly mayBeOwn: boolean;
  /** Right after the create, when lists can lag, or when the instance is running. */
  readonly check: 'first' | 'last';
  /** Whether there will be another check. */
  readonly checksAgain: boolean;
}

/**
 * Two steps can both find a name unused and create an instance with it. Each looks again: the older
 * instance stays, and the step that created the newer one deletes it.
 *
 * @throws {@link ActionError} if this step lost the race.
 */
export async function yieldIfRaceLost(
  session: Session,
  created: CreatedInstance,
  race: Race,
): Promise<void> {
  const winner = await findWinner(session, created, race);
  if (winner === undefined) return;
  const who = race.mayBeOwn
    ? `another step, or an earlier request of this step that got no answer, created ${winner.id} with this name. Delete it with operation 'delete' and instance-id '${winner.id}' if no other job uses it`
    : `another step created ${winner.id} with this name at the same time, and was first`;
  const lost = `Could not create instance '${created.name}': ${who}`;
  const advice = `${ownName} If only one of them should run at a time, use the same 'concurrency' group for both.`;
  try {
    const { id, name, tenantId, createdAt } = created;
    await removeInstance(session, { id, name, tenantId, createdAt }, { wait: true });
  } catch (error) {
    const told = inWords(`delete ${label(created)}`, error);
    if (!(told instanceof ActionError)) throw told;
    throw new ActionError(`${lost}. ${capitalized(label(created))} still exists: ${told.message}`, {
      next: advice,
      cause: error,
    });
  }
  throw new RaceLostError(`${lost}. The instance of this step has been deleted.`, { next: advice });
}

/** This step lost the race, and its instance is deleted. */
export class RaceLostError extends ActionError {}

/** A failed check does not fail the step: the instance exists and its outputs are set. */
async function findWinner(
  session: Session,
  created: CreatedInstance,
  race: Race,
): Promise<InstanceSummary | undefined> {
  try {
    const same = await findByName(session, created.tenantId, created.name);
    const ours = same.find(({ id }) => id === created.id) ?? created;
    for (const other of same) {
      if (race.knownIds.includes(other.id) || !isOlder(other, ours)) continue;
      if (await isAlive(session, other, race)) return other;
    }
    return undefined;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const { message } = inWords(
      `check whether another step created an instance '${created.name}' at the same time`,
      error,
    );
    if (race.checksAgain) session.report.info(message);
    else session.report.warning(message);
    return undefined;
  }
}

/** For a while, lists show deleted instances, and new ones before they can be read. */
async function isAlive(
  session: Session,
  rival: InstanceSummary,
  { check }: Race,
): Promise<boolean> {
  const reading =
    check === 'first'
      ? await session.client.getInstance(rival.id)
      : await readInstance(session, rival);
  return typeof reading === 'object' && !isGoing(reading.status);
}

/**
 * A strict order that is the same for both steps; ids decide if Aura returns no time or the same
 * time.
 */
export function isOlder(other: InstanceSummary, ours: InstanceSummary): boolean {
  if (other.id === ours.id) return false;
  const timed = other.createdAt !== undefined && ours.createdAt !== undefined;
  if (timed && other.createdAt !== ours.createdAt) return other.createdAt < ours.createdAt;
  return other.id < ours.id;
}
