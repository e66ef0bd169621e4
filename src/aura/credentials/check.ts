import { ActionError, asError } from '../../core/errors.ts';
import { label } from '../api/label.ts';
import type { DatabaseCredentials } from './bundle.ts';
import type { HandOverParts } from './settings.ts';
import { UncheckedHostError, VerifyError, verify } from './verify.ts';

/** The result for a password: the database accepted it (`accepted`), refused it, or was not asked. */
export type CheckResult = 'accepted' | 'refused' | 'not checked';

/**
 * Checks that the database accepts connections, if requested.
 *
 * @throws {@link ActionError} with `verify: require`; with `warn` it only warns.
 */
export async function checkCredentials(
  { settings, report, patience }: HandOverParts,
  credentials: DatabaseCredentials,
): Promise<CheckResult> {
  if (settings.verify === 'off') return 'not checked';
  const { connectionUri: uri, username, password } = credentials;
  const what = label({ name: credentials.name, id: credentials.instanceId });
  try {
    if (uri === undefined) throw new VerifyError('Aura returned no connection URI');
    const { clock, deadline, signal } = patience;
    await verify({ uri, username, password, clock, deadline, signal, log: report.info });
    report.info(`Connected to the database of ${what} over Bolt.`);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    const left =
      error instanceof UncheckedHostError
        ? ' The instance exists; its credentials are available as step outputs.'
        : '';
    const text = `Could not verify the database of ${what} over Bolt: ${error.message}${left}`;
    // The driver's own words are long, and its chain of causes repeats them.
    if (error.cause !== undefined)
      report.debug(`The driver's error: ${asError(error.cause).message}`);
    if (settings.verify === 'require') throw new ActionError(text);
    report.warning(text);
    return error.refusesLogin ? 'refused' : 'not checked';
  }
}
