import type { AuraClient } from '../../api/client.ts';
import type { CreateBody, CreatedInstance, Instance, InstanceSummary } from '../../api/types.ts';
import { CancelledError, ActionError } from '../../../core/errors.ts';
import type { DatabaseCredentials } from '../../credentials/bundle.ts';
import {
  exportCredentials,
  publishCredentials,
  addCredentials,
  storeCredentials,
  verifyCredentials,
  warnOfOtherPassword,
} from '../../credentials/hand-over.ts';
import type { CreateRequest } from '../../inputs/request.ts';
import { awaitGoal, statusGoal } from '../../instances/await.ts';
import type { MainContext } from '../../session/context.ts';
import { instanceOutputs, workedOn } from '../../session/outputs.ts';
import { capitalized, label } from '../../api/label.ts';
import { completeBody, describeBody } from './body.ts';
import { RaceLostError, yieldIfRaceLost } from './race.ts';
import { createTrail } from './trail.ts';
import { readAllListed } from '../../instances/read-listed.ts';
import { type MadeOnce, createOnce } from './once.ts';
import type { Attempt } from '../../instances/find-new.ts';
import { namingCreated, tellCreated, tellingReplaced } from './told.ts';
import { expectMatch, findByName, resolveRequestTenant } from '../../instances/find.ts';
import { reuse } from './reuse.ts';
import {
  type Removal,
  assertFew,
  assertUnprotected,
  removeInstance,
} from '../../instances/remove.ts';

/**
 * Creates an instance so that none is lost or left behind: it saves the intent before the request,
 * and outputs id and password before it waits.
 *
 * @throws ActionError if the name is taken, the configuration is not available, Aura refuses, or
 *   another step created an instance with the same name first; it names what still exists.
 */
export async function create(
  client: AuraClient,
  request: CreateRequest,
  context: MainContext,
): Promise<void> {
  const { report } = context;
  report.outputs({ name: request.name, created: false, changed: false });
  const tenantId = await resolveRequestTenant(client, request);
  report.outputs({ tenant: tenantId });
  const existing = await findByName(client, tenantId, request.name);
  const reusing = request.ifExists === 'reuse';
  if (reusing && existing.length > 0) {
    if (await reuse(client, existing, { request, context })) return;
  }
  const inTheWay = reusing ? [] : existing;
  await assertMayReplace(client, inTheWay, { request, context });
  const body = await completeBody(client, request, tenantId);
  await replace(client, inTheWay, { request, context });
  if (request.dryRun) {
    report.info(`Dry run: would create instance '${request.name}': ${describeBody(body)}.`);
    return;
  }
  const knownIds = existing.map(({ id }) => id);
  await tellingReplaced(inTheWay, () => make(client, body, { request, context, knownIds }));
}

/** Makes the instance, and leaves word of it at every step. */
async function make(
  client: AuraClient,
  body: CreateBody,
  situation: Situation & { readonly knownIds: readonly string[] },
): Promise<void> {
  const { request, context } = situation;
  const { name } = request;
  const trail = createTrail(request, context);
  let unsettled: Attempt | undefined;
  try {
    const made = await unlessCancelled(`Instance '${name}' may have been created`, request, () =>
      createOnce(client, body, { ...situation, trail }),
    );
    const { created } = made;
    unsettled = made.unsettled;
    const knownSince = context.patience.clock.now();
    const { deleteAfterJob } = request;
    tellCreated(created, {
      saveState: () => {
        trail.created(created);
      },
      publish: () => {
        publish(created, body, situation);
      },
      deleteAfterJob,
    });
    await unlessCancelled(`${capitalized(label(created))} was created`, request, () =>
      namingCreated(created, deleteAfterJob, () =>
        settle(client, made, { ...situation, knownSince }),
      ),
    );
  } catch (error) {
    if (error instanceof RaceLostError) {
      // The winning instance may come from an earlier request of this step.
      if (unsettled !== undefined && unsettled.postedAt.length > 0) trail.posting(unsettled);
      else trail.clear();
    }
    throw error;
  } finally {
    trail.end();
  }
}

/** Outputs the new instance and waits for it, unless another step was faster. */
async function settle(
  client: AuraClient,
  { created, knownIds, unsettled }: MadeOnce,
  situation: Situation & { readonly knownSince: number },
): Promise<void> {
  const { request, context } = situation;
  const race = { request, context, knownIds, mayBeOwn: unsettled.postedAt.length > 0 };
  await yieldIfRaceLost(client, created, { ...race, check: 'first' });
  const removeOlder = await addCredentials(credentialsOf(created), situation);
  await exportCredentials(credentialsOf(created), situation);
  if (!request.wait) {
    context.report.info(`Aura has accepted to create ${label(created)}.`);
    await removeOlder();
    return;
  }
  const running = await awaitRunning(client, created, situation);
  await yieldIfRaceLost(client, created, { ...race, check: 'last' });
  await removeOlder();
  await conclude(created, running, situation);
}

function credentialsOf(created: CreatedInstance): DatabaseCredentials {
  const { id, connectionUrl, name, tenantId, username, password, createdAt } = created;
  const known = { instanceId: id, connectionUri: connectionUrl, name, tenantId, createdAt };
  return { ...known, username, password };
}

/**
 * On cancellation says what still exists and how it will be deleted. @throws {@link ActionError}
 */
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
      : `It will not be deleted automatically: use operation 'delete' with name '${name}', or give 'delete-after-job'`;
    throw new ActionError(`${error.message}. ${left}. ${how}.`, { cause: error });
  }
}

interface Situation {
  readonly request: CreateRequest;
  readonly context: MainContext;
}

/**
 * @throws {@link ActionError} if an existing instance with the name forbids to create another one.
 */
async function assertMayReplace(
  client: AuraClient,
  existing: readonly InstanceSummary[],
  { request, context }: Situation,
): Promise<void> {
  const { name } = request;
  if (existing.length === 0) return;
  if (request.ifExists === 'fail') {
    const there = await readAllListed(client, existing, { tried: 'create', request, context });
    if (there.length === 0) return;
    const ids = there.map(({ id }) => id).join(', ');
    throw new ActionError(
      `Could not create instance '${name}': the tenant already has an instance with this name (${ids}). Delete it with operation 'delete', give 'if-exists: replace', or give another 'name'.`,
    );
  }
  assertUnprotected(name, request.protectedNames);
  assertFew(
    existing.map(({ id }) => id),
    request.maxDeletions,
  );
}

/**
 * Deletes the instances with the name and waits until they are deleted, so that the new one is not
 * confused with them.
 */
async function replace(
  client: AuraClient,
  existing: readonly InstanceSummary[],
  { request, context }: Situation,
): Promise<void> {
  if (request.ifExists !== 'replace') return;
  for (const { id, createdAt, tenantId } of existing) {
    const check = expectMatch(request.name, tenantId);
    const onProgress = ({ changed }: Removal): void => {
      if (changed) context.report.outputs({ changed });
    };
    const order = { id, createdAt, check, request, wait: true, onProgress };
    await removeInstance(client, order, context);
  }
}

/** Masks and outputs immediately what is known before the first poll. */
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
  warnOfOtherPassword(created, situation);
}

async function awaitRunning(
  client: AuraClient,
  created: CreatedInstance,
  { request, context, knownSince }: Situation & { readonly knownSince: number },
): Promise<Instance | undefined> {
  const { report } = context;
  const running = await awaitGoal(
    client,
    {
      id: created.id,
      what: label(created),
      goal: statusGoal('running'),
      newborn: { createdAt: created.createdAt, knownSince },
      pollIntervalMilliseconds: request.pollIntervalMilliseconds,
      onStatus: (status) => {
        report.worked([{ id: created.id, name: created.name, status, changed: true }]);
      },
    },
    context,
  );
  if (running !== undefined) {
    report.outputs(instanceOutputs(running));
    report.worked([workedOn(running, true)]);
  }
  return running;
}

/** The last actions when the instance is running and stays. */
async function conclude(
  created: CreatedInstance,
  running: Instance | undefined,
  situation: Situation,
): Promise<void> {
  const { report } = situation.context;
  const credentials = credentialsOf(created);
  const late = { ...credentials, connectionUri: running?.connectionUrl };
  // The URI of the create response stays; only if it had none, the URI of the instance is output
  // later.
  if (credentials.connectionUri === undefined) {
    publishCredentials(late, situation);
    await storeCredentials(late, situation);
    await exportCredentials(late, situation);
  } else {
    report.outputs({ 'connection-uri': credentials.connectionUri });
  }
  report.info(`${capitalized(label(created))} is running.`);
  const known = credentials.connectionUri === undefined ? late : credentials;
  await verifyCredentials(known, situation);
}
