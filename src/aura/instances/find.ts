import { inWords } from '../api/advice.ts';
import type { Instance, InstanceSummary, UnreadableEntry } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { RequestError } from '../../core/http/request-error.ts';
import type { Target } from '../inputs/request.ts';
import type { Meant } from '../session/guard.ts';
import type { Session } from '../session/session.ts';
import { readInstance } from './read.ts';
import {
  assertTenantVisible,
  namingTenants,
  resolveTenant,
  resolveTenantToSearch,
} from './tenant.ts';

/** An instance that was read, and the description of the intended one. */
export interface Found {
  readonly instance: Instance;
  readonly meant: Meant;
}

/**
 * All instances with exactly this name in the tenant: Aura allows several. A create needs a certain
 * answer, so no unreadable entry of the list may have the name.
 *
 * @throws ActionError if one has; RequestError if Aura refuses.
 */
export async function findByName(
  session: Pick<Session, 'client'>,
  tenantId: string,
  name: string,
): Promise<readonly InstanceSummary[]> {
  const unreadable: UnreadableEntry[] = [];
  const all = await session.client.listInstances(tenantId, (entry) => unreadable.push(entry));
  const odd = unreadable.find(
    (entry) => entry.name === name && (entry.tenantId ?? tenantId) === tenantId,
  );
  if (odd === undefined) return withName(all, tenantId, name);
  throw new ActionError(
    `Could not look for instance '${name}': Aura's list of instances contains one with this name that cannot be read: ${odd.description}.`,
    { next: "Look at it in the Aura console, or set another 'name'." },
  );
}

function withName(
  all: readonly InstanceSummary[],
  tenantId: string,
  name: string,
): readonly InstanceSummary[] {
  return all.filter((instance) => instance.name === name && instance.tenantId === tenantId);
}

/**
 * Finds all instances that a target may mean: the one with its id, or those with its name.
 *
 * @returns the tenant is undefined if only an id is set.
 * @throws ActionError for the tenant; RequestError if Aura refuses.
 */
export async function locateAll(
  session: Session,
  { id, name, sealed }: Target,
): Promise<{ readonly meant: readonly Meant[]; readonly tenantId: string | undefined }> {
  if (id !== undefined) {
    const given = session.guard.tenant.wanted !== undefined;
    const tenantId = given ? await resolveTenant(session) : undefined;
    const createdAt = sealed?.createdAt;
    return { meant: [{ id, name, tenantId: tenantId ?? sealed?.tenantId, createdAt }], tenantId };
  }
  const tenantId = await resolveTenantToSearch(session);
  const found = withName(await listInstances(session, tenantId), tenantId, name);
  if (found.length === 0) await assertTenantVisible(session, tenantId);
  return { meant: found, tenantId };
}

/** @throws ActionError for a tenant without access; RequestError if Aura refuses. */
async function listInstances(
  session: Session,
  tenantId: string,
): Promise<readonly InstanceSummary[]> {
  try {
    return await session.client.listInstances(tenantId);
  } catch (error) {
    throw await namingTenants(session, error);
  }
}

/**
 * Finds the one instance that a target means.
 *
 * @returns undefined if no instance has its name.
 * @throws ActionError if several have it, or for the tenant; RequestError if Aura refuses.
 */
export async function locate(session: Session, target: Target): Promise<Meant | undefined> {
  const { meant } = await locateAll(session, target);
  if (meant.length > 1) {
    const ids = meant.map(({ id }) => id).join(', ');
    throw new ActionError(`Several instances are named '${target.name ?? ''}': ${ids}.`, {
      next: "Set 'instance-id' to one of them.",
    });
  }
  return meant[0];
}

/**
 * Finds and reads the one instance that a target means, and opens its entry in the ledger.
 *
 * @throws ActionError if it does not exist, if several have the name, or if it is not the one
 *   requested; RequestError if Aura refuses.
 */
export async function readTarget(session: Session, target: Target): Promise<Found> {
  const meant = await locate(session, target);
  if (meant === undefined) throw notFound(session, target);
  const instance = await readAs(session, meant, target);
  if (instance === undefined) {
    throw target.id === undefined ? stillListed(session, meant) : notFound(session, target);
  }
  session.guard.expect(meant, instance);
  session.ledger.open([meant]);
  session.ledger.saw(instance);
  return { instance, meant };
}

/**
 * Reads a found instance once more, right before a change that cannot be undone.
 *
 * @throws ActionError if it is not the intended one any more; RequestError if Aura refuses.
 */
export async function readAgain(session: Session, { meant }: Found): Promise<Found> {
  const instance = await readInstance(session, meant);
  if (instance === undefined) {
    throw new ActionError(`Could not ${session.ledger.task()}: it was deleted in the meantime.`);
  }
  session.guard.expect(meant, instance);
  session.ledger.saw(instance);
  return { instance, meant };
}

/** Names the instance in a failure; if Aura refuses access to one of another account, that account. */
async function readAs(
  session: Session,
  meant: Meant,
  { sealed }: Target,
): Promise<Instance | undefined> {
  try {
    return await readInstance(session, meant);
  } catch (error) {
    const told = inWords(session.ledger.task(meant), error);
    const refused = error instanceof RequestError && error.status === 403;
    if (!refused || sealed?.owner === undefined) throw told;
    const { message, cause } = told;
    const text = `${message} The 'sealed-credentials' were sealed by ${sealed.owner.sealer}.`;
    throw new ActionError(text, { cause });
  }
}

function stillListed({ ledger }: Session, { id, name }: Meant): ActionError {
  return new ActionError(
    `Could not ${ledger.task({ id, name })}: Aura still lists it, but answers 404 for it. It was probably deleted a moment ago.`,
    { next: 'Try again later.' },
  );
}

/** Something else than a name in `name`. */
function hintFor(name: string): string {
  if (/[*?]/.test(name)) {
    return " 'name' is exact; 'name-pattern' selects the instances whose names match a pattern.";
  }
  return /^[0-9a-f]{8}$/i.test(name)
    ? " It has the form of an id: to use an id, set 'instance-id' instead."
    : '';
}

/** The error for a target that does not exist. */
export function notFound(
  { ledger }: Session,
  { id, name, sealed, ...target }: Target,
): ActionError {
  if (sealed?.owner !== undefined) {
    const { sealer, asker } = sealed.owner;
    return new ActionError(
      `Could not ${ledger.task({ id })}: ${asker} does not find it. The 'sealed-credentials' were sealed by ${sealer}.`,
      {
        next: "Set 'client-id', 'client-secret' and 'api-url' to those that they were sealed with; the instance may also have been deleted.",
      },
    );
  }
  if (id !== undefined) {
    return new ActionError(`Could not ${ledger.task({ id })}: Aura has no instance with this id.`, {
      next: "Check 'instance-id'; the instance may have been deleted.",
    });
  }
  const fromEvent = 'fromEvent' in target && target.fromEvent;
  return new ActionError(
    `Could not ${ledger.task({ name })}: the tenant has no instance with this name.`,
    {
      next: fromEvent
        ? "Inputs 'instance-id' and 'name' are both empty or not set, so the name is built from the event. Set one of them, or check 'tenant'."
        : `Check 'name' and 'tenant'.${hintFor(name)}`,
    },
  );
}
