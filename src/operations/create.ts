import type { AuraClient } from '../aura/client.ts';
import type { CreateBody, CreatedInstance, InstanceSummary } from '../aura/types.ts';
import { CancelledError } from '../cancellation.ts';
import { ActionError } from '../errors.ts';
import type { CreateRequest } from '../request.ts';
import { awaitGoal, newborn, statusGoal } from './await.ts';
import { type Context, capitalized, instanceOutputs, label, workedOn } from './context.ts';
import { completeBody, describeBody } from './create-body.ts';
import { yieldIfRaceLost } from './create-race.ts';
import { createOnce } from './create-once.ts';
import { expectMatch, findByName, resolveTenant } from './locate.ts';
import { assertFew, assertUnprotected, removeInstance } from './remove.ts';

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
  assertMayReplace(existing, request, tenantId);
  const body = await completeBody(client, request, tenantId);
  await replace(client, existing, { request, context });
  if (request.dryRun) {
    report.info(`Dry run: would create instance '${request.name}': ${describeBody(body)}.`);
    return;
  }
  const intent = {
    deleteAfterJob: request.deleteAfterJob,
    name: request.name,
    tenantId,
    begunAt: context.patience.clock.now(),
  };
  report.saveState(intent);
  const created = await unlessCancelled(
    `An instance '${request.name}' may have been made`,
    request,
    () => createOnce(client, body, { request, context }),
  );
  report.saveState({ ...intent, id: created.id });
  publish(created, body, context);
  await unlessCancelled(`${capitalized(label(created))} was made`, request, async () => {
    await yieldIfRaceLost(client, created, { request, context });
    if (request.wait) await awaitRunning(client, created, { request, context });
    else report.info(`Aura has accepted to create ${label(created)}.`);
  });
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
    const removal = await removeInstance(
      client,
      {
        id,
        check: expectMatch(request.name, tenantId),
        request,
        wait: true,
      },
      context,
    );
    if (removal.changed) context.report.outputs({ changed: true });
  }
}

/** Masks and publishes at once, with what is known before the first poll. */
function publish(created: CreatedInstance, body: CreateBody, { report }: Context): void {
  report.outputs({
    password: created.password,
    'instance-id': created.id,
    name: created.name,
    'connection-uri': created.connectionUrl,
    username: created.username,
    status: 'creating',
    tier: created.type ?? body.type,
    region: created.region ?? body.region,
    'cloud-provider': created.cloudProvider ?? body.cloud_provider,
    memory: body.memory,
    tenant: created.tenantId,
    created: true,
    changed: true,
    instances: JSON.stringify([
      { id: created.id, name: created.name, status: 'creating', changed: true },
    ]),
  });
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
    },
    context,
  );
  if (running !== undefined) {
    report.outputs({
      ...instanceOutputs(running),
      ...workedOn(running, true),
      // It stays the one of the create: the detail's can still be missing.
      'connection-uri': created.connectionUrl ?? running.connectionUrl,
    });
  }
  report.info(`${capitalized(label(created))} is running.`);
}
