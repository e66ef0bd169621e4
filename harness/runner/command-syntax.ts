/** A workflow command found in a line of output. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const dataEscapes: readonly [string, string][] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const propertyEscapes: readonly [string, string][] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
];
const bracketEscapes: readonly [string, string][] = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
];

/** White space as defined by .NET's `Trim`: unlike JavaScript, with U+0085 and without U+FEFF. */
const blanks = '(?:(?!\\ufeff)[\\s\\u0085])+';
const leadingBlanks = new RegExp(`^${blanks}`);
const trailingBlanks = new RegExp(`${blanks}$`);

/**
 * Finds the command in a line, if any: `::name key=value::data` at its start, or the older
 * `##[name key=value;]data` anywhere in it. Only registered names count.
 */
export function parseCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  return parseColons(line, registered) ?? parseBrackets(line, registered);
}

function parseColons(line: string, registered: ReadonlySet<string>): Command | undefined {
  const text = line.replace(leadingBlanks, '');
  if (!text.startsWith('::')) return undefined;
  const end = text.indexOf('::', 2);
  if (end < 0) return undefined;
  const head = splitHead(text.slice(2, end), registered);
  if (head === undefined) return undefined;
  return {
    name: head.name,
    properties: parseProperties(trim(head.rest), ',', propertyEscapes),
    data: unescape(text.slice(end + 2), dataEscapes),
  };
}

function parseBrackets(line: string, registered: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf('##[');
  if (start < 0) return undefined;
  const end = line.indexOf(']', start);
  if (end < 0) return undefined;
  const head = splitHead(line.slice(start + 3, end), registered);
  if (head === undefined) return undefined;
  return {
    name: head.name,
    properties: parseProperties(head.rest, ';', bracketEscapes),
    data: unescape(line.slice(end + 1), bracketEscapes),
  };
}

function trim(text: string): string {
  return text.replace(leadingBlanks, '').replace(trailingBlanks, '');
}

function splitHead(
  head: string,
  registered: ReadonlySet<string>,
): { name: string; rest: string } | undefined {
  const space = head.indexOf(' ');
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  if (!registered.has(name)) return undefined;
  return { name, rest: space > 0 ? head.slice(space + 1) : '' };
}

function parseProperties(
  text: string,
  separator: string,
  escapes: readonly [string, string][],
): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=');
    if (equals <= 0 || equals === part.length - 1) continue;
    properties[part.slice(0, equals).toLowerCase()] = unescape(part.slice(equals + 1), escapes);
  }
  return properties;
}

/** Decodes one after the other, as the runner does: `%250A` becomes `%0A`, not a newline. */
function unescape(text: string, escapes: readonly [string, string][]): string {
  return escapes.reduce((result, [from, to]) => result.replaceAll(from, to), text);
}
