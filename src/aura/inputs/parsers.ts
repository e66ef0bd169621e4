import { snapshotIdPattern } from '../api/snapshots.ts';
import { addressOf } from '../../core/inputs/origin.ts';
import type { Parser } from '../../core/inputs/parser.ts';
import { matching, parseList } from '../../core/inputs/parsers.ts';
import { lowered, plainly, suggesting, withoutSeparators } from '../../core/inputs/spelling.ts';

/** Another Aura API. */
export const parseApiUrl: Parser<URL> = addressOf('an Aura API, such as https://api.neo4j.io');

/** Source: Aura API v1 specification. */
const longestName = 30;
// eslint-disable-next-line no-control-regex -- control characters are what is refused
const controlCharacter = /[\x00-\x1f\x7f]/;
/** Characters that nobody sees. A text that is copied from a page can have them; emoji need others. */
const invisible =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/;

/** An instance's name. Source: Aura API v1 specification (1–30 characters, no blanks around). */
export const parseName: Parser<string> = (text) => {
  const why = whyNoName(text);
  return why === undefined
    ? { value: text }
    : { expected: `a name of 1 to ${longestName} characters on one line (this one ${why})` };
};

function whyNoName(text: string): string | undefined {
  const { length } = Array.from(text);
  if (length > longestName) return `has ${length}`;
  if (controlCharacter.test(text)) return 'contains a tab, a line break or a similar character';
  if (invisible.test(text)) return 'contains an invisible character; write it again by hand';
  return text.trim() === text ? undefined : 'begins or ends with a blank';
}

const instanceIdPattern = /^[0-9a-f]{8}$/i;
const oneId = 'an instance id of 8 hexadecimal digits such as 3fb7870d';

const anyUuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The ids in a connection URI, an address of the console, or a list of another form. */
function idsIn(plain: string): readonly string[] {
  // The first part of another id has the same form.
  const ids = plain.replaceAll(anyUuid, ' ').match(/(?<![0-9a-z])[0-9a-f]{8}(?![0-9a-z])/g) ?? [];
  return ids.length === 0 ? [] : [[...new Set(ids)].join(', ')];
}

/** What another kind of text is, or what to do with it. */
function hintFor(text: string): string {
  return /[0-9a-f]/.test(plainly(text)) && plainly(text).replaceAll(anyUuid, '') === ''
    ? 'This is the id of something else, such as a tenant (project) or a snapshot.'
    : "To use a name, set 'name' instead.";
}

/** An instance's id. Source: Aura API v1 specification; ids are hexadecimal. */
export const parseInstanceId: Parser<string> = suggesting(
  (text) =>
    instanceIdPattern.test(text)
      ? { value: lowered(text) }
      : { expected: `${oneId}, not its name` },
  idsIn,
);

/** Instance ids as Aura writes them, separated by commas or newlines; duplicates count once. */
export const parseInstanceIds: Parser<readonly string[]> = suggesting(
  (text) => {
    const list = parseList(text);
    const given = 'value' in list ? list.value : [];
    const wrong = given.filter((id) => !instanceIdPattern.test(id));
    if (given.length > 0 && wrong.length === 0) return { value: [...new Set(given.map(lowered))] };
    const listed = wrong.map((id) => `'${id}'`).join(', ');
    return given.length > 1
      ? { expected: `instance ids of 8 hexadecimal digits; these are not: ${listed}` }
      : { expected: oneId, hint: hintFor(text) };
  },
  (plain) => {
    const entries = plain.split(/[,;]|(?<=[0-9a-f]{8}) /).map((entry) => idsIn(entry));
    return entries.every((ids) => ids.length > 0) ? [entries.flat().join(', ')] : [];
  },
);

/** A glob over names. All characters but `*` and `?` stand for themselves, as names may have them. */
export const parseNamePattern: Parser<string> = matching(
  /^[^\r\n]{1,100}$/,
  'a name pattern of 1 to 100 characters on one line, in which * matches any text and ? any one character',
);

/** A region's name, as Aura writes it. */
export const parseRegion: Parser<string> = suggesting(
  (text) =>
    /^[\w-]{1,60}$/.test(text)
      ? { value: lowered(text) }
      : { expected: 'the code of a region such as europe-west1' },
  // The console shows `Belgium (europe-west1)`. Other names are not the code with blanks.
  (plain) => [
    plain.replace(/^.*\((.+)\)$/, '$1'),
    plain.replace(/^(?:gcp|aws|azure)[/: ]+/, ''),
    ...(/ \d$/.test(plain) ? [plain.replaceAll(' ', '-')] : []),
  ],
);

/** Sizes in the form that Aura uses, such as `4GB`; Aura decides which sizes exist. */
export const parseSize: Parser<string> = suggesting((text) => {
  const [, count] = /^([1-9]\d{0,5}) ?GB$/i.exec(text) ?? [];
  return count === undefined ? { expected: 'a size such as 4GB' } : { value: `${count}GB` };
}, likelySizes);

function likelySizes(plain: string): readonly string[] {
  const [, digits = '', unit = ''] =
    /^0*(\d{1,9}) ?((?:g|m|t)(?:i?b)?|gigs?|gigabytes?|)(?: (?:of )?(?:ram|memory|storage))?[,;.]?$/.exec(
      withoutSeparators(plain),
    ) ?? [];
  if (digits === '') return [];
  const count = Number(digits);
  if (unit.startsWith('t')) return [`${count * 1024}GB`];
  // A bare number that is so large is one of megabytes.
  const inMegabytes = unit.startsWith('m') || (unit === '' && count >= 1024);
  return [`${inMegabytes ? count / 1024 : count}GB`];
}

/** Words that people use for `latest`; an id always has digits. */
const otherWordsForLatest = [
  'newest',
  'last',
  'most-recent',
  'recent',
  'current',
  'lastest',
  'lates',
];

/** A version of the database, as Aura's list of configurations names it. */
export const parseVersion: Parser<string> = suggesting(
  matching(/^[\w.-]{1,30}$/, 'a version such as 5'),
  (plain) => [/\b\d+(?:\.\d+)*(?=[^\w]*$)/.exec(plain)?.[0] ?? ''],
);

/** The id of a snapshot as Aura writes it, or `latest`. */
export const parseSnapshotId: Parser<string> = suggesting(
  (text) =>
    snapshotIdPattern.test(text) && (text === 'latest' || !meansLatest(lowered(text)))
      ? { value: text }
      : { expected: 'the id of a snapshot, or latest' },
  (plain) => (meansLatest(plain.replaceAll(/[ _]/g, '-')) ? ['latest'] : []),
);

function meansLatest(word: string): boolean {
  return word === 'latest' || otherWordsForLatest.includes(word);
}
