import type { Credentials } from '../../core/oauth/token.ts';
import { type RunEvent, secretsWithheld } from '../../core/github/event.ts';
import { Secret } from '../../core/secrets/secret.ts';
import type { Run } from './run.ts';
import type { Reader, InputName } from './table.ts';

/**
 * Whether the step ends without doing anything, because GitHub passes no secrets to this run and
 * the input allows this.
 *
 * @param getInput the text of an input, empty if not set.
 * @returns the message for this case, otherwise undefined.
 */
export function whySkipped(
  getInput: (name: InputName) => string,
  event: RunEvent,
): string | undefined {
  if (getInput('if-no-credentials').trim() !== 'skip') return undefined;
  const missing = emptyCredentials((name) => getInput(name).trim());
  if (missing.length === 0) return undefined;
  switch (secretsWithheld(event)) {
    case 'fork':
      return `Skipped: ${areEmpty(missing)} because GitHub passes no secrets to a pull request from a fork ('if-no-credentials: skip').`;
    case 'dependabot':
      return `Skipped: ${areEmpty(missing)} because GitHub passes no repository secrets to runs of Dependabot ('if-no-credentials: skip').`;
    case undefined:
      return undefined;
  }
}

function emptyCredentials(text: (name: InputName) => string): readonly string[] {
  const names = ['client-id', 'client-secret'] as const;
  return names.filter((name) => text(name) === '').map((name) => `'${name}'`);
}

function areEmpty(names: readonly string[]): string {
  return names.length > 1
    ? `inputs ${names.join(' and ')} are empty`
    : `input ${names.join()} is empty`;
}

/** Their values are never quoted: either may contain a secret by mistake. */
export function readCredentials(read: Reader, { event, mask }: Run): Credentials {
  const clientId = read.text('client-id');
  const clientSecret = read.text('client-secret');
  const missing = emptyCredentials(read.text);
  if (missing.length > 0) {
    const inputs = missing.length > 1 ? 'Inputs' : 'Input';
    const be = missing.length > 1 ? 'are' : 'is';
    read.problem(`${inputs} ${missing.join(' and ')} ${be} empty; ${whyEmpty(event)}`);
  }
  // A colon would end the user name of the Authorization header.
  const wellFormed = /^[\x21-\x39\x3b-\x7e]+$/.test(clientId) || clientId === '';
  if (!wellFormed) {
    read.problem(
      "Input 'client-id' contains characters that are not allowed in an Aura client id.",
    );
  }
  if (clientSecret !== '' && !/^[\x21-\x7e]{8,}$/.test(clientSecret)) {
    read.problem(
      "Input 'client-secret' is not an Aura client secret: it is too short or contains blanks.",
    );
  }
  return { clientId, clientSecret: new Secret(clientSecret, mask) };
}

function whyEmpty(event: RunEvent): string {
  switch (secretsWithheld(event)) {
    case 'fork':
      return 'GitHub passes no secrets to a pull request from a fork. Skip this step for forks.';
    case 'dependabot':
      return "GitHub passes no repository secrets to runs of Dependabot. Add them to the repository's Dependabot secrets, or skip this step for Dependabot.";
    case undefined:
      return 'the secret or variable they come from is not set for this repository or environment, or its name is misspelt.';
  }
}
