import { capitalized, label } from '../api/label.ts';
import type { GetRequest } from '../inputs/request.ts';
import { readTarget } from '../instances/find.ts';
import { getSeveral } from '../instances/several/get.ts';
import { takeCredentials } from '../instances/take-credentials.ts';
import type { MainSession } from '../session/session.ts';

/**
 * Reads an instance, or several, and sets the outputs; if its password is known, also those of a
 * create.
 *
 * @throws ActionError if it does not exist, if its password is needed and not known, or if `verify:
 *   require` fails.
 */
export async function get(session: MainSession, { target, several }: GetRequest): Promise<void> {
  const { report, ledger, handOver } = session;
  if (several !== undefined) {
    await getSeveral(session, several);
    return;
  }
  ledger.announce();
  const { instance } = await readTarget(session, target);
  const recovered = await takeCredentials(session, instance);
  if (recovered !== undefined) handOver.publish(recovered.credentials);
  if (recovered !== undefined) await handOver.passOn(instance, recovered);
  report.info(`${capitalized(label(instance))} is ${instance.status}.`);
}
