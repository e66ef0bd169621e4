import { createHash } from 'node:crypto';
import type { Branch } from './branch.ts';

const hashLength = 5;
/** The prefix of the hash of a fork's branch; no hash contains it. */
const forkMark = 'x';
/** How many characters of a repository's name are kept at least, without and with a suffix. */
const repositoryShares = { plain: 8, suffixed: 5 };
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
    branchHash(branch),
    ...(suffix === undefined ? [] : [suffix.toLowerCase()]),
  ].join('-');
  // The characters for repository and branch together; the repository keeps some of them even if
  // the branch is long.
  const readableLength = longest - end.length - 1;
  const { plain, suffixed } = repositoryShares;
  const repositoryShare = suffix === undefined ? plain : suffixed;
  const readable = fold(branch.name);
  const repo = readableRepository(repository);
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

/**
 * Finds the branch that a name belongs to, among many: compares each with {@link isNameOf}, but only
 * those whose hash is in the name.
 *
 * @returns a function that finds the first entry whose branch has the name.
 */
export function indexBranches<T extends { readonly branch: Branch }>(
  repository: string,
  entries: readonly T[],
  longest: number,
): (name: string) => T | undefined {
  const byHash = Map.groupBy(entries, ({ branch }) => branchHash(branch));
  return (name) =>
    name
      .split('-')
      .flatMap((part) => byHash.get(part) ?? [])
      .find(({ branch }) => isNameOf(name, { repository, branch }, longest));
}

/**
 * Whether a name looks like that of a branch of a repository, with or without a suffix: it has the
 * repository's hash in the right place, and begins like the repository's name.
 */
export function hasShapeOf(name: string, repository: string): boolean {
  return shapesOf(name).some(({ start, repositoryHash, share }) => {
    const repo = readableRepository(repository);
    const begins = cut(repo, share);
    const next = start.charAt(begins.length);
    return (
      repositoryHash === hash(repository.toLowerCase()) &&
      start.startsWith(begins) &&
      (next === '' || next === '-' || repo.startsWith(begins + next) || begins === '')
    );
  });
}

/** Whether a name looks like that of a branch of any repository. */
export function hasShapeOfAny(name: string): boolean {
  return shapesOf(name).length > 0;
}

/** How a name may be read. */
interface Shape {
  /** The part before the hashes. */
  readonly start: string;
  readonly repositoryHash: string;
  /** How many characters of the repository it has at least. */
  readonly share: number;
}

/** Both ways to read a name: a branch's hash and a suffix can look the same. */
function shapesOf(name: string): readonly Shape[] {
  const { plain, suffixed } = repositoryShares;
  const ways = [
    { pattern: /^(?:([a-z0-9-]*)-)?([0-9a-v]{5})-x?[0-9a-v]{5}$/, share: plain },
    {
      pattern: /^(?:([a-z0-9-]*)-)?([0-9a-v]{5})-x?[0-9a-v]{5}-[a-z0-9]{1,6}$/,
      share: suffixed,
    },
  ];
  return ways.flatMap(({ pattern, share }) => {
    const found = pattern.exec(name);
    return found === null ? [] : [{ start: found[1] ?? '', repositoryHash: found[2] ?? '', share }];
  });
}

function branchHash({ name, owner }: Branch): string {
  return owner === undefined ? hash(name) : `${forkMark}${hash(`${owner.toLowerCase()}:${name}`)}`;
}

function readableRepository(repository: string): string {
  return fold(repository.split('/').at(-1) ?? '');
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
