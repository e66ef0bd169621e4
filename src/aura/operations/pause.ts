import { label } from '../api/label.ts';
import type { PauseRequest } from '../inputs/request.ts';
import { change, statusChange } from '../instances/change/change.ts';
import { changeSeveral } from '../instances/several/change.ts';
import { readTarget } from '../instances/find.ts';
import type { MainSession } from '../session/session.ts';

const pausing = statusChange({
  verb: 'pause',
  from: 'running',
  via: 'pausing',
  to: 'paused',
  send: (client, { id }) => client.pauseInstance(id),
});

/** Pauses an instance; does nothing if it is already paused. @throws ActionError */
export async function pause(
  session: MainSession,
  { target, several, wait }: PauseRequest,
): Promise<void> {
  if (several !== undefined) {
    await changeSeveral(session, several, { spec: pausing, wait });
    return;
  }
  const { report, guard, ledger } = session;
  ledger.announce();
  const found = await readTarget(session, target);
  if (guard.dryRun) {
    const { instance } = found;
    report.notice(`Dry run: would pause ${label(instance)}, which is ${instance.status}.`);
    return;
  }
  await change(session, found, { spec: pausing, wait });
}
