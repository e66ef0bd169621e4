import type { AuraClient } from '../api/client.ts';
import type { InstanceSummary } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import type { Context } from '../session/context.ts';
import { type Timing, readIfTime } from './pace.ts';
import { findByName, listByName, lookFor } from './find.ts';
import type { Removal } from './remove.ts';

/** How long an instance may take to be listed after the request that created it. */
const searchMilliseconds = 90_000;
/** `Date` has whole seconds, and Aura's gateway and database have clocks of their own. */
const toleranceMilliseconds = 2_000;
/** How long after the POST Aura may take to create the instance. */
const slownessMilliseconds = 10_000;

/** What is known of the POSTs of a create that may have created an instance. */
export interface Attempt {
  readonly name: string;
  readonly tenantId: string;
  /** The ids that had the name before the first POST, or are accounted for since. */
  readonly knownIds: readonly string[];
  /** When each was sent, by Aura's clock in epoch milliseconds; null where Aura gave no `Date`. */
  readonly postedAt: readonly (number | null)[];
}

/**
 * Looks for the instance that a create made whose answer was lost. Its id did not have the name
 * before, and Aura created it around the time of the POST, by Aura's own clock. It may not be
 * listed at once, so the search goes on for a while.
 *
 * Two steps that create one name within the same 10 seconds cannot be told apart here.
 *
 * @param request says how long the step has; the search ends with it.
 * @returns undefined if nothing new has the name.
 * @throws {@link ActionError} if that cannot be established, or something new has the name that is
 *   not certainly from this step; it names what was found.
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
    // The list that was read last counts: one that could not be read shows nothing.
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

/** Whether one of the POSTs created an instance, by the time that Aura gives. */
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
 * To be told the progress of deleting what was found: whether it is gone cannot be established
 * while Aura lists it.
 *
 * @throws {@link ActionError} if Aura lists the instance, but does not show it.
 */
export function expectShown({ instance, changed }: Removal): void {
  if (instance !== undefined || changed) return;
  throw new ActionError('Aura lists the instance, but answers 404 for it.');
}
