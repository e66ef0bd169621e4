import { createHash } from 'node:crypto';
import type { Branch } from './event.ts';

/** Aura's limit for a name. Source: Aura API v1 specification. */
export const longestName = 30;

const hashDigits = 4;
/** What repository and branch share: the rest is two hashes and the dashes before them. */
const readableLength = longestName - 2 * (hashDigits + 1);
/** A repository keeps at least this much beside a long branch. */
const repositoryShare = 8;

/**
 * The name of a branch's instance: `<repo>-<branch>-<rrrr>-<bbbb>`, for create, find, delete and
 * sweep alike. The hashes tell apart what folding and cutting make equal, and mark the name as one
 * of this repository.
 *
 * @param repository `owner/repo`.
 * @param branch of a fork it is told apart from the same branch here by its owner.
 * @returns 1 to 30 characters of `a-z`, `0-9` and `-`.
 */
export function instanceName(repository: string, branch: Branch): string {
  const repo = fold(repository.split('/').at(-1) ?? '');
  const readable = fold(branch.name);
  const repoLength = Math.max(repositoryShare, readableLength - 1 - readable.length);
  const shortRepo = cut(repo, repoLength);
  const shortBranch = cut(readable, readableLength - 1 - shortRepo.length);
  const identity = branch.owner === undefined ? branch.name : `${branch.owner}:${branch.name}`;
  return [shortRepo, shortBranch, hash(repository), hash(identity)]
    .filter((part) => part !== '')
    .join('-');
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

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
}
