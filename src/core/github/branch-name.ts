import { createHash } from 'node:crypto';
import type { Branch } from './branch.ts';

const hashLength = 5;
/** The prefix of the hash of a fork's branch; no hash contains it. */
const forkMark = 'x';
/** The alphabet of base32hex, which ends before `x`. */
const alphabet = '0123456789abcdefghijklmnopqrstuv';

/** The branch to build a name for. */
export interface Named {
  /** `owner/repo`. */
  readonly repository: string;
  readonly branch: Branch;
  /** 1 to 6 letters or digits, for several names of one branch. */
  readonly suffix?: string | undefined;
}

/**
 * The name for what belongs to a branch: `<repo>-<branch>-<rrrrr>-<bbbbb>`. The hashes distinguish
 * names that are equal after they are shortened, and show which repository the name belongs to. The
 * hash of a fork's branch begins with a letter that no hash contains, so no branch of a fork gets
 * the name of a branch of this repository.
 *
 * @param longest how many characters a name may have.
 * @returns 1 to `longest` characters of `a-z`, `0-9` and `-`.
 */
export function branchName({ repository, branch, suffix }: Named, longest: number): string {
  const end = [
    hash(repository.toLowerCase()),
    branch.owner === undefined
      ? hash(branch.name)
      : `${forkMark}${hash(`${branch.owner.toLowerCase()}:${branch.name}`)}`,
    ...(suffix === undefined ? [] : [suffix.toLowerCase()]),
  ].join('-');
  // The characters for repository and branch together; the repository keeps some of them even if
  // the branch is long.
  const readableLength = longest - end.length - 1;
  const repositoryShare = suffix === undefined ? 8 : 5;
  const readable = fold(branch.name);
  const repo = fold(repository.split('/').at(-1) ?? '');
  const shortRepo = cut(repo, Math.max(repositoryShare, readableLength - 1 - readable.length));
  const shortBranch = cut(readable, readableLength - 1 - shortRepo.length);
  return [shortRepo, shortBranch, end].filter((part) => part !== '').join('-');
}

/**
 * Whether a name belongs to a branch, without a suffix or with the suffix at its end. The name is
 * compared, not parsed, because a branch can have any name.
 */
export function isNameOf(name: string, named: Omit<Named, 'suffix'>, longest: number): boolean {
  const suffix = /-([a-z0-9]{1,6})$/.exec(name)?.[1];
  return (
    name === branchName(named, longest) ||
    (suffix !== undefined && name === branchName({ ...named, suffix }, longest))
  );
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/-+$/, '');
}

/** The first 25 bits of SHA-256 in base32hex. */
function hash(text: string): string {
  const bits = createHash('sha256').update(text).digest().readUInt32BE(0);
  return Array.from({ length: hashLength }, (_, index) =>
    alphabet.charAt((bits >>> (27 - 5 * index)) & 31),
  ).join('');
}
