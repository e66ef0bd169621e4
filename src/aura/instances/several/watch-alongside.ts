import { asError } from '../../../core/errors.ts';
import { createTolerance } from '../../../core/http/tolerance.ts';
import type { RequestError } from '../../../core/http/request-error.ts';
import { again, done, poll } from '../../../core/time/patience.ts';
import { createBeat, stopwatch } from '../../../core/time/progress.ts';
import type { Tally } from '../../session/ledger.ts';
import type { Session } from '../../session/session.ts';

/** Instances that are watched, until each has reached its goal. */
export interface Watching {
  /** How many instances are watched now; the work adds more. */
  readonly size: () => number;
  /** Reads what is due. */
  readonly look: () => Promise<void>;
  /** Records why the watch ended for those that are left; without a reason, no time was left. */
  readonly giveUp: (reason?: Error) => void;
  /** The status of an instance that is done. */
  readonly goal: string;
  /** The instances of the progress; default: all of the step. */
  readonly ids?: ReadonlySet<string>;
}

/**
 * Watches instances while the work on others continues, so that all of them wait in one loop, and
 * logs the progress every 30 seconds. It ends when the work has ended and nothing is left to watch.
 *
 * @param work records its failures. It is rejected only when the step is cancelled.
 */
export async function watchAlongside(
  session: Session,
  work: readonly Promise<void>[],
  { size, look, giveUp, goal, ids }: Watching,
): Promise<void> {
  const { patience, report, ledger } = session;
  const ended = new AbortController();
  let working = true;
  const worked = Promise.allSettled(work).then(() => {
    working = false;
    if (size() === 0) ended.abort(new Error('nothing is left to watch'));
  });
  const elapsed = stopwatch(patience.clock);
  const { beat } = createBeat(patience.clock, () => {
    report.info(`${elapsed().padEnd(6)} ${describe(ledger.tally(ids), goal)}`);
    ledger.flush();
  });
  const loop = poll<undefined, undefined, RequestError>(
    { ...patience, hurrySignal: ended.signal },
    {
      first: 'now',
      read: async () => {
        await look();
        return undefined;
      },
      judge: () => {
        if (!working && size() === 0) return done(undefined);
        return again();
      },
      beat,
      overdue: () => undefined,
      tolerance: createTolerance(patience),
    },
  );
  const [result] = await Promise.allSettled([loop, worked]);
  giveUp(result.status === 'rejected' ? asError(result.reason) : undefined);
  ledger.flush();
}

/** `12 of 100 done, 88 pausing.` */
function describe({ all, failed, byStatus }: Tally, goal: string): string {
  const others = [...byStatus]
    .filter(([status]) => status !== goal)
    .map(([status, count]) => `, ${count} ${status ?? 'not read yet'}`);
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  return `${byStatus.get(goal) ?? 0} of ${all} done${others.join('')}${failures}.`;
}
