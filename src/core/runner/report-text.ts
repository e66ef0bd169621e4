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

/** All forms that are cut out of what is printed. */
export function formsOf(secret: string): readonly string[] {
  return [
    secret,
    ...formsUnknownToRunner(secret),
    Buffer.from(secret).toString('base64'),
    // As it stands in the outputs that are JSON.
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** A secret that came in with foreign text, in an error message for example, is cut out of it. */
export function scrub(text: string, secrets: ReadonlySet<string>): string {
  let scrubbed = text;
  // The longest first: one secret can be the beginning of another.
  for (const secret of [...secrets].toSorted((one, other) => other.length - one.length)) {
    scrubbed = scrubbed.replaceAll(secret, '***');
  }
  return scrubbed;
}

/** The runner trims as .NET does, which takes U+0085 for a blank where JavaScript does not. */
const leadingColons = /^([\s\u0085]*):(?=:)/;

/**
 * Takes from foreign text the power to command the runner, which reads `::command::` at the start
 * of a line and `##[command]` anywhere, on every line of both streams.
 */
export function neutralize(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(leadingColons, '$1: ').replaceAll('##[', '# #['))
    .join('\n');
}

/**
 * Characters that command a terminal, hide, or reverse the direction of what follows, line ends and
 * tabs apart. The two joiners stay: emoji and some scripts need them.
 */
const invisible = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Shows what would not be seen. Taking it out could put together a secret that it had split. */
export function showInvisible(text: string): string {
  return text.replace(
    invisible,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** The runner cuts annotations at 4096 characters; foreign text must not flood the log either. */
export function shorten(text: string): string {
  const longest = 1_500;
  return text
    .split('\n')
    .slice(0, 40)
    .map((line) => (line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line))
    .join('\n');
}

/** Text as the runner reads it behind `::warning::`. Source: the runner's command syntax. */
export function escapeCommandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
