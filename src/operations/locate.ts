import type { AuraClient } from '../aura/client.ts';
import type { Instance, InstanceSummary, Tenant } from '../aura/types.ts';
import { ActionError, attempting } from '../errors.ts';
import type { TargetRequest } from '../inputs.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the tenant to work in. An id is taken as it is; a name, or nothing, is looked up among
 * the tenants that the credentials can see.
 *
 * @throws {@link ActionError} where that leaves none or several; it lists them.
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

function describeTenant({ name, id }: Tenant): string {
  return `'${name}' (${id})`;
}

/** All instances of exactly this name in the tenant: Aura allows several. */
export async function findByName(
  client: AuraClient,
  tenantId: string,
  name: string,
): Promise<readonly InstanceSummary[]> {
  const all = await attempting(`look for instance '${name}'`, () => client.listInstances(tenantId));
  return all.filter((instance) => instance.name === name && instance.tenantId === tenantId);
}

/**
 * Reads the one instance that a request means.
 *
 * @param tried the verb for messages, such as `pause`.
 * @returns undefined where there is none.
 * @throws {@link ActionError} where several have the name, or where the instance read is not the
 *   one asked for.
 */
export async function readTarget(
  client: AuraClient,
  request: TargetRequest,
  tried: string,
): Promise<Instance | undefined> {
  const { id, check } = await locate(client, request);
  if (id === undefined) return undefined;
  const instance = await attempting(`${tried} instance ${id}`, () => client.getInstance(id));
  if (instance !== undefined) check(instance);
  return instance;
}

/** Where a target is, and the guard against working on somebody else's instance. */
interface Located {
  /** Undefined where no instance has the name. */
  readonly id: string | undefined;
  /** @throws {@link ActionError} when name or tenant are not what was asked for. */
  readonly check: (instance: Instance) => void;
}

/** Finds the id of the one instance that a request means. @throws as {@link readTarget} */
export async function locate(client: AuraClient, request: TargetRequest): Promise<Located> {
  const { target } = request;
  const tenantId =
    target.id === undefined || request.tenant !== undefined
      ? await resolveTenant(client, request.tenant)
      : undefined;
  const check = (instance: Instance): void => {
    assertMatches(instance, target.name, tenantId);
  };
  if (target.id !== undefined) return { id: target.id, check };
  const found = await findByName(client, tenantId ?? '', target.name);
  if (found.length > 1) {
    throw new ActionError(
      `Instance '${target.name}' is not unique: ${found.map(({ id }) => id).join(', ')} have that name. Give one of them as 'instance-id'.`,
    );
  }
  return { id: found[0]?.id, check };
}

function assertMatches(
  instance: Instance,
  name: string | undefined,
  tenantId: string | undefined,
): void {
  const check = 'Nothing was done to it; check both inputs.';
  if (name !== undefined && instance.name !== name) {
    throw new ActionError(
      `Instance ${instance.id} is called '${instance.name}', not '${name}' as input 'name' says. ${check}`,
    );
  }
  if (tenantId !== undefined && instance.tenantId !== tenantId) {
    throw new ActionError(
      `Instance ${instance.id} belongs to tenant ${instance.tenantId}, not to ${tenantId} as input 'tenant' says. ${check}`,
    );
  }
}

/** The error for a target that is not there. */
export function notFound(tried: string, { target }: TargetRequest): ActionError {
  return target.id === undefined
    ? new ActionError(
        `Could not ${tried} instance '${target.name}': the tenant has none of that name. Check 'name' and 'tenant'.`,
      )
    : new ActionError(
        `Could not ${tried} instance ${target.id}: Aura knows no such instance. Check 'instance-id'; it may have been deleted.`,
      );
}
