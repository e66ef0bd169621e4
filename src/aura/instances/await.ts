import { inWords, saidOf } from '../api/advice.ts';
import { capitalized } from '../api/label.ts';
import type { Reading } from '../api/client.ts';
import { deadEnd, isGoing, isSettled } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import type { RequestError } from '../../core/http/request-error.ts';
import { createTolerance } from '../../core/http/tolerance.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { type Verdict, again, done, poll } from '../../core/time/patience.ts';
import type { Progress } from '../../core/time/progress.ts';
import type { Meant } from '../session/guard.ts';
import type { Session } from '../session/session.ts';
import { inPhase, progressOf } from './phase.ts';
import { type Sight, watch } from './watch.ts';

/** The condition that a wait waits for. */
export interface Goal {
  /** For messages: `running`, `paused`, `deleted`, `settled`. */
  readonly name: string;
  /** What else is awaited, to follow the name: ` with memory 8GB`. */
  readonly also?: string;
  readonly isReached: (instance: Instance) => boolean;
  /** Whether the goal is reached when the instance no longer exists. */
  readonly isReachedByGone: boolean;
  /** Why this (normalized) status can no longer lead to the goal; undefined if it still can. */
  readonly deadEnd: (status: string) => string | undefined;
}

/** The goal of a wait for a status of an existing instance. */
export function statusGoal(status: 'running' | 'paused'): Goal {
  return {
    name: status,
    isReached: (instance) => instance.status === status,
    isReachedByGone: false,
    deadEnd,
  };
}

/** The goal of a wait for the first status that is not transitional, suspension included. */
export const settledGoal: Goal = {
  name: 'settled',
  isReached: ({ status }) => isSettled(status) && status !== 'loading failed',
  isReachedByGone: false,
  deadEnd: (status) => (status === 'suspending' ? undefined : deadEnd(status)),
};

/** The goal of a wait for the end of a deletion. */
export const deletedGoal: Goal = {
  name: 'deleted',
  isReached: () => false,
  isReachedByGone: true,
  deadEnd: () => undefined,
};

interface AwaitOptions {
  /** The instance in messages. */
  readonly what: string;
  readonly goal: Goal;
  /** The status at the beginning, if it is known. */
  readonly from?: string;
  /** Read before the first pause. */
  readonly now?: boolean;
  /** Milliseconds in which the goal cannot be reached: the first read is about then. */
  readonly notBefore?: number;
  /** The instance, if it was read before: a single 404 then does not mean that it is deleted. */
  readonly shown?: Instance;
  /**
   * Set if the goal is the end of a change of an existing instance: no error then suggests to delete
   * it.
   */
  readonly change?:
    | {
        /** A sentence for the case that another instance is read. */
        readonly afterwards: string;
      }
    | undefined;
  /** Whether the post step deletes the instance, so that no error suggests it. */
  readonly afterJob?: boolean;
}

/**
 * Waits for a goal, logs each change of status and records it in the ledger. At each read it checks
 * that this is still the intended instance.
 *
 * @returns the instance, or undefined if the goal was its deletion.
 * @throws {@link ActionError} that says what still exists and what to do.
 */
export async function awaitGoal(
  session: Session,
  meant: Meant,
  { what, goal, from, now = false, notBefore, shown, change, afterJob = false }: AwaitOptions,
): Promise<Instance | undefined> {
  const { client, patience } = session;
  const look = goal.isReachedByGone
    ? (): Promise<Reading> => client.getInstance(meant.id, 'poll')
    : watch(session, meant, shown);
  return inPhase(session, describeGoal(what, goal), async (progress) => {
    const wait = openWait(session, meant, { what, goal, from, change, afterJob, progress });
    if (from !== undefined) progress.note(from);
    try {
      return await poll<Reading | Sight, Instance | undefined, RequestError>(patience, {
        read: () => look(),
        judge: wait.judge,
        overdue: (trouble) => {
          throw wait.overdue(trouble);
        },
        tolerance: createTolerance(patience),
        ...(now && { first: 'now' }),
        notBefore,
        beat: progress.beat,
      });
    } catch (error) {
      throw wait.inWords(error);
    }
  });
}

function describeGoal(what: string, goal: Goal): string {
  const { name, also = '' } = goal;
  return isSettling(goal)
    ? `Waiting until no operation is in progress for ${what}`
    : `Waiting for ${what} to become '${name}'${also}`;
}

/** This goal is no status that a user knows. */
function isSettling({ name }: Goal): boolean {
  return name === settledGoal.name;
}

/** A wait for a goal without its reads and pauses. */
export interface OpenWait {
  /** @throws {@link ActionError} if the goal can no longer be reached. */
  readonly judge: (sight: Reading | Sight) => Verdict<Instance | undefined>;
  /** The error when no time is left. @param trouble of the last read, if it failed. */
  readonly overdue: (trouble?: RequestError) => ActionError;
  /** An error of Aura or the network, as an error of this wait. */
  readonly inWords: (error: unknown) => Error;
}

interface OpenOptions extends Pick<AwaitOptions, 'what' | 'goal' | 'change' | 'afterJob'> {
  /** The status at the beginning, if it is known. */
  readonly from?: string | undefined;
  /** The last status that was logged, if there is one. */
  readonly seen?: string;
  /** Default: one that begins now. */
  readonly progress?: Progress;
}

/** Begins a wait; whoever calls it reads the instance and ends the wait. */
export function openWait(
  session: Session,
  meant: Meant,
  { what, goal, from, seen, change, afterJob = false, progress = progressOf(session) }: OpenOptions,
): OpenWait {
  const subject = { id: meant.id, what, isChange: change !== undefined, afterJob };
  const wait = startWait(session, subject, { from, seen, progress });
  return {
    judge: (sight) => {
      if (typeof sight === 'string' && goal.isReachedByGone) {
        progress.end('deleted');
        return done(undefined);
      }
      if (sight === 'gone') throw wait.gone();
      if (typeof sight === 'object') session.guard.expect(meant, sight, change?.afterwards);
      const status = typeof sight === 'string' ? undefined : sight.status;
      const isReached = typeof sight === 'object' && goal.isReached(sight);
      wait.note(status, isReached);
      if (isReached) return done(sight);
      const why = status === undefined ? undefined : goal.deadEnd(status);
      if (status !== undefined && why !== undefined) throw wait.deadEnd(status, why);
      return again();
    },
    overdue: (trouble) => wait.overdue(goal, trouble),
    inWords: (error) =>
      inWords(
        isSettling(goal)
          ? `wait until no operation is in progress for ${what}`
          : `wait for ${what} to become '${goal.name}'`,
        error,
      ),
  };
}

/** The progress of one wait, and the errors that end it. */
interface Wait {
  /** Records a status; undefined while Aura returns none. @param isLast whether it ends the wait. */
  readonly note: (status: string | undefined, isLast: boolean) => void;
  readonly gone: () => ActionError;
  readonly deadEnd: (status: string, why: string) => ActionError;
  readonly overdue: (goal: Goal, trouble: RequestError | undefined) => ActionError;
}

/** The beginning of a wait. */
interface Begun {
  /** The status then, if it is known. */
  readonly from: string | undefined;
  /** The last status that was logged. */
  readonly seen: string | undefined;
  readonly progress: Progress;
}

/** What an error of a wait is about. */
interface Subject {
  readonly id: string;
  readonly what: string;
  readonly isChange: boolean;
  readonly afterJob: boolean;
}

function startWait(session: Session, subject: Subject, { from, seen, progress }: Begun): Wait {
  const { id, what, isChange } = subject;
  /** The last recorded status; null before the first read. */
  let noted: string | undefined | null = seen ?? null;
  let known = seen ?? from;
  let isShown = seen !== undefined;
  const givenUp = (why: string, next: string): ActionError =>
    new ActionError(`Gave up on ${what} after ${progress.elapsed()}: ${why}.`, { next });
  return {
    note: (status, isLast) => {
      if (status === noted) return;
      noted = status;
      known = status ?? known;
      isShown ||= status !== undefined;
      if (status !== undefined) session.ledger.status(id, status);
      // The beginning was said before, if another status was seen.
      progress[isLast && seen === undefined ? 'end' : 'note'](status ?? 'not shown by Aura yet');
    },
    gone: () => {
      const next =
        !isShown && !isChange
          ? `Aura has never shown it. Check the id, or look for the instance in the Aura console and ${removeIt(id)}.`
          : 'Check what else may have deleted it.';
      return givenUp('Aura has no instance with this id', next);
    },
    deadEnd: (status, why) => {
      const next = isGoing(status)
        ? 'Another process requested this; nothing is left to do.'
        : `The instance still exists: look at it in the Aura console${otherwise(subject)}.`;
      return givenUp(`its status is '${status}' (${why})`, next);
    },
    overdue: (goal, trouble) => {
      const { clock, begin } = session.patience;
      const last = known === undefined ? 'no status was seen' : `its last status was '${known}'`;
      const missed = notReached(goal, formatDuration(clock.now() - begin));
      const failed = `${capitalized(what)} ${missed}; ${last}${saidOf(trouble)}.`;
      return new ActionError(failed, { next: atDeadline(goal, known, subject), cause: trouble });
    },
  };
}

/** What was awaited in vain, and how long. */
function notReached(goal: Goal, waited: string): string {
  const limit = `after ${waited} (input 'timeout')`;
  return isSettling(goal)
    ? `still had an operation in progress ${limit}`
    : `was not '${goal.name}'${goal.also ?? ''} ${limit}`;
}

/** What to do next when the time is up. */
function atDeadline(goal: Goal, known: string | undefined, subject: Subject): string {
  const { id, isChange } = subject;
  const goesOn = goal.isReachedByGone && known !== undefined && isGoing(known);
  if (isChange || goesOn) {
    const doing = goesOn ? 'to delete it' : 'with the change';
    return `Aura continues ${doing}: wait for its end with operation 'poll', instance-id '${id}' and 'wait-for: ${goal.name}', or increase 'timeout'.`;
  }
  if (subject.afterJob) {
    return "The instance still exists, and it will be deleted when this job ends: increase 'timeout'.";
  }
  return known === undefined
    ? `Aura has not shown this instance so far. Check the id, or increase 'timeout'; ${removeIt(id)}.`
    : `The instance still exists: increase 'timeout' and run operation 'poll' on it${otherwise(subject)}.`;
}

/** How to delete the instance, unless that would be wrong or is not needed. */
function otherwise({ id, isChange, afterJob }: Subject): string {
  if (afterJob) return '. It will be deleted when this job ends';
  return isChange ? '' : `, or ${removeIt(id)}`;
}

function removeIt(id: string): string {
  return `delete it with operation 'delete' and instance-id '${id}' if no other job uses it`;
}
