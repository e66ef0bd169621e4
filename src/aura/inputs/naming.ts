import type { Branch } from '../../core/github/branch.ts';
import {
  branchName,
  hasShapeOf,
  hasShapeOfAny,
  indexBranches,
  isNameOf,
} from '../../core/github/branch-name.ts';

/** Aura's limit for a name. Source: Aura API v1 specification. */
export const longestName = 30;

/**
 * The name of a branch's instance, for create, find, delete and sweep alike.
 *
 * @param repository `owner/repo`.
 * @param suffix 1 to 6 letters or digits, for several instances of one branch.
 */
export function instanceName(repository: string, branch: Branch, suffix?: string): string {
  return branchName({ repository, branch, suffix }, longestName);
}

/** Whether an instance of this name belongs to a branch, with or without a suffix. */
export function belongsToBranch(name: string, repository: string, branch: Branch): boolean {
  return isNameOf(name, { repository, branch }, longestName);
}

/**
 * Finds the branch that an instance belongs to, among many.
 *
 * @param entries the branches, in the order in which they are preferred.
 * @returns a function from the instance's name to the entry of its branch.
 */
export function branchFinder<T extends { readonly branch: Branch }>(
  repository: string,
  entries: readonly T[],
): (name: string) => T | undefined {
  return indexBranches(repository, entries, longestName);
}

/** Whose branch a name may be built for: this repository's, another one's, or nobody's. */
export function ownerOfName(name: string, repository: string): 'this' | 'another' | 'nobody' {
  if (hasShapeOf(name, repository)) return 'this';
  return hasShapeOfAny(name) ? 'another' : 'nobody';
}
