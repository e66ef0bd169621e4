import { oneLine, shortened } from '../text.ts';
import { isPrintableAscii } from './report-text.ts';

/**
 * A piece of a line in a job summary. Text from outside is kept apart from the action's own markdown
 * until it is written: secrets are removed from it first, then it is escaped for its place.
 */
type Piece = { readonly own: string } | { readonly code: string } | { readonly prose: string };

/** A line of a summary, or a part of one. */
export type Inline = readonly Piece[];

/** Prepares text from outside: removes secrets and makes invisible characters visible. */
export type Clean = (text: string) => string;

/** A table separates cells with a character that has no meaning elsewhere. */
export type Place = 'text' | 'cell';

const longestCode = 300;
const longestProse = 1_500;

/**
 * A line in the action's own markdown. A string in it is text from outside and becomes a code span,
 * in which GitHub reads no markdown, no HTML, no link and no mention.
 */
export function inline(own: TemplateStringsArray, ...values: (string | number | Inline)[]): Inline {
  return own.flatMap((text, index) => {
    const value = values[index];
    const inserted = value === undefined ? [] : piecesOf(value);
    return text === '' ? inserted : [{ own: text }, ...inserted];
  });
}

function piecesOf(value: string | number | Inline): Inline {
  if (typeof value === 'number') return [{ own: String(value) }];
  return typeof value === 'string' ? [{ code: value }] : value;
}

/**
 * Sentences that contain text from outside, such as an error. Words that are not plain, and text in
 * single quotes, become code spans.
 */
export function prose(text: string): Inline {
  return [{ prose: text }];
}

/** Words of the action itself that stay on one line. */
export function unbroken(own: string): Inline {
  return [{ own: own.replaceAll(' ', '\u00a0') }];
}

/** Parts of a line with a separator between them. */
export function joined(parts: readonly Inline[], separator = ', '): Inline {
  return parts.flatMap((part, index) => (index === 0 ? part : [{ own: separator }, ...part]));
}

/** A link to an address that the action has built. */
export function link(text: Inline, { href }: URL): Inline {
  const target = href.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
  return [{ own: '[' }, ...text, { own: `](${target})` }];
}

/** The markdown of a line. */
export function renderInline(inline: Inline, clean: Clean, place: Place = 'text'): string {
  return inline
    .map((piece) => {
      if ('own' in piece) return piece.own;
      if ('code' in piece) return inCode(clean(piece.code), place);
      return plainWords(clean(piece.prose), place);
    })
    .join('');
}

/** A code span; nothing if the text is empty. */
function inCode(text: string, place: Place): string {
  const shown = shortened(oneLine(text), longestCode);
  if (shown === '') return '';
  const longestRun = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${space}${place === 'cell' ? withoutPipes(shown) : shown}${space}${fence}`;
}

/** A pipe ends a cell, even in code. A backslash before it would make its escape ambiguous. */
function withoutPipes(text: string): string {
  return text.replace(/(\\*)\|/g, (_, slashes: string) =>
    slashes === '' ? '\\|' : `${slashes} \\|`,
  );
}

/** Text in single quotes that stand apart, so that the apostrophe of a word is none. */
const quoted = /(?<=^|[\s(])'([^']+)'(?=[\s).,:;?!]|$)/g;

function plainWords(text: string, place: Place): string {
  const shown = shortened(oneLine(text), longestProse);
  const parts: string[] = [];
  let end = 0;
  for (const match of shown.matchAll(quoted)) {
    parts.push(wordByWord(shown.slice(end, match.index), place), inCode(match[1] ?? '', place));
    end = match.index + match[0].length;
  }
  return [...parts, wordByWord(shown.slice(end), place)].join('');
}

/** Punctuation around a word that has no meaning in markdown. */
const word = /^(["(]*)(.*?)([).,:;"?!…]*)$/su;

function wordByWord(text: string, place: Place): string {
  return text
    .split(' ')
    .map((token) => {
      const [, before = '', core = '', after = ''] = word.exec(token) ?? [];
      // A number with a dot would begin a list. A long one may be an id, or a commit to GitHub.
      if (before === '' && /^\d{1,6}$/.test(core)) {
        return `${core}${after.replace(/^[.)]/, '\\$&')}`;
      }
      return `${before}${isPlain(core) ? core : inCode(core, place)}${after}`;
    })
    .join(' ');
}

/**
 * Whether GitHub shows a word as it is: no markdown, and nothing that it makes a link, such as an
 * address, a mention, an issue, a commit or a host.
 */
function isPlain(core: string): boolean {
  if (core === '') return true;
  if (/GH-\d|^[0-9a-f]{7,}(?:-[0-9a-f]+)*$/i.test(core)) return false;
  // Classes of Unicode take milliseconds to compile, and most words need none.
  return isPrintableAscii(core)
    ? /^[A-Za-z0-9][A-Za-z0-9'.,;%()-]*$/.test(core) && !/[A-Za-z0-9]\.[A-Za-z]/.test(core)
    : /^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.,;%()-]*$/u.test(core) && !/[\p{L}\p{N}]\.\p{L}/u.test(core);
}
