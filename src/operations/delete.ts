import type { AuraClient } from '../aura/client.ts';
import type { Instance } from '../aura/types.ts';
import { CancelledError } from '../cancellation.ts';
import { asError } from '../clock.ts';
import { ActionError } from '../errors.ts';
import type { DeleteRequest } from '../request.ts';
import type { Context } from './context.ts';
import { type Worked, instanceOutputs, withStatus } from './outputs.ts';
import { locateAll, targetOutputs } from './locate.ts';
import { type RemovalOrder, assertFew, assertUnprotected, removeInstance } from './remove.ts';

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
  if (ids.length === 0 && name !== undefined) {
    report.info(`There is no instance '${name}'; nothing to do.`);
    // Somebody else deleted it, and its credentials are of no use any more.
    if (!request.dryRun) await context.store.remove(name);
  }

  const works: readonly Worked[] = ids.map((id) => ({ id, name, changed: false }));
  const [only] = works.length === 1 ? works : [];
  const publish = (work?: Worked, read?: Instance): void => {
    if (work !== undefined && work === only && read !== undefined) {
      report.outputs(instanceOutputs(withStatus(read, work.status ?? read.status)));
    }
    const statuses = new Set(works.map(({ status }) => status));
    report.outputs({
      'instance-id': only?.id,
      status: works.length === 0 ? 'deleted' : statuses.size === 1 ? [...statuses][0] : undefined,
      changed: works.some(({ changed }) => changed),
      instances: JSON.stringify(works),
    });
  };
  publish();
  const removals = works.map((work) => {
    const order = { id: work.id, check, request, wait: request.wait };
    return removeOne(client, order, { work, publish, context });
  });
  throwFailures(await Promise.allSettled(removals));
}

interface Progress {
  readonly work: Worked;
  readonly publish: (work: Worked, read: Instance | undefined) => void;
  readonly context: Context;
}

/** Deletes one instance, and publishes each step of it. */
async function removeOne(
  client: AuraClient,
  order: RemovalOrder,
  { work, publish, context }: Progress,
): Promise<void> {
  let read: Instance | undefined;
  const onRead = (instance: Instance): void => {
    read = instance;
    Object.assign(work, { name: instance.name, status: instance.status });
    publish(work, read);
  };
  try {
    const { status, changed } = await removeInstance(client, { ...order, onRead }, context);
    Object.assign(work, { status, changed });
  } catch (error) {
    work.error = asError(error).message;
    throw error;
  } finally {
    publish(work, read);
  }
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
