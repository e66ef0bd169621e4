import type { AuraClient } from '../api/client.ts';
import type { Tenant } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import type { Session } from '../session/session.ts';

type Asking = Pick<Session, 'client' | 'guard' | 'report'>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the tenant to work in. An id is used unchanged; a name, or nothing, is looked up among
 * the tenants that the credentials can access.
 *
 * @throws ActionError if it finds none or several; it lists them. RequestError if Aura refuses.
 */
export async function resolveTenant({
  client,
  guard: { tenant },
  report,
}: Asking): Promise<string> {
  const { wanted } = tenant;
  if (wanted !== undefined && uuid.test(wanted)) {
    const id = wanted.toLowerCase();
    sayTenant(report, { id });
    return id;
  }
  const tenants = await client.listTenants();
  const matching = tenants.filter(({ name }) => wanted === undefined || name === wanted);
  const [only] = matching;
  if (only !== undefined && matching.length === 1) {
    sayTenant(report, only);
    return only.id;
  }
  const list = describeTenants(tenants);
  if (wanted === undefined) {
    throw new ActionError(
      tenants.length === 0
        ? "These API credentials have no access to any tenant (project). Check that the user of 'client-id' is a member of one."
        : `Input 'tenant' is required, because these API credentials can access several: ${list}.`,
    );
  }
  throw new ActionError(
    `Input 'tenant' is '${wanted}', but ${matching.length === 0 ? 'no tenant has' : 'several tenants have'} this name. These API credentials can access: ${list}. Set the id or the exact name.`,
  );
}

/**
 * The same before a search by name. A tenant from another client's sealed credentials is checked:
 * this client may have no access to it, and a tenant without access looks empty.
 *
 * @throws ActionError as {@link resolveTenant}.
 */
export async function resolveTenantToSearch(session: Asking): Promise<string> {
  const tenantId = await resolveTenant(session);
  const { lentBy } = session.guard.tenant;
  if (lentBy !== undefined) {
    const what = `The tenant of 'sealed-credentials', which were sealed by ${lentBy},`;
    await assertVisible(session.client, tenantId, what);
  }
  return tenantId;
}

/**
 * If the tenant's id is set, makes sure that the tenant is really empty and not without access.
 *
 * @throws ActionError
 */
export async function assertTenantVisible(
  { client, guard }: Pick<Session, 'client' | 'guard'>,
  tenantId: string,
): Promise<void> {
  if (guard.tenant.wanted?.toLowerCase() !== tenantId) return;
  await assertVisible(client, tenantId, "Input 'tenant'");
}

/** Says in which tenant the step works. */
export function sayTenant(
  report: Session['report'],
  { id, name }: Pick<Tenant, 'id'> & Partial<Tenant>,
): void {
  report.info(`  Tenant (project) ${name === undefined ? id : `'${name}' (${id})`}`);
}

/** @param what the tenant, as the error calls it. */
async function assertVisible(client: AuraClient, tenantId: string, what: string): Promise<void> {
  const tenants = await client.listTenants();
  if (tenants.some(({ id }) => id === tenantId)) return;
  throw new ActionError(
    `${what} is '${tenantId}', but these API credentials cannot access it; they can access: ${describeTenants(tenants)}.`,
  );
}

function describeTenants(tenants: readonly Tenant[]): string {
  return tenants.map(({ name, id }) => `'${name}' (${id})`).join(', ') || 'none';
}
