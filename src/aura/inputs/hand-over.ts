import { envFileMarker } from '../credentials/settings.ts';
import type { HandOverSurroundings } from './run.ts';
import { EnvFileError, checkEnvFile, isPlain } from '../../core/secrets/env-file.ts';
import { type Mask, Secret } from '../../core/secrets/secret.ts';
import { SealError } from '../../core/secrets/seal.ts';
import { type Bundle, openBundle } from '../credentials/bundle.ts';
import type { HandOverSettings, Login } from '../credentials/settings.ts';
import { isSeveral } from './several.ts';
import { type Reader, hasEffect } from './table.ts';
import { inputsNamed } from './words.ts';

/** The settings of the hand-over that follow from several inputs, or need more than a parser. */
type Combined = Pick<
  HandOverSettings,
  'sealingKey' | 'sealed' | 'sealedText' | 'login' | 'envFile'
>;

/**
 * Reads how credentials are passed on. Opens sealed credentials, so that a wrong key is reported
 * together with all other problems.
 */
export function readHandOver(read: Reader, surroundings: HandOverSurroundings): Combined {
  const { mask } = surroundings;
  const sealingKey = new Secret(read.text('sealing-key') || read.text('client-secret'), mask);
  if (read.given('sealing-key') && read.text('sealing-key').length < 8) {
    read.problem("Input 'sealing-key' is too short; expected at least 8 characters.");
  }
  const sealed = openSealed(read, sealingKey, mask);
  const login = readLogin(read, mask);
  const envFile = readEnvFile(read, surroundings);
  noteImpossible(read);
  noteUnwritable(read);
  const sealedText = sealed === undefined ? undefined : read.text('sealed-credentials');
  return { sealingKey, sealed, sealedText, login, envFile };
}

function openSealed(read: Reader, sealingKey: Secret, mask: Mask): Bundle | undefined {
  const text = read.text('sealed-credentials');
  if (text === '' || sealingKey.reveal() === '') return undefined;
  try {
    return openBundle(text, sealingKey, mask);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    read.problem(
      `Input 'sealed-credentials' cannot be decrypted: ${error.message}; expected the output 'sealed-credentials' of an earlier step, and the same 'sealing-key' or client secret.`,
    );
    return undefined;
  }
}

// eslint-disable-next-line no-control-regex -- control characters are what is refused
const controlCharacter = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/**
 * User and password of an existing instance. Neither is ever quoted: each may contain the password,
 * one of them by mistake. Masking a shorter password would hide ordinary words in the log.
 */
function readLogin(read: Reader, mask: Mask): Login | undefined {
  const username = read.text('username');
  const password = read.written('password');
  if (!isUsername(username)) {
    read.problem("Input 'username' is not valid; expected the name of a user on one line.");
  }
  if (password === '') return undefined;
  if (!isPassword(password)) {
    read.problem("Input 'password' is not valid; expected 8 or more characters on one line.");
    return undefined;
  }
  return read.given('password') ? { username, password: new Secret(password, mask) } : undefined;
}

function isUsername(text: string): boolean {
  return !controlCharacter.test(text);
}

function isPassword(text: string): boolean {
  return Array.from(text).length >= 8 && !controlCharacter.test(text);
}

/** The inputs that are set and need a password. */
function askedIn(read: Reader): readonly string[] {
  return [
    (read.value('verify') ?? 'off') === 'off' ? '' : 'verify',
    read.value('export-env') === true ? 'export-env' : '',
    read.given('env-file') ? 'env-file' : '',
  ].filter((name) => name !== '');
}

/** Reports settings that would silently have no effect. */
function noteImpossible(read: Reader): void {
  const asked = askedIn(read);
  // With several instances they are a problem of another kind.
  if (asked.length === 0 || isSeveral(read)) return;
  const operation = read.value('operation');
  const waitFor = read.value('wait-for');
  const inputs = inputsNamed(asked);
  const need = asked.length === 1 ? 'needs' : 'need';
  const changes = operation === 'create' || operation === 'resume';
  if (changes && asked.includes('verify') && read.value('wait') === false) {
    read.problem("Input 'verify' needs a running database; expected 'wait: true' with it.");
  }
  if (operation !== undefined && !hasEffect('password', operation)) {
    read.problem(
      `${inputs} cannot be used with operation '${operation}', which works without the password of the database; expected operation create, get, poll or resume.`,
    );
  } else if (operation === 'poll' && (waitFor === 'paused' || waitFor === 'deleted')) {
    read.problem(
      `${inputs} ${need} a running database, but 'wait-for' is '${waitFor}'; expected 'wait-for: running' with it.`,
    );
  } else if (operation !== undefined && operation !== 'create' && !hasSource(read)) {
    read.problem(
      `${inputs} ${need} the password of the database; expected 'password', 'sealed-credentials' or 'credentials-store: deployment' with operation '${operation}'.`,
    );
  }
}

/** Whether a password may be known; a new instance has its own password. */
function hasSource(read: Reader): boolean {
  return (
    read.given('password') ||
    read.given('sealed-credentials') ||
    read.text('credentials-store') !== 'none'
  );
}

/**
 * Checks, before anything is written, for values that readers of env files interpret differently.
 */
function noteUnwritable(read: Reader): void {
  if (!read.given('env-file')) return;
  const [username, password] = [read.text('username'), read.text('password')];
  const problem = (name: string): void => {
    read.problem(
      `Input '${name}' contains characters that the file of input 'env-file' cannot contain.`,
    );
  };
  if (!isPlain(read.text('name'))) problem('name');
  if (password === '') return;
  if (isUsername(username) && !isPlain(username)) problem('username');
  if (isPassword(password) && !isPlain(password)) problem('password');
}

/** The checked path of `env-file`. */
function readEnvFile(read: Reader, roots: HandOverSurroundings): string | undefined {
  const path = read.written('env-file');
  if (path === '') return undefined;
  try {
    const checked = checkEnvFile(path, { ...roots, marker: envFileMarker });
    return read.given('env-file') ? checked : undefined;
  } catch (error) {
    if (!(error instanceof EnvFileError)) throw error;
    const expected = `a path where a file can be written, but ${error.message}`;
    read.problem(`Input 'env-file' is '${path}'; expected ${expected}.`);
    return undefined;
  }
}
