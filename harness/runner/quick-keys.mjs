import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Derives keys from passphrases at the lowest cost. At the usual cost, a key takes as much
 * processor time as the rest of a step.
 */
export function deriveQuickly() {
  const { scrypt, scryptSync } = crypto;
  crypto.scryptSync = (passphrase, salt, length) => scryptSync(passphrase, salt, length, { N: 2 });
  crypto.scrypt = (passphrase, salt, length, _, done) =>
    scrypt(passphrase, salt, length, { N: 2 }, done);
  syncBuiltinESMExports();
}
