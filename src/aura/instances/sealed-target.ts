import { RequestError } from '../../core/http/request-error.ts';
import { otherSealer } from '../credentials/bundle.ts';
import { ActionError } from '../../core/errors.ts';
import type { TargetRequest } from '../inputs/request.ts';

/** The tenant that the instance of sealed credentials must have: its id alone is not enough. */
export function tenantOfSealed({ target, sealed }: TargetRequest): string | undefined {
  return sealed !== undefined && sealed.instanceId === target.id ? sealed.tenantId : undefined;
}

/**
 * When the instance of sealed credentials was created: for one minute Aura may return 404 for it.
 */
export function birthOfSealed({ target, sealed }: TargetRequest): number | undefined {
  return sealed !== undefined && sealed.instanceId === target.id ? sealed.createdAt : undefined;
}

/**
 * Who sealed the credentials that select the target, if it was another client or another API:
 * Aura's "not found" then does not mean that the instance is deleted.
 */
export function otherOwner(request: TargetRequest): string | undefined {
  const { target, sealed } = request;
  if (sealed === undefined || sealed.instanceId !== target.id) return undefined;
  return otherSealer(sealed, request);
}

/** The error if this account does not find a target of another account; undefined for others. */
export function notFoundHere(tried: string, request: TargetRequest): ActionError | undefined {
  const other = otherOwner(request);
  if (other === undefined) return undefined;
  const { credentials, apiUrl, target } = request;
  return new ActionError(
    `Could not ${tried} instance ${target.id ?? ''}: client '${credentials.clientId}' of ${apiUrl.origin} does not find it. The 'sealed-credentials' were sealed by ${other}. Give the 'client-id', 'client-secret' and 'api-url' that they were sealed with; the instance may also have been deleted.`,
  );
}

/**
 * Runs a read. If Aura refuses access to an instance of another account, the error names the
 * account.
 */
export async function namingOwner<T>(request: TargetRequest, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const other = otherOwner(request);
    if (other === undefined || !(error instanceof ActionError)) throw error;
    if (!(error.cause instanceof RequestError) || error.cause.status !== 403) throw error;
    const text = `${error.message} The 'sealed-credentials' were sealed by ${other}.`;
    throw new ActionError(text, { cause: error.cause });
  }
}
