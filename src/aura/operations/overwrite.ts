import { inWords } from '../api/advice.ts';
import { label } from '../api/label.ts';
import { isGoing } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import type { OverwriteRequest } from '../inputs/request.ts';
import { nameOfTier } from '../inputs/table.ts';
import { change, dataChange } from '../instances/change/change.ts';
import { readAgain, readTarget } from '../instances/find.ts';
import { readInstance } from '../instances/read.ts';
import { resolveSnapshot } from '../instances/snapshots.ts';
import type { MainSession } from '../session/session.ts';

/**
 * Copies another instance, or one of its snapshots, into an instance. The data that this has now is
 * lost; its id and its connection URI stay.
 *
 * @throws ActionError if the instance is protected, or cannot take the data of the source;
 *   RequestError if Aura refuses.
 */
export async function overwrite(session: MainSession, request: OverwriteRequest): Promise<void> {
  const { target, sourceSnapshotId: wanted, wait } = request;
  const { report, guard, ledger } = session;
  ledger.announce();
  if (target.name !== undefined) guard.assertUnprotected(target.name, 'overwritten');
  const found = await readTarget(session, target);
  const { instance } = found;
  guard.assertUnprotected(instance.name, 'overwritten');
  assertTierAllows(session, instance);
  const source = await readSource(session, instance, request);
  assertFits(session, instance, source);
  const snapshot =
    wanted === undefined
      ? undefined
      : await resolveSnapshot(session, { source, wanted, exportable: true });
  const copied =
    snapshot === undefined ? label(source) : `snapshot ${snapshot.id} of ${label(source)}`;
  if (guard.dryRun) {
    const what = `${label(instance)}, which is ${instance.status}, with ${copied}`;
    report.notice(`Dry run: would overwrite ${what}.`);
    return;
  }
  const body = {
    source_instance_id: source.id,
    ...(snapshot && { source_snapshot_id: snapshot.id }),
  };
  const spec = dataChange({
    verb: 'overwrite',
    result: `overwritten with ${copied}`,
    via: ['overwriting', 'loading'],
    assertAllowed: (now) => {
      guard.assertUnprotected(now.name, 'overwritten');
      // Its size may have changed while it was busy.
      assertFits(session, now, source);
    },
    send: (client, { id }) => client.overwriteInstance(id, body),
  });
  await change(session, await readAgain(session, found), { spec, wait });
}

/** Source: Aura API v1 specification, 420. */
function assertTierAllows({ ledger }: MainSession, { type = '', ...instance }: Instance): void {
  if (type !== 'free-db') return;
  throw new ActionError(
    `Could not ${ledger.task(instance)}: its tier is '${nameOfTier(type)}', and Aura cannot overwrite such an instance. Nothing was changed.`,
    { next: 'Choose an instance of another tier.' },
  );
}

async function readSource(
  session: MainSession,
  instance: Instance,
  { sourceInstanceId, sourceSnapshotId }: OverwriteRequest,
): Promise<Instance> {
  const task = session.ledger.task(instance);
  if (sourceInstanceId === instance.id) {
    if (sourceSnapshotId !== undefined) return instance;
    throw new ActionError(
      `Could not ${task}: 'source-instance-id' is this instance itself. Nothing was changed.`,
      {
        next: "Set another 'source-instance-id', or 'source-snapshot-id' to one of its snapshots.",
      },
    );
  }
  let source: Instance | undefined;
  try {
    source = await readInstance(session, { id: sourceInstanceId });
  } catch (error) {
    throw inWords(`${task} with instance ${sourceInstanceId}, which could not be read`, error);
  }
  if (source !== undefined && !isGoing(source.status)) return source;
  const why = source === undefined ? 'Aura has no instance with this id' : 'it is being deleted';
  throw new ActionError(
    `Could not ${task}: the source is instance ${sourceInstanceId}, but ${why}. Nothing was changed.`,
    { next: "Check 'source-instance-id'." },
  );
}

/**
 * Compares the sizes, because Aura answers 500 each time if the source is larger. The allocated size
 * counts, not that of the data. Source: Aura API v1 specification, overwrite.
 *
 * @throws {@link ActionError} if the source is larger; a size that is not shown is not compared.
 */
function assertFits({ ledger }: MainSession, instance: Instance, source: Instance): void {
  for (const field of ['memory', 'storage']) {
    const [has, needs] = [instance.fields[field], source.fields[field]];
    if (!(gigabytes(needs) > gigabytes(has))) continue;
    throw new ActionError(
      `Could not ${ledger.task(instance)}: it has ${field} ${String(has)}, but the source, ${label(source)}, has ${field} ${String(needs)}, and Aura does not copy into a smaller instance. Nothing was changed.`,
      { next: "Set the size with operation 'resize' first, or choose another source." },
    );
  }
}

/** NaN if it is not known, which is neither larger nor smaller. */
function gigabytes(size: unknown): number {
  const found = typeof size === 'string' ? /^(\d+(?:\.\d+)?) *GB$/i.exec(size) : null;
  return Number(found?.[1]);
}
