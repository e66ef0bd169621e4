import type { Handler } from '../core/calls.ts';
import { router, type Route } from '../core/routes.ts';
import { createInstance } from './create-instance.ts';
import {
  deleteInstance,
  getInstance,
  listInstances,
  overwriteInstance,
  pauseInstance,
  restoreSnapshot,
  resumeInstance,
} from './instance-operations.ts';
import { createKey, deleteKey, getKey, listKeys } from './keys.ts';
import { sizeInstance } from './sizing.ts';
import { createSnapshot, getSnapshot, listSnapshots } from './snapshot-operations.ts';
import { getTenant, getTenantMetrics, listTenants } from './tenants.ts';
import { getToken } from './token-endpoint.ts';
import { updateInstance } from './update-instance.ts';
import { upgradeInstance } from './upgrade-instance.ts';
import type { World } from './world.ts';

const INSTANCE = '/v1/instances/{instanceId}';
const KEYS = '/v1/customer-managed-keys';

function route(operation: string, handle: Handler<World>, address: string): Route<World> {
  const [method = '', path = ''] = address.split(' ');
  return { method, path, operation, handle };
}

/** All simulated operations. */
export const ROUTES: readonly Route<World>[] = [
  route('getToken', getToken, 'POST /oauth/token'),
  route('listTenants', listTenants, 'GET /v1/tenants'),
  route('getTenant', getTenant, 'GET /v1/tenants/{tenantId}'),
  route('getTenantMetrics', getTenantMetrics, 'GET /v1/tenants/{tenantId}/metrics-integration'),
  route('listInstances', listInstances, 'GET /v1/instances'),
  route('createInstance', createInstance, 'POST /v1/instances'),
  route('sizeInstance', sizeInstance, 'POST /v1/instances/sizing'),
  route('getInstance', getInstance, `GET ${INSTANCE}`),
  route('updateInstance', updateInstance, `PATCH ${INSTANCE}`),
  route('deleteInstance', deleteInstance, `DELETE ${INSTANCE}`),
  route('pauseInstance', pauseInstance, `POST ${INSTANCE}/pause`),
  route('resumeInstance', resumeInstance, `POST ${INSTANCE}/resume`),
  route('overwriteInstance', overwriteInstance, `POST ${INSTANCE}/overwrite`),
  route('upgradeInstance', upgradeInstance, `POST ${INSTANCE}/upgrade`),
  route('listSnapshots', listSnapshots, `GET ${INSTANCE}/snapshots`),
  route('createSnapshot', createSnapshot, `POST ${INSTANCE}/snapshots`),
  route('getSnapshot', getSnapshot, `GET ${INSTANCE}/snapshots/{snapshotId}`),
  route('restoreSnapshot', restoreSnapshot, `POST ${INSTANCE}/snapshots/{snapshotId}/restore`),
  route('listKeys', listKeys, `GET ${KEYS}`),
  route('createKey', createKey, `POST ${KEYS}`),
  route('getKey', getKey, `GET ${KEYS}/{keyId}`),
  route('deleteKey', deleteKey, `DELETE ${KEYS}/{keyId}`),
];

/** The route for a request, undefined if there is none. */
export const findRoute = router(ROUTES);
