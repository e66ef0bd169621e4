import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { lenient, readJson } from '../../core/json.ts';
import type { Credentials, Token } from '../../core/oauth/token.ts';
import { SealError, deriveTokenKey, open, seal } from '../../core/secrets/seal.ts';
import { openToken, sealToken } from '../../core/oauth/sealed-token.ts';
import { type Mask, Secret } from '../../core/secrets/secret.ts';
import { prefix } from './early-key.ts';

/** How to connect to a database: the credentials that a create outputs. */
export interface DatabaseCredentials {
  readonly instanceId: string;
  readonly name: string;
  readonly tenantId: string;
  readonly connectionUri: string | undefined;
  readonly username: string;
  readonly password: Secret;
  /** Epoch milliseconds by Aura's clock, if Aura returned it. */
  readonly createdAt?: number | undefined;
}

/** The content of the output `sealed-credentials`. */
export interface Bundle extends DatabaseCredentials {
  /** The client that sealed it; undefined if an older version sealed it. */
  readonly clientId?: string | undefined;
  /**
   * The API that has the instance, such as `https://api.neo4j.io`; undefined in the same cases as
   * `clientId`.
   */
  readonly apiOrigin?: string | undefined;
  /**
   * The token of the job that sealed it, so that the next job does not have to request one. It is
   * sealed separately: with a `sealing-key`, other clients can open the bundle, but the token must
   * stay with its own client.
   */
  readonly token: string | undefined;
}

/** A client at an API: the owner of a token. */
export interface Account {
  readonly credentials: Credentials;
  readonly apiUrl: URL;
}

/** Builds the bundle to pass on, with the current token, if there is one. */
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
export function sealBundle(bundle: Bundle, passphrase: Secret): string {
  const text = JSON.stringify({ ...bundle, password: bundle.password.reveal() });
  return seal(text, { prefix, passphrase: passphrase.reveal() });
}

const bundleContent = v.object({
  instanceId: v.string(),
  name: v.string(),
  tenantId: v.string(),
  connectionUri: lenient(v.string()),
  username: v.string(),
  password: v.string(),
  createdAt: lenient(v.number()),
  clientId: lenient(v.string()),
  apiOrigin: lenient(v.string()),
  // An older version sealed an object here, which did not belong to a client: it is ignored.
  token: lenient(v.string()),
});

/**
 * Opens a value from {@link sealBundle}.
 *
 * @param mask called with the password as soon as it is known.
 * @throws {@link SealError} if it cannot be opened, or contains something else.
 */
export function openBundle(sealed: string, passphrase: Secret, mask: Mask): Bundle {
  const text = open(sealed, { prefix, passphrase: passphrase.reveal() });
  const opened = readJson(bundleContent, text);
  if (opened === undefined) throw new SealError('it does not contain credentials');
  return { ...opened, password: new Secret(opened.password, mask) };
}

/**
 * The token of a bundle, if this API issued it to this client. From another account's bundle, only
 * the credentials are used.
 *
 * @param mask called with the token as soon as it is known.
 */
export function lentToken(
  bundle: Bundle,
  { credentials, apiUrl }: Account,
  mask: Mask,
): Token | undefined {
  const { clientId, apiOrigin, token } = bundle;
  if (clientId !== credentials.clientId || apiOrigin !== apiUrl.origin) return undefined;
  if (token === undefined) return undefined;
  try {
    return openToken(token, deriveTokenKey(credentials, apiOrigin), mask);
  } catch (error) {
    // The client secret has changed since then, and the bundle has its own sealing key.
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/**
 * Whether two bundles have the same content. Sealed tokens look different each time, so the tokens
 * themselves are compared: a bundle with a renewed token is different.
 */
export function isUnchanged(
  opened: Bundle,
  next: Bundle,
  { account, mask }: { readonly account: Account; readonly mask: Mask },
): boolean {
  const [before, after] = [opened, next].map((bundle) => {
    const token = lentToken(bundle, account, mask);
    return {
      ...bundle,
      password: bundle.password.reveal(),
      token: token === undefined ? bundle.token : [token.accessToken.reveal(), token.expiresAt],
    };
  });
  return isDeepStrictEqual(before, after);
}

/** The tenant of a bundle, if the bundle is from this API: in another API its id has no meaning. */
export function lentTenant(
  { apiOrigin, tenantId }: Bundle,
  { apiUrl }: Pick<Account, 'apiUrl'>,
): string | undefined {
  return apiOrigin === apiUrl.origin ? tenantId : undefined;
}

/**
 * Says who sealed a bundle, unless it was certainly this client at this API. Its instance may then
 * exist although this client does not find it.
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

/** Whether a bundle belongs to an instance: ids of different tenants are not compared. */
export function isBundleOf(
  bundle: Bundle,
  instance: { readonly id: string; readonly tenantId: string },
): boolean {
  return bundle.instanceId === instance.id && bundle.tenantId === instance.tenantId;
}
