import type { AuraClient } from '../../api/client.ts';
import type { Instance, InstanceSummary } from '../../api/types.ts';
import { attempting } from '../../api/attempting.ts';
import { belongsToBranch } from '../../inputs/naming.ts';
import type { BranchInstances, DeleteRequest } from '../../inputs/request.ts';
import { assertVisible, expectMatch, locateAll, resolveTenant } from '../../instances/find.ts';
import type { Known } from '../../instances/read-listed.ts';

/** A target of a delete. */
export interface Meant extends Known {
  /** Undefined if only an id was set. */
  readonly name: string | undefined;
  /** @throws {@link ActionError} for an instance that is not the intended one. */
  readonly check: (instance: Instance) => void;
}

/** All targets of a delete. */
export interface Found {
  readonly meant: readonly Meant[];
  /** Undefined if only an id was set. */
  readonly tenantId: string | undefined;
  /** The instances of the branch, as Aura lists them; empty if the step names an instance. */
  readonly listed: readonly InstanceSummary[];
}

/**
 * Finds the targets of a delete: the id, all instances with exactly the name, or the instances of
 * the event's branch.
 *
 * @throws {@link ActionError} for the tenant, or if Aura refuses.
 */
export async function findForDeletion(client: AuraClient, request: DeleteRequest): Promise<Found> {
  if (request.ofBranch !== undefined) return findOfBranch(client, request, request.ofBranch);
  const { ids, tenantId, check } = await locateAll(client, request);
  const { name } = request.target;
  return { meant: ids.map((id) => ({ id, name, check })), tenantId, listed: [] };
}

async function findOfBranch(
  client: AuraClient,
  { target, tenant }: DeleteRequest,
  { repository, branch, suffix }: BranchInstances,
): Promise<Found> {
  const tenantId = await resolveTenant(client, tenant);
  const all = await attempting(`look for instance '${target.name ?? ''}'`, () =>
    client.listInstances(tenantId),
  );
  const listed = all.filter(
    (instance) =>
      instance.tenantId === tenantId &&
      (suffix === undefined
        ? belongsToBranch(instance.name, repository, branch)
        : instance.name === target.name),
  );
  if (listed.length === 0 && tenant?.toLowerCase() === tenantId) {
    await assertVisible(client, tenantId);
  }
  const meant = listed.map(({ id, name, createdAt }) => ({
    id,
    name,
    createdAt,
    check: expectMatch(name, tenantId),
  }));
  return { meant, tenantId, listed };
}
