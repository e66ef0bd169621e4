import type { AuraClient } from '../aura/client.ts';
import { AuraError } from '../aura/errors.ts';
import type { Instance } from '../aura/types.ts';
import { attempting } from '../errors.ts';
import type { DeleteRequest } from '../inputs.ts';
import { awaitGoal, deletedGoal } from './await.ts';
import { type Context, capitalized, instanceOutputs, label, pauseWithin } from './context.ts';
import { readTarget } from './locate.ts';

/**
 * Deletes an instance. One that is not there is a success.
 *
 * @throws ActionError where it can't be deleted, or is not the one asked for.
 */
export async function deleteInstance(
  client: AuraClient,
  request: DeleteRequest,
  context: Context,
): Promise<void> {
  const { report } = context;
  const instance = await readTarget(client, request, 'delete');
  report.outputs({ created: false, changed: false });
  if (instance === undefined) {
    report.outputs({ 'instance-id': request.target.id, name: request.target.name });
    report.outputs({ status: 'deleted' });
    report.info('There is no such instance; nothing to do.');
    return;
  }
  report.outputs(instanceOutputs(instance));
  await getAccepted(client, instance, { request, context });
  report.outputs({ status: 'destroying', changed: true });
  if (!request.wait) {
    report.info(`Aura has accepted to delete ${label(instance)}.`);
    return;
  }
  await awaitGoal(
    client,
    {
      id: instance.id,
      what: label(instance),
      goal: deletedGoal,
      pollIntervalMilliseconds: request.pollIntervalMilliseconds,
    },
    context,
  );
  report.outputs({ status: 'deleted' });
  report.info(`${capitalized(label(instance))} is deleted.`);
}

/** Sends the DELETE until Aura accepts it or the instance is gone; a busy instance is waited out. */
async function getAccepted(
  client: AuraClient,
  instance: Instance,
  { request, context }: { readonly request: DeleteRequest; readonly context: Context },
): Promise<void> {
  const tried = `delete ${label(instance)}`;
  for (;;) {
    const busy = await attempting(tried, async () => {
      try {
        await client.deleteInstance(instance.id);
        return undefined;
      } catch (error) {
        if (error instanceof AuraError && error.status === 409) return error;
        throw error;
      }
    });
    if (busy === undefined) return;
    const now = await attempting(tried, () => client.getInstance(instance.id));
    // It goes already: an earlier DELETE whose answer was lost, or somebody else's.
    if (now === undefined || now.status === 'destroying' || now.status === 'deleting') return;
    context.report.info(`Waiting, because its status is '${now.status}': ${busy.message}.`);
    await pauseWithin(context, request, `Could not ${tried}: ${busy.message}`);
  }
}
