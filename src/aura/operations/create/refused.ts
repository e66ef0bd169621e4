import { whatToDo } from '../../api/advice.ts';
import { listed, shortLabel } from '../../api/label.ts';
import type { CreateBody } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { nameOfTier } from '../../inputs/table.ts';
import type { Session } from '../../session/session.ts';
import { describeBody } from './body.ts';
import { explain } from './not-offered.ts';
import { chooseConfiguration } from './offer.ts';
import type { Plan } from './plan.ts';

/** A create that Aura has refused. */
interface Refused {
  readonly error: RequestError;
  readonly body: CreateBody;
  readonly plan: Plan;
}

/**
 * The error of a create that certainly created nothing. A question to Aura that explains it can
 * fail too; the refusal is what counts.
 */
export async function refusedCreate(
  session: Pick<Session, 'client'>,
  refused: Refused,
): Promise<ActionError> {
  const { error, body } = refused;
  const next = (await unlessRefused(explainRefusal(session, refused))) ?? whatToDo(error);
  return new ActionError(`Could not create instance '${body.name}': ${error.message}.`, {
    next,
    cause: error,
  });
}

async function unlessRefused<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

/** What to do next; undefined if Aura's answer itself says it. */
function explainRefusal(
  session: Pick<Session, 'client'>,
  refused: Refused,
): Promise<string | undefined> {
  const { error } = refused;
  if (error.status === 405) return whatFillsTheQuota(session, refused);
  const isClear = ['missing-billing-details', 'tenant-not-found', 'encryption-key-not-found'];
  if (error.status !== 400 || isClear.some((reason) => error.hasReason(reason))) {
    return Promise.resolve(undefined);
  }
  return whatIsAvailable(session, refused);
}

/**
 * Aura counts the instances of a tier, but its list does not show the tier, and others may use
 * them: nothing is named as one to delete.
 */
async function whatFillsTheQuota(
  { client }: Pick<Session, 'client'>,
  { body }: Refused,
): Promise<string> {
  const isFree = body.type === 'free-db';
  // An account has one Free instance in all its tenants.
  const all = await client.listInstances(isFree ? undefined : body.tenant_id, undefined, 'once');
  const where = isFree ? 'These credentials can access' : 'The tenant contains';
  const limit = isFree
    ? 'An account can have one Free instance.'
    : `The tenant has reached its limit for tier '${nameOfTier(body.type)}'.`;
  const found = all.length === 0 ? 'no instance' : listed(all.map(shortLabel));
  const which = all.length === 1 ? 'it' : 'one of them';
  const first =
    all.length === 0
      ? 'If another user has one that nobody needs, ask them to delete it'
      : `If ${which} has this tier and nobody needs it, delete it with operation 'delete' and 'instance-id'`;
  const otherwise = isFree ? "set another 'tier'" : 'ask Neo4j to raise the limit';
  return `${limit} ${where} ${found}. ${first}; otherwise ${otherwise}.`;
}

/** For a copy first the source: Aura refuses the copy of an instance that was deleted. */
async function whatIsAvailable(
  { client }: Pick<Session, 'client'>,
  { error, body, plan }: Refused,
): Promise<string> {
  const missing = await missingSource({ client }, plan);
  if (missing !== undefined) return missing;
  const offer = await client.listConfigurations(body.tenant_id);
  const wanted = {
    ...plan,
    region: body.region,
    cloudProvider: body.cloud_provider,
    memory: body.memory,
  };
  const choice = chooseConfiguration(offer, wanted);
  if (choice.kind === 'chosen') {
    return `${whatToDo(error)} The tenant offers this tier, version, memory and region (${describeBody(body)}), so check the other inputs.`;
  }
  const { happened, next } = explain(choice, wanted, offer);
  return `${happened.charAt(0).toUpperCase()}${happened.slice(1)}. ${next}`;
}

async function missingSource(
  { client }: Pick<Session, 'client'>,
  { source }: Plan,
): Promise<string | undefined> {
  if (source === undefined) return undefined;
  const { instanceId, snapshotId } = source;
  if (typeof (await client.getInstance(instanceId, 'poll')) === 'string') {
    return `Instance ${instanceId} of input 'source-instance-id' no longer exists. Set another source, or look for what has deleted it.`;
  }
  if (snapshotId === undefined) return undefined;
  const snapshot = await client.getSnapshot(instanceId, snapshotId, 'poll');
  return typeof snapshot === 'string'
    ? `Snapshot ${snapshotId} of instance ${instanceId} no longer exists. Set another 'source-snapshot-id', or 'latest'.`
    : undefined;
}
