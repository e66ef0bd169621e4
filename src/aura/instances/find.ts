import type { AuraClient } from '../api/client.ts';
import type { Instance, InstanceSummary, Tenant, UnreadableEntry } from '../api/types.ts';
import { otherSealer } from '../credentials/bundle.ts';
import { attempting } from '../api/attempting.ts';
import { ActionError } from '../../core/errors.ts';
import type { AuraOutputs } from '../session/report.ts';
import type { CommonRequest, TargetRequest } from '../inputs/request.ts';
import type { Context } from '../session/context.ts';
import { readListed } from './read-listed.ts';
import { birthOfSealed, namingOwner, notFoundHere, tenantOfSealed } from './sealed-target.ts';
import { label } from '../api/label.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the tenant to work in. An id is used unchanged; a name, or nothing, is looked up among
 * the tenants that the credentials can access.
 *
 * @throws {@link ActionError} if it finds none or several; it lists them.
 */
export async function resolveTenant(
  client: AuraClient,
  wanted: string | undefined,
): Promise<string> {
  if (wanted !== undefined && uuid.test(wanted)) return wanted.toLowerCase();
  const tenants = await attempting('list the tenants', () => client.listTenants());
  const matching = tenants.filter(({ name }) => wanted === undefined || name === wanted);
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return only.id;
  const list = tenants.map(describeTenant).join(', ') || 'none';
  if (wanted === undefined) {
    throw new ActionError(
      tenants.length === 0
        ? "The API credentials can see no tenant. Check that the user of 'client-id' is a member of one."
        : `Input 'tenant' is needed, because the API credentials can see several: ${list}.`,
    );
  }
  throw new ActionError(
    `Input 'tenant' is '${wanted}', which ${matching.length === 0 ? 'no' : 'more than one'} tenant is called; the API credentials can see: ${list}. Give the id or the exact name.`,
  );
}

/**
 * The tenant that a request works in. A tenant from another client's sealed credentials is checked
 * before the search for an instance by name: this client may have no access to it, and a tenant
 * without access looks empty.
 *
 * @throws {@link ActionError} as {@link resolveTenant}.
 */
export async function resolveRequestTenant(
  client: AuraClient,
  request: CommonRequest & Pick<TargetRequest, 'sealed'> & Partial<Pick<TargetRequest, 'target'>>,
): Promise<string> {
  const tenantId = await resolveTenant(client, request.tenant);
  const { sealed, target } = request;
  const lent = sealed !== undefined && sealed.tenantId === request.tenant;
  const other = lent ? otherSealer(sealed, request) : undefined;
  if (other === undefined || target?.id !== undefined) return tenantId;
  const what = `The tenant of 'sealed-credentials', which were sealed by ${other},`;
  await assertVisible(client, tenantId, what);
  return tenantId;
}

/**
 * Makes sure that the credentials can access a tenant: without access it looks empty.
 *
 * @param what the tenant as the error names it.
 * @throws {@link ActionError}
 */
export async function assertVisible(
  client: AuraClient,
  tenantId: string | undefined,
  what = "Input 'tenant'",
): Promise<void> {
  const tenants = await attempting('list the tenants', () => client.listTenants());
  if (tenants.some(({ id }) => id === tenantId)) return;
  const list = tenants.map(describeTenant).join(', ') || 'none';
  throw new ActionError(
    `${what} is '${tenantId ?? ''}', which the API credentials can't see; they can see: ${list}.`,
  );
}

function describeTenant({ name, id }: Tenant): string {
  return `'${name}' (${id})`;
}

/**
 * All instances with exactly this name in the tenant: Aura allows several. A create needs a certain
 * answer, so no unreadable entry of the list may have the name.
 *
 * @throws {@link ActionError} if one has, or if Aura refuses.
 */
export async function findByName(
  client: AuraClient,
  tenantId: string,
  name: string,
): Promise<readonly InstanceSummary[]> {
  return attempting(lookFor(name), () => listByName(client, tenantId, name));
}

/** {@link findByName} for callers that poll: errors from Aura are thrown unchanged. */
export async function listByName(
  client: AuraClient,
  tenantId: string,
  name: string,
): Promise<readonly InstanceSummary[]> {
  const unreadable: UnreadableEntry[] = [];
  const found = await listReadable(client, { tenantId, name }, (entry) => unreadable.push(entry));
  const odd = unreadable.find(
    (entry) => entry.name === name && (entry.tenantId ?? tenantId) === tenantId,
  );
  if (odd === undefined) return found;
  throw new ActionError(
    `Could not ${lookFor(name)}: Aura's list of instances has one of that name that can't be read: ${odd.description}. Look at it in the Aura console, or give another 'name'.`,
  );
}

/** The action that errors name for a search by name. */
export function lookFor(name: string): string {
  return `look for instance '${name}'`;
}

/** The same without unreadable entries. */
async function listReadable(
  client: AuraClient,
  { tenantId, name }: { readonly tenantId: string; readonly name: string },
  onUnreadable?: (entry: UnreadableEntry) => void,
): Promise<readonly InstanceSummary[]> {
  const all = await client.listInstances(tenantId, onUnreadable);
  return all.filter((instance) => instance.name === name && instance.tenantId === tenantId);
}

/** An instance that was read, and the guard that accepted it. */
export interface Found {
  readonly instance: Instance;
  /** Call it again after every wait. @throws {@link ActionError} for another instance. */
  readonly check: (instance: Instance) => void;
}

/**
 * Reads the target instance of a request.
 *
 * @param tried the verb for messages, such as `pause`.
 * @returns undefined if there is none.
 * @throws {@link ActionError} if several have the name, or if the instance is not the one
 *   requested.
 */
export async function readTarget(
  client: AuraClient,
  request: TargetRequest,
  { tried, context }: { readonly tried: string; readonly context: Context },
): Promise<Found | undefined> {
  const { id, check } = await locate(client, request);
  if (id === undefined) return undefined;
  const createdAt = birthOfSealed(request);
  const instance = await namingOwner(request, () =>
    readListed(client, { id, createdAt }, { tried, request, context }),
  );
  if (instance !== undefined) {
    check(instance);
    return { instance, check };
  }
  if (request.target.id === undefined) throw listedOnly(tried, request.target.name, id);
  return undefined;
}

function listedOnly(tried: string, name: string, id: string): ActionError {
  return new ActionError(
    `Could not ${tried} ${label({ name, id })}: Aura still lists it, but answers 404 for it. It was probably deleted a moment ago; try again later.`,
  );
}

/** The location of a target, and the guard against working on a wrong instance. */
interface Located {
  /** The instances with the name (there may be none), or the id from the input. */
  readonly ids: readonly string[];
  /** Undefined if only an id was set. */
  readonly tenantId: string | undefined;
  /** @throws {@link ActionError} if name or tenant do not match the request. */
  readonly check: (instance: Instance) => void;
}

/** What is known about a target before any request. */
export function targetOutputs({ target }: TargetRequest): AuraOutputs {
  return { 'instance-id': target.id, name: target.name, created: false, changed: false };
}

/**
 * Finds all possible targets of a request. @throws {@link ActionError} for the tenant, or if Aura
 * refuses
 */
export async function locateAll(client: AuraClient, request: TargetRequest): Promise<Located> {
  const { target } = request;
  const tenantId =
    target.id === undefined || request.tenant !== undefined
      ? await resolveRequestTenant(client, request)
      : undefined;
  const check = expectMatch(target.name, tenantId ?? tenantOfSealed(request));
  if (target.id !== undefined) return { ids: [target.id], tenantId, check };
  const { name } = target;
  const found = await attempting(lookFor(name), () =>
    listReadable(client, { tenantId: tenantId ?? '', name }),
  );
  // A tenant without access looks empty, and must not count as a tenant without the name.
  const givenById = request.tenant?.toLowerCase() === tenantId;
  if (found.length === 0 && givenById) await assertVisible(client, tenantId);
  return { ids: found.map(({ id }) => id), tenantId, check };
}

/** Finds the id of the target instance of a request. @throws as {@link readTarget} */
export async function locate(
  client: AuraClient,
  request: TargetRequest,
): Promise<{ readonly id: string | undefined; readonly check: Located['check'] }> {
  const { ids, check } = await locateAll(client, request);
  if (ids.length > 1) {
    throw new ActionError(
      `Instance '${request.target.name ?? ''}' is not unique: ${ids.join(', ')} have that name. Give one of them as 'instance-id'.`,
    );
  }
  return { id: ids[0], check };
}

/**
 * The guard against working on a wrong instance.
 *
 * @param name the name it must have, if known; likewise `tenantId`.
 * @returns a function that throws {@link ActionError} for any other instance.
 */
export function expectMatch(
  name: string | undefined,
  tenantId: string | undefined,
): (instance: Instance) => void {
  const advice = 'Nothing was done to it; check the inputs.';
  return (instance) => {
    if (name !== undefined && instance.name !== name) {
      throw new ActionError(
        `Instance ${instance.id} is called '${instance.name}', not '${name}' as it should be. ${advice}`,
      );
    }
    if (tenantId !== undefined && instance.tenantId !== tenantId) {
      throw new ActionError(
        `Instance ${instance.id} belongs to tenant ${instance.tenantId}, not to ${tenantId} as it should. ${advice}`,
      );
    }
  };
}

/** The error for a target that does not exist. */
export function notFound(tried: string, request: TargetRequest): ActionError {
  const elsewhere = notFoundHere(tried, request);
  if (elsewhere !== undefined) return elsewhere;
  const { target } = request;
  return target.id === undefined
    ? new ActionError(
        `Could not ${tried} instance '${target.name}': the tenant has none of that name. ${target.fromEvent ? "Inputs 'instance-id' and 'name' are both empty or not given, so the name is made from the event. Give one of them, or check 'tenant'" : "Check 'name' and 'tenant'"}.`,
      )
    : new ActionError(
        `Could not ${tried} instance ${target.id}: Aura knows no such instance. Check 'instance-id'; it may have been deleted.`,
      );
}
