import { createHash } from 'node:crypto';
import { repositoryView } from './pull-requests.ts';
import { userView } from './users.ts';

/** The branches of one repository, by name. */
export interface BranchBook {
  readonly put: (name: string) => void;
  readonly remove: (name: string) => void;
  /** In alphabetical order, as GitHub lists them. */
  readonly all: () => readonly string[];
}

/** Starts with the default branch. */
export function createBranchBook(defaultBranch: string): BranchBook {
  const kept = new Set([defaultBranch]);
  return {
    put: (name) => kept.add(name),
    remove: (name) => kept.delete(name),
    all: () => [...kept].sort(),
  };
}

/** Formats a branch as GitHub's API does in a list. */
export function branchView(apiUrl: string, repository: string, name: string): object {
  const sha = createHash('sha1').update(name).digest('hex');
  const url = `${apiUrl}/repos/${repository}/commits/${sha}`;
  return { name, commit: { sha, url }, protected: false };
}

/** Formats a repository as GitHub's API does if it is asked for alone. */
export function wholeRepositoryView(
  apiUrl: string,
  repository: string,
  defaultBranch: string,
): object {
  return {
    ...repositoryView(apiUrl, repository),
    owner: userView(apiUrl, repository.split('/')[0] ?? ''),
    default_branch: defaultBranch,
    network_count: 0,
    subscribers_count: 0,
    has_discussions: false,
  };
}
