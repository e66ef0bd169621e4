import { SealError } from '../../core/secrets/seal.ts';
import type { Instance } from '../api/types.ts';
import { type Bundle, type DatabaseCredentials, isBundleOf, openBundle } from './bundle.ts';
import type { HandOverParts, Login } from './settings.ts';

/** Credentials of an instance that existed before this step. */
export interface Recovered {
  readonly credentials: DatabaseCredentials;
  /** Where they come from. */
  readonly source: 'password' | 'sealed-credentials' | 'store';
}

/** Finds the credentials of an existing instance; undefined if nothing has them. */
export async function recoverCredentials(
  parts: HandOverParts,
  instance: Instance,
): Promise<Recovered | undefined> {
  const { settings, report, store } = parts;
  const { login, sealed } = settings;
  if (login !== undefined) {
    return { credentials: credentialsOf(instance, login), source: 'password' };
  }
  if (sealed !== undefined && isBundleOf(sealed, instance)) {
    return { credentials: credentialsOf(instance, sealed), source: 'sealed-credentials' };
  }
  const kept = openKept(parts, await store.find(instance.name, instance.id));
  if (typeof kept === 'string') {
    report.warning(`Could not decrypt the credentials stored as a GitHub deployment: ${kept}.`);
    return undefined;
  }
  if (kept === undefined || !isBundleOf(kept, instance)) return undefined;
  return { credentials: credentialsOf(instance, kept), source: 'store' };
}

/** The stored bundle, or the reason why it cannot be opened. */
export function openKept(
  { settings, report }: HandOverParts,
  sealed: string | undefined,
): Bundle | string | undefined {
  if (sealed === undefined) return undefined;
  try {
    return openBundle(sealed, settings.sealingKey, report.mask);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return error.message;
  }
}

/** Aura's current data of the instance counts; only user and password come from elsewhere. */
function credentialsOf(
  instance: Instance,
  { username, password, connectionUri }: Login & { readonly connectionUri?: string | undefined },
): DatabaseCredentials {
  return {
    instanceId: instance.id,
    name: instance.name,
    tenantId: instance.tenantId,
    createdAt: instance.createdAt,
    connectionUri: instance.connectionUrl ?? connectionUri,
    username,
    password,
  };
}
