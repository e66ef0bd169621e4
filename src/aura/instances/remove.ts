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

/** An instance to delete, and everything that may speak against it. */
export interface RemovalOrder extends Known {
  /** @throws {@link ActionError} if the instance read is not the one meant. */
  readonly check: (instance: Instance) => void;
  readonly request: Timing & Pick<CommonRequest, 'protectedNames' | 'dryRun'>;
  /** What was read of it a moment ago, in place of reading it once more. */
  readonly read?: { readonly instance: Instance | undefined } | undefined;
  /** Wait until it is gone, not only until Aura has accepted. */
  readonly wait: boolean;
  /** Told how it is with the instance when it was read, when its deletion is accepted, and when it is gone. */
  readonly onProgress?: (removal: Removal) => void;
}

/** How it is with an instance that is to be deleted. */
export interface Removal {
  /** As it was read last, with the status that it has now; undefined if it was not there. */
  readonly instance: Instance | undefined;
  /** `deleted` when it is gone, `destroying` when its deletion is accepted, else its status. */
  readonly status: string;
  /** Whether this step deletes it. */
  readonly changed: boolean;
}

/**
 * Deletes one instance: the only place that does. It is read right before, so that what is deleted
 * is what was meant, and a busy one is waited out. One that is not there is a success.
 *
 * @throws {@link ActionError} if it is protected, not the one meant, or Aura refuses.
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
 * Refuses to touch an instance whose name is protected.
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

/** `accepted` from this step, `going` or `gone` by somebody else's doing. */
type Outcome = 'accepted' | 'going' | 'gone';

/**
 * Deletes an instance, or sees it go. While another operation runs Aura would only refuse, so the
 * DELETE is sent when that is over; if it is not over in time, it is sent once before giving up.
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
    // Nothing is deleted that was not read right before, so this time a failure is the end.
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

/** What came of one DELETE, or Aura's word that the instance is busy. */
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
