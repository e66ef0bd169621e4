import { type DerivedKey, deriveAhead } from '../../core/secrets/seal.ts';

/** The prefix of sealed credentials; docs/sealed-credentials.md describes the format. */
export const prefix = 'aura1.';

/**
 * Starts to derive the key of the input `sealed-credentials`, before anything else is loaded: it
 * takes longer than loading the action.
 *
 * @param env contains the inputs. They are only read: the step checks them later.
 * @returns undefined if the input is not set.
 */
export function startKey(env: NodeJS.ProcessEnv): Promise<DerivedKey | undefined> | undefined {
  const input = (name: string): string => (env[`INPUT_${name}`] ?? '').trim();
  const sealed = input('SEALED-CREDENTIALS');
  const passphrase = input('SEALING-KEY') || input('CLIENT-SECRET');
  if (sealed === '' || passphrase === '') return undefined;
  return deriveAhead(sealed, { prefix, passphrase });
}
