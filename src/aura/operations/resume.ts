import type { AuraClient } from '../api/client.ts';
import { publishCredentials } from '../credentials/hand-over.ts';
import type { ResumeRequest } from '../inputs/request.ts';
import { changeUnlessDry, readForChange, resuming } from '../instances/change.ts';
import type { Context } from '../session/context.ts';
import { handOver } from '../instances/hand-over-recovered.ts';
import { takeCredentials } from '../instances/recover-credentials.ts';

/**
 * Resumes an instance; one that is running already is left alone. Where its password is known, its
 * credentials are handed on. They are looked for before anything is changed.
 *
 * @throws ActionError if it is not there, cannot be resumed, or its password is needed and not
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
