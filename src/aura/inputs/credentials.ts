import type { Credentials } from '../../core/oauth/token.ts';
import { type RunEvent, secretsWithheld } from '../../core/github/event.ts';
import { Secret } from '../../core/secrets/secret.ts';
import type { Run } from './run.ts';
import { isOrAre, quotedList } from './words.ts';
import { forms, messages, reasons } from './messages.ts';
import { isLongEnough, maskAccepted, shortestSecret } from './secrets.ts';
import { type InputName, type Reader, table } from './table.ts';

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
  const wish = table['if-no-credentials'].parse(getInput('if-no-credentials').trim());
  if (!('value' in wish) || wish.value !== 'skip') return undefined;
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

/** The inputs that the credentials come from. */
const credentialInputs = ['client-id', 'client-secret'] as const;
type CredentialInput = (typeof credentialInputs)[number];

function emptyCredentials(text: (name: InputName) => string): readonly CredentialInput[] {
  return credentialInputs.filter((name) => text(name) === '');
}

function areEmpty(names: readonly string[]): string {
  return `${names.length > 1 ? 'inputs' : 'input'} ${quotedList(names)} ${isOrAre(names)} empty`;
}

/** Their values are never quoted: either may contain a secret by mistake. */
export function readCredentials(read: Reader, { event, mask }: Run): Credentials {
  const clientId = read.text('client-id');
  const clientSecret = read.text('client-secret');
  const missing = emptyCredentials(read.text);
  if (missing.length > 0) {
    read.problem(messages.emptyCredentials(missing, whyEmpty(missing, event)));
  }
  // A colon would end the user name of the Authorization header.
  const wellFormed = /^[\x21-\x39\x3b-\x7e]+$/.test(clientId) || clientId === '';
  if (!wellFormed) read.problem(forms.wrongClientId);
  if (nameOfSecret.test(clientId)) read.problem(forms.nameAsClientId);
  if (clientId !== '' && clientId === clientSecret) read.problem(forms.sameCredentials);
  const why = clientSecret === '' ? undefined : whyWrongSecret(clientSecret);
  if (why !== undefined) read.problem(forms.wrongClientSecret(why));
  return { clientId, clientSecret: new Secret(clientSecret, maskAccepted(mask)) };
}

/** The name of a secret instead of its value, as `secrets.NAME` or alone. */
const nameOfSecret = /^(?:secrets|vars|env)\.\w+$|^AURA_CLIENT_(?:ID|SECRET)$/;

function whyWrongSecret(text: string): string | undefined {
  if (text.includes('${{')) return 'it is an expression that GitHub has not evaluated';
  if (nameOfSecret.test(text)) {
    return 'it is the name of a secret; write it in an expression, as ${{ secrets.NAME }}';
  }
  if (/^(["'`]).*\1$/.test(text)) return 'it has quotes around it';
  if (!isLongEnough(text)) return `it is shorter than ${shortestSecret} characters`;
  if (/\s/.test(text)) return 'it contains a blank or a line break';
  return /^[\x21-\x7e]+$/.test(text)
    ? undefined
    : 'it contains a character that no client secret has';
}

function whyEmpty(missing: readonly CredentialInput[], event: RunEvent): string {
  switch (secretsWithheld(event)) {
    case 'fork':
      return reasons.withheldFromForks;
    case 'dependabot':
      return reasons.withheldFromDependabot(placesOf(missing, 'secret'));
    case undefined:
      return reasons.unset(placesOf(missing, 'variable'), missing);
  }
}

/** Where the README tells users to keep them. */
function placesOf(missing: readonly CredentialInput[], forId: 'variable' | 'secret'): string {
  const places = {
    'client-id': `${forId} AURA_CLIENT_ID`,
    'client-secret': 'secret AURA_CLIENT_SECRET',
  };
  return missing.map((name) => places[name]).join(' and ');
}
