import { param, type Handler } from '../core/calls.ts';
import { success } from './bodies.ts';
import { TENANT_NOT_FOUND, apiError, forbidden } from './errors.ts';
import type { World } from './world.ts';

/** `GET /v1/tenants`: those that the credentials can access. */
export const listTenants: Handler<World> = (world) =>
  success(
    200,
    world.tenants.filter((tenant) => tenant.reachable).map(({ id, name }) => ({ id, name })),
  );

/** `GET /v1/tenants/{tenantId}`: with everything that can be created in it, a very long answer. */
export const getTenant: Handler<World> = (world, call) => {
  const tenant = world.tenants.find(({ id }) => id === param(call, 'tenantId'));
  if (!tenant) throw apiError(404, TENANT_NOT_FOUND);
  if (!tenant.reachable) throw forbidden();
  return success(200, {
    id: tenant.id,
    name: tenant.name,
    instance_configurations: tenant.configurations,
  });
};
