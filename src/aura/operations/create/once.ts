import { inWords, whatToDo } from '../../api/advice.ts';
import type { CreateBody, CreatedInstance, InstanceSummary } from '../../api/types.ts';
import { CancelledError, ActionError } from '../../../core/errors.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { sentence } from '../../../core/http/retry.ts';
import { findByName } from '../../instances/find.ts';
import { type Attempt, findNew, listedOnly } from '../../instances/find-new.ts';
import { removeInstance } from '../../instances/remove.ts';
import type { Session } from '../../session/session.ts';
import type { Plan } from './plan.ts';
import { refusedCreate } from './refused.ts';
import type { Trail } from './trail.ts';

/**
 * A create is sent at most this often; again only if the previous one left no instance behind.
 */
const mostPosts = 3;

interface OnceOptions {
  readonly trail: Trail;
  /** The ids that have the name before any request is sent. */
  readonly knownIds: readonly string[];
  /** What the request was made from, to explain a refusal. */
  readonly plan: Plan;
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
  session: Session,
  body: CreateBody,
  { trail, knownIds, plan }: OnceOptions,
): Promise<MadeOnce> {
  const { client, report, patience } = session;
  const { name, tenant_id: tenantId } = body;
  let attempt: Attempt = { name, tenantId, knownIds, postedAt: [] };
  for (let posts = 1; ; posts += 1) {
    const before = attempt;
    const sending = (): void => {
      attempt = { ...before, postedAt: [...before.postedAt, client.serverClock.now() ?? null] };
      trail.posting(attempt);
    };
    const made = await post(session, body, { trail, before, sending, plan });
    if (!(made instanceof RequestError)) {
      const unsettled = { ...before, knownIds: [...attempt.knownIds, made.id] };
      return { created: made, knownIds: attempt.knownIds, unsettled };
    }
    report.info(`${sentence(made.message)}. Instance '${name}' may have been created anyway.`);
    const orphan = await removeOrphan(session, attempt, made);
    // Its instance is known; if nothing was found, one may still appear.
    if (orphan !== undefined) {
      attempt = { ...before, knownIds: [...attempt.knownIds, orphan] };
      trail.posting(attempt);
      await assertAlone(session, attempt, { orphan, unclear: made });
    }
    const settled = attempt.postedAt.length === 0;
    if (posts === mostPosts || patience.clock.now() > patience.deadline) {
      if (settled) trail.clear();
      throw failure(name, made, afterAll(name, made, { posts, settled }));
    }
    const found = orphan === undefined ? 'Aura lists no new instance. ' : '';
    report.info(`${found}Creating instance '${name}' again.`);
  }
}

/**
 * Lists can lag: the instance deleted after a lost response may have been another job's, and the
 * step's own instance may be listed only now.
 *
 * @throws {@link ActionError} if another new instance has the name.
 */
async function assertAlone(
  session: Session,
  { name, tenantId, knownIds }: Attempt,
  { orphan, unclear }: { readonly orphan: string; readonly unclear: RequestError },
): Promise<void> {
  const same = await findByName(session, tenantId, name);
  const others = same.filter(({ id }) => !knownIds.includes(id)).map(({ id }) => id);
  if (others.length === 0) return;
  throw failure(name, unclear, {
    also: `Instance ${orphan} looked like the one of this step and was deleted, but ${others.join(', ')} is also new and has the same name. It may be from this step or from another job, so it was not deleted.`,
    next: "Delete it with operation 'delete' and 'instance-id' if it is not used, and give each job its own 'name'.",
  });
}

/** The rest of an error: what else happened, and what to do; both in sentences. */
interface Rest {
  readonly also: string;
  readonly next: string | undefined;
}

/** The rest of the error after the last request. */
function afterAll(
  name: string,
  error: RequestError,
  { posts, settled }: { readonly posts: number; readonly settled: boolean },
): Rest {
  const sent = `Sent ${posts} times`;
  const next = whatToDo(error);
  return settled
    ? { also: `${sent}, and none of the requests left an instance.`, next }
    : mayBeLeft(name, { also: `${sent}, and Aura listed no new instance.`, next });
}

/** Adds to the rest of an error that an instance may still exist. */
function mayBeLeft(name: string, { also, next }: Rest, id?: string): Rest {
  const what = id === undefined ? `An instance '${name}'` : `Instance '${name}' (${id})`;
  // By its name, an instance of another job would be deleted too.
  const how =
    id === undefined
      ? 'Look for it in the Aura console, and delete it there unless another job uses it'
      : `Look for it in the Aura console, or delete it with operation 'delete' and instance-id '${id}'`;
  return {
    also: [also, `${what} may still exist, and its password is lost.`].join(' ').trim(),
    next: [`${how}.`, next].filter((part) => part !== undefined).join(' '),
  };
}

interface Posting extends Pick<OnceOptions, 'trail' | 'plan'> {
  readonly before: Attempt;
  /** Called right before the request is sent, which can be long after it is due. */
  readonly sending: () => void;
}

/** The created instance, or the error that does not show whether one was created. */
async function post(
  { client }: Session,
  body: CreateBody,
  { trail, before, sending, plan }: Posting,
): Promise<CreatedInstance | RequestError> {
  try {
    return await client.createInstance(body, sending);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.effect === 'unknown') return error;
    // This request certainly created nothing: only earlier ones may have.
    const settled = before.postedAt.length === 0;
    if (settled) trail.clear();
    else trail.posting(before);
    const { name } = body;
    if (!settled) {
      throw failure(name, error, mayBeLeft(name, { also: '', next: whatToDo(error) }));
    }
    if (error.policy === 'token') throw error;
    throw await refusedCreate({ client }, { error, body, plan });
  }
}

/**
 * Finds the instance of a create with unknown result, and deletes it.
 *
 * @returns its id, or undefined if nothing was found.
 * @throws {@link ActionError}
 */
async function removeOrphan(
  session: Session,
  attempt: Attempt,
  unclear: RequestError,
): Promise<string | undefined> {
  const { report, ledger } = session;
  const { name, tenantId } = attempt;
  let orphan: InstanceSummary | undefined;
  try {
    orphan = await findNew(session, attempt);
    if (orphan === undefined) return undefined;
    const { id, createdAt } = orphan;
    report.info(`Instance '${name}' (${id}) was created, but its password is lost.`);
    ledger.madeInVain(id);
    const removed = await removeInstance(
      session,
      { id, name, tenantId, createdAt },
      { wait: true },
    );
    if (removed === 'absent') throw listedOnly();
    return id;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const task =
      orphan === undefined
        ? `look for instance '${name}'`
        : `delete instance '${name}' (${orphan.id})`;
    const told = inWords(task, error);
    const { happened, next } =
      told instanceof ActionError ? told : { happened: told.message, next: undefined };
    throw failure(name, unclear, mayBeLeft(name, { also: happened, next }, orphan?.id));
  }
}

function failure(name: string, error: RequestError, { also, next }: Rest): ActionError {
  const rest = also === '' ? '' : ` ${also}`;
  return new ActionError(`Could not create instance '${name}': ${error.message}.${rest}`, {
    next,
    cause: error,
  });
}
