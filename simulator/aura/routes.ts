import type { Handler } from '../core/calls.ts';
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
import { createSnapshot, getSnapshot, listSnapshots } from './snapshot-operations.ts';
import { getTenant, listTenants } from './tenants.ts';
import { getToken } from './token-endpoint.ts';
import { updateInstance } from './update-instance.ts';

/** An operation of the simulated API. */
export interface Route {
  readonly method: string;
  /** With placeholders in braces, as in the description. */
  readonly path: string;
  /** The description's operationId. */
  readonly operation: string;
  readonly handle: Handler;
}

/** A route and the values of its placeholders. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

const INSTANCE = '/v1/instances/{instanceId}';

function route(operation: string, handle: Handler, address: string): Route {
  const [method = '', path = ''] = address.split(' ');
  return { method, path, operation, handle };
}

/** Everything that is simulated. */
export const ROUTES: readonly Route[] = [
  route('getToken', getToken, 'POST /oauth/token'),
  route('listTenants', listTenants, 'GET /v1/tenants'),
  route('getTenant', getTenant, 'GET /v1/tenants/{tenantId}'),
  route('listInstances', listInstances, 'GET /v1/instances'),
  route('createInstance', createInstance, 'POST /v1/instances'),
  route('getInstance', getInstance, `GET ${INSTANCE}`),
  route('updateInstance', updateInstance, `PATCH ${INSTANCE}`),
  route('deleteInstance', deleteInstance, `DELETE ${INSTANCE}`),
  route('pauseInstance', pauseInstance, `POST ${INSTANCE}/pause`),
  route('resumeInstance', resumeInstance, `POST ${INSTANCE}/resume`),
  route('overwriteInstance', overwriteInstance, `POST ${INSTANCE}/overwrite`),
  route('listSnapshots', listSnapshots, `GET ${INSTANCE}/snapshots`),
  route('createSnapshot', createSnapshot, `POST ${INSTANCE}/snapshots`),
  route('getSnapshot', getSnapshot, `GET ${INSTANCE}/snapshots/{snapshotId}`),
  route('restoreSnapshot', restoreSnapshot, `POST ${INSTANCE}/snapshots/{snapshotId}/restore`),
];

const PATTERNS = ROUTES.map((one) => ({
  route: one,
  pattern: new RegExp(`^${one.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The route for a request, undefined if there is none. */
export function findRoute(method: string, path: string): RouteMatch | undefined {
  for (const { route: candidate, pattern } of PATTERNS) {
    const found = candidate.method === method ? pattern.exec(path) : null;
    if (found) return { route: candidate, params: { ...found.groups } };
  }
  return undefined;
}
