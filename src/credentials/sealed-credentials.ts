import type { Token } from '../aura/token.ts';
import { SealError, open, seal } from './seal.ts';

/** How a database is reached: what a create hands out. */
export interface DatabaseCredentials {
  readonly instanceId: string;
  readonly name: string;
  readonly tenantId: string;
  readonly connectionUri: string | undefined;
  readonly username: string;
  readonly password: string;
}

/** What travels in the output `sealed-credentials`. */
export interface Bundle extends DatabaseCredentials {
  /** The token of the job that sealed it, so that the next job need not ask for one. */
  readonly token: Token | undefined;
}

/** Seals a bundle with a passphrase. */
export function sealBundle(bundle: Bundle, passphrase: string): string {
  return seal(JSON.stringify(bundle), passphrase);
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
    value = JSON.parse(open(sealed, passphrase));
  } catch (error) {
    throw error instanceof SealError ? error : foreign;
  }
  const text = (name: string): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
    return typeof found === 'string' ? found : undefined;
  };
  const instanceId = text('instanceId');
  const name = text('name');
  const tenantId = text('tenantId');
  const username = text('username');
  const password = text('password');
  if (instanceId === undefined || name === undefined || tenantId === undefined) throw foreign;
  if (username === undefined || password === undefined) throw foreign;
  const connectionUri = text('connectionUri');
  return { instanceId, name, tenantId, username, password, connectionUri, token: readToken(value) };
}

/** A token as it was written to JSON; undefined for anything else. */
export function readToken(value: unknown): Token | undefined {
  const token: unknown =
    typeof value === 'object' && value !== null && 'token' in value ? value.token : undefined;
  if (typeof token !== 'object' || token === null) return undefined;
  if (!('accessToken' in token) || typeof token.accessToken !== 'string') return undefined;
  if (!('expiresAt' in token) || typeof token.expiresAt !== 'number') return undefined;
  return { accessToken: token.accessToken, expiresAt: token.expiresAt };
}
