import { EnvFileError, type EnvFileRoots, checkEnvFile } from './credentials/env-file.ts';
import { SealError } from './credentials/seal.ts';
import { type Bundle, openBundle } from './credentials/sealed-credentials.ts';
import { type Parser, oneOf, parseBoolean } from './input-parsers.ts';
import type { Later } from './input-reader.ts';
import type { Reader } from './inputs.ts';
import type { HandOver } from './request.ts';

/** What the hand-over depends on besides the inputs. */
export interface HandOverSurroundings extends EnvFileRoots {
  /** Told each secret that was sealed, as soon as it is known. */
  readonly onSecret: (secret: string) => void;
}

/**
 * Reads how credentials are handed on. Sealed ones are opened here, so that a wrong key is reported
 * with all else.
 */
export function readHandOver(
  read: Reader,
  surroundings: HandOverSurroundings,
): { readonly sealed: Bundle | undefined; readonly all: Later<HandOver> } {
  const sealingKey = read.text('sealing-key') || read.text('client-secret');
  if (read.given('sealing-key') && sealingKey.length < 8) {
    read.problem("Input 'sealing-key' is too short; expected at least 8 characters.");
  }
  const sealed = openSealed(read, sealingKey);
  surroundings.onSecret(sealed?.password ?? '');
  const exportEnv = read.required('export-env', parseBoolean);
  const envFile = read.optional('env-file', envFileParser(surroundings));
  const verifications = { off: 'off', warn: 'warn', require: 'require' } as const;
  const verify = read.required('verify', oneOf(verifications));
  const all = (): HandOver => ({
    sealingKey,
    sealed,
    exportEnv: exportEnv(),
    envFile: envFile(),
    verify: verify(),
  });
  return { sealed, all };
}

function openSealed(read: Reader, sealingKey: string): Bundle | undefined {
  const text = read.text('sealed-credentials');
  if (text === '' || sealingKey === '') return undefined;
  try {
    return openBundle(text, sealingKey);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    read.problem(
      `Input 'sealed-credentials' can't be opened: ${error.message}; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.`,
    );
    return undefined;
  }
}

function envFileParser(roots: EnvFileRoots): Parser<string> {
  return (path) => {
    try {
      return { value: checkEnvFile(path, roots) };
    } catch (error) {
      if (!(error instanceof EnvFileError)) throw error;
      return { expected: `a path where a file can be written, but ${error.message}` };
    }
  };
}
