import type { AuraClient } from '../api/client.ts';
import { listed, shortLabel } from '../api/label.ts';
import type { Tenant } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { nearestWords } from '../../core/inputs/slips.ts';
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
  const { wanted, source } = tenant;
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
  if (wanted !== undefined) throw notOne(tenants, { wanted, source, several: matching.length > 1 });
  if (tenants.length === 0) throw noTenant();
  throw new ActionError(
    `Input 'tenant' is required, because these credentials can access several tenants (projects): ${listed(tenants.map(shortLabel))}.`,
    { next: 'Set it to one of these names or ids.' },
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
    const source = `The tenant of 'sealed-credentials', which were sealed by ${lentBy},`;
    await assertVisible(session.client, tenantId, source);
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
  const { wanted, source } = guard.tenant;
  if (wanted?.toLowerCase() === tenantId) await assertVisible(client, tenantId, source);
}

/** Says in which tenant the step works. */
export function sayTenant(
  report: Session['report'],
  { id, name }: Pick<Tenant, 'id'> & Partial<Tenant>,
): void {
  report.info(`  Tenant (project) ${name === undefined ? id : `'${name}' (${id})`}`);
}

/**
 * The error of a step whose tenant Aura does not find: the same as if the step had looked for it.
 *
 * @returns `error` if it is about something else, or if the tenants cannot be listed.
 */
export async function namingTenants(
  { client, guard: { tenant } }: Pick<Session, 'client' | 'guard'>,
  error: unknown,
): Promise<unknown> {
  const refusal = error instanceof ActionError ? error.cause : error;
  const { wanted, source } = tenant;
  if (!(refusal instanceof RequestError) || wanted === undefined) return error;
  // Aura answers 403 for a tenant of another account.
  const isForeign = refusal.status === 403 && uuid.test(wanted);
  if (!refusal.hasReason('tenant-not-found') && !isForeign) return error;
  try {
    const tenants = await client.listTenants();
    if (isForeign && tenants.some(({ id }) => id === wanted.toLowerCase())) return error;
    return notOne(tenants, { wanted, source, cause: refusal });
  } catch (trouble) {
    if (trouble instanceof RequestError) return error;
    throw trouble;
  }
}

/** @param source the tenant, as the error calls it. */
async function assertVisible(
  client: AuraClient,
  tenantId: string,
  source: string | undefined,
): Promise<void> {
  const tenants = await client.listTenants();
  if (!tenants.some(({ id }) => id === tenantId))
    throw notOne(tenants, { wanted: tenantId, source });
}

interface Unknown {
  readonly wanted: string;
  readonly source: string | undefined;
  /** Whether several tenants have the name. */
  readonly several?: boolean;
  readonly cause?: unknown;
}

/** The only error for a tenant that does not exist, or to which there is no access. */
function notOne(
  tenants: readonly Tenant[],
  { wanted, source = "Input 'tenant'", several = false, cause }: Unknown,
): ActionError {
  if (tenants.length === 0) return noTenant();
  const isId = uuid.test(wanted);
  const which = several ? 'several tenants (projects) have' : 'no tenant (project) has';
  const is = isId
    ? 'these credentials can access no tenant (project) with this id'
    : `${which} this name`;
  const near = isId ? undefined : nearest(wanted, tenants);
  const meant = near === undefined || several ? '' : `Did you mean '${near}'? `;
  return new ActionError(
    `${source} is '${wanted}', but ${is}. These credentials can access: ${listed(tenants.map(shortLabel))}.`,
    {
      next: several ? 'Set the id of one of them.' : `${meant}Use one of these names or ids.`,
      cause,
      tellsCause: true,
    },
  );
}

/** The id in an address, the name that differs only in case, otherwise the most similar one. */
function nearest(wanted: string, tenants: readonly Tenant[]): string | undefined {
  const small = wanted.toLowerCase();
  // An address of the console contains the id.
  const linked = tenants.find(({ id }) => small.includes(id.toLowerCase()));
  if (linked !== undefined) return linked.id;
  const same = tenants.find(({ name }) => name.toLowerCase() === small);
  if (same !== undefined) return same.name;
  const [near] = nearestWords(
    small,
    tenants.map(({ name }) => name.toLowerCase()),
  );
  return tenants.find(({ name }) => name.toLowerCase() === near)?.name;
}

function noTenant(): ActionError {
  return new ActionError('These credentials have no access to any tenant (project).', {
    next: "Check that the user of 'client-id' is a member of one.",
  });
}
