import { snapshotIdPattern } from '../api/snapshots.ts';
import { addressOf } from '../../core/inputs/origin.ts';
import type { Parser } from '../../core/inputs/parser.ts';
import { matching, parseList } from '../../core/inputs/parsers.ts';
import { lowered, suggesting } from '../../core/inputs/spelling.ts';

/** Another Aura API. */
export const parseApiUrl: Parser<URL> = addressOf('an Aura API, such as https://api.neo4j.io');

/** Source: Aura API v1 specification. */
const longestName = 30;
// eslint-disable-next-line no-control-regex -- control characters are what is refused
const controlCharacter = /[\x00-\x1f\x7f]/;

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
  return text.trim() === text ? undefined : 'begins or ends with a blank';
}

const instanceIdPattern = /^[0-9a-f]{8}$/i;
const oneId = 'an instance id of 8 hexadecimal digits such as 3fb7870d';

/** The host of a connection URI begins with the id. */
function idsIn(plain: string): readonly string[] {
  const [, id] = /^\w[\w+]*:\/\/([0-9a-f]{8})\b/.exec(plain) ?? [];
  return id === undefined ? [] : [id];
}

/** An instance's id. Source: Aura API v1 specification; ids are hexadecimal. */
export const parseInstanceId: Parser<string> = suggesting(
  (text) => (instanceIdPattern.test(text) ? { value: lowered(text) } : { expected: oneId }),
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
      : { expected: oneId, hint: "To use a name, set 'name' instead." };
  },
  (plain) => [...idsIn(plain), plain.replaceAll(/[ ;]+/g, ', ')],
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
      : { expected: 'a region such as europe-west1' },
  // The console shows `Belgium (europe-west1)`.
  (plain) => [plain.replace(/^.*\((.+)\)$/, '$1'), plain.replaceAll(' ', '-')],
);

/** Sizes in the form that Aura uses, such as `4GB`; Aura decides which sizes exist. */
export const parseSize: Parser<string> = suggesting((text) => {
  const [, count] = /^([1-9]\d{0,5}) ?GB$/i.exec(text) ?? [];
  return count === undefined ? { expected: 'a size such as 4GB' } : { value: `${count}GB` };
}, likelySizes);

function likelySizes(plain: string): readonly string[] {
  const [, count, unit = ''] = /^0*(\d{1,9}) ?(g|gb|gib|gigabytes?|m|mb|mib|)$/.exec(plain) ?? [];
  if (count === undefined) return [];
  return [`${unit.startsWith('m') ? Number(count) / 1024 : count}GB`];
}

/** The id of a snapshot as Aura writes it, or `latest`. */
export const parseSnapshotId: Parser<string> = suggesting(
  (text) =>
    snapshotIdPattern.test(text) && (text === 'latest' || lowered(text) !== 'latest')
      ? { value: text }
      : { expected: 'the id of a snapshot, or latest' },
  () => [],
);
