import type { InstanceSummary } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { createTolerance } from '../../core/http/tolerance.ts';
import { again, done, poll } from '../../core/time/patience.ts';
import type { Session } from '../session/session.ts';
import { findByName } from './find.ts';
import { inPhase } from './phase.ts';

/** How long it may take until Aura lists a new instance. */
const searchMilliseconds = 90_000;
/** `Date` has whole seconds, and Aura's gateway and database have different clocks. */
const toleranceMilliseconds = 2_000;
/** How long after the POST Aura may create the instance. */
const slownessMilliseconds = 10_000;

/** The facts about the POSTs of a create that may have created an instance. */
export interface Attempt {
  readonly name: string;
  readonly tenantId: string;
  /** The ids that had the name before the first POST, or were identified since. */
  readonly knownIds: readonly string[];
  /** When each was sent: epoch milliseconds by Aura's clock; null if Aura sent no `Date`. */
  readonly postedAt: readonly (number | null)[];
}

/**
 * Looks for the instance of a create whose response was lost. Its id did not have the name before,
 * and Aura created it around the time of the POST, by Aura's own clock. Aura may list it with a
 * delay, so the search continues for a while.
 *
 * It cannot distinguish two steps that create the same name within 10 seconds.
 *
 * @returns undefined if no new instance has the name.
 * @throws ActionError if this cannot be determined, or if this step may not have created a new
 *   instance with the name; the error names what was found. RequestError if Aura refuses.
 */
export async function findNew(
  session: Session,
  attempt: Attempt,
): Promise<InstanceSummary | undefined> {
  const { client, patience } = session;
  const firstAnswer = client.serverClock.watch();
  const end = patience.clock.now() + searchMilliseconds;
  const look = (): Promise<readonly InstanceSummary[]> =>
    findByName(session, attempt.tenantId, attempt.name);
  const title = `Checking whether instance '${attempt.name}' was created`;
  return inPhase(session, title, async ({ note, beat }) =>
    poll(patience, {
      first: { reading: await look() },
      read: look,
      judge: (same) => {
        const fresh = same.filter(({ id }) => !attempt.knownIds.includes(id));
        if (fresh.length > 0) return done(theOneFrom(fresh, attempt, firstAnswer()));
        // The last list counts, but only if it could be read.
        if (patience.clock.now() >= end) return done(undefined);
        note('not listed by Aura');
        return again();
      },
      overdue: () => {
        throw new ActionError(
          "Too little time was left to look for it, because Aura's lists can lag. Increase 'timeout'.",
        );
      },
      tolerance: createTolerance(patience),
      beat,
    }),
  );
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
    throw new ActionError(`Several new instances have this name: ${ids}. None was deleted.`);
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
 * While Aura lists the instance but does not return it by id, it is not possible to know whether it
 * is deleted.
 */
export function listedOnly(): ActionError {
  return new ActionError('Aura lists the instance, but answers 404 for it.');
}
