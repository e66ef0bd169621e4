import { isDeepStrictEqual } from 'node:util';
import type { Credentials, Token } from '../../core/oauth/token.ts';
import { SealError, deriveTokenKey, open, seal } from '../../core/secrets/seal.ts';
import { openToken, sealToken } from '../../core/oauth/sealed-token.ts';

/** What sealed credentials begin with: the form is described in docs/sealed-credentials.md. */
const prefix = 'aura1.';

/** How a database is reached: what a create hands out. */
export interface DatabaseCredentials {
  readonly instanceId: string;
  readonly name: string;
  readonly tenantId: string;
  readonly connectionUri: string | undefined;
  readonly username: string;
  readonly password: string;
  /** Epoch milliseconds by Aura's clock, where Aura has told. */
  readonly createdAt?: number | undefined;
}

/** What travels in the output `sealed-credentials`. */
export interface Bundle extends DatabaseCredentials {
  /** The client that sealed it; undefined in what an older version sealed. */
  readonly clientId?: string | undefined;
  /** The API that has the instance, such as `https://api.neo4j.io`; undefined as `clientId`. */
  readonly apiOrigin?: string | undefined;
  /**
   * The token of the job that sealed it, so that the next job need not ask for one. It is sealed
   * once more: with a `sealing-key` others can open the bundle, and the token is not theirs.
   */
  readonly token: string | undefined;
}

/** Who works where: what a token belongs to. */
export interface Account {
  readonly credentials: Credentials;
  readonly apiUrl: URL;
}

/** Puts together what is handed on, with the token in use, if one is. */
export function createBundle(
  { instanceId, name, tenantId, connectionUri, username, password, createdAt }: DatabaseCredentials,
  { credentials, apiUrl }: Account,
  token: Token | undefined,
): Bundle {
  const { clientId } = credentials;
  const apiOrigin = apiUrl.origin;
  const key = deriveTokenKey(credentials, apiOrigin);
  return {
    instanceId,
    connectionUri,
    name,
    tenantId,
    username,
    password,
    createdAt,
    clientId,
    apiOrigin,
    token: token === undefined ? undefined : sealToken(token, key),
  };
}

/** Seals a bundle with a passphrase. */
export function sealBundle(bundle: Bundle, passphrase: string): string {
  return seal(JSON.stringify(bundle), { prefix, passphrase });
}

/**
 * Opens what {@link sealBundle} gave.
 *
 * @throws {@link SealError} where it can't be opened, or holds something else.
 */
export function openBundle(sealed: string, passphrase: string): Bundle {
  const foreign = new SealError('it holds something else than credentials');
  let value: unknown;
  try {
    value = JSON.parse(open(sealed, { prefix, passphrase }));
  } catch (error) {
    throw error instanceof SealError ? error : foreign;
  }
  const field = (name: string): unknown =>
    typeof value === 'object' && value !== null
      ? Object.getOwnPropertyDescriptor(value, name)?.value
      : undefined;
  const text = (name: string): string | undefined => {
    const found = field(name);
    return typeof found === 'string' ? found : undefined;
  };
  const instanceId = text('instanceId');
  const name = text('name');
  const tenantId = text('tenantId');
  const username = text('username');
  const password = text('password');
  if (instanceId === undefined || name === undefined || tenantId === undefined) throw foreign;
  if (username === undefined || password === undefined) throw foreign;
  const createdAt = field('createdAt');
  return {
    ...{ instanceId, name, tenantId, username, password, connectionUri: text('connectionUri') },
    createdAt: typeof createdAt === 'number' ? createdAt : undefined,
    clientId: text('clientId'),
    apiOrigin: text('apiOrigin'),
    // An older version sealed an object here, which was not bound to anybody: it is left out.
    token: text('token'),
  };
}

/**
 * The token of a bundle, where it was given to this very client by this very API. What another
 * account sealed gives its credentials only.
 */
export function lentToken(bundle: Bundle, { credentials, apiUrl }: Account): Token | undefined {
  const { clientId, apiOrigin, token } = bundle;
  if (clientId !== credentials.clientId || apiOrigin !== apiUrl.origin) return undefined;
  if (token === undefined) return undefined;
  try {
    return openToken(token, deriveTokenKey(credentials, apiOrigin));
  } catch (error) {
    // The client secret was changed since, and the bundle has a sealing key of its own.
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/**
 * Whether an opened bundle holds what another one does. Sealed tokens look different each time, so
 * the tokens themselves are compared: a bundle with a renewed one is another bundle.
 */
export function isUnchanged(opened: Bundle, next: Bundle, account: Account): boolean {
  const [before, after] = [opened, next].map((bundle) => ({
    ...bundle,
    token: lentToken(bundle, account) ?? bundle.token,
  }));
  return isDeepStrictEqual(before, after);
}

/** The tenant of a bundle, where it is one of this API: elsewhere its id says nothing. */
export function lentTenant(
  { apiOrigin, tenantId }: Bundle,
  { apiUrl }: Pick<Account, 'apiUrl'>,
): string | undefined {
  return apiOrigin === apiUrl.origin ? tenantId : undefined;
}

/**
 * Says who sealed a bundle, where that is not certainly this client at this API. What it calls an
 * instance may then be there although this client does not find it.
 */
export function otherSealer(
  { clientId, apiOrigin }: Bundle,
  { credentials, apiUrl }: Account,
): string | undefined {
  if (clientId === undefined || apiOrigin === undefined) {
    return 'an older version of this action, which does not say for which client';
  }
  if (clientId === credentials.clientId && apiOrigin === apiUrl.origin) return undefined;
  return `client '${clientId}' of ${apiOrigin}`;
}

/** Whether a bundle is that of an instance: ids of different tenants are not compared. */
export function isBundleOf(
  bundle: Bundle,
  instance: { readonly id: string; readonly tenantId: string },
): boolean {
  return bundle.instanceId === instance.id && bundle.tenantId === instance.tenantId;
}
