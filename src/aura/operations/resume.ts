import type { AuraClient } from '../api/client.ts';
import { publishCredentials } from '../credentials/hand-over.ts';
import type { ResumeRequest } from '../inputs/request.ts';
import { changeUnlessDry, readForChange, resuming } from '../instances/change.ts';
import type { Context } from '../session/context.ts';
import { handOver } from '../instances/hand-over-recovered.ts';
import { takeCredentials } from '../instances/recover-credentials.ts';

/**
 * Resumes an instance; does nothing if it is already running. If its password is known, it outputs
 * the credentials. It looks for them before it changes anything.
 *
 * @throws ActionError if it does not exist, cannot be resumed, or its password is needed and not
 *   known.
 */
export async function resume(
  client: AuraClient,
  request: ResumeRequest,
  context: Context,
): Promise<void> {
  const change = resuming(client);
  const first = await readForChange(client, request, { change, context });
  const { instance } = first;
  const taking = { tried: change.verb, willChange: true };
  const recovered = await takeCredentials(instance, { ...taking, request, context });
  if (recovered !== undefined && !request.dryRun) {
    publishCredentials(recovered.credentials, { request, context });
  }
  const final = await changeUnlessDry(client, first, { change, request, context });
  if (final === undefined || recovered === undefined) return;
  await handOver(final, recovered, { request, context });
}
