import type { AuraClient } from '../../api/client.ts';
import type { Instance, InstanceSummary } from '../../api/types.ts';
import { attempting } from '../../api/attempting.ts';
import { belongsToBranch } from '../../inputs/naming.ts';
import type { BranchInstances, DeleteRequest } from '../../inputs/request.ts';
import { assertVisible, expectMatch, locateAll, resolveTenant } from '../../instances/find.ts';
import type { Known } from '../../instances/read-listed.ts';

/** An instance that a delete means. */
export interface Meant extends Known {
  /** Undefined if only an id was given. */
  readonly name: string | undefined;
  /** @throws {@link ActionError} for an instance that is not the one meant. */
  readonly check: (instance: Instance) => void;
}

/** All that a delete means. */
export interface Found {
  readonly meant: readonly Meant[];
  /** Undefined if only an id was given. */
  readonly tenantId: string | undefined;
  /** What the branch has, as Aura lists it; empty where the step names an instance. */
  readonly listed: readonly InstanceSummary[];
}

/**
 * Finds what a delete means: the id given, all instances of exactly the name given, or what the
 * branch of the event has.
 *
 * @throws {@link ActionError} for the tenant, or Aura's refusal.
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
