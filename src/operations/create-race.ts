import type { AuraClient } from '../aura/client.ts';
import type { CreatedInstance, InstanceSummary } from '../aura/types.ts';
import { CancelledError } from '../cancellation.ts';
import { ActionError } from '../errors.ts';
import type { CreateRequest } from '../request.ts';
import type { Context } from './context.ts';
import { capitalized, label } from './words.ts';
import { expectMatch, findByName } from './locate.ts';
import { removeInstance } from './remove.ts';

/**
 * Two steps can find a name free and both make an instance of it. Each looks once more: the older
 * instance stays, and the step that made the younger one deletes it.
 *
 * @throws {@link ActionError} when the race was lost.
 */
export async function yieldIfRaceLost(
  client: AuraClient,
  created: CreatedInstance,
  { request, context }: { readonly request: CreateRequest; readonly context: Context },
): Promise<void> {
  const winner = await findWinner(client, created, context);
  if (winner === undefined) return;
  const { report } = context;
  const lost = `Could not create instance '${created.name}': another step made ${winner.id} of that name at the same time, and was first`;
  const advice = "Give the jobs a common 'concurrency' group, so that one runs after the other.";
  try {
    const check = expectMatch(created.name, created.tenantId);
    await removeInstance(client, { id: created.id, check, request, wait: true }, context);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    throw new ActionError(
      `${lost}. ${capitalized(label(created))} is left: ${error.message} ${advice}`,
      {
        cause: error,
      },
    );
  }
  report.outputs({ created: false });
  report.worked([{ id: created.id, name: created.name, status: 'deleted', changed: false }]);
  throw new ActionError(`${lost}. The one of this step is deleted again. ${advice}`);
}

/** A failed look does not fail the step: the instance is made and published. */
async function findWinner(
  client: AuraClient,
  created: CreatedInstance,
  { report }: Context,
): Promise<InstanceSummary | undefined> {
  try {
    const same = await findByName(client, created.tenantId, created.name);
    const ours = same.find(({ id }) => id === created.id) ?? created;
    return same.find((other) => isOlder(other, ours));
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    report.warning(
      `It could not be checked whether another step made an instance '${created.name}' at the same time: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

/** A strict order that both steps see alike; ids decide where Aura gives no time or the same. */
export function isOlder(other: InstanceSummary, ours: InstanceSummary): boolean {
  if (other.id === ours.id) return false;
  const timed = other.createdAt !== undefined && ours.createdAt !== undefined;
  if (timed && other.createdAt !== ours.createdAt) return other.createdAt < ours.createdAt;
  return other.id < ours.id;
}
