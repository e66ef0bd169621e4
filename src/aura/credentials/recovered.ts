import { ActionError } from '../../core/errors.ts';
import { capitalized, label } from '../api/label.ts';
import { isGoing } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import type { DatabaseCredentials } from './bundle.ts';
import { exportCredentials, keepInPlaceOfOlder, publishCredentials } from './pass-on.ts';
import { type CheckResult, checkCredentials } from './check.ts';
import { type Recovered, openKept } from './recover.ts';
import type { HandOverParts } from './settings.ts';

/**
 * When recovered credentials may be stored. A password from the input can be wrong and must not
 * replace a working one: it must be checked first, unless nothing is stored.
 */
type StorePlan = 'at once' | 'unless refused' | 'if accepted' | 'never';

/**
 * Stores, exports and checks published credentials of an existing instance.
 *
 * @returns the result of the check.
 */
export async function passOnRecovered(
  parts: HandOverParts,
  instance: Instance,
  recovered: Recovered,
): Promise<CheckResult> {
  const before = recovered.credentials;
  const credentials = { ...before, connectionUri: instance.connectionUrl ?? before.connectionUri };
  if (credentials.connectionUri !== before.connectionUri) publishCredentials(parts, credentials);
  const plan = isGoing(instance.status)
    ? 'never'
    : await planToStore(parts, { ...recovered, credentials });
  if (parts.settings.dryRun) {
    sayWhatWouldFollow(parts, credentials, plan);
    return 'not checked';
  }
  if (plan === 'at once') await keepInPlaceOfOlder(parts, credentials);
  await exportCredentials(parts, credentials);
  const checked = await check(parts, instance, credentials);
  if (plan === 'unless refused' || plan === 'if accepted') {
    await storeByCheck(parts, credentials, { plan, checked });
  }
  return checked;
}

/** Reads what is stored for the instance, if there is a store. */
async function planToStore(
  parts: HandOverParts,
  { credentials, source }: Recovered,
): Promise<StorePlan> {
  const { settings, store } = parts;
  if (settings.credentialsStore === 'none' || source === 'store') return 'never';
  const found = await store.lookUp(credentials.name, credentials.instanceId);
  // GitHub cannot be reached, which is already a warning: storing would fail too.
  if (found === undefined) return 'never';
  const wasSealed = source === 'sealed-credentials';
  if (found.sealed === undefined) return wasSealed ? 'at once' : 'unless refused';
  const kept = openKept(parts, found.sealed);
  // A value that cannot be opened is useless for a step with the current key.
  if (kept === undefined || typeof kept === 'string') return wasSealed ? 'at once' : 'if accepted';
  if (isSameLogin(kept, credentials)) {
    return kept.connectionUri === credentials.connectionUri ? 'never' : 'at once';
  }
  return 'if accepted';
}

function isSameLogin(one: DatabaseCredentials, other: DatabaseCredentials): boolean {
  return (
    one.instanceId === other.instanceId &&
    one.tenantId === other.tenantId &&
    one.username === other.username &&
    one.password.equals(other.password)
  );
}

/** The last line of a dry run, if it skips something. */
function sayWhatWouldFollow(
  { settings, report }: HandOverParts,
  { name, instanceId: id }: DatabaseCredentials,
  plan: StorePlan,
): void {
  const stores = plan === 'if accepted' ? settings.verify !== 'off' : plan !== 'never';
  const left = [
    stores ? 'store them as a GitHub deployment' : '',
    settings.exportEnv ? 'export them to the environment' : '',
    settings.envFile === undefined ? '' : "write them to the file of input 'env-file'",
    settings.verify === 'off' ? '' : 'verify them over Bolt',
  ].filter((part) => part !== '');
  if (left.length === 0) return;
  const what = label({ name, id });
  report.info(`Dry run: would pass on the credentials of ${what}: ${left.join(', ')}.`);
}

async function check(
  parts: HandOverParts,
  { status }: Instance,
  credentials: DatabaseCredentials,
): Promise<CheckResult> {
  const { settings, report } = parts;
  if (status === 'running' || settings.verify === 'off')
    return checkCredentials(parts, credentials);
  const what = label({ name: credentials.name, id: credentials.instanceId });
  const text = `The database of ${what} cannot answer: its status is '${status}'. Wait until it is running, or resume it first.`;
  if (settings.verify === 'require') throw new ActionError(text);
  report.warning(text);
  return 'not checked';
}

/** Stores the credentials if the result of the check allows it; otherwise it warns. */
async function storeByCheck(
  parts: HandOverParts,
  credentials: DatabaseCredentials,
  {
    plan,
    checked,
  }: { readonly plan: 'unless refused' | 'if accepted'; readonly checked: CheckResult },
): Promise<void> {
  if (checked === 'accepted' || (plan === 'unless refused' && checked === 'not checked')) {
    return keepInPlaceOfOlder(parts, credentials);
  }
  const what = capitalized(label({ name: credentials.name, id: credentials.instanceId }));
  parts.report.warning(
    checked === 'refused'
      ? `${what}: the password was not stored, because the database rejected it.`
      : `${what}: the password was not stored, because other credentials are stored for this instance and the given ones were not verified. Set 'verify: require' to replace them.`,
  );
}
