import type { Secret } from '../secrets/secret.ts';
import type { Clock } from '../time/clock.ts';
import { withTimeLimit, withinDeadline } from '../time/time-limit.ts';
import { type Branch, headBranch } from './branch.ts';
import { type Connection, type Octokit, checked, connect, explain } from './connection.ts';
import { field, textField } from './payload.ts';

/** Each question is asked once. The answer is optional, so the step does not wait long for it. */
const limitMilliseconds = 10_000;

/** GitHub's answer, or sentences that say why there is none. */
export type Answer<T> = { readonly value: T } | { readonly problem: string };

/** Asks about the pull requests of a repository. A method throws only after a cancellation. */
export interface PullRequests {
  /** Whether it is open; one that is merged is closed. */
  stateOf(number: number): Promise<Answer<'open' | 'closed'>>;
  /** The numbers of the open ones whose head is this branch. */
  openFrom(branch: Branch): Promise<Answer<readonly number[]>>;
}

interface PullRequestOptions extends Omit<Connection, 'token'> {
  /** Undefined if there is none; then no request is sent. */
  readonly token: Secret | undefined;
  /** `owner/repo`. */
  readonly repository: string;
  readonly clock: Clock;
  /** The step's deadline, in epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

/** Source: GitHub's REST documentation, "Pull requests". */
export function createPullRequests(options: PullRequestOptions): PullRequests {
  const { repository } = options;
  const [owner = '', repo = ''] = repository.split('/');
  return {
    stateOf: (number) =>
      ask(options, async (octokit) => {
        const { data } = await octokit.rest.pulls.get({ owner, repo, pull_number: number });
        const state = textField(data, 'state');
        if (state === 'open' || state === 'closed') return state;
        throw new Error("GitHub's response is not a pull request");
      }),
    openFrom: (branch) =>
      ask(options, async (octokit) => {
        const head = `${branch.owner ?? owner}:${branch.name}`;
        const query = { owner, repo, state: 'open', head, per_page: 100 } as const;
        const { data } = await octokit.rest.pulls.list(query);
        return checked<unknown>(data)
          .filter((entry) => mayComeFrom(entry, branch, repository))
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

async function ask<T>(
  options: PullRequestOptions,
  question: (octokit: Octokit) => Promise<T>,
): Promise<Answer<T>> {
  const { token, apiUrl, debug, clock, deadline, signal } = options;
  const permission = 'pull-requests: read';
  if (token === undefined) {
    return { problem: `Input 'github-token' is empty; expected a token with '${permission}'.` };
  }
  const milliseconds = withinDeadline(limitMilliseconds, deadline - clock.now());
  const limit = { clock, milliseconds, signal };
  try {
    const value = await withTimeLimit(
      async (stop) => question(await connect({ token, apiUrl, debug }, stop)),
      limit,
    );
    return { value };
  } catch (error) {
    signal?.throwIfAborted();
    return { problem: explain(error, permission) };
  }
}
