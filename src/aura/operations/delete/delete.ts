import type { AuraClient } from '../../api/client.ts';
import { isGoing } from '../../api/statuses.ts';
import type { Instance } from '../../api/types.ts';
import { CancelledError, asError, ActionError } from '../../../core/errors.ts';
import type { DeleteRequest } from '../../inputs/request.ts';
import type { AuraReport, Worked } from '../../session/report.ts';
import { belongsToBranch } from '../../inputs/naming.ts';
import { keptByPullRequest } from './closed-pull-request.ts';
import type { Context, MainContext } from '../../session/context.ts';
import { type Found, type Meant, findForDeletion } from './target.ts';
import { targetOutputs } from '../../instances/find.ts';
import { instanceOutputs } from '../../session/outputs.ts';
import { readListed } from '../../instances/read-listed.ts';
import {
  type Removal,
  type RemovalOrder,
  assertFew,
  assertUnprotected,
  protectingPattern,
  removeInstance,
} from '../../instances/remove.ts';
import { capitalized, label } from '../../api/label.ts';

/**
 * Deletes an instance by id, all instances with exactly one name, or all instances of the event's
 * branch, with and without a suffix. An instance that does not exist is a success; if one cannot be
 * deleted, the others are still deleted.
 *
 * @throws ActionError that names each failed instance, or says why nothing was changed.
 */
export async function deleteInstances(
  client: AuraClient,
  request: DeleteRequest,
  context: MainContext,
): Promise<void> {
  const { report } = context;
  const { ofBranch, target } = request;
  report.outputs(ofBranch === undefined ? targetOutputs(request) : { changed: false });
  if (ofBranch === undefined && target.name !== undefined) {
    assertUnprotected(target.name, request.protectedNames);
  }
  const found = await findForDeletion(client, request);
  if (found.meant.length === 0 && target.name !== undefined) {
    report.info(`There is no instance '${target.name}'; nothing to do.`);
    if (found.tenantId !== undefined)
      await forget(target.name, found.tenantId, { request, context });
  }
  const ledger = announce(found, request, report);
  const kept = ofBranch && (await keptByPullRequest(found.listed, ofBranch, context));
  const left = found.meant.filter(({ id }) => kept?.has(id) !== true);
  await removeAll(client, left, { request, context, ledger });
}

/** Another process deleted the target, so its credentials are useless. */
async function forget(
  name: string,
  scope: string,
  { request, context }: Pick<Situation, 'request' | 'context'>,
): Promise<void> {
  const { ofBranch, dryRun } = request;
  if (dryRun) return;
  if (ofBranch === undefined || ofBranch.suffix !== undefined) {
    await context.store.remove(name, { scope });
    return;
  }
  const { repository, branch } = ofBranch;
  const has = (other: string): boolean => belongsToBranch(other, repository, branch);
  await context.store.removeGroup({ what: `branch '${branch.name}'`, has }, scope);
}

/** The result for each instance, for the outputs. */
interface Ledger {
  readonly note: (news: Worked) => void;
  readonly noteError: (id: string, error: unknown) => void;
  /** The step has one instance, and its outputs are the step's outputs. */
  readonly isSingle: boolean;
}

/** Sets what is known before anything is deleted. */
function announce({ meant, tenantId }: Found, request: DeleteRequest, report: AuraReport): Ledger {
  const ofBranch = request.ofBranch !== undefined;
  const several = ofBranch && meant.length > 1;
  const works = new Map<string, Worked>(
    meant.map(({ id, name }) => [id, { id, name, changed: false }]),
  );
  const write = (): void => {
    report.worked([...works.values()], several ? 'several' : undefined);
  };
  const [only] = meant;
  if (several) report.outputs({ tenant: tenantId });
  else if (ofBranch)
    report.outputs({ ...targetOutputs(request), ...(only && { name: only.name }) });
  write();
  if (meant.length === 1) report.outputs({ 'instance-id': only?.id });
  if (meant.length === 0) report.outputs({ status: 'deleted' });
  return {
    note: (news) => {
      works.set(news.id, news);
      write();
    },
    noteError: (id, error) => {
      const before = works.get(id) ?? { id, name: undefined, changed: false };
      works.set(id, { ...before, error: asError(error).message });
      write();
    },
    isSingle: meant.length === 1,
  };
}

interface Situation {
  readonly request: DeleteRequest;
  readonly context: Context;
  readonly ledger: Ledger;
}

/** The result of reading an instance, or why it failed. */
type Read = PromiseSettledResult<Instance | undefined>;

/**
 * Deletes in parallel. Several instances are read first, so that too many are refused before any is
 * deleted.
 */
async function removeAll(
  client: AuraClient,
  meant: readonly Meant[],
  situation: Situation,
): Promise<void> {
  const reads = situation.ledger.isSingle
    ? new Map<string, Read>()
    : await readAll(client, meant, situation);
  const removals = meant.map(async (one) => {
    const read = reads.get(one.id);
    try {
      if (read?.status === 'rejected') throw asError(read.reason);
      if (read !== undefined && isKept(read.value, situation)) return;
      await remove(client, one, { ...situation, read: read && { instance: read.value } });
    } catch (error) {
      situation.ledger.noteError(one.id, error);
      throw error;
    }
  });
  throwFailures(await Promise.allSettled(removals));
}

/** @throws {@link ActionError} if more would be deleted than allowed. */
async function readAll(
  client: AuraClient,
  meant: readonly Meant[],
  { request, context }: Situation,
): Promise<ReadonlyMap<string, Read>> {
  const reads = await Promise.allSettled(
    meant.map((one) => readListed(client, one, { tried: 'delete', request, context })),
  );
  const due = reads.flatMap((read) => {
    const instance = read.status === 'fulfilled' ? read.value : undefined;
    if (instance === undefined || isGoing(instance.status)) return [];
    return protectingPattern(instance.name, request.protectedNames) === undefined
      ? [instance.id]
      : [];
  });
  assertFew(due, request.maxDeletions);
  return new Map(
    reads.flatMap((read, index) => {
      const id = meant[index]?.id;
      return id === undefined ? [] : [[id, read]];
    }),
  );
}

/** Of several instances, a protected one stays; the others are deleted. */
function isKept(instance: Instance | undefined, { request, context, ledger }: Situation): boolean {
  const pattern = instance && protectingPattern(instance.name, request.protectedNames);
  if (instance === undefined || pattern === undefined) return false;
  const { id, name, status } = instance;
  ledger.note({ id, name, status, changed: false });
  context.report.warning(
    `${capitalized(label(instance))} is kept: its name matches '${pattern}' of input 'protected-names'.`,
  );
  return true;
}

async function remove(
  client: AuraClient,
  one: Meant,
  { request, context, ledger, read }: Situation & Pick<RemovalOrder, 'read'>,
): Promise<void> {
  const { id, name } = one;
  const onProgress = ({ instance, status, changed }: Removal): void => {
    if (ledger.isSingle && instance !== undefined) {
      context.report.outputs(instanceOutputs(instance));
    }
    ledger.note({ id, name: instance?.name ?? name, status, changed });
  };
  const order = { ...one, request, wait: request.wait, onProgress, read };
  await removeInstance(client, order, context);
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
    `${reasons.length} of ${results.length} instances could not be deleted:\n${reasons.map(({ message }) => message).join('\n')}`,
    { cause: first },
  );
}
