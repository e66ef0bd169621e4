import { snapshotIdPattern } from '../api/snapshots.ts';
import { type Parser, matching, parseList, parseOrigin } from '../../core/inputs/parsers.ts';

/** Another Aura API. */
export const parseApiUrl: Parser<URL> = parseOrigin('an Aura API, such as https://api.neo4j.io');

/** An instance's name. Source: Aura API v1 specification (1–30 characters, no blanks around). */
export const parseName: Parser<string> = (text) =>
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  Array.from(text).length <= 30 && !/[\x00-\x1f\x7f]/.test(text) && text.trim() === text
    ? { value: text }
    : { expected: 'a name of 1 to 30 characters on one line' };

const instanceIdPattern = /^[0-9a-f]{8}$/i;

/** An instance's id. Source: Aura API v1 specification; ids are hexadecimal. */
export const parseInstanceId: Parser<string> = (text) =>
  instanceIdPattern.test(text)
    ? { value: text.toLowerCase() }
    : { expected: 'an instance id of 8 hexadecimal digits' };

/** Instance ids as Aura writes them, separated by commas or newlines; duplicates count once. */
export const parseInstanceIds: Parser<readonly string[]> = (text) => {
  const list = parseList(text);
  const given = 'value' in list ? list.value : [];
  const wrong = given.filter((id) => !instanceIdPattern.test(id));
  if (given.length > 0 && wrong.length === 0) {
    return { value: [...new Set(given.map((id) => id.toLowerCase()))] };
  }
  return {
    expected:
      given.length > 1
        ? `instance ids of 8 hexadecimal digits; these are not: ${wrong.map((id) => `'${id}'`).join(', ')}`
        : 'an instance id of 8 hexadecimal digits',
  };
};

/** A glob over names. All characters but `*` and `?` stand for themselves, as names may have them. */
export const parseNamePattern: Parser<string> = matching(
  /^[^\r\n]{1,100}$/,
  'a name pattern on one line, in which * matches any text and ? any one character',
);

/** Sizes as Aura writes them, such as `4GB`; Aura decides which sizes exist. */
export const parseSize: Parser<string> = matching(/^[1-9]\d{0,5}GB$/, 'a size such as 4GB');

/** The id of a snapshot as Aura writes it, or `latest`. */
export const parseSnapshotId: Parser<string> = matching(
  snapshotIdPattern,
  'the id of a snapshot, or latest',
);

/** A whole number, also 0. */
export const parseWholeNumber: Parser<number> = (text) =>
  /^\d{1,3}$/.test(text) ? { value: Number(text) } : { expected: 'a whole number such as 0 or 2' };
