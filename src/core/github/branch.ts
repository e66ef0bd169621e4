import { field, textField } from './payload.ts';

/** A branch of this repository, or with `owner` a branch of that owner's fork. */
export interface Branch {
  readonly name: string;
  readonly owner: string | undefined;
}

/** The origin of a branch, from a pull request, a workflow run or one of GitHub's lists. */
interface Source {
  /** `owner/repo` of the repository that the branch is compared with. */
  readonly repository: string;
  readonly branch: string | undefined;
  /** The repository of the branch as GitHub describes it; null once a fork is deleted. */
  readonly from: unknown;
  /** The possible owner of the fork, if its repository does not say. */
  readonly owners: readonly (string | undefined)[];
}

/**
 * The head branch of a pull request, from an event or from one of GitHub's lists.
 *
 * @param repository `owner/repo` of the pull request, if the pull request does not contain it.
 * @returns undefined if it does not say the branch, or the fork that the branch is from.
 */
export function headBranch(pullRequest: unknown, repository: string): Branch | undefined {
  return branchFrom(headSource(pullRequest, repository));
}

/** Whether the head of a pull request is in another repository, also one of the same owner. */
export function isFromFork(pullRequest: unknown, repository: string): boolean {
  return field(pullRequest, 'head') !== undefined && !isOwn(headSource(pullRequest, repository));
}

/** The branch of a workflow run, as {@link headBranch}. */
export function runBranch(run: unknown, repository: string): Branch | undefined {
  const branch = textField(run, 'head_branch');
  return branchFrom({ repository, branch, from: field(run, 'head_repository'), owners: [] });
}

function headSource(pullRequest: unknown, repository: string): Source {
  const head = field(pullRequest, 'head');
  const base = textField(field(field(pullRequest, 'base'), 'repo'), 'full_name');
  return {
    repository: base ?? repository,
    branch: textField(head, 'ref'),
    from: field(head, 'repo'),
    // The label is `owner:branch`. Label, user and repository are null for a deleted account.
    owners: [ownerIn(textField(head, 'label'), ':'), textField(field(head, 'user'), 'login')],
  };
}

function branchFrom(source: Source): Branch | undefined {
  const { branch: name, from, owners } = source;
  if (name === undefined) return undefined;
  if (isOwn(source)) return { name, owner: undefined };
  const named = [
    ownerIn(textField(from, 'full_name'), '/'),
    textField(field(from, 'owner'), 'login'),
  ];
  const owner = [...named, ...owners].find((candidate) => candidate !== undefined);
  return owner === undefined ? undefined : { name, owner };
}

/** GitHub compares names of owners and repositories without regard to case. */
function isOwn({ from, repository }: Source): boolean {
  return textField(from, 'full_name')?.toLowerCase() === repository.toLowerCase();
}

/** The text before the separator, if it is between two words. */
function ownerIn(text: string | undefined, separator: string): string | undefined {
  const [owner, ...rest] = text?.split(separator) ?? [];
  return owner !== '' && rest.join('') !== '' ? owner : undefined;
}
