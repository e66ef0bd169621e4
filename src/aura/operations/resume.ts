import { label } from '../api/label.ts';
import type { ResumeRequest } from '../inputs/request.ts';
import { announce } from '../instances/announce.ts';
import { change, resuming } from '../instances/change/change.ts';
import { changeSeveral } from '../instances/several/change.ts';
import { readTarget } from '../instances/find.ts';
import { takeCredentials } from '../instances/take-credentials.ts';
import type { MainSession } from '../session/session.ts';

/**
 * Resumes an instance; does nothing if it is already running. If its password is known, it outputs
 * the credentials. It looks for them before it changes anything.
 *
 * @throws ActionError if it does not exist, cannot be resumed, or its password is needed and not
 *   known.
 */
export async function resume(
  session: MainSession,
  { target, several, wait }: ResumeRequest,
): Promise<void> {
  if (several !== undefined) {
    await changeSeveral(session, several, { spec: resuming, wait });
    return;
  }
  const { report, guard, ledger, handOver } = session;
  ledger.announce();
  const found = await readTarget(session, target);
  const { instance } = found;
  const recovered = await takeCredentials(session, instance, true);
  if (guard.dryRun) {
    report.notice(`Dry run: would resume ${label(instance)}, which is ${instance.status}.`);
    return;
  }
  if (recovered !== undefined) handOver.publish(recovered.credentials);
  const isRunning = resuming.done(instance);
  const final = await change(session, found, { spec: resuming, wait, quiet: !isRunning });
  if (recovered !== undefined) await handOver.passOn(final, recovered);
  if (!isRunning) announce(session, final, false);
}
