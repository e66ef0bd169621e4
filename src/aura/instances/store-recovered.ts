import type { DatabaseCredentials } from '../credentials/bundle.ts';
import { type Proof, type Situation, storeCredentials } from '../credentials/hand-over.ts';
import { type Recovered, openKept } from './recover-credentials.ts';
import { capitalized, label } from '../api/label.ts';

/**
 * When recovered credentials may be stored. A given password can be wrong, and must not take the
 * place of one that works: it has to be proved first, unless it takes no place.
 */
export type StorePlan = 'at once' | 'unless refused' | 'once proved' | 'never';

/** Looks at what is stored for the instance, where there is a store. */
export async function planToStore(
  { credentials, source }: Recovered,
  { request, context }: Situation,
): Promise<StorePlan> {
  if (request.credentialsStore === 'none' || source === 'store') return 'never';
  const found = await context.store.lookUp(credentials.name, credentials.instanceId);
  // GitHub cannot be asked, which is a warning already: it can hardly be told something either.
  if (found === undefined) return 'never';
  const handedOver = source === 'sealed-credentials';
  if (found.sealed === undefined) return handedOver ? 'at once' : 'unless refused';
  const kept = openKept(found.sealed, request);
  // What cannot be opened is of no use to whoever handed this over with the present key.
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

/** Carries out the part of a plan that waits for the proof. What it leaves out is a warning. */
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
