import { Refusal } from '../core/answer.ts';
import { retryAfter } from '../core/retry-after.ts';
import type { HarnessWorld } from '../core/world.ts';

/** An entry of an application error body. */
export interface ApiProblem {
  readonly message: string;
  /** Cause in kebab-case, for programs. */
  readonly reason: string;
  /** Body property at fault. */
  readonly field?: string | undefined;
}

/** The error shape of the application, `{"errors":[…]}` (Aura API v1 specification). */
export function apiError(status: number, problem: ApiProblem): Refusal {
  return new Refusal({ status, body: { errors: [problem] } });
}

/** The error shape of the gateway in front of it, `{"error":"…"}` (seen live). */
export function gatewayError(status: number, error: string): Refusal {
  return new Refusal({ status, body: { error } });
}

/** 400 about one field. The reason is a placeholder: only few real ones are published. */
export function invalidField(field: string, message: string): Refusal {
  return apiError(400, { message, reason: 'invalid-request', field });
}

/** 400 for a feature that the instance's tier lacks (reason seen live). */
export function incapable(field: string, message: string): Refusal {
  return apiError(400, { message, reason: 'database-incapable-of-action', field });
}

/** 400 for an unavailable size (reason seen live; the real message names both values too). */
export function invalidSize(memory: string, storage: string | undefined): Refusal {
  const size = storage === undefined ? memory : `${memory} with storage ${storage}`;
  return apiError(400, {
    message: `Invalid memory size: ${size} is not available for this instance type.`,
    reason: 'invalid-memory-size',
    field: 'memory',
  });
}

/** 403 for a valid token whose user may not do this (seen live). */
export function forbidden(): Refusal {
  return apiError(403, { message: 'Insufficient permissions', reason: 'unauthorized' });
}

/** 404 for an instance (Aura API v1 specification). */
export function instanceNotFound(id: string): Refusal {
  return apiError(404, { message: `DB not found: ${id}`, reason: 'db-not-found' });
}

/** 410 for a deleted instance (an official client expects it; not in the specification). */
export function alreadyDeleted(id: string): Refusal {
  return apiError(410, { message: `DB already deleted: ${id}`, reason: 'db-already-deleted' });
}

/** 404 for a snapshot (Aura API v1 specification). */
export function snapshotNotFound(id: string): Refusal {
  return apiError(404, { message: `Snapshot not found: ${id}`, reason: 'snapshot-not-found' });
}

/** A customer managed key that does not exist (text and reason: Aura API v1 specification). */
export function keyNotFound(status: number, id: string, field?: string): Refusal {
  return apiError(status, {
    message: `Encryption Key not found: ${id}`,
    reason: 'encryption-key-not-found',
    field,
  });
}

/** Text and reason for a project that does not exist (Aura API v1 specification). */
export const TENANT_NOT_FOUND: ApiProblem = {
  message: 'The tenant you specified could not be found',
  reason: 'tenant-not-found',
};

/**
 * 409 while another operation is in progress; "current" is the spelling of the Aura API v1
 * specification.
 */
export function ongoingOperation(operation: string): Refusal {
  return apiError(409, {
    message: `The database is current undergoing an operation: ${operation}`,
    reason: 'ongoing-database-operation',
  });
}

/** 409 for an idle instance in the wrong status (reason seen live for a second pause). */
export function actionUnavailable(action: string, status: string): Refusal {
  return apiError(409, {
    message: `The instance can't be ${action} while it is ${status}.`,
    reason: 'instance-action-unavailable',
  });
}

/** 409 for a snapshot that cannot be taken or used now (reason seen live). */
export function snapshotNotAllowed(message: string): Refusal {
  return apiError(409, { message, reason: 'snapshot-not-allowed' });
}

/**
 * 429: the status and the header are in the Aura API v1 specification, the body is assumed.
 *
 * @param milliseconds - simulated time until the next request is accepted
 */
export function tooManyRequests(world: HarnessWorld, milliseconds: number): Refusal {
  return new Refusal({
    status: 429,
    headers: retryAfter(world, milliseconds),
    body: { error: 'Rate limit exceeded' },
  });
}
