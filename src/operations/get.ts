import type { AuraClient } from '../aura/client.ts';
import { ActionError } from '../errors.ts';
import { exportCredentials, publishCredentials, verifyCredentials } from '../hand-over.ts';
import type { GetRequest } from '../request.ts';
import type { Context } from './context.ts';
import { instanceOutputs, workedOn } from './outputs.ts';
import { label } from './words.ts';
import { notFound, readTarget, targetOutputs } from './locate.ts';

/**
 * Reads an instance and sets the outputs; with sealed credentials, those of a create as well.
 *
 * @throws ActionError where it is not there, or does not answer and `verify` requires that.
 */
export async function get(
  client: AuraClient,
  request: GetRequest,
  context: Context,
): Promise<void> {
  const { report } = context;
  const { sealed } = request;
  report.outputs(targetOutputs(request));
  const instance = await readTarget(client, request, { tried: 'get', context });
  if (instance === undefined) throw notFound('get', request);
  report.outputs(instanceOutputs(instance));
  report.worked([workedOn(instance, false)]);
  if (sealed !== undefined) {
    publishCredentials(sealed, { request, context });
    await exportCredentials(sealed, { request, context });
  }
  report.info(`Status of ${label(instance)}: ${instance.status}.`);
  if (sealed === undefined || request.verify === 'off') return;
  if (instance.status === 'running') {
    await verifyCredentials(sealed, { request, context });
    return;
  }
  const text = `The database of ${label(instance)} can't answer: its status is '${instance.status}'. Bring it to running first.`;
  if (request.verify === 'require') throw new ActionError(text);
  report.warning(text);
}
