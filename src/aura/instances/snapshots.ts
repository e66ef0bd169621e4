import { saidOf } from '../api/advice.ts';
import { label } from '../api/label.ts';
import { type Snapshot, hasFailed } from '../api/snapshots.ts';
import { ActionError } from '../../core/errors.ts';
import type { RequestError } from '../../core/http/request-error.ts';
import { createTolerance, mostRefusals } from '../../core/http/tolerance.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { type Patience, type Verdict, again, done, poll } from '../../core/time/patience.ts';
import type { Session } from '../session/session.ts';
import { inPhase } from './phase.ts';

/** Aura keeps no snapshot for longer. Source: Aura documentation, retention of snapshots. */
const mostDays = 90;
const dayMilliseconds = 86_400_000;

/** How long a 404 of a snapshot means "not yet", as for an instance. */
const showsWithinMilliseconds = 60_000;

/** The instance whose snapshots are meant. */
interface Source {
  readonly id: string;
  readonly name: string;
  /** Epoch milliseconds by Aura's clock. */
  readonly createdAt?: number | undefined;
}

/** The snapshot that an input means. */
export interface WantedSnapshot {
  readonly source: Source;
  /** An id, or `latest` for the newest completed one. */
  readonly wanted: string;
  /** Whether another instance must be able to use it: `exportable` in Aura's answers. */
  readonly exportable: boolean;
}

/**
 * Finds the snapshot that an input means, and sets the output `snapshot-id`. One that Aura still
 * takes is waited for if its id is given.
 *
 * @throws ActionError that says what was looked for, if there is none that can be used, or if it is
 *   not completed in time; RequestError if Aura refuses.
 */
export async function resolveSnapshot(session: Session, wanted: WantedSnapshot): Promise<Snapshot> {
  const found = await (wanted.wanted === 'latest'
    ? findLatest(session, wanted)
    : readCompleted(session, wanted));
  session.report.outputs({ 'snapshot-id': found.id });
  return found;
}

/**
 * The date of a moment in UTC, as Aura's list of snapshots takes it. Aura does not name the time
 * zone of its days.
 *
 * @param time epoch milliseconds.
 */
export function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Now by Aura's clock, in epoch milliseconds; by this machine's until Aura has sent a `Date`. */
export function serverNow({ client, patience }: Pick<Session, 'client' | 'patience'>): number {
  return client.serverClock.now() ?? patience.clock.now();
}

/** Goes back day by day: Aura lists the snapshots of one day at a time. */
async function findLatest(
  session: Session,
  { source, exportable }: WantedSnapshot,
): Promise<Snapshot> {
  const { client, report, ledger } = session;
  const dates = datesBack(serverNow(session), source.createdAt);
  for (const date of dates) {
    const completed = (await client.listSnapshots(source.id, date)).filter(
      (one) => one.status === 'completed' && (!exportable || one.exportable === true),
    );
    const newest = completed.reduce<Snapshot | undefined>(
      (best, one) => (best === undefined || timeOf(one) > timeOf(best) ? one : best),
      undefined,
    );
    if (newest === undefined) continue;
    report.info(`The latest snapshot of ${label(source)} is ${newest.id} of ${date}.`);
    return newest;
  }
  const kind = exportable ? 'completed snapshot that can be exported' : 'completed snapshot';
  const [today = ''] = dates;
  const days =
    dates.length === 1 ? `on ${today}` : `on any day from ${dates.at(-1) ?? today} to ${today}`;
  const who = ledger.task().endsWith(label(source)) ? 'it' : label(source);
  throw new ActionError(`Could not ${ledger.task()}: ${who} has no ${kind} ${days} (UTC).`, {
    next: "Take one with operation 'snapshot', or set the id of a snapshot.",
  });
}

/** From today back to the creation, at most {@link mostDays}. */
function datesBack(now: number, createdAt = 0): readonly string[] {
  const first = dateOf(createdAt);
  return Array.from({ length: mostDays }, (_, days) => dateOf(now - days * dayMilliseconds)).filter(
    // Two clocks of Aura can differ: look at today's snapshots in any case.
    (date, days) => days === 0 || date >= first,
  );
}

function timeOf({ timestamp = 0 }: Snapshot): number {
  return timestamp;
}

/** Why a snapshot cannot be used; undefined if it can, now or when it is completed. */
function whyUseless(snapshot: Snapshot, exportable: boolean): string | undefined {
  const { status } = snapshot;
  if (hasFailed(snapshot)) {
    return `has the status '${status}', so it cannot be used. Choose another snapshot.`;
  }
  // If Aura does not say whether it can be exported, Aura decides.
  return exportable && status === 'completed' && snapshot.exportable === false
    ? "cannot be exported to another instance. Choose another snapshot, or use 'latest'."
    : undefined;
}

/**
 * Judges a 404: a snapshot that was shown before is not deleted because of a single answer, and one
 * that an earlier step has just taken may not be shown yet.
 *
 * @returns `shown` to call for each answer with the snapshot, and `mayEnd` to call for each 404.
 */
function absence({ clock }: Patience): {
  readonly shown: () => void;
  readonly mayEnd: () => boolean;
} {
  const begin = clock.now();
  let [missing, wasShown] = [0, false];
  return {
    shown: () => {
      [missing, wasShown] = [0, true];
    },
    mayEnd: () => {
      missing += 1;
      return wasShown ? missing < mostRefusals : clock.now() - begin < showsWithinMilliseconds;
    },
  };
}

/** What a read of a snapshot found. */
type Sight = Snapshot | 'missing' | 'gone';

/** Reads a snapshot by its id until it is completed. */
async function readCompleted(
  session: Session,
  { source, wanted, exportable }: WantedSnapshot,
): Promise<Snapshot> {
  const { client, patience, ledger } = session;
  const what = `snapshot '${wanted}' of ${label(source)}`;
  const failed = (why: string, next?: string, cause?: RequestError): ActionError =>
    new ActionError(`Could not ${ledger.task()}: ${what} ${why}`, { next, cause });
  const { shown, mayEnd } = absence(patience);
  let status: string | undefined;
  const judge = (sight: Sight, say: (state: string) => void): Verdict<Snapshot> => {
    if (typeof sight === 'string') {
      if (sight === 'gone' || !mayEnd()) {
        throw failed('does not exist.', "Check the id, or use 'latest'.");
      }
      if (status === undefined) say('not shown by Aura yet');
      return again();
    }
    shown();
    ({ status } = sight);
    const why = whyUseless(sight, exportable);
    if (why !== undefined) throw failed(why);
    if (status === 'completed') return done(sight);
    say(status);
    return again();
  };
  return inPhase(session, `Waiting for ${what} to be completed`, async ({ note, beat }) =>
    poll<Sight, Snapshot, RequestError>(patience, {
      first: { reading: await client.getSnapshot(source.id, wanted) },
      read: () => client.getSnapshot(source.id, wanted, 'poll'),
      judge: (sight) => judge(sight, note),
      overdue: (trouble) => {
        const waited = formatDuration(patience.clock.now() - patience.begin);
        throw failed(
          `is not completed after ${waited}; its status is '${status ?? 'not shown by Aura'}'${saidOf(trouble)}. Nothing was changed.`,
          "Increase 'timeout', and run the step again.",
          trouble,
        );
      },
      tolerance: createTolerance(patience),
      beat,
    }),
  );
}
