import { param, type Handler } from '../core/calls.ts';
import { success } from './bodies.ts';
import { TENANT_NOT_FOUND, apiError, forbidden } from './errors.ts';
import { METRICS_TYPES, metricsUrl } from './instance-views.ts';
import { livingInstances, type Tenant, type World } from './world.ts';

/** `GET /v1/tenants`: those that the credentials can access. */
export const listTenants: Handler<World> = (world) =>
  success(
    200,
    world.tenants.filter((tenant) => tenant.reachable).map(({ id, name }) => ({ id, name })),
  );

/** @throws Refusal (404) if it does not exist; (403) if it is not accessible */
function findTenant(world: World, id: string): Tenant {
  const tenant = world.tenants.find((one) => one.id === id);
  if (!tenant) throw apiError(404, TENANT_NOT_FOUND);
  if (!tenant.reachable) throw forbidden();
  return tenant;
}

/** `GET /v1/tenants/{tenantId}`: with everything that can be created in it, a very long answer. */
export const getTenant: Handler<World> = (world, call) => {
  const tenant = findTenant(world, param(call, 'tenantId'));
  return success(200, {
    id: tenant.id,
    name: tenant.name,
    instance_configurations: tenant.configurations,
  });
};

/**
 * `GET …/metrics-integration`: where Prometheus reads the metrics of all instances. Text and reason
 * of the refusal are from the tests of an official client.
 */
export const getTenantMetrics: Handler<World> = (world, call) => {
  const { id } = findTenant(world, param(call, 'tenantId'));
  const eligible = livingInstances(world).some(
    ({ tenantId, type }) => tenantId === id && METRICS_TYPES.includes(type),
  );
  if (!eligible) {
    throw apiError(400, {
      message: 'This tenant has no instances eligible for metrics integration',
      reason: 'tenant-incapable-of-action',
    });
  }
  return success(200, { endpoint: metricsUrl(id) });
};
