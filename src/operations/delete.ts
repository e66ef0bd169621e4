import type { AuraClient } from '../aura/client.ts';
import { CancelledError } from '../cancellation.ts';
import { asError } from '../clock.ts';
import { ActionError } from '../errors.ts';
import type { DeleteRequest } from '../request.ts';
import type { Worked } from '../report.ts';
import type { Context } from './context.ts';
import { instanceOutputs } from './outputs.ts';
import { locateAll, targetOutputs } from './locate.ts';
import { type Removal, assertFew, assertUnprotected, removeInstance } from './remove.ts';

/**
 * Deletes an instance by id, or all instances of exactly one name. Those that are not there are a
 * success; one that can't be deleted does not keep the others.
 *
 * @throws ActionError that names each that failed, or says why nothing was touched.
 */
export async function deleteInstances(
  client: AuraClient,
  request: DeleteRequest,
  context: Context,
): Promise<void> {
  const { report } = context;
  const { name } = request.target;
  report.outputs(targetOutputs(request));
  if (name !== undefined) assertUnprotected(name, request.protectedNames);
  const { ids, tenantId, check } = await locateAll(client, request);
  assertFew(ids, request.maxDeletions);
  if (ids.length === 0 && name !== undefined) {
    report.info(`There is no instance '${name}'; nothing to do.`);
    // Somebody else deleted it, and its credentials are of no use any more.
    if (!request.dryRun && tenantId !== undefined) {
      await context.store.remove(name, { scope: tenantId });
    }
  }

  const works = new Map<string, Worked>(ids.map((id) => [id, { id, name, changed: false }]));
  const note = (news: Worked): void => {
    works.set(news.id, news);
    report.worked([...works.values()]);
  };
  report.worked([...works.values()]);
  if (ids.length === 1) report.outputs({ 'instance-id': ids[0] });
  if (ids.length === 0) report.outputs({ status: 'deleted' });
  const removals = ids.map(async (id) => {
    const onProgress = ({ instance, status, changed }: Removal): void => {
      if (ids.length === 1 && instance !== undefined) report.outputs(instanceOutputs(instance));
      note({ id, name: instance?.name ?? name, status, changed });
    };
    const order = { id, check, request, wait: request.wait, onProgress };
    try {
      await removeInstance(client, order, context);
    } catch (error) {
      note({ changed: false, name, ...works.get(id), id, error: asError(error).message });
      throw error;
    }
  });
  throwFailures(await Promise.allSettled(removals));
}

/** @throws the only failure as it is, or one error with all of them. */
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
