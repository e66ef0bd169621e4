import type { Reading } from '../api/client.ts';
import { capitalized, label } from '../api/label.ts';
import { isBusy, isGoing } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { createTolerance } from '../../core/http/tolerance.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { type Verdict, again, done, poll } from '../../core/time/patience.ts';
import type { Meant } from '../session/guard.ts';
import type { Session } from '../session/session.ts';
import { awaitGoal, deletedGoal } from './await.ts';
import { inPhase } from './phase.ts';
import { readInstance } from './read.ts';

interface RemoveOptions {
  /** Wait until it is deleted, not only until Aura has accepted. */
  readonly wait: boolean;
  /** The instance as read a moment ago, to avoid another request. */
  readonly read?: { readonly instance: Instance | undefined } | undefined;
}

/**
 * Deletes one instance and waits for it. It reads the instance right before, so that it
 * deletes the intended one, and waits if it is busy. An instance that does not exist is a success.
 *
 * @returns whether Aura returned it.
 * @throws ActionError if it is protected or not the intended one; RequestError if Aura refuses.
 */
export async function removeInstance(
  session: Session,
  meant: Meant,
  { wait, read }: RemoveOptions,
): Promise<'absent' | 'found'> {
  const { instance } = read ?? { instance: await readInstance(session, meant) };
  if (instance === undefined) {
    noteAbsent(session, meant);
    return 'absent';
  }
  const outcome = await requestRemoval(session, meant, { instance, wait });
  if (outcome === 'waiting') {
    const what = label(instance);
    const from = session.ledger.resultOf(meant.id)?.status ?? 'destroying';
    await awaitGoal(session, { id: meant.id }, { what, goal: deletedGoal, from });
    noteDeleted(session, instance);
  }
  return 'found';
}

/** Records that an instance does not exist. */
export function noteAbsent({ ledger, report }: Session, { id }: Meant): void {
  ledger.status(id, 'deleted');
  report.info(`Instance ${id} does not exist; nothing to delete.`);
}

/** Records that an instance is deleted. @param elapsed how long it took, if the step has waited. */
export function noteDeleted(session: Session, instance: Instance, elapsed?: string): void {
  session.ledger.status(instance.id, 'deleted');
  const after = elapsed === undefined ? '' : `, after ${elapsed}`;
  tell(session, instance, { is: 'is ', what: `deleted${after}.` });
}

/** A line about an instance; its name is in front of it already if there are several. */
function tell(
  { report, alongside }: Session,
  instance: Instance,
  { is, what }: { readonly is: string; readonly what: string },
): void {
  report.info(alongside === true ? what : `${capitalized(label(instance))} ${is}${what}`);
}

/**
 * Why an instance must now be kept; undefined if it may be deleted.
 *
 * @param late whether the step has waited since the instance was read first.
 * @throws if that is not known; then it is not deleted.
 */
export type WhyKept = (instance: Instance, late: boolean) => Promise<string | undefined>;

interface Removal {
  /** As read a moment ago. */
  readonly instance: Instance;
  readonly wait: boolean;
  /** Asked right before each DELETE. */
  readonly whyKept?: WhyKept | undefined;
}

/**
 * Sends the DELETE for one instance; no other code does. It waits until the instance is no longer
 * busy, and deletes its stored credentials.
 *
 * @returns `waiting` if the caller must wait for the end of the deletion.
 * @throws ActionError if it is protected or not the intended one; RequestError if Aura refuses.
 */
export async function requestRemoval(
  session: Session,
  meant: Meant,
  { instance, wait, whyKept }: Removal,
): Promise<'waiting' | 'ended'> {
  const { report, guard, ledger, store } = session;
  const { id } = meant;
  guard.expect(meant, instance);
  guard.assertUnprotected(instance.name);
  ledger.saw(instance);
  const what = label(instance);
  if (guard.dryRun) {
    if (session.alongside === true) report.info('would be deleted.');
    else report.notice(`Dry run: would delete ${what}.`);
    return 'ended';
  }
  const outcome = await sendDelete(session, meant, { instance, whyKept });
  if (typeof outcome === 'object') {
    tell(session, instance, { is: 'is ', what: `kept: ${outcome.kept}.` });
    return 'ended';
  }
  if (outcome === 'accepted') ledger.changed(id, 'destroying');
  if (outcome === 'going') ledger.status(id, 'destroying');
  await store.remove(instance.name, { scope: instance.tenantId, id });
  if (outcome === 'going') tell(session, instance, { is: 'is ', what: 'already being deleted.' });
  if (outcome === 'accepted') {
    if (session.alongside === true) report.info('destroying.');
    else if (!wait) report.info(`Aura has accepted the request to delete ${what}.`);
  }
  if (outcome !== 'gone') return wait ? 'waiting' : 'ended';
  noteDeleted(session, instance);
  return 'ended';
}

/**
 * `accepted` for this step's request, `going` or `gone` if another process deletes it; an object if
 * it is not deleted.
 */
type Outcome = 'accepted' | 'going' | 'gone' | { readonly kept: string };

/**
 * Deletes an instance, or waits if another process deletes it. Aura refuses while another operation
 * is in progress, so the DELETE is sent after it; if the operation does not end in time, the DELETE
 * is sent once before giving up.
 */
async function sendDelete(
  session: Session,
  meant: Meant,
  { instance, whyKept }: Pick<Removal, 'instance' | 'whyKept'>,
): Promise<Outcome> {
  const title = `Waiting until ${label(instance)} can be deleted`;
  return inPhase(session, title, ({ note, beat }) => {
    const removal = createRemoval(session, meant, { instance, whyKept, say: note });
    return poll<Reading, Outcome, RequestError>(session.patience, { ...removal, beat });
  });
}

/** How {@link sendDelete} polls. */
function createRemoval(
  session: Session,
  meant: Meant,
  {
    instance,
    whyKept,
    say,
  }: Pick<Removal, 'instance' | 'whyKept'> & { readonly say: (state: string) => void },
): Parameters<typeof poll<Reading, Outcome, RequestError>>[1] {
  const { client, patience, guard } = session;
  const { id } = instance;
  let refusal: RequestError | undefined;
  /** @param force sends the DELETE to a busy instance too. */
  const judge = async (now: Reading, force = false): Promise<Verdict<Outcome>> => {
    if (typeof now === 'string') return done('gone');
    if (isGoing(now.status)) return done('going');
    guard.expect(meant, now);
    const waits = isBusy(now.status) && !force;
    if (!waits) {
      const kept = await whyKept?.(now, now !== instance);
      if (kept !== undefined) return done({ kept });
      const answer = await ask(session, id);
      if (!(answer instanceof RequestError)) return done(answer);
      refusal = answer;
    }
    const why = refusal?.message ?? `its status is '${now.status}'`;
    if (force) throw stillBusy(session, instance, why);
    say(`busy: ${why}`);
    return again(isBusy(now.status) ? 1 : 2);
  };
  return {
    first: { reading: instance },
    read: () => client.getInstance(id, 'poll'),
    judge,
    overdue: async () => {
      // An instance is deleted only if it was read right before, so a failure of this is final.
      const verdict = await judge(await client.getInstance(id), true);
      return 'result' in verdict ? verdict.result : 'gone';
    },
    tolerance: createTolerance(patience),
  };
}

function stillBusy({ patience }: Session, instance: Instance, why: string): ActionError {
  const waited = formatDuration(patience.clock.now() - patience.begin);
  return new ActionError(`Could not delete ${label(instance)}: ${why} after ${waited}.`, {
    next: "The instance still exists: try again, or increase 'timeout'.",
  });
}

/** The result of one DELETE, or Aura's answer that the instance is busy. */
async function ask({ client }: Session, id: string): Promise<Outcome | RequestError> {
  try {
    return (await client.deleteInstance(id)) === 'accepted' ? 'accepted' : 'gone';
  } catch (error) {
    if (error instanceof RequestError && error.status === 409) return error;
    throw error;
  }
}
