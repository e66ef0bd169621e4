import type { Secret } from '../secrets/secret.ts';
import type { Patience } from '../time/patience.ts';
import { withTimeLimit, withinDeadline } from '../time/time-limit.ts';
import { type Connection, type Octokit, connect, explain, statusOf } from './connection.ts';

const pauseMilliseconds = 1_000;

/** How a step reaches a repository on GitHub. */
export interface Access extends Omit<Connection, 'token'> {
  /** Undefined if there is none; then no request is sent. */
  readonly token: Secret | undefined;
  /** `owner/repo`. */
  readonly repository: string;
  /** The step's; its deadline may move. */
  readonly patience: Pick<Patience, 'clock' | 'deadline' | 'signal'>;
}

/** The limits of a request, or of several that are repeated together. */
export interface Limits {
  /** The permission that it needs, as in a workflow. */
  readonly permission: string;
  /** For one attempt. */
  readonly milliseconds: number;
  readonly attempts: number;
}

/** The client for requests about a repository. */
export interface Api {
  readonly octokit: Octokit;
  readonly at: { readonly owner: string; readonly repo: string };
}

/** GitHub's answer, or sentences that say why there is none. */
export type Answer<T> =
  { readonly value: T } | { readonly problem: string; readonly cause?: unknown };

/**
 * Runs requests to GitHub within their limits, and repeats them after a temporary failure.
 *
 * @throws the signal's reason when aborted, and nothing else.
 */
export async function ask<T>(
  access: Access,
  { permission, milliseconds, attempts }: Limits,
  run: (api: Api) => Promise<T>,
): Promise<Answer<T>> {
  const { token, patience, debug } = access;
  const { clock, signal } = patience;
  if (token === undefined) {
    const problem = `Input 'github-token' is empty. Remove the input, so that the step uses the token of the job, and add '${permission}' to the permissions of the job.`;
    return { problem };
  }
  const [owner = '', repo = ''] = access.repository.split('/');
  for (let attempt = 1; ; attempt += 1) {
    const left = patience.deadline - clock.now();
    const limit = { clock, milliseconds: withinDeadline(milliseconds, left), signal };
    try {
      const value = await withTimeLimit(
        async (stop) =>
          run({ octokit: await connect({ ...access, token }, stop), at: { owner, repo } }),
        limit,
      );
      return { value };
    } catch (error) {
      signal?.throwIfAborted();
      const problem = explain(error, permission);
      const isLate = patience.deadline - clock.now() <= pauseMilliseconds;
      if (attempt === attempts || isRefusal(error) || isLate) return { problem, cause: error };
      debug(`${problem} Trying again.`);
      await clock.sleep(pauseMilliseconds, signal);
    }
  }
}

/** Asked again, GitHub would answer the same. */
function isRefusal(error: unknown): boolean {
  const status = statusOf(error) ?? 0;
  return status >= 400 && status < 500 && status !== 408;
}
