import type { AuraClient } from '../api/client.ts';
import { publishCredentials } from '../credentials/hand-over.ts';
import type { GetRequest } from '../inputs/request.ts';
import type { Context } from '../session/context.ts';
import { instanceOutputs, workedOn } from '../session/outputs.ts';
import { label } from '../api/label.ts';
import { notFound, readTarget, targetOutputs } from '../instances/find.ts';
import { handOver } from '../instances/hand-over-recovered.ts';
import { takeCredentials } from '../instances/recover-credentials.ts';

/**
 * Reads an instance and sets the outputs; if its password is known, also those of a create.
 *
 * @throws ActionError if it does not exist, if its password is needed and not known, or if `verify:
 *   require` fails.
 */
export async function get(
  client: AuraClient,
  request: GetRequest,
  context: Context,
): Promise<void> {
  const { report } = context;
  report.outputs(targetOutputs(request));
  const found = await readTarget(client, request, { tried: 'get', context });
  if (found === undefined) throw notFound('get', request);
  const { instance } = found;
  report.outputs(instanceOutputs(instance));
  report.worked([workedOn(instance, false)]);
  const recovered = await takeCredentials(instance, { tried: 'get', request, context });
  if (recovered !== undefined) publishCredentials(recovered.credentials, { request, context });
  report.info(`Status of ${label(instance)}: ${instance.status}.`);
  if (recovered !== undefined) await handOver(instance, recovered, { request, context });
}
