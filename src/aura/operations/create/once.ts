import type { AuraClient } from '../../api/client.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import type {
  CreateBody,
  CreatedInstance,
  InstanceConfiguration,
  InstanceSummary,
} from '../../api/types.ts';
import { asError, CancelledError, ActionError } from '../../../core/errors.ts';
import { attempting, whatToDo } from '../../api/attempting.ts';
import type { CreateRequest } from '../../inputs/request.ts';
import type { Context } from '../../session/context.ts';
import { describeBody, describeOffer } from './body.ts';
import { expectMatch, findByName } from '../../instances/find.ts';
import { type Attempt, expectShown, findNew } from '../../instances/find-new.ts';
import type { Trail } from './trail.ts';
import { removeInstance } from '../../instances/remove.ts';

/**
 * A create is sent at most this often, and again only if the previous one left no instance behind.
 */
const mostPosts = 3;

interface Situation {
  readonly request: CreateRequest;
  readonly context: Context;
  readonly trail: Trail;
  /** The ids that have the name before any request is sent. */
  readonly knownIds: readonly string[];
}

/** The created instance, and all other known ids with the name. */
export interface MadeOnce {
  readonly created: CreatedInstance;
  readonly knownIds: readonly string[];
  /** Earlier requests without a response and without an instance found. */
  readonly unsettled: Attempt;
}

/**
 * Creates exactly one instance. If a response does not show whether an instance was created, it
 * looks for the instance. The password of such an instance is lost, so it deletes it before it
 * sends the create again.
 *
 * @throws {@link ActionError} that names what may still exist.
 */
export async function createOnce(
  client: AuraClient,
  body: CreateBody,
  situation: Situation,
): Promise<MadeOnce> {
  const { report, patience } = situation.context;
  const { name, tenant_id: tenantId } = body;
  let attempt: Attempt = { name, tenantId, knownIds: situation.knownIds, postedAt: [] };
  for (let posts = 1; ; posts += 1) {
    const before = attempt;
    attempt = { ...attempt, postedAt: [...attempt.postedAt, client.serverClock.now() ?? null] };
    situation.trail.posting(attempt);
    const made = await post(client, body, { ...situation, before });
    if (!(made instanceof RequestError)) {
      const { knownIds } = attempt;
      return {
        created: made,
        knownIds,
        unsettled: { ...before, knownIds: [...knownIds, made.id] },
      };
    }
    report.info(
      `${made.request}: ${made.message}. Checking whether instance '${name}' was created anyway.`,
    );
    const orphan = await removeOrphan(client, body, { ...situation, attempt, unclear: made });
    // Its instance is known; if nothing was found, one may still appear.
    if (orphan !== undefined) {
      attempt = { ...before, knownIds: [...attempt.knownIds, orphan] };
      situation.trail.posting(attempt);
      await assertAlone(client, body, { attempt, orphan, unclear: made });
    }
    const settled = attempt.postedAt.length === 0;
    if (posts === mostPosts || patience.clock.now() > patience.deadline) {
      if (settled) situation.trail.clear();
      const left = settled
        ? 'and nothing is left of them.'
        : `and Aura listed no new instance. ${mayBeLeft(body)}`;
      throw failure(body, made, `Sent ${posts} times, ${left} ${whatToDo(made)}`);
    }
    const found = orphan === undefined ? 'Aura lists no new instance' : 'It is gone';
    report.info(`${found}. Creating instance '${name}' again.`);
  }
}

/**
 * Lists can lag: the instance deleted after a lost response may have been another job's, and the
 * step's own instance may be listed only now.
 *
 * @throws {@link ActionError} if another new instance has the name.
 */
async function assertAlone(
  client: AuraClient,
  body: CreateBody,
  { attempt, orphan, unclear }: { attempt: Attempt; orphan: string; unclear: RequestError },
): Promise<void> {
  const same = await findByName(client, body.tenant_id, body.name);
  const others = same.filter(({ id }) => !attempt.knownIds.includes(id)).map(({ id }) => id);
  if (others.length === 0) return;
  throw failure(
    body,
    unclear,
    `Instance ${orphan} looked like the one of this step and was deleted, but ${others.join(', ')} is new and has the name too. It may be from this step or from another job, so it was not deleted. Delete it with operation 'delete' and 'instance-id' if nobody uses it, and give each job its own 'name'.`,
  );
}

function mayBeLeft({ name }: CreateBody, id?: string): string {
  const what = id === undefined ? `An instance '${name}'` : `Instance '${name}' (${id})`;
  return `${what} may be left, and its password is lost: look for it in the Aura console, or delete it with operation 'delete' and name '${name}'.`;
}

/** The created instance, or the error that does not show whether one was created. */
async function post(
  client: AuraClient,
  body: CreateBody,
  { trail, before }: Situation & { readonly before: Attempt },
): Promise<CreatedInstance | RequestError> {
  const tried = `create instance '${body.name}'`;
  return attempting(tried, async () => {
    try {
      return await client.createInstance(body);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.effect === 'unknown') return error;
      // This request certainly created nothing: only earlier ones may have.
      const settled = before.postedAt.length === 0;
      if (settled) trail.clear();
      else trail.posting(before);
      if (!settled) throw failure(body, error, `${whatToDo(error)} ${mayBeLeft(body)}`);
      if (error.status !== 400 || error.hasReason('missing-billing-details')) throw error;
      const offer = await readOffer(client, body.tenant_id);
      if (offer === undefined) throw error;
      throw failure(
        body,
        error,
        `Asked for ${describeBody(body)}; ${describeOffer(offer, body.type)}.`,
      );
    }
  });
}

/** Undefined if it cannot be read: it would only explain a refusal. */
async function readOffer(
  client: AuraClient,
  tenantId: string,
): Promise<readonly InstanceConfiguration[] | undefined> {
  try {
    return await client.listConfigurations(tenantId);
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

/**
 * Finds the instance of a create with unknown result, and deletes it.
 *
 * @returns its id, or undefined if nothing was found.
 * @throws {@link ActionError}
 */
async function removeOrphan(
  client: AuraClient,
  body: CreateBody,
  situation: Situation & { readonly attempt: Attempt; readonly unclear: RequestError },
): Promise<string | undefined> {
  const { request, context, attempt, unclear } = situation;
  let orphan: InstanceSummary | undefined;
  try {
    orphan = await findNew(client, attempt, { request, context });
    if (orphan === undefined) return undefined;
    const { id, createdAt } = orphan;
    context.report.info(`Instance '${body.name}' (${id}) was created, but its password is lost.`);
    const check = expectMatch(body.name, body.tenant_id);
    const order = { id, createdAt, check, request, wait: true, onProgress: expectShown };
    await removeInstance(client, order, context);
    return id;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const left = orphan === undefined ? mayBeLeft(body) : mayBeLeft(body, orphan.id);
    throw failure(body, unclear, `${asError(error).message} ${left}`);
  }
}

function failure(body: CreateBody, error: RequestError, outcome: string): ActionError {
  return new ActionError(`Could not create instance '${body.name}': ${error.message}. ${outcome}`, {
    cause: error,
  });
}
