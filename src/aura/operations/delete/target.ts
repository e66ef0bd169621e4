import type { InstanceSummary } from '../../api/types.ts';
import type { BranchInstances, DeleteRequest, Target } from '../../inputs/request.ts';
import { belongsToBranch } from '../../inputs/naming.ts';
import { locateAll } from '../../instances/find.ts';
import { assertTenantVisible, resolveTenant } from '../../instances/tenant.ts';
import type { Meant } from '../../session/guard.ts';
import type { MainSession } from '../../session/session.ts';

/** All targets of a delete. */
interface Targets {
  readonly meant: readonly Meant[];
  /** Undefined if only an id was set. */
  readonly tenantId: string | undefined;
}

/**
 * Finds the targets of a delete: the id, or all instances with exactly the name.
 *
 * @throws ActionError for the tenant; RequestError if Aura refuses.
 */
export async function findTargets(
  session: MainSession,
  { target, ofBranch }: Pick<DeleteRequest, 'ofBranch'> & { readonly target: Target },
): Promise<Targets & { readonly ofBranch?: readonly InstanceSummary[] }> {
  if (ofBranch === undefined) return locateAll(session, target);
  const { listed, tenantId } = await findOfBranch(session, target.name ?? '', ofBranch);
  return { meant: listed, tenantId, ofBranch: listed };
}

/** The instances of a branch: with its suffix, or with and without any. */
async function findOfBranch(
  session: MainSession,
  name: string,
  { repository, branch, suffix }: BranchInstances,
): Promise<{ readonly listed: readonly InstanceSummary[]; readonly tenantId: string }> {
  const tenantId = await resolveTenant(session);
  const all = await session.client.listInstances(tenantId);
  const listed = all.filter(
    (instance) =>
      instance.tenantId === tenantId &&
      (suffix === undefined
        ? belongsToBranch(instance.name, repository, branch)
        : instance.name === name),
  );
  if (listed.length === 0) await assertTenantVisible(session, tenantId);
  return { listed, tenantId };
}
