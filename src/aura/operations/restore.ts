import { label } from '../api/label.ts';
import type { RestoreRequest } from '../inputs/request.ts';
import { change, dataChange } from '../instances/change/change.ts';
import { readAgain, readTarget } from '../instances/find.ts';
import { resolveSnapshot } from '../instances/snapshots.ts';
import type { MainSession } from '../session/session.ts';

/**
 * Restores an instance from one of its snapshots. The data that it has now is lost.
 *
 * @throws ActionError if the instance is protected or cannot be restored, or if the snapshot cannot
 *   be used; RequestError if Aura refuses.
 */
export async function restore(
  session: MainSession,
  { target, snapshotId, wait }: RestoreRequest,
): Promise<void> {
  const { report, guard, ledger } = session;
  ledger.announce();
  if (target.name !== undefined) guard.assertUnprotected(target.name, 'restored');
  const found = await readTarget(session, target);
  const { instance } = found;
  guard.assertUnprotected(instance.name, 'restored');
  const wanted = { source: instance, wanted: snapshotId, exportable: false };
  const snapshot = await resolveSnapshot(session, wanted);
  if (guard.dryRun) {
    const what = `${label(instance)}, which is ${instance.status}, from snapshot ${snapshot.id}`;
    report.notice(`Dry run: would restore ${what}.`);
    return;
  }
  const spec = dataChange({
    verb: 'restore',
    result: `restored from snapshot ${snapshot.id}`,
    via: ['restoring'],
    assertAllowed: ({ name }) => {
      guard.assertUnprotected(name, 'restored');
    },
    send: (client, { id }) => client.restoreSnapshot(id, snapshot.id),
  });
  await change(session, await readAgain(session, found), { spec, wait });
}
