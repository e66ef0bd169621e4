import type { AuraClient } from '../aura/client.ts';
import { CancelledError } from '../cancellation.ts';
import { asError } from '../clock.ts';
import { ActionError } from '../errors.ts';
import type { DeleteRequest } from '../request.ts';
import { type Context, type Worked, instanceOutputs } from './context.ts';
import { locateAll, targetOutputs } from './locate.ts';
import { assertFew, assertUnprotected, removeInstance } from './remove.ts';

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
  const { ids, check } = await locateAll(client, request);
  assertFew(ids, request.maxDeletions);
  if (ids.length === 0) report.info(`There is no instance '${name ?? ''}'; nothing to do.`);

  const works: readonly Worked[] = ids.map((id) => ({ id, name, changed: false }));
  const [only] = works.length === 1 ? works : [];
  const publish = (): void => {
    const statuses = new Set(works.map(({ status }) => status));
    report.outputs({
      'instance-id': only?.id,
      status: works.length === 0 ? 'deleted' : statuses.size === 1 ? [...statuses][0] : undefined,
      changed: works.some(({ changed }) => changed),
      instances: JSON.stringify(works),
    });
  };
  const remove = async (work: Worked): Promise<void> => {
    const onRead: Parameters<typeof removeInstance>[1]['onRead'] = (instance) => {
      Object.assign(work, { name: instance.name, status: instance.status });
      if (work === only) report.outputs(instanceOutputs(instance));
      publish();
    };
    try {
      const order = { id: work.id, check, request, wait: request.wait, onRead };
      Object.assign(work, await removeInstance(client, order, context));
    } catch (error) {
      work.error = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      publish();
    }
  };
  publish();
  throwFailures(await Promise.allSettled(works.map(remove)));
}

/** @throws the only failure as it is, or one error with all of them. */
function throwFailures(results: readonly PromiseSettledResult<void>[]): void {
  const reasons = results.flatMap((result): unknown[] =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  const [first] = reasons;
  if (first === undefined) return;
  const other = reasons.find((reason) => reason instanceof CancelledError) ?? first;
  if (reasons.length === 1 || !(other instanceof ActionError)) throw asError(other);
  const messages = reasons.map((reason) => (reason instanceof Error ? reason.message : ''));
  throw new ActionError(
    `${reasons.length} of ${results.length} instances could not be deleted:\n${messages.join('\n')}`,
    { cause: first },
  );
}
