import { defaults } from '@actions/github/lib/utils';
import { type Answer, type Call, answerTo, refuse } from '../../../harness/github/answers.ts';
import { createBranchBook } from '../../../harness/github/branches.ts';
import {
  type KeptDeployment,
  createDeploymentBook,
  createViews,
} from '../../../harness/github/deployments.ts';
import {
  createPullRequestBook,
  createPullRequestViews,
} from '../../../harness/github/pull-requests.ts';
import type { SimulatorClock } from '../../../simulator/core/clock.ts';

/** The shortest and the longest way of a request to GitHub, in milliseconds; the answer takes as long. */
const ways = [50, 250] as const;
const apiUrl = 'https://api.github.com';
const repository = 'octo/shop';
const permissions = { deployments: 'write', pullRequests: 'read', contents: 'read' } as const;

/** GitHub with one repository, which answers all requests of this process without a network. */
export interface GitHubInMemory {
  readonly requests: () => number;
  /** Newest first. */
  readonly deployments: () => readonly KeptDeployment[];
  /** Gives GitHub's client its network back. */
  readonly restore: () => void;
}

/** @param answerInstead returns an answer for a request that then has no effect. */
export function gitHubInMemory(
  clock: SimulatorClock,
  random: () => number,
  answerInstead: (call: Call) => Answer | undefined = () => undefined,
): GitHubInMemory {
  let requests = 0;
  const book = createDeploymentBook();
  const holdings = {
    book,
    views: createViews(apiUrl, repository),
    refs: undefined,
    pulls: createPullRequestBook(repository),
    pullViews: createPullRequestViews(apiUrl, repository),
    apiUrl,
    repository,
    branches: createBranchBook('main'),
    defaultBranch: 'main',
  };
  const way = (): Promise<void> =>
    clock.sleep(Math.round(ways[0] + (ways[1] - ways[0]) * random()));
  const fetch = async (address: string, options: RequestInit): Promise<Response> => {
    const { pathname: path, searchParams } = new URL(address);
    const call = {
      method: options.method ?? 'GET',
      path,
      query: Object.fromEntries(searchParams),
      headers: options.headers as Record<string, string>,
      body: typeof options.body === 'string' ? options.body : '',
    };
    requests += 1;
    await way();
    const answer =
      answerInstead(call) ?? refuse(call, repository, permissions) ?? answerTo(call, holdings);
    await way();
    const { status, headers, body } = answer;
    const type = { 'content-type': 'application/json; charset=utf-8' };
    const text = body === undefined ? null : JSON.stringify(body);
    return new Response(text, { status, headers: { ...type, ...headers } });
  };
  const settings = defaults.request ?? {};
  const before = settings.fetch as unknown;
  settings.fetch = fetch;
  return {
    requests: () => requests,
    deployments: () => [...book.all()],
    restore: () => {
      settings.fetch = before;
    },
  };
}
