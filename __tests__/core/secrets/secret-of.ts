import { Secret } from '../../../src/core/secrets/secret.ts';

/** Tells nobody. */
export const noMask = (): void => undefined;

/** A secret that no report knows. */
export function secretOf(text: string): Secret {
  return new Secret(text, noMask);
}
