import { shortened } from '../text.ts';

/**
 * Forms of a secret that a runner does not derive from the mask itself: base64url, and the percent
 * encoding of JavaScript, which leaves `!'()*` as they are. Source: the runner's value encoders.
 */
export function formsUnknownToRunner(secret: string): readonly string[] {
  const forms = [
    Buffer.from(secret).toString('base64url'),
    encodeURIComponent(secret.toWellFormed()),
  ];
  return forms.filter((form) => form !== secret);
}

/** The forms of a secret in other encodings. */
export function encodedForms(secret: string): readonly string[] {
  return [...formsUnknownToRunner(secret), Buffer.from(secret).toString('base64')];
}

/** All forms that are removed from printed text. */
export function formsOf(secret: string): readonly string[] {
  return [
    secret,
    ...encodedForms(secret),
    // Its form in outputs that are JSON.
    JSON.stringify(secret).slice(1, -1),
    // Its form in a text that is compared without regard to case, such as a status.
    secret.toLowerCase(),
  ];
}

/**
 * Removes secrets from external text, for example from an error message. A text that was cut may end
 * with the beginning of a secret; such a text ends with `…`.
 */
export function scrub(text: string, secrets: ReadonlySet<string>): string {
  let scrubbed = text;
  // The longest first: one secret can be a prefix of another.
  for (const secret of [...secrets].toSorted((one, other) => other.length - one.length)) {
    scrubbed = scrubbed.replaceAll(secret, '***');
  }
  return scrubbed.replaceAll(/[^\n…]{4,}(?=…)/g, (cut) => withoutBeginning(cut, secrets));
}

/** A shorter beginning of a secret reveals nothing, and may be an ordinary word. */
const shortestBeginning = 4;

/** A text without the beginning of a secret at its end. */
function withoutBeginning(text: string, secrets: ReadonlySet<string>): string {
  const longest = Math.max(...[...secrets].map((secret) => endOf(text, secret)), 0);
  return longest < shortestBeginning ? text : `${text.slice(0, -longest)}***`;
}

/** How many characters at the end of a text are the beginning of the secret. */
function endOf(text: string, secret: string): number {
  const last = text.slice(-1);
  for (
    let end = secret.lastIndexOf(last);
    end >= 0;
    end = end === 0 ? -1 : secret.lastIndexOf(last, end - 1)
  ) {
    if (text.endsWith(secret.slice(0, end + 1))) return end + 1;
  }
  return 0;
}

/** The runner trims like .NET, which treats U+0085 as a space; JavaScript does not. */
const leadingColons = /^([\s\u0085]*):(?=:)/;

/**
 * Makes external text safe to print. The runner reads `::command::` at the start of a line and
 * `##[command]` anywhere, on every line of both streams.
 */
export function neutralize(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(leadingColons, '$1: ').replaceAll('##[', '# #['))
    .join('\n');
}

/**
 * Characters that control a terminal, are invisible, or reverse the direction of the text after
 * them, except line ends and tabs. The two joiners stay: emoji and some scripts need them.
 */
const invisible = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Whether a text has only letters, digits and punctuation of ASCII, and blanks. */
export function isPrintableAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Makes invisible characters visible. Removing them could join the two parts of a secret. */
export function showInvisible(text: string): string {
  // The classes of Unicode take a millisecond to compile.
  if (isPrintableAscii(text.replaceAll('\n', ''))) return text;
  return text.replace(
    invisible,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** The runner cuts annotations at 4096 characters; external text must not flood the log either. */
export function shorten(text: string): string {
  const longest = 1_500;
  return text
    .split('\n')
    .slice(0, 40)
    .map((line) => shortened(line, longest))
    .join('\n');
}

/** Text as the runner reads it after `::warning::`. Source: the runner's command syntax. */
export function escapeCommandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
