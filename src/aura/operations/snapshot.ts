import { saidOf } from '../api/advice.ts';
import { capitalized, label } from '../api/label.ts';
import { type Snapshot, hasFailed, isAutomatic, isInProgress } from '../api/snapshots.ts';
import { deadEnd, isSettled } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { createTolerance, mostRefusals } from '../../core/http/tolerance.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { type Verdict, again, done, poll } from '../../core/time/patience.ts';
import type { Progress } from '../../core/time/progress.ts';
import type { SnapshotRequest } from '../inputs/request.ts';
import { type Found, readTarget } from '../instances/find.ts';
import { inPhase } from '../instances/phase.ts';
import { dateOf, serverNow } from '../instances/snapshots.ts';
import { type Sight, watch } from '../instances/watch.ts';
import type { MainSession } from '../session/session.ts';

/** A request is sent at most this often if its answers are lost. */
const mostPosts = 3;
/** How long a 404 may mean that Aura does not show the new snapshot yet. */
const showsWithinMilliseconds = 60_000;
/** A snapshot that began before midnight is listed under the day before. */
const lookBackMilliseconds = 3_600_000;

/**
 * Takes a snapshot, and waits until it is completed. The output `snapshot-id` is set before the
 * wait.
 *
 * @throws ActionError if the instance does not exist or cannot be used, if the snapshot fails, or if
 *   the timeout is reached; it names the snapshot. RequestError if Aura refuses.
 */
export async function snapshot(
  session: MainSession,
  { target, wait }: SnapshotRequest,
): Promise<void> {
  const { report, guard, ledger } = session;
  ledger.announce();
  const found = await readTarget(session, target);
  const { instance } = found;
  const what = label(instance);
  if (guard.dryRun) {
    report.notice(`Dry run: would take a snapshot of ${what}, which is ${instance.status}.`);
    return;
  }
  const id = await take(session, found);
  report.outputs({ 'snapshot-id': id });
  ledger.changed(instance.id, ledger.resultOf(instance.id)?.status ?? instance.status);
  if (!wait) {
    report.info(`Aura has accepted the request: it takes snapshot ${id} of ${what}.`);
    return;
  }
  await awaitCompleted(session, found, id);
  report.info(`${capitalized(snapshotOf(found, id))} is completed.`);
}

function snapshotOf({ instance }: Found, id: string): string {
  return `snapshot ${id} of ${label(instance)}`;
}

/** The requests of a snapshot so far. */
interface Course {
  /** The snapshots that were listed before the first request whose answer was lost. */
  known: ReadonlySet<string>;
  /** How many requests were sent whose answers were lost. */
  lost: number;
  last: RequestError | undefined;
  /** Whether another snapshot was in progress last. */
  busy: boolean;
}

/** The instance as it was read last, and its snapshots if it is at rest. */
interface Look {
  readonly sight: Sight;
  readonly listed?: readonly Snapshot[] | undefined;
}

/** Requests the snapshot until Aura has accepted it; only one can be in progress at a time. */
async function take(session: MainSession, { instance: first, meant }: Found): Promise<string> {
  const { patience, guard, ledger } = session;
  const course: Course = { known: new Set(), lost: 0, last: undefined, busy: false };
  const task = ledger.task(first);
  let last = first;
  const judge = async (
    { sight, listed }: Look,
    say: Progress['note'],
  ): Promise<Verdict<string>> => {
    if (sight === 'unclear') return again();
    if (sight === 'gone')
      throw new ActionError(`Could not ${task}: it was deleted in the meantime.`);
    guard.expect(meant, sight);
    last = sight;
    ledger.saw(sight);
    assertAlive(sight, task);
    if (!isSettled(sight.status)) {
      say(`waiting, because its status is '${sight.status}'`);
      return again();
    }
    const before = listed ?? (await listRecent(session, sight.id));
    const verdict = await tryOnce(session, { instanceId: sight.id, before }, course);
    const why = course.last?.message ?? 'another snapshot of the instance is in progress';
    if (!('result' in verdict)) say(`not accepted yet: ${why}`);
    return verdict;
  };
  const title = `Waiting until Aura accepts the request for a snapshot of ${label(first)}`;
  return inPhase(session, title, ({ note, beat }) =>
    poll<Look, string, RequestError>(patience, {
      first: { reading: { sight: first } },
      read: lookAt(session, { instance: first, meant }),
      judge: (look) => judge(look, note),
      overdue: (trouble) => {
        throw overdue(session, { last, course, trouble });
      },
      tolerance: createTolerance(patience),
      beat,
    }),
  );
}

/** Reads the snapshots too: in a wait, one bad answer to either is ignored. */
function lookAt(session: MainSession, { instance, meant }: Found): () => Promise<Look> {
  const look = watch(session, { id: meant.id }, instance);
  return async () => {
    const sight = await look();
    const isAtRest = typeof sight === 'object' && isSettled(sight.status);
    return { sight, listed: isAtRest ? await listRecent(session, meant.id) : undefined };
  };
}

interface Overdue {
  readonly last: Instance;
  readonly course: Course;
  /** Of the last read, if it failed. */
  readonly trouble: RequestError | undefined;
}

function overdue(
  { patience, ledger }: MainSession,
  { last, course, trouble }: Overdue,
): ActionError {
  const waited = formatDuration(patience.clock.now() - patience.begin);
  const busy = course.busy ? ', and another snapshot of it is in progress' : '';
  const left = course.lost === 0 ? 'No snapshot was taken' : mayBeTaken;
  const cause = trouble ?? course.last;
  return new ActionError(
    `Could not ${ledger.task(last)}: its status is '${last.status}' after ${waited}${busy}${saidOf(cause)}. ${left}.`,
    { next: "Try again, or increase 'timeout'.", cause },
  );
}

const mayBeTaken =
  'A snapshot may have been taken: look at the snapshots of the instance in the Aura console';

function assertAlive({ status }: Instance, task: string): void {
  const why = deadEnd(status);
  if (why === undefined) return;
  throw new ActionError(`Could not ${task}: its status is '${status}' (${why}).`, {
    next: 'Look at it in the Aura console.',
  });
}

/**
 * Sends the request unless another snapshot is in progress.
 *
 * @returns the id of the snapshot, or how many requests the next attempt takes.
 * @throws RequestError if Aura refuses; ActionError after too many lost answers.
 */
async function tryOnce(
  session: MainSession,
  { instanceId, before }: { readonly instanceId: string; readonly before: readonly Snapshot[] },
  course: Course,
): Promise<Verdict<string>> {
  if (course.lost === 0) course.known = new Set(before.map(({ id }) => id));
  const ours = findOurs(before, course);
  if (ours !== undefined) return done(ours);
  course.busy = before.some(isInProgress);
  if (course.busy) return again(2);
  try {
    return done(await session.client.createSnapshot(instanceId));
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    course.last = error;
    if (error.effect === 'unknown') course.lost += 1;
    if (error.hasReason('ongoing-database-operation')) return again(4);
    if (error.effect === 'none' && !error.hasReason('snapshot-not-allowed')) throw error;
    const after = await listAfter(session, instanceId);
    const taken = findOurs(after ?? [], course);
    if (taken !== undefined) return done(taken);
    if (error.effect === 'none' && after?.some(isInProgress) === false) throw error;
    if (course.lost === mostPosts) {
      throw new ActionError(
        `Could not ${session.ledger.task()}: ${error.message}. Sent ${mostPosts} times.`,
        { next: `${mayBeTaken}.`, cause: error },
      );
    }
    return again(4);
  }
}

/** Undefined if it cannot be read now: the next attempt lists them again. */
async function listAfter(
  session: MainSession,
  instanceId: string,
): Promise<readonly Snapshot[] | undefined> {
  try {
    return await listRecent(session, instanceId);
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

/** After a lost answer: the newest snapshot that was not listed before. */
function findOurs(listed: readonly Snapshot[], { known, lost }: Course): string | undefined {
  if (lost === 0) return undefined;
  return listed
    .filter((one) => !known.has(one.id) && !isAutomatic(one))
    .toSorted((one, other) => (other.timestamp ?? 0) - (one.timestamp ?? 0))[0]?.id;
}

/** The snapshots of today, and of yesterday shortly after midnight. */
async function listRecent(session: MainSession, instanceId: string): Promise<readonly Snapshot[]> {
  const now = serverNow(session);
  const dates = new Set([dateOf(now), dateOf(now - lookBackMilliseconds)]);
  const lists: Snapshot[] = [];
  for (const date of dates) lists.push(...(await session.client.listSnapshots(instanceId, date)));
  return lists;
}

async function awaitCompleted(session: MainSession, found: Found, id: string): Promise<void> {
  const { client, patience } = session;
  const what = snapshotOf(found, id);
  await inPhase(session, `Waiting for ${what} to be completed`, (progress) => {
    const completion = createCompletion(session, what, progress);
    progress.note('requested');
    return poll<Snapshot | 'missing' | 'gone', undefined, RequestError>(patience, {
      read: () => client.getSnapshot(found.instance.id, id, 'poll'),
      ...completion,
      tolerance: createTolerance(patience),
      beat: progress.beat,
    });
  });
}

/** How a wait for a snapshot judges what it reads, and how it ends without success. */
interface Completion {
  readonly judge: (sight: Snapshot | 'missing' | 'gone') => Verdict<undefined>;
  readonly overdue: (trouble: RequestError | undefined) => never;
}

function createCompletion(
  { patience }: MainSession,
  what: string,
  { elapsed, note }: Progress,
): Completion {
  const begin = patience.clock.now();
  let missing = 0;
  let status = 'unknown';
  return {
    judge: (sight) => {
      if (typeof sight === 'string') {
        missing += 1;
        const young = patience.clock.now() - begin < showsWithinMilliseconds;
        if (sight === 'missing' && (young || missing < mostRefusals)) return again();
        throw new ActionError(`Gave up on ${what} after ${elapsed()}: Aura does not find it.`, {
          next: 'Check what else may have deleted the instance or its snapshots.',
        });
      }
      missing = 0;
      ({ status } = sight);
      note(status);
      if (status === 'completed') return done(undefined);
      if (hasFailed(sight)) {
        throw new ActionError(
          `Gave up on ${what} after ${elapsed()}: its status is '${status}', so it cannot be used.`,
          { next: 'Run the step again to take another one.' },
        );
      }
      return again();
    },
    overdue: (trouble) => {
      throw new ActionError(
        `Gave up on ${what} after ${elapsed()}: it is not completed; its last status is '${status}'${saidOf(trouble)}.`,
        {
          next: "Aura continues to take it: increase 'timeout', or use its id in a later step, which then waits for it.",
          cause: trouble,
        },
      );
    },
  };
}
