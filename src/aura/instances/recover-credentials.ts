import type { Instance } from '../api/types.ts';
import { SealError } from '../../core/secrets/seal.ts';
import {
  type Bundle,
  type DatabaseCredentials,
  isBundleOf,
  openBundle,
} from '../credentials/bundle.ts';
import { ActionError } from '../../core/errors.ts';
import type { Situation } from '../credentials/hand-over.ts';
import type { Login, HandOver } from '../credentials/settings.ts';
import { label } from '../api/label.ts';

/** Credentials of an instance that existed before this step. */
export interface Recovered {
  readonly credentials: DatabaseCredentials;
  /** Where they come from. */
  readonly source: 'password' | 'sealed-credentials' | 'store';
}

/** Whether this step may know the password of an instance that existed before it. */
export function mayKnowPassword({ request }: Pick<Situation, 'request'>): boolean {
  const { login, sealed, credentialsStore } = request;
  return login !== undefined || sealed !== undefined || credentialsStore !== 'none';
}

/**
 * Finds the credentials of an instance. Aura returns a password only once, so it must come from an
 * input, from sealed credentials or from the store; an input wins over the store.
 *
 * @returns undefined if none of these has them.
 */
export async function recoverCredentials(
  instance: Instance,
  { request, context }: Situation,
): Promise<Recovered | undefined> {
  const { login, sealed } = request;
  if (login !== undefined) {
    return { credentials: credentialsOf(instance, login), source: 'password' };
  }
  if (sealed !== undefined && isBundleOf(sealed, instance)) {
    return { credentials: credentialsOf(instance, sealed), source: 'sealed-credentials' };
  }
  const kept = openKept(await context.store.find(instance.name, instance.id), request);
  if (typeof kept === 'string') {
    context.report.warning(`The credentials kept as a GitHub deployment can't be opened: ${kept}.`);
    return undefined;
  }
  if (kept === undefined || !isBundleOf(kept, instance)) return undefined;
  context.report.mask(kept.password);
  return { credentials: credentialsOf(instance, kept), source: 'store' };
}

interface Taking {
  /** The verb for messages, such as `resume`. */
  readonly tried: string;
  /** The operation changes the instance later, so an error says that nothing was changed yet. */
  readonly willChange?: boolean;
}

/**
 * The same for an operation that also works without credentials, unless a check or an export was
 * requested.
 *
 * @throws {@link ActionError} if there are none and the inputs need some.
 */
export async function takeCredentials(
  instance: Instance,
  { tried, willChange = false, request, context }: Situation & Taking,
): Promise<Recovered | undefined> {
  if (!mayKnowPassword({ request })) return undefined;
  const recovered = await recoverCredentials(instance, { request, context });
  if (recovered !== undefined) return recovered;
  const asked = [
    request.verify === 'off' ? '' : "'verify'",
    request.exportEnv ? "'export-env'" : '',
    request.envFile === undefined ? '' : "'env-file'",
  ].filter((name) => name !== '');
  if (asked.length === 0) {
    context.report.info(`No credentials of ${label(instance)} are known.`);
    return undefined;
  }
  const unchanged = willChange ? ' Nothing was changed.' : '';
  throw new ActionError(
    `Could not ${tried} ${label(instance)}: its password, which is needed for ${asked.join(' and ')}, can't be recovered, because Aura shows it only once.${unchanged} Give the 'password' of the database or 'sealed-credentials' of the step that created it, or leave these inputs out.`,
  );
}

/** The stored bundle, or the reason why it cannot be opened. */
export function openKept(
  sealed: string | undefined,
  { sealingKey }: Pick<HandOver, 'sealingKey'>,
): Bundle | string | undefined {
  if (sealed === undefined) return undefined;
  try {
    return openBundle(sealed, sealingKey);
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
