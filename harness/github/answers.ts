import { page, problem, type Answer, type Call } from './answer.ts';
import {
  isActive,
  type createDeploymentBook,
  type createViews,
  type DeploymentSeed,
  type KeptDeployment,
  type StatusSeed,
} from './deployments.ts';
import { type BranchBook, branchView, wholeRepositoryView } from './branches.ts';
import { answerAboutReleases, type ReleaseHoldings } from './release-answers.ts';
import type { PullRequestBook, createPullRequestViews } from './pull-requests.ts';

export type { Answer, Call } from './answer.ts';

/** The permissions of the token. */
export interface Permissions {
  readonly deployments: 'write' | 'read' | 'none';
  readonly pullRequests: 'read' | 'none';
  readonly contents: 'write' | 'read' | 'none';
}

/** The error for a request that is not allowed; undefined if it is allowed. */
export function refuse(
  { method, path, headers }: Call,
  repository: string,
  permissions: Permissions,
): Answer | undefined {
  if (headers['user-agent'] === undefined) {
    return problem(403, 'Request forbidden by administrative rules.');
  }
  if (!/^(token|bearer) \S+$/i.test(headers['authorization'] ?? '')) {
    return problem(401, 'Bad credentials');
  }
  // Every token may read the metadata of its repository.
  if (path === `/repos/${repository}`) return undefined;
  if (!path.startsWith(`/repos/${repository}/`)) return problem(404, 'Not Found');
  const permission = permissions[permissionFor(path.slice(`/repos/${repository}/`.length))];
  const allowed = permission === 'write' || (permission === 'read' && method === 'GET');
  return allowed ? undefined : problem(403, 'Resource not accessible by integration');
}

function permissionFor(path: string): keyof Permissions {
  if (path.startsWith('pulls')) return 'pullRequests';
  return /^(branches|releases|git|compare)\b/.test(path) ? 'contents' : 'deployments';
}

/** The data from which answers are built. */
export interface Holdings {
  readonly apiUrl: string;
  readonly repository: string;
  readonly branches: BranchBook;
  readonly defaultBranch: string;
  readonly book: ReturnType<typeof createDeploymentBook>;
  readonly views: ReturnType<typeof createViews>;
  readonly refs: readonly string[] | undefined;
  /** Absent from a server without tags and releases. */
  readonly released?: ReleaseHoldings;
  readonly pulls: PullRequestBook;
  readonly pullViews: ReturnType<typeof createPullRequestViews>;
}

/** The answer to an allowed request. */
export function answerTo(call: Call, holdings: Holdings): Answer {
  const { method, path } = call;
  const { apiUrl, repository, branches, defaultBranch } = holdings;
  if (path === `/repos/${repository}`) {
    return { status: 200, body: wholeRepositoryView(apiUrl, repository, defaultBranch) };
  }
  if (path.endsWith('/branches')) {
    const views = branches.all().map((name) => branchView(apiUrl, repository, name));
    return page(call, views, apiUrl);
  }
  const released = holdings.released && answerAboutReleases(call, holdings.released);
  if (released !== undefined) return released;
  const pulls = /^\/repos\/[^/]+\/[^/]+\/pulls(?:\/(\d+))?$/.exec(path);
  if (pulls !== null) return answerAboutPulls(call, pulls[1], holdings);
  const [, number, statuses] =
    /^\/repos\/[^/]+\/[^/]+\/deployments(?:\/(\d+)(\/statuses)?)?$/.exec(path) ?? [];
  if (number === undefined) {
    if (!path.endsWith('/deployments')) return problem(404, 'Not Found');
    return method === 'POST' ? createDeployment(call, holdings) : list(call, holdings);
  }
  const kept = holdings.book.find(Number(number));
  if (kept === undefined) return problem(404, 'Not Found');
  if (statuses === undefined && method === 'DELETE') return remove(kept, holdings);
  if (statuses === undefined) return { status: 200, body: holdings.views.deployment(kept) };
  if (method === 'POST') return createStatus(call, kept, holdings);
  const views = kept.statuses.map((status) => holdings.views.status(kept, status));
  return page(call, views, apiUrl);
}

function answerAboutPulls(
  call: Call,
  number: string | undefined,
  { pulls, pullViews, apiUrl }: Holdings,
): Answer {
  if (number === undefined) {
    return page(call, pulls.list(call.query).map(pullViews.listed), apiUrl);
  }
  const found = pulls.find(Number(number));
  if (found === undefined) return problem(404, 'Not Found');
  return { status: 200, body: pullViews.single(found) };
}

function list(call: Call, { book, views, apiUrl }: Holdings): Answer {
  const { query } = call;
  const matching = book
    .all()
    .filter(({ task, environment, ref }) =>
      Object.entries({ task, environment, ref }).every(
        ([name, value]) => query[name] === undefined || query[name] === value,
      ),
    );
  return page(call, matching.map(views.deployment), apiUrl);
}

function createDeployment({ body }: Call, { book, views, refs }: Holdings): Answer {
  const seed = JSON.parse(body) as DeploymentSeed;
  if (seed.ref !== undefined && refs?.includes(seed.ref) === false) {
    return problem(422, `No ref found for: ${seed.ref}`);
  }
  return { status: 201, body: views.deployment(book.add(seed, 'github-actions[bot]')) };
}

function createStatus({ body }: Call, kept: KeptDeployment, { book, views }: Holdings): Answer {
  const status = book.addStatus(kept.id, JSON.parse(body) as StatusSeed);
  return { status: 201, body: views.status(kept, status) };
}

function remove(kept: KeptDeployment, { book }: Holdings): Answer {
  if (isActive(kept) && book.all().length > 1) {
    const reason = 'We cannot delete an active deployment unless it is the only deployment';
    return problem(422, 'Validation Failed', { errors: [`${reason} in a given environment.`] });
  }
  book.remove(kept.id);
  return { status: 204, body: undefined };
}
