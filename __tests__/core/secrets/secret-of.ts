import { Secret } from '../../../src/core/secrets/secret.ts';

/** Ignores masks. */
export const noMask = (): void => undefined;

/** A secret that is not registered with any report. */
export function secretOf(text: string): Secret {
  return new Secret(text, noMask);
}
