import type { Branch } from '../../core/github/branch.ts';
import { branchName, isNameOf } from '../../core/github/branch-name.ts';

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
