import { isGoing } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import type { DatabaseCredentials } from '../credentials/bundle.ts';
import { ActionError } from '../../core/errors.ts';
import {
  type Proof,
  type Situation,
  exportCredentials,
  publishCredentials,
  storeCredentials,
  verifyCredentials,
} from '../credentials/hand-over.ts';
import type { Recovered } from './recover-credentials.ts';
import { type StorePlan, planToStore, storeByProof } from './store-recovered.ts';
import { label } from '../api/label.ts';

/**
 * Hands over the credentials of an existing instance when the operation is complete. They are
 * already outputs; here they are stored, exported and checked. A dry run only logs this.
 *
 * @param instance as it was read last.
 * @throws {@link ActionError} if the env file cannot be written, or if a required check fails.
 */
export async function handOver(
  instance: Instance,
  recovered: Recovered,
  situation: Situation,
): Promise<void> {
  const before = recovered.credentials;
  const credentials = { ...before, connectionUri: instance.connectionUrl ?? before.connectionUri };
  if (credentials.connectionUri !== before.connectionUri) {
    publishCredentials(credentials, situation);
  }
  const plan = isGoing(instance.status)
    ? 'never'
    : await planToStore({ ...recovered, credentials }, situation);
  if (situation.request.dryRun) {
    sayHandOver(credentials, plan, situation);
    return;
  }
  if (plan === 'at once') await storeCredentials(credentials, situation);
  await exportCredentials(credentials, situation);
  const proof = await prove(instance, credentials, situation);
  await storeByProof(credentials, { plan, proof }, situation);
}

/** The last line of a dry run, if it skips something. */
function sayHandOver(
  { name, instanceId: id }: DatabaseCredentials,
  plan: StorePlan,
  { request, context }: Situation,
): void {
  const stores = plan === 'once proved' ? request.verify !== 'off' : plan !== 'never';
  const left = [
    stores ? 'store them as a GitHub deployment' : '',
    request.exportEnv ? 'export them to the environment' : '',
    request.envFile === undefined ? '' : "write them to the file of input 'env-file'",
    request.verify === 'off' ? '' : 'verify them over Bolt',
  ].filter((part) => part !== '');
  if (left.length === 0) return;
  const what = label({ name, id });
  context.report.info(`Dry run: would hand on the credentials of ${what}: ${left.join(', ')}.`);
}

async function prove(
  { status }: Instance,
  credentials: DatabaseCredentials,
  situation: Situation,
): Promise<Proof> {
  const { request, context } = situation;
  if (status === 'running' || request.verify === 'off') {
    return verifyCredentials(credentials, situation);
  }
  const what = label({ name: credentials.name, id: credentials.instanceId });
  const text = `The database of ${what} can't answer: its status is '${status}'. Bring it to running first.`;
  if (request.verify === 'require') throw new ActionError(text);
  context.report.warning(text);
  return 'open';
}
