import { label, listed } from '../../api/label.ts';
import { deadEnd, isGoing } from '../../api/statuses.ts';
import type { Instance, InstanceSummary } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { Recovered } from '../../credentials/recover.ts';
import type { CreateRequest } from '../../inputs/request.ts';
import { awaitGoal, deletedGoal } from '../../instances/await.ts';
import { change, resuming } from '../../instances/change/change.ts';
import type { Found } from '../../instances/find.ts';
import { readAll } from '../../instances/read.ts';
import type { MainSession } from '../../session/session.ts';
import { ofAnotherJob, ownName } from './sibling.ts';

/**
 * Reuses the instance with the name: first it recovers the credentials, then it brings the instance
 * to `running`.
 *
 * @returns the instance as it was read last; undefined if it no longer exists, so that a new one must
 *   be created.
 * @throws {@link ActionError} if no password can be recovered, or if it cannot reach `running`.
 */
export async function reuse(
  session: MainSession,
  existing: readonly InstanceSummary[],
  { wait }: CreateRequest,
): Promise<Instance | undefined> {
  const { report, guard, ledger, handOver } = session;
  const found = await readExisting(session, existing);
  if (found === undefined) return undefined;
  const { instance } = found;
  ledger.open([instance]);
  ledger.saw(instance);
  const why = deadEnd(instance.status);
  if (why !== undefined) {
    throw new ActionError(
      `Could not reuse ${label(instance)}: its status is '${instance.status}' (${why}).`,
      { next: afterDeadEnd(instance) },
    );
  }
  const recovered = await recover(session, instance);
  if (guard.dryRun) {
    report.notice(`Dry run: would reuse ${label(instance)}, which is ${instance.status}.`);
    return instance;
  }
  // Masks the password before anything else is printed.
  handOver.publish(recovered.credentials);
  report.info(`Reusing ${label(instance)}, which is ${instance.status}.`);
  const final = await change(session, found, { spec: resuming, wait, quiet: true });
  await handOver.passOn(final, recovered);
  return final;
}

/** Nobody can use an instance whose data was not loaded; a suspended one may run again. */
function afterDeadEnd({ status }: Instance): string {
  return status === 'loading failed'
    ? "Set 'if-exists: replace' to delete it and create a new one."
    : 'Look at it in the Aura console.';
}

/** The only instance with the name; waits for one that is being deleted. */
async function readExisting(
  session: MainSession,
  existing: readonly InstanceSummary[],
): Promise<Found | undefined> {
  const there = await readAll(session, existing);
  const [instance, ...more] = there;
  const meant = existing.find(({ id }) => id === instance?.id);
  if (instance === undefined || meant === undefined) return undefined;
  if (more.length > 0) {
    const ids = listed(there.map(({ id }) => id));
    throw new ActionError(
      `Could not reuse instance '${meant.name}': several instances have this name (${ids}).`,
      {
        next: `Delete those that no job uses with operation 'delete' and 'instance-id'. ${ownName}`,
      },
    );
  }
  session.guard.expect(meant, instance);
  if (!isGoing(instance.status)) return { instance, meant };
  const { id } = instance;
  await awaitGoal(session, { id }, { what: label(instance), goal: deletedGoal });
  return undefined;
}

/** A create never succeeds without a password. */
async function recover(session: MainSession, instance: Instance): Promise<Recovered> {
  const recovered = await session.handOver.recover(instance);
  if (recovered !== undefined) return recovered;
  throw new ActionError(
    `Could not reuse ${label(instance)}: its password cannot be recovered, because Aura returns it only once.`,
    { next: waysToReuse(session, instance) },
  );
}

function waysToReuse(session: MainSession, instance: Instance): string {
  const stored = session.handOver.stores
    ? "The store has no credentials for it: let the step that creates it set 'credentials-store: deployment' too"
    : "Set 'credentials-store: deployment' here and in the step that creates it to store them";
  const ways = `Pass 'sealed-credentials' from the step that created it, or set 'password' from a secret. ${stored}.`;
  const used = ofAnotherJob(session, instance);
  return used === undefined
    ? `${ways} If no other job uses it, set 'if-exists: replace' to delete it and create a new one.`
    : `${used} ${ownName} ${ways}`;
}
