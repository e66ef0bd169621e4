import { RequestError } from '../../core/http/request-error.ts';
import { otherSealer } from '../credentials/bundle.ts';
import { ActionError } from '../../core/errors.ts';
import type { TargetRequest } from '../inputs/request.ts';

/** The tenant that the instance of sealed credentials must have: its id alone is no proof. */
export function tenantOfSealed({ target, sealed }: TargetRequest): string | undefined {
  return sealed !== undefined && sealed.instanceId === target.id ? sealed.tenantId : undefined;
}

/** When the instance of sealed credentials was created: for a minute Aura may not show it yet. */
export function birthOfSealed({ target, sealed }: TargetRequest): number | undefined {
  return sealed !== undefined && sealed.instanceId === target.id ? sealed.createdAt : undefined;
}

/**
 * Who sealed the credentials that name the target, where it was another client or another API: then
 * Aura's "not found" does not mean that the instance is gone.
 */
export function otherOwner(request: TargetRequest): string | undefined {
  const { target, sealed } = request;
  if (sealed === undefined || sealed.instanceId !== target.id) return undefined;
  return otherSealer(sealed, request);
}

/** The error for a target of another account that this one does not find; undefined for others. */
export function notFoundHere(tried: string, request: TargetRequest): ActionError | undefined {
  const other = otherOwner(request);
  if (other === undefined) return undefined;
  const { credentials, apiUrl, target } = request;
  return new ActionError(
    `Could not ${tried} instance ${target.id ?? ''}: client '${credentials.clientId}' of ${apiUrl.origin} does not find it. The 'sealed-credentials' were sealed by ${other}. Give the 'client-id', 'client-secret' and 'api-url' that they were sealed with; the instance may also have been deleted.`,
  );
}

/** Runs a read. Where Aura refuses what belongs to another account, the error says whose it is. */
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
