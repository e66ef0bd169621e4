import type { DeleteRequest, Target } from '../../inputs/request.ts';
import { belongsToBranch } from '../../inputs/naming.ts';
import { readEach, removeSeveral } from '../../instances/several/remove.ts';
import { removeInstance } from '../../instances/remove.ts';
import { findSeveral } from '../../instances/several/several.ts';
import type { MainSession } from '../../session/session.ts';
import { keptByPullRequest } from './closed-pull-request.ts';
import { findTargets } from './target.ts';

/**
 * Deletes an instance by id, all instances with exactly one name, all instances of the event's
 * branch, with and without a suffix, or several by their ids or a pattern. An instance that does not
 * exist is a success; if one cannot be deleted, the others are still deleted.
 *
 * @throws ActionError that names each failed instance, or says why nothing was changed.
 */
export async function deleteInstances(session: MainSession, request: DeleteRequest): Promise<void> {
  const { report } = session;
  const { nothingToDo, several, wait } = request;
  if (nothingToDo !== undefined) {
    report.outputs({ created: false, changed: false });
    report.notice(nothingToDo);
    return;
  }
  if (several === undefined) {
    await deleteTarget(session, request);
    return;
  }
  const found = await findSeveral(session, several);
  if (found.length === 0) return;
  const reads = await readEach(session, found);
  await removeSeveral(session, reads, { wait, named: several.ids !== undefined, notice: {} });
}

/** A request for one target: an id, a name, or a branch. */
type TargetRequest = Extract<DeleteRequest, { readonly target: Target }>;

async function deleteTarget(session: MainSession, request: TargetRequest): Promise<void> {
  const { report, guard } = session;
  const { ofBranch, target, wait } = request;
  if (ofBranch === undefined) {
    session.ledger.announce();
    if (target.name !== undefined) guard.assertUnprotected(target.name);
  } else {
    report.outputs({ changed: false });
  }
  const found = await findTargets(session, request);
  const { meant, tenantId } = found;
  if (meant.length === 0 && target.name !== undefined) {
    report.info(`Instance '${target.name}' does not exist; nothing to delete.`);
    if (tenantId !== undefined) await forget(session, request, tenantId);
  }
  openEntries(session, request, found);
  const kept = ofBranch && (await keptByPullRequest(session, found.ofBranch ?? [], ofBranch));
  const left = meant.filter(({ id }) => kept?.has(id) !== true);
  const [only] = meant;
  if (meant.length > 1)
    await removeSeveral(session, await readEach(session, left), { wait, named: false, notice: {} });
  else if (only !== undefined && left.length === 1) await removeInstance(session, only, { wait });
}

/** Another process deleted the target, so its credentials are useless. */
async function forget(
  { guard, store }: MainSession,
  { target: { name }, ofBranch }: TargetRequest,
  scope: string,
): Promise<void> {
  if (guard.dryRun) return;
  if (ofBranch === undefined || ofBranch.suffix !== undefined) {
    await store.remove(name ?? '', { scope });
    return;
  }
  const { repository, branch } = ofBranch;
  const has = (other: string): boolean => belongsToBranch(other, repository, branch);
  await store.removeGroup({ what: `branch '${branch.name}'`, has }, scope);
}

/** Sets the outputs that are known before a deletion. */
function openEntries(
  { report, ledger }: MainSession,
  { ofBranch }: TargetRequest,
  { meant, tenantId }: Awaited<ReturnType<typeof findTargets>>,
): void {
  const several = ofBranch !== undefined && meant.length > 1;
  if (several) report.outputs({ tenant: tenantId });
  else if (ofBranch !== undefined) ledger.announce();
  ledger.open(meant, several ? 'several' : undefined);
  if (meant.length === 0) report.outputs({ status: 'deleted' });
}
