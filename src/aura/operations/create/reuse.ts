import type { AuraClient } from '../../api/client.ts';
import { deadEnd, isGoing } from '../../api/statuses.ts';
import type { Instance, InstanceSummary } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import { publishCredentials } from '../../credentials/hand-over.ts';
import type { CreateRequest } from '../../inputs/request.ts';
import { awaitGoal, deletedGoal } from '../../instances/await.ts';
import { reachStatus, resuming } from '../../instances/change.ts';
import type { Context } from '../../session/context.ts';
import { instanceOutputs, workedOn } from '../../session/outputs.ts';
import { label } from '../../api/label.ts';
import { type Found, expectMatch } from '../../instances/find.ts';
import { handOver } from '../../instances/hand-over-recovered.ts';
import { readAllListed } from '../../instances/read-listed.ts';
import { type Recovered, recoverCredentials } from '../../instances/recover-credentials.ts';

interface Situation {
  readonly request: CreateRequest;
  readonly context: Context;
}

/**
 * Reuses the instance with the name: first it recovers the credentials, then it brings the instance
 * to `running`.
 *
 * @returns false if it no longer exists, so that a new one must be created.
 * @throws {@link ActionError} if no password can be recovered, or if it cannot reach `running`.
 */
export async function reuse(
  client: AuraClient,
  existing: readonly InstanceSummary[],
  { request, context }: Situation,
): Promise<boolean> {
  const { report } = context;
  const found = await readExisting(client, existing, { request, context });
  if (found === undefined) return false;
  const { instance } = found;
  report.outputs(instanceOutputs(instance));
  report.worked([workedOn(instance, false)]);
  const why = deadEnd(instance.status);
  if (why !== undefined) {
    throw new ActionError(
      `Could not reuse ${label(instance)}: its status is '${instance.status}': ${why}. Give 'if-exists: replace' to delete it and make another.`,
    );
  }
  const recovered = await recover(instance, { request, context });
  if (request.dryRun) {
    report.info(`Dry run: would reuse ${label(instance)}, which is ${instance.status}.`);
    return true;
  }
  publishCredentials(recovered.credentials, { request, context });
  report.info(`Reusing ${label(instance)}, which is ${instance.status}.`);
  const change = resuming(client);
  const final = await reachStatus(client, found, { change, request, context });
  await handOver(final, recovered, { request, context });
  return true;
}

/** The only instance with the name; waits for one that is being deleted. */
async function readExisting(
  client: AuraClient,
  existing: readonly InstanceSummary[],
  { request, context }: Situation,
): Promise<Found | undefined> {
  const there = await readAllListed(client, existing, { tried: 'reuse', request, context });
  const [instance, ...more] = there;
  if (instance === undefined) return undefined;
  if (more.length > 0) {
    const ids = there.map(({ id }) => id).join(', ');
    throw new ActionError(
      `Could not reuse instance '${request.name}': ${ids} all have that name. Give 'if-exists: replace' to delete them and make another.`,
    );
  }
  const check = expectMatch(request.name, existing[0]?.tenantId);
  check(instance);
  if (!isGoing(instance.status)) return { instance, check };
  const { id } = instance;
  const { pollIntervalMilliseconds } = request;
  const wait = { id, what: label(instance), goal: deletedGoal, pollIntervalMilliseconds };
  await awaitGoal(client, wait, context);
  return undefined;
}

/** A create never succeeds without a password. */
async function recover(instance: Instance, situation: Situation): Promise<Recovered> {
  const recovered = await recoverCredentials(instance, situation);
  if (recovered !== undefined) return recovered;
  throw new ActionError(
    `Could not reuse ${label(instance)}: its password can't be recovered, because Aura shows it only once. Give its 'password' or 'sealed-credentials' of the step that created it, keep them with 'credentials-store: deployment', or give 'if-exists: replace' to delete it and make another.`,
  );
}
