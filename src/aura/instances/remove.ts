import type { AuraClient, Reading } from '../api/client.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { isBusy, isGoing } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { attempting } from '../api/attempting.ts';
import { ActionError } from '../../core/errors.ts';
import { matchesGlobInAnyCase } from '../../core/inputs/glob.ts';
import type { CommonRequest } from '../inputs/request.ts';
import { awaitGoal, deletedGoal } from './await.ts';
import type { Context } from '../session/context.ts';
import { type Found, type Timing, readIfTime } from './pace.ts';
import { withStatus } from '../session/outputs.ts';
import { capitalized, label, sayOnce } from '../api/label.ts';
import { type Known, readListed } from './read-listed.ts';

/** An instance to delete, and everything that may forbid it. */
export interface RemovalOrder extends Known {
  /** @throws {@link ActionError} if it is not the intended instance. */
  readonly check: (instance: Instance) => void;
  readonly request: Timing & Pick<CommonRequest, 'protectedNames' | 'dryRun'>;
  /** The instance as read a moment ago, to avoid another request. */
  readonly read?: { readonly instance: Instance | undefined } | undefined;
  /** Wait until it is deleted, not only until Aura has accepted. */
  readonly wait: boolean;
  /**
   * Called when the instance was read, when Aura has accepted its deletion, and when it is deleted.
   */
  readonly onProgress?: (removal: Removal) => void;
}

/** The progress of deleting an instance. */
export interface Removal {
  /** As it was read last, with its current status; undefined if it did not exist. */
  readonly instance: Instance | undefined;
  /**
   * `deleted` when it is deleted, `destroying` when Aura has accepted its deletion, otherwise its
   * status.
   */
  readonly status: string;
  /** Whether this step deletes it. */
  readonly changed: boolean;
}

/**
 * Deletes one instance; no other code deletes. It reads the instance right before, so that it
 * deletes the intended one, and waits if it is busy. An instance that does not exist is a success.
 *
 * @throws {@link ActionError} if it is protected or not the intended one, or if Aura refuses.
 */
export async function removeInstance(
  client: AuraClient,
  order: RemovalOrder,
  context: Context,
): Promise<void> {
  const { request, id } = order;
  const { report } = context;
  const progress = (instance: Instance | undefined, status: string, changed: boolean): void => {
    order.onProgress?.({ instance: instance && withStatus(instance, status), status, changed });
  };
  const { instance } = order.read ?? {
    instance: await readListed(client, order, { tried: 'delete', request, context }),
  };
  if (instance === undefined) {
    report.info(`Instance ${id} is not there; nothing to do.`);
    progress(undefined, 'deleted', false);
    return;
  }
  order.check(instance);
  assertUnprotected(instance.name, request.protectedNames);
  progress(instance, instance.status, false);
  const what = label(instance);
  if (request.dryRun) {
    report.info(`Dry run: would delete ${what}.`);
    return;
  }
  const outcome = await sendDelete(client, instance, { order, context });
  const changed = outcome === 'accepted';
  progress(instance, outcome === 'gone' ? 'deleted' : 'destroying', changed);
  await context.store.remove(instance.name, { scope: instance.tenantId, id });
  if (outcome === 'going') report.info(`${capitalized(what)} is being deleted already.`);
  if (outcome === 'accepted' && !order.wait) report.info(`Aura has accepted to delete ${what}.`);
  if (outcome !== 'gone') {
    if (!order.wait) return;
    const { pollIntervalMilliseconds } = request;
    await awaitGoal(client, { id, what, goal: deletedGoal, pollIntervalMilliseconds }, context);
  }
  progress(instance, 'deleted', changed);
  report.info(`${capitalized(what)} is deleted.`);
}

/**
 * Refuses to change an instance whose name is protected.
 *
 * @throws {@link ActionError}
 */
export function assertUnprotected(name: string, protectedNames: readonly string[]): void {
  const pattern = protectingPattern(name, protectedNames);
  if (pattern === undefined) return;
  throw new ActionError(
    `Instance '${name}' is protected: its name matches '${pattern}' of input 'protected-names'. Nothing was deleted.`,
  );
}

/** The pattern that protects an instance of this name. */
export function protectingPattern(
  name: string,
  protectedNames: readonly string[],
): string | undefined {
  return protectedNames.find((candidate) => matchesGlobInAnyCase(candidate, name));
}

/**
 * Refuses to delete more instances than expected: if many instances have the name, something else
 * is probably wrong.
 *
 * @throws {@link ActionError}
 */
export function assertFew(ids: readonly string[], maxDeletions: number): void {
  if (ids.length <= maxDeletions) return;
  throw new ActionError(
    `${ids.length} instances would be deleted (${ids.join(', ')}), but input 'max-deletions' is ${maxDeletions}. Nothing was deleted; raise it if that is meant.`,
  );
}

/** `accepted` for this step's request, `going` or `gone` if another process deletes it. */
type Outcome = 'accepted' | 'going' | 'gone';

/**
 * Deletes an instance, or waits if another process deletes it. Aura refuses while another operation
 * is in progress, so the DELETE is sent after it; if the operation does not end in time, the DELETE
 * is sent once before giving up.
 */
async function sendDelete(
  client: AuraClient,
  instance: Instance,
  { order, context }: { readonly order: RemovalOrder; readonly context: Context },
): Promise<Outcome> {
  const tried = `delete ${label(instance)}`;
  const say = sayOnce(context.report.info);
  let now: Reading = instance;
  let refusal: RequestError | undefined;
  for (let timeLeft = true; ;) {
    if (typeof now === 'string') return 'gone';
    if (isGoing(now.status)) return 'going';
    order.check(now);
    if (!isBusy(now.status) || !timeLeft) {
      const outcome = await ask(client, instance.id, tried);
      if (!(outcome instanceof RequestError)) return outcome;
      refusal = outcome;
    }
    const why = refusal?.message ?? `its status is '${now.status}'`;
    if (!timeLeft) throw stillBusy(tried, why, { order, context });
    say(`${capitalized(label(instance))} is busy: ${why}.`);
    const found: Found<Reading> = await readIfTime(context, {
      read: () => client.getInstance(instance.id, 'once'),
      tried,
      timing: order.request,
      requests: isBusy(now.status) ? 1 : 2,
    });
    timeLeft = 'reading' in found;
    // An instance is deleted only if it was read right before, so this failure is final.
    now =
      'reading' in found
        ? found.reading
        : await attempting(tried, () => client.getInstance(instance.id));
  }
}

function stillBusy(
  tried: string,
  why: string,
  { order, context }: { readonly order: RemovalOrder; readonly context: Context },
): ActionError {
  const { clock, deadline } = context.patience;
  const waited = formatDuration(clock.now() - deadline + order.request.timeoutMilliseconds);
  return new ActionError(
    `Could not ${tried}: ${why} after ${waited}. The instance still exists: try again, or raise 'timeout'.`,
  );
}

/** The result of one DELETE, or Aura's answer that the instance is busy. */
async function ask(client: AuraClient, id: string, tried: string): Promise<Outcome | RequestError> {
  return attempting(tried, async () => {
    try {
      return (await client.deleteInstance(id)) === 'accepted' ? 'accepted' : 'gone';
    } catch (error) {
      if (error instanceof RequestError && error.status === 409) return error;
      throw error;
    }
  });
}
