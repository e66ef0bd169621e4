import { label } from '../api/label.ts';
import type { Instance } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import type { Recovered } from '../credentials/recover.ts';
import type { MainSession } from '../session/session.ts';

/**
 * Finds the credentials of an instance, for an operation that also works without them, unless a
 * check or an export was requested.
 *
 * @param willChange whether the operation changes the instance later.
 * @throws {@link ActionError} if nothing has them and the inputs need them.
 */
export async function takeCredentials(
  { handOver, report, ledger }: MainSession,
  instance: Instance,
  willChange = false,
): Promise<Recovered | undefined> {
  if (!handOver.mayKnowPassword) return undefined;
  const recovered = await handOver.recover(instance);
  if (recovered !== undefined) return recovered;
  if (handOver.needs.length === 0) {
    report.info(`The credentials of ${label(instance)} are not known.`);
    return undefined;
  }
  const unchanged = willChange ? ' Nothing was changed.' : '';
  throw new ActionError(
    `Could not ${ledger.task(instance)}: its password, which is needed for ${handOver.needs.join(' and ')}, cannot be recovered, because Aura returns it only once.${unchanged} Set 'password' to the password of the database, or 'sealed-credentials' to the output of the step that created it, or remove these inputs.`,
  );
}
