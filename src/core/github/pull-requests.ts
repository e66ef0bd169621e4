import { type Access, type Answer, ask } from './ask.ts';
import { type Branch, headBranch } from './branch.ts';
import { checked } from './connection.ts';
import { field, textField } from './payload.ts';

/** Each question is asked once. The answer is optional, so the step does not wait long for it. */
const limits = { permission: 'pull-requests: read', milliseconds: 10_000, attempts: 1 } as const;

/** Asks about the pull requests of a repository. A method throws only after a cancellation. */
export interface PullRequests {
  /** Whether it is open; one that is merged is closed. */
  stateOf(number: number): Promise<Answer<'open' | 'closed'>>;
  /** The numbers of the open ones whose head is this branch. */
  openFrom(branch: Branch): Promise<Answer<readonly number[]>>;
}

/** Source: GitHub's REST documentation, "Pull requests". */
export function createPullRequests(access: Access): PullRequests {
  return {
    stateOf: (number) =>
      ask(access, limits, async ({ octokit, at }) => {
        const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
        const state = textField(data, 'state');
        if (state === 'open' || state === 'closed') return state;
        throw new Error("GitHub's response is not a pull request");
      }),
    openFrom: (branch) =>
      ask(access, limits, async ({ octokit, at }) => {
        const head = `${branch.owner ?? at.owner}:${branch.name}`;
        const query = { ...at, state: 'open', head, per_page: 100 } as const;
        const { data } = await octokit.rest.pulls.list(query);
        return checked<unknown>(data)
          .filter((entry) => mayComeFrom(entry, branch, access.repository))
          .map((entry) => Number(field(entry, 'number')));
      }),
  };
}

/**
 * One owner can have the branch in several repositories; those that cannot be distinguished count.
 */
function mayComeFrom(pullRequest: unknown, branch: Branch, repository: string): boolean {
  const head = headBranch(pullRequest, repository);
  if (head === undefined) return true;
  return head.name === branch.name && head.owner?.toLowerCase() === branch.owner?.toLowerCase();
}
