import type { InstanceSummary } from '../../api/types.ts';
import { isBusy } from '../../api/statuses.ts';
import { formatDuration } from '../../../core/time/clock.ts';
import { serverNow } from '../../instances/snapshots.ts';
import type { Session } from '../../session/session.ts';

/** An instance that is younger may belong to a job that still runs. */
const youngMilliseconds = 3_600_000;

/** How to keep two jobs from using one name. */
export const ownName =
  "If several jobs, for example of a matrix, create instances with this name, give each its own: set 'name-suffix' to a value of the job, or another 'name'.";

/**
 * A sentence about an instance that another job may still use: it was created a short time ago, or
 * an operation is in progress. Nothing may then advise to delete or replace it.
 *
 * @returns undefined if it is older.
 */
export function ofAnotherJob(
  session: Pick<Session, 'client' | 'patience'>,
  { createdAt, status }: Pick<InstanceSummary, 'createdAt'> & { readonly status?: string },
): string | undefined {
  const age = createdAt === undefined ? undefined : serverNow(session) - createdAt;
  if (age !== undefined && age < youngMilliseconds) {
    return `It was created ${formatDuration(Math.max(0, age))} ago, so another job may still use it.`;
  }
  if (status === undefined || !isBusy(status)) return undefined;
  return `Its status is '${status}', so another job may still use it.`;
}
