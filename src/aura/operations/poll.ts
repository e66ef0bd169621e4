import { capitalized, label } from '../api/label.ts';
import type { Instance } from '../api/types.ts';
import { RequestError } from '../../core/http/request-error.ts';
import type { Recovered } from '../credentials/recover.ts';
import type { PollRequest } from '../inputs/request.ts';
import { type Goal, awaitGoal, deletedGoal, settledGoal, statusGoal } from '../instances/await.ts';
import { locate, notFound, readTarget } from '../instances/find.ts';
import { takeCredentials } from '../instances/take-credentials.ts';
import type { Meant } from '../session/guard.ts';
import type { MainSession } from '../session/session.ts';

/**
 * Waits for a status and sets the outputs. It always waits. If the instance stays and its password
 * is known, it outputs the credentials.
 *
 * @throws ActionError if the instance does not exist, cannot reach the status, the timeout is
 *   reached, or its password is needed and not known.
 */
export async function poll(session: MainSession, { target, waitFor }: PollRequest): Promise<void> {
  const { report, ledger, handOver } = session;
  ledger.announce();
  // Another account may have no access to the instance; this must not look like a deletion.
  if (target.sealed?.owner !== undefined) await readTarget(session, target);
  const meant = await locate(session, target);
  if (meant === undefined) {
    if (waitFor !== 'deleted') throw notFound(session, target);
    ledger.open([]);
    report.outputs({ status: 'deleted' });
    report.info('No instance with this name exists: it is deleted.');
    return;
  }
  const { id, name } = meant;
  const what = name === undefined ? `instance ${id}` : label({ id, name });
  ledger.open([meant]);
  const early = waitFor === 'deleted' ? undefined : await takeEarly(session, meant);
  const goal = goalOf(waitFor);
  // An earlier step may have created it with `wait: false` a moment ago.
  const instance = await awaitGoal(session, meant, { what, goal, now: true });
  if (instance === undefined) {
    ledger.status(id, 'deleted');
    report.info(`${capitalized(what)} is deleted.`);
    return;
  }
  ledger.saw(instance);
  const { recovered } = early ?? (await take(session, instance));
  // A paused database cannot be used: its credentials are only outputs, for a later resume.
  if (recovered !== undefined && waitFor !== 'paused') await handOver.passOn(instance, recovered);
  report.info(`${capitalized(label(instance))} is ${instance.status}.`);
}

/** The result of looking for the credentials. */
interface Taken {
  readonly recovered: Recovered | undefined;
}

/**
 * Looks for the credentials before the wait: they are outputs even if the wait fails, and the step
 * does not wait if a needed password is missing.
 *
 * @returns undefined if it did not look and must look after the wait.
 */
async function takeEarly(session: MainSession, meant: Meant): Promise<Taken | undefined> {
  if (!session.handOver.mayKnowPassword) return undefined;
  try {
    const reading = await session.client.getInstance(meant.id);
    // An instance that was created a moment ago may not be visible yet.
    if (typeof reading !== 'object') return undefined;
    session.guard.expect(meant, reading);
    return await take(session, reading);
  } catch (error) {
    // The wait reads again and reports the problem.
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

async function take(session: MainSession, instance: Instance): Promise<Taken> {
  const recovered = await takeCredentials(session, instance);
  if (recovered !== undefined) session.handOver.publish(recovered.credentials);
  return { recovered };
}

function goalOf(waitFor: PollRequest['waitFor']): Goal {
  switch (waitFor) {
    case 'deleted':
      return deletedGoal;
    case undefined:
      return settledGoal;
    case 'running':
    case 'paused':
      return statusGoal(waitFor);
  }
}
