import type { AuraClient } from '../aura/client.ts';
import type { CreateBody, CreatedInstance, InstanceSummary } from '../aura/types.ts';
import { CancelledError } from '../cancellation.ts';
import type { DatabaseCredentials } from '../credentials/sealed-credentials.ts';
import { ActionError } from '../errors.ts';
import {
  exportCredentials,
  publishCredentials,
  storeCredentials,
  verifyCredentials,
} from '../hand-over.ts';
import type { CreateRequest } from '../request.ts';
import { awaitGoal, newborn, statusGoal } from './await.ts';
import type { Context } from './context.ts';
import { instanceOutputs, workedOn } from './outputs.ts';
import { capitalized, label } from './words.ts';
import { completeBody, describeBody } from './create-body.ts';
import { yieldIfRaceLost } from './create-race.ts';
import { createOnce } from './create-once.ts';
import { expectMatch, findByName, resolveTenant } from './locate.ts';
import { reuse } from './reuse.ts';
import { type Removal, assertFew, assertUnprotected, removeInstance } from './remove.ts';

/**
 * Makes an instance, so that nothing is lost or left behind: the intent is saved before the request
 * that may make one, and id and password are published before anything is waited for.
 *
 * @throws ActionError where the name is taken, the configuration is not to be had, Aura refuses, or
 *   another step made an instance of the same name first; it names what is left, if anything.
 */
export async function create(
  client: AuraClient,
  request: CreateRequest,
  context: Context,
): Promise<void> {
  const { report } = context;
  report.outputs({ name: request.name, created: false, changed: false });
  const tenantId = await resolveTenant(client, request.tenant);
  report.outputs({ tenant: tenantId });
  const existing = await findByName(client, tenantId, request.name);
  const reusing = request.ifExists === 'reuse';
  if (reusing && existing.length > 0) {
    if (await reuse(client, existing, { request, context })) return;
  }
  const inTheWay = reusing ? [] : existing;
  assertMayReplace(inTheWay, request, tenantId);
  const body = await completeBody(client, request, tenantId);
  await replace(client, inTheWay, { request, context });
  if (request.dryRun) {
    report.info(`Dry run: would create instance '${request.name}': ${describeBody(body)}.`);
    return;
  }
  await make(client, body, { request, context });
}

/** Makes the instance, and leaves word of it at every step. */
async function make(client: AuraClient, body: CreateBody, situation: Situation): Promise<void> {
  const { request, context } = situation;
  const { report } = context;
  const { name, deleteAfterJob } = request;
  const begunAt = context.patience.clock.now();
  const intent = { deleteAfterJob, name, tenantId: body.tenant_id, begunAt };
  report.saveState(intent);
  const created = await unlessCancelled(`An instance '${name}' may have been made`, request, () =>
    createOnce(client, body, situation),
  );
  report.saveState({ ...intent, id: created.id });
  publish(created, body, situation);
  await unlessCancelled(`${capitalized(label(created))} was made`, request, async () => {
    await yieldIfRaceLost(client, created, situation);
    await storeCredentials(credentialsOf(created), situation);
    exportCredentials(credentialsOf(created), situation);
    if (request.wait) await awaitRunning(client, created, situation);
    else report.info(`Aura has accepted to create ${label(created)}.`);
  });
}

function credentialsOf(created: CreatedInstance): DatabaseCredentials {
  const { id, connectionUrl, name, tenantId, username, password } = created;
  return { instanceId: id, connectionUri: connectionUrl, name, tenantId, username, password };
}

/** On cancellation says what is left and how it goes. @throws {@link ActionError} */
async function unlessCancelled<T>(
  left: string,
  { name, deleteAfterJob }: CreateRequest,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    const how = deleteAfterJob
      ? 'The post step of this step deletes it'
      : `Nothing deletes it by itself: use operation 'delete' with name '${name}', or 'delete-after-job'`;
    throw new ActionError(`${error.message}. ${left}. ${how}.`, { cause: error });
  }
}

interface Situation {
  readonly request: CreateRequest;
  readonly context: Context;
}

function assertMayReplace(
  existing: readonly InstanceSummary[],
  request: CreateRequest,
  tenantId: string,
): void {
  const { name } = request;
  const ids = existing.map(({ id }) => id);
  if (ids.length === 0) return;
  if (request.ifExists === 'fail') {
    throw new ActionError(
      `Could not create instance '${name}': tenant ${tenantId} has one of that name (${ids.join(', ')}). Delete it with operation 'delete', give 'if-exists: replace', or give another 'name'.`,
    );
  }
  assertUnprotected(name, request.protectedNames);
  assertFew(ids, request.maxDeletions);
}

/** Deletes what has the name, and waits until it is gone: its successor is not to be mistaken. */
async function replace(
  client: AuraClient,
  existing: readonly InstanceSummary[],
  { request, context }: Situation,
): Promise<void> {
  for (const { id, tenantId } of existing) {
    const check = expectMatch(request.name, tenantId);
    const onProgress = ({ changed }: Removal): void => {
      if (changed) context.report.outputs({ changed });
    };
    await removeInstance(client, { id, check, request, wait: true, onProgress }, context);
  }
}

/** Masks and publishes at once, with what is known before the first poll. */
function publish(created: CreatedInstance, body: CreateBody, situation: Situation): void {
  const { report } = situation.context;
  publishCredentials(credentialsOf(created), situation);
  const { id, name } = created;
  report.outputs({
    tier: created.type ?? body.type,
    region: created.region ?? body.region,
    'cloud-provider': created.cloudProvider ?? body.cloud_provider,
    memory: body.memory,
    created: true,
  });
  report.worked([{ id, name, status: 'creating', changed: true }]);
  report.info(`Aura creates ${label(created)}: ${describeBody(body)}.`);
}

async function awaitRunning(
  client: AuraClient,
  created: CreatedInstance,
  { request, context }: Situation,
): Promise<void> {
  const { report } = context;
  const running = await awaitGoal(
    client,
    {
      id: created.id,
      what: label(created),
      goal: newborn(statusGoal('running')),
      pollIntervalMilliseconds: request.pollIntervalMilliseconds,
      onStatus: (status) => {
        report.worked([{ id: created.id, name: created.name, status, changed: true }]);
      },
    },
    context,
  );
  const credentials = credentialsOf(created);
  const late = { ...credentials, connectionUri: running?.connectionUrl };
  if (running !== undefined) {
    report.outputs(instanceOutputs(running));
    report.worked([workedOn(running, true)]);
  }
  // The URI stays the one of the create; only where that had none, the detail's is handed on late.
  if (credentials.connectionUri === undefined) {
    publishCredentials(late, { request, context });
    await storeCredentials(late, { request, context });
    exportCredentials(late, { request, context });
  } else {
    report.outputs({ 'connection-uri': credentials.connectionUri });
  }
  report.info(`${capitalized(label(created))} is running.`);
  const known = credentials.connectionUri === undefined ? late : credentials;
  await verifyCredentials(known, { request, context });
}
