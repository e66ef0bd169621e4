import type { AuraClient } from '../aura/client.ts';
import { AuraError } from '../aura/errors.ts';
import type { Instance } from '../aura/types.ts';
import { missingToleranceMilliseconds } from '../aura/wait.ts';
import { ActionError, attempting } from '../errors.ts';
import { matchesGlob } from '../glob.ts';
import type { CommonRequest } from '../request.ts';
import { awaitGoal, deletedGoal } from './await.ts';
import { type Context, capitalized, label, pauseWithin } from './context.ts';

/** An instance to delete, and everything that may speak against it. */
export interface RemovalOrder {
  readonly id: string;
  /** @throws {@link ActionError} where the instance read is not the one meant. */
  readonly check: (instance: Instance) => void;
  readonly request: Pick<
    CommonRequest,
    'protectedNames' | 'dryRun' | 'pollIntervalMilliseconds' | 'timeoutMilliseconds'
  >;
  /** Wait until it is gone, not only until Aura has accepted. */
  readonly wait: boolean;
  /** Told the instance as it was read, before anything is done to it. */
  readonly onRead?: (instance: Instance) => void;
}

/** What became of an instance. */
export interface Removal {
  /** `deleted` when it is gone, `destroying` when Aura has accepted, else its status as it was. */
  readonly status: string;
  /** Whether this step did it. */
  readonly changed: boolean;
}

/**
 * Deletes one instance: the only place that does. It is read right before, so that what is deleted
 * is what was meant, and a busy one is waited out. One that is not there is a success.
 *
 * @throws {@link ActionError} where it is protected, not the one meant, or Aura refuses.
 */
export async function removeInstance(
  client: AuraClient,
  order: RemovalOrder,
  context: Context,
): Promise<Removal> {
  const { request, id } = order;
  const { report } = context;
  const tried = `delete instance ${id}`;
  const instance = await readBeforeRemoval(client, order, context);
  if (instance === undefined) {
    report.info(`Instance ${id} is not there; nothing to do.`);
    return { status: 'deleted', changed: false };
  }
  order.onRead?.(instance);
  if (request.dryRun) {
    report.info(`Dry run: would delete ${label(instance)}.`);
    return { status: instance.status, changed: false };
  }
  await sendDelete(client, instance, { order, context });
  if (!order.wait) {
    report.info(`Aura has accepted to ${tried}.`);
    return { status: 'destroying', changed: true };
  }
  const { pollIntervalMilliseconds } = request;
  const what = label(instance);
  await awaitGoal(client, { id, what, goal: deletedGoal, pollIntervalMilliseconds }, context);
  report.info(`${capitalized(what)} is deleted.`);
  return { status: 'deleted', changed: true };
}

/**
 * Refuses to touch an instance whose name is protected.
 *
 * @throws {@link ActionError}
 */
export function assertUnprotected(name: string, protectedNames: readonly string[]): void {
  const pattern = protectedNames.find((candidate) => matchesGlob(candidate, name));
  if (pattern === undefined) return;
  throw new ActionError(
    `Instance '${name}' is protected: its name matches '${pattern}' of input 'protected-names'. Nothing was deleted.`,
  );
}

/**
 * Refuses to delete more instances at once than expected: a name that many have is a sign of
 * something else being wrong.
 *
 * @throws {@link ActionError}
 */
export function assertFew(ids: readonly string[], maxDeletions: number): void {
  if (ids.length <= maxDeletions) return;
  throw new ActionError(
    `${ids.length} instances would be deleted (${ids.join(', ')}), but input 'max-deletions' is ${maxDeletions}. Nothing was deleted; raise it if that is meant.`,
  );
}

/**
 * Reads the instance and lets everything speak that may be against its deletion. Aura may answer
 * 404 for one that was made a moment ago; while the list still shows it, it is not gone.
 */
async function readBeforeRemoval(
  client: AuraClient,
  order: RemovalOrder,
  context: Context,
): Promise<Instance | undefined> {
  const { clock } = context.patience;
  const tried = `delete instance ${order.id}`;
  const begin = clock.now();
  for (;;) {
    const instance = await attempting(tried, () => client.getInstance(order.id));
    if (instance !== undefined) {
      order.check(instance);
      assertUnprotected(instance.name, order.request.protectedNames);
      return instance;
    }
    const listed = await attempting(tried, () => client.listInstances());
    const unborn = listed.some(({ id }) => id === order.id);
    if (!unborn || clock.now() - begin > missingToleranceMilliseconds) return undefined;
    await pauseWithin(context, order.request, `Could not ${tried}: Aura lists it but gives a 404`);
  }
}

/** Sends the DELETE until Aura accepts it or the instance goes. */
async function sendDelete(
  client: AuraClient,
  instance: Instance,
  { order, context }: { readonly order: RemovalOrder; readonly context: Context },
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
    context.report.info(`${capitalized(label(instance))} is busy: ${busy.message}.`);
    await pauseWithin(context, order.request, `Could not ${tried}: ${busy.message}`);
    const now = await attempting(tried, () => client.getInstance(instance.id));
    // It goes already: an earlier DELETE whose answer was lost, or somebody else's.
    if (now === undefined || now.status === 'destroying' || now.status === 'deleting') return;
    order.check(now);
  }
}
