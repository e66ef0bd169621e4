import { inWords } from '../../api/advice.ts';
import { capitalized, label } from '../../api/label.ts';
import { isGoing } from '../../api/statuses.ts';
import type { Instance } from '../../api/types.ts';
import { CancelledError, asError, ActionError } from '../../../core/errors.ts';
import type { DeleteRequest } from '../../inputs/request.ts';
import { belongsToBranch } from '../../inputs/naming.ts';
import { readInstance } from '../../instances/read.ts';
import { removeInstance } from '../../instances/remove.ts';
import type { Meant } from '../../session/guard.ts';
import type { MainSession } from '../../session/session.ts';
import { keptByPullRequest } from './closed-pull-request.ts';
import { findTargets } from './target.ts';

/**
 * Deletes an instance by id, all instances with exactly one name, or all instances of the event's
 * branch, with and without a suffix. An instance that does not exist is a success; if one cannot be
 * deleted, the others are still deleted.
 *
 * @throws ActionError that names each failed instance, or says why nothing was changed.
 */
export async function deleteInstances(session: MainSession, request: DeleteRequest): Promise<void> {
  const { report, guard } = session;
  const { ofBranch, target, nothingToDo } = request;
  if (nothingToDo !== undefined) {
    report.outputs({ created: false, changed: false });
    report.notice(nothingToDo);
    return;
  }
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
  await removeAll(session, left, { wait: request.wait, single: meant.length === 1 });
}

/** Another process deleted the target, so its credentials are useless. */
async function forget(
  { guard, store }: MainSession,
  { target: { name }, ofBranch }: DeleteRequest,
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
  { ofBranch }: DeleteRequest,
  { meant, tenantId }: Awaited<ReturnType<typeof findTargets>>,
): void {
  const several = ofBranch !== undefined && meant.length > 1;
  if (several) report.outputs({ tenant: tenantId });
  else if (ofBranch !== undefined) ledger.announce();
  ledger.open(meant, several ? 'several' : undefined);
  if (meant.length === 0) report.outputs({ status: 'deleted' });
}

/** The result of reading an instance, or why it failed. */
type Read = PromiseSettledResult<Instance | undefined>;

/**
 * Deletes in parallel. Several instances are read first, so that too many are refused before any is
 * deleted.
 */
async function removeAll(
  session: MainSession,
  meant: readonly Meant[],
  { wait, single }: { readonly wait: boolean; readonly single: boolean },
): Promise<void> {
  const reads = single ? new Map<string, Read>() : await readAll(session, meant);
  const removals = meant.map(async (one) => {
    const read = reads.get(one.id);
    try {
      if (read?.status === 'rejected') throw asError(read.reason);
      if (read !== undefined && isKept(session, read.value)) return;
      await removeInstance(session, one, { wait, read: read && { instance: read.value } });
    } catch (error) {
      const told = inWords(session.ledger.task(one), error);
      session.ledger.failed(one.id, told.message);
      throw told;
    }
  });
  throwFailures(await Promise.allSettled(removals));
}

/** @throws {@link ActionError} if more would be deleted than allowed. */
async function readAll(
  session: MainSession,
  meant: readonly Meant[],
): Promise<ReadonlyMap<string, Read>> {
  const { guard } = session;
  const reads = await Promise.allSettled(meant.map((one) => readInstance(session, one)));
  const due = reads.flatMap((read) => {
    const instance = read.status === 'fulfilled' ? read.value : undefined;
    if (instance === undefined || isGoing(instance.status)) return [];
    return guard.protectingPattern(instance.name) === undefined ? [instance.id] : [];
  });
  guard.assertFew(due);
  return new Map(
    reads.flatMap((read, index) => {
      const id = meant[index]?.id;
      return id === undefined ? [] : [[id, read]];
    }),
  );
}

/** Of several instances, a protected one stays; the others are deleted. */
function isKept({ report, guard, ledger }: MainSession, instance: Instance | undefined): boolean {
  const pattern = instance && guard.protectingPattern(instance.name);
  if (instance === undefined || pattern === undefined) return false;
  ledger.saw(instance);
  report.warning(
    `${capitalized(label(instance))} is kept: its name matches '${pattern}' of input 'protected-names'.`,
  );
  return true;
}

/** @throws a single failure unchanged, or one error with all of them. */
function throwFailures(results: readonly PromiseSettledResult<void>[]): void {
  const reasons = results.flatMap((result) =>
    result.status === 'rejected' ? [asError(result.reason)] : [],
  );
  const [first] = reasons;
  if (first === undefined) return;
  const telling = reasons.find((reason) => reason instanceof CancelledError) ?? first;
  if (reasons.length === 1 || !(telling instanceof ActionError)) throw telling;
  throw new ActionError(
    `Could not delete ${reasons.length} of ${results.length} instances:\n${reasons.map(({ message }) => message).join('\n')}`,
    { cause: first },
  );
}
