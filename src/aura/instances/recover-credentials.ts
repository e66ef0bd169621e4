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

/** Credentials of an instance that was there before this step. */
export interface Recovered {
  readonly credentials: DatabaseCredentials;
  /** Where they come from. */
  readonly source: 'password' | 'sealed-credentials' | 'store';
}

/** Whether this step may know a password of an instance that was there before it. */
export function mayKnowPassword({ request }: Pick<Situation, 'request'>): boolean {
  const { login, sealed, credentialsStore } = request;
  return login !== undefined || sealed !== undefined || credentialsStore !== 'none';
}

/**
 * Finds the credentials of an instance. Aura shows a password only once, so it must have been
 * given, handed over or kept, and what the user gives wins over what is kept.
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
  /** The operation goes on to change the instance, so that an error says that it has not yet. */
  readonly willChange?: boolean;
}

/**
 * The same for an operation that works without credentials too, but not where a proof or a
 * hand-over was asked for.
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

/** The bundle that was kept, or why it cannot be opened. */
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

/** What Aura says of an instance now holds; only a user and a password must come from elsewhere. */
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
