import type { AuraClient } from '../api/client.ts';
import type { InstanceSummary } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import type { Context } from '../session/context.ts';
import { type Timing, readIfTime } from './pace.ts';
import { findByName, listByName, lookFor } from './find.ts';
import type { Removal } from './remove.ts';

/** How long it may take until Aura lists a new instance. */
const searchMilliseconds = 90_000;
/** `Date` has whole seconds, and Aura's gateway and database have different clocks. */
const toleranceMilliseconds = 2_000;
/** How long after the POST Aura may create the instance. */
const slownessMilliseconds = 10_000;

/** What is known about the POSTs of a create that may have created an instance. */
export interface Attempt {
  readonly name: string;
  readonly tenantId: string;
  /** The ids that had the name before the first POST, or were identified since. */
  readonly knownIds: readonly string[];
  /** When each was sent, by Aura's clock in epoch milliseconds; null if Aura sent no `Date`. */
  readonly postedAt: readonly (number | null)[];
}

/**
 * Looks for the instance of a create whose response was lost. Its id did not have the name before,
 * and Aura created it around the time of the POST, by Aura's own clock. Aura may list it with a
 * delay, so the search continues for a while.
 *
 * It cannot distinguish two steps that create the same name within 10 seconds.
 *
 * @param request has the time limit of the step; the search ends with it.
 * @returns undefined if no new instance has the name.
 * @throws {@link ActionError} if this cannot be determined, or if this step may not have created a
 *   new instance with the name; the error names what was found.
 */
export async function findNew(
  client: AuraClient,
  attempt: Attempt,
  { request, context }: { readonly request: Timing; readonly context: Context },
): Promise<InstanceSummary | undefined> {
  const { clock } = context.patience;
  const firstAnswer = client.serverClock.watch();
  const end = clock.now() + searchMilliseconds;
  let same = await findByName(client, attempt.tenantId, attempt.name);
  for (;;) {
    const fresh = same.filter(({ id }) => !attempt.knownIds.includes(id));
    if (fresh.length > 0) return theOneFrom(fresh, attempt, firstAnswer());
    // The last list counts, but only if it could be read.
    if (clock.now() >= end) return undefined;
    const found = await readIfTime(context, {
      read: () => listByName(client, attempt.tenantId, attempt.name),
      tried: lookFor(attempt.name),
      timing: request,
    });
    if (!('reading' in found)) {
      throw new ActionError(
        "There was no time left to look for it long enough, because lists can lag. Raise 'timeout'.",
      );
    }
    same = found.reading;
  }
}

/** @throws {@link ActionError} if it is not certain that this step created it. */
function theOneFrom(
  fresh: readonly InstanceSummary[],
  attempt: Attempt,
  firstAnswerAt: number | undefined,
): InstanceSummary {
  const ids = fresh.map(({ id }) => id).join(', ');
  const [only, ...more] = fresh;
  if (only === undefined || more.length > 0) {
    throw new ActionError(`Several new instances have the name: ${ids}. None was deleted.`);
  }
  if (!isFrom(only, attempt, firstAnswerAt)) {
    throw new ActionError(
      `Instance ${ids} is new and has the name, but its time of creation does not show that this step created it. It was not deleted.`,
    );
  }
  return only;
}

/** Whether one of the POSTs created an instance, by the creation time from Aura. */
function isFrom(
  { createdAt }: InstanceSummary,
  { postedAt }: Attempt,
  firstAnswerAt: number | undefined,
): boolean {
  if (createdAt === undefined || firstAnswerAt === undefined) return false;
  if (createdAt > firstAnswerAt + toleranceMilliseconds) return false;
  return postedAt.some(
    (at) =>
      at !== null &&
      createdAt >= at - toleranceMilliseconds &&
      createdAt <= at + slownessMilliseconds,
  );
}

/**
 * Receives the progress of deleting the found instance. While Aura lists the instance, the action
 * cannot determine whether it is deleted.
 *
 * @throws {@link ActionError} if Aura lists the instance, but does not return it by id.
 */
export function expectShown({ instance, changed }: Removal): void {
  if (instance !== undefined || changed) return;
  throw new ActionError('Aura lists the instance, but answers 404 for it.');
}
