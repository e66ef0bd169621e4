import { envFileMarker } from '../credentials/settings.ts';
import type { HandOverSurroundings } from './run.ts';
import { EnvFileError, checkEnvFile, isPlain } from '../../core/secrets/env-file.ts';
import { type Mask, Secret } from '../../core/secrets/secret.ts';
import { SealError } from '../../core/secrets/seal.ts';
import { type Bundle, openBundle } from '../credentials/bundle.ts';
import type { HandOverSettings, Login } from '../credentials/settings.ts';
import { isSeveral } from './several.ts';
import { type Reader, hasEffect } from './table.ts';
import { forms, messages } from './messages.ts';
import { isLongEnough, maskAccepted, shortestSecret } from './secrets.ts';

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
  const passphrase = read.text('sealing-key') || read.text('client-secret');
  const sealingKey = new Secret(passphrase, maskAccepted(mask));
  if (read.given('sealing-key') && !isLongEnough(passphrase)) {
    read.problem(forms.shortSealingKey(shortestSecret));
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
    read.problem(messages.wrongSeal(error.message));
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
    read.problem(forms.wrongUsername);
  }
  if (password === '') return undefined;
  if (!isPassword(password)) {
    read.problem(forms.wrongPassword(shortestSecret));
    return undefined;
  }
  return read.given('password') ? { username, password: new Secret(password, mask) } : undefined;
}

function isUsername(text: string): boolean {
  return !controlCharacter.test(text);
}

function isPassword(text: string): boolean {
  return isLongEnough(text) && !controlCharacter.test(text);
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
  const changes = operation === 'create' || operation === 'resume';
  if (changes && asked.includes('verify') && read.value('wait') === false) {
    read.problem(messages.verifyNeedsWait);
  }
  if (operation !== undefined && !hasEffect('password', operation)) {
    read.problem(messages.withoutPassword(asked, operation));
  } else if (operation === 'poll' && (waitFor === 'paused' || waitFor === 'deleted')) {
    read.problem(messages.notRunning(asked, waitFor));
  } else if (operation !== undefined && operation !== 'create' && !hasSource(read)) {
    read.problem(messages.noPassword(asked, operation));
  }
}

/** Whether a password may be known; a new instance has its own password. */
function hasSource(read: Reader): boolean {
  return (
    read.given('password') ||
    read.given('sealed-credentials') ||
    read.value('credentials-store') === 'deployment'
  );
}

/**
 * Checks, before anything is written, for values that readers of env files interpret differently.
 */
function noteUnwritable(read: Reader): void {
  if (!read.given('env-file')) return;
  const [username, password] = [read.text('username'), read.text('password')];
  const problem = (name: string): void => {
    read.problem(forms.unwritable(name));
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
    read.problem(messages.envFile(path, error.message));
    return undefined;
  }
}
