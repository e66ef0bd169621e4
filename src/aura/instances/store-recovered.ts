import type { DatabaseCredentials } from '../credentials/bundle.ts';
import { type Proof, type Situation, storeCredentials } from '../credentials/hand-over.ts';
import { type Recovered, openKept } from './recover-credentials.ts';
import { capitalized, label } from '../api/label.ts';

/**
 * When recovered credentials may be stored. A password from the input can be wrong and must not
 * replace a working one: it must be checked first, unless nothing is stored.
 */
export type StorePlan = 'at once' | 'unless refused' | 'once proved' | 'never';

/** Reads what is stored for the instance, if there is a store. */
export async function planToStore(
  { credentials, source }: Recovered,
  { request, context }: Situation,
): Promise<StorePlan> {
  if (request.credentialsStore === 'none' || source === 'store') return 'never';
  const found = await context.store.lookUp(credentials.name, credentials.instanceId);
  // GitHub cannot be reached, which is already a warning: storing would fail too.
  if (found === undefined) return 'never';
  const handedOver = source === 'sealed-credentials';
  if (found.sealed === undefined) return handedOver ? 'at once' : 'unless refused';
  const kept = openKept(found.sealed, request);
  // A value that cannot be opened is useless for a step with the current key.
  if (kept === undefined || typeof kept === 'string') return handedOver ? 'at once' : 'once proved';
  if (isSameLogin(kept, credentials)) {
    return kept.connectionUri === credentials.connectionUri ? 'never' : 'at once';
  }
  return 'once proved';
}

function isSameLogin(one: DatabaseCredentials, other: DatabaseCredentials): boolean {
  return (
    one.instanceId === other.instanceId &&
    one.tenantId === other.tenantId &&
    one.username === other.username &&
    one.password === other.password
  );
}

/** Runs the part of a plan that waits for the check. It warns about what it skips. */
export async function storeByProof(
  credentials: DatabaseCredentials,
  { plan, proof }: { readonly plan: StorePlan; readonly proof: Proof },
  situation: Situation,
): Promise<void> {
  if (plan === 'never' || plan === 'at once') return;
  const proved = proof === 'proved' || (plan === 'unless refused' && proof === 'open');
  if (proved) return storeCredentials(credentials, situation);
  const what = capitalized(label({ name: credentials.name, id: credentials.instanceId }));
  situation.context.report.warning(
    proof === 'refused'
      ? `${what}: the password was not stored, because the database refuses it.`
      : `${what}: the password was not stored, because other credentials are stored for this instance and the given ones were not verified. Give 'verify: require' to replace them.`,
  );
}
