import type { AuraClient } from '../aura/client.ts';
import type { GetRequest } from '../request.ts';
import { type Context, instanceOutputs, label, workedOn } from './context.ts';
import { notFound, readTarget, targetOutputs } from './locate.ts';

/**
 * Reads an instance and sets the outputs.
 *
 * @throws ActionError where it is not there.
 */
export async function get(
  client: AuraClient,
  request: GetRequest,
  { report }: Context,
): Promise<void> {
  report.outputs(targetOutputs(request));
  const instance = await readTarget(client, request, 'get');
  if (instance === undefined) throw notFound('get', request);
  report.outputs({ ...instanceOutputs(instance), ...workedOn(instance, false) });
  report.info(`Status of ${label(instance)}: ${instance.status}.`);
}
