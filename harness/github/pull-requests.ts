import { createHash } from 'node:crypto';
import { userView } from './users.ts';

/** A pull request to add directly. */
export interface PullRequestSeed {
  readonly number: number;
  /** Head branch. */
  readonly branch: string;
  /** `owner/name` of the head. Default: the repository itself; null for a deleted fork. */
  readonly from?: string | null;
  /** Owner of a deleted fork; null for a deleted account. */
  readonly owner?: string | null;
  /** Default: `open`. */
  readonly state?: 'open' | 'closed';
}

/** The pull requests of one repository. */
export interface PullRequestBook {
  readonly put: (seed: PullRequestSeed) => void;
  readonly find: (number: number) => PullRequestSeed | undefined;
  /**
   * Filters as GitHub does: by creation, newest first unless `direction` is `asc`; open by default, a
   * head without an owner is ignored.
   */
  readonly list: (query: Readonly<Record<string, string>>) => readonly PullRequestSeed[];
}

/** Starts without pull requests. */
export function createPullRequestBook(repository: string): PullRequestBook {
  const kept = new Map<number, PullRequestSeed>();
  return {
    put: (seed) => {
      kept.set(seed.number, seed);
    },
    find: (number) => kept.get(number),
    list: ({ state = 'open', head = '', direction = 'desc' }) =>
      [...kept.values()]
        .toSorted((one, other) => (other.number - one.number) * (direction === 'asc' ? -1 : 1))
        .filter((seed) => state === 'all' || (seed.state ?? 'open') === state)
        .filter((seed) => {
          const [owner = '', ...branch] = head.split(':');
          if (branch.length === 0) return true;
          const ofOwner = ownerOf(seed, repository)?.toLowerCase() === owner.toLowerCase();
          return ofOwner && seed.branch === branch.join(':');
        }),
  };
}

function ownerOf(seed: PullRequestSeed, repository: string): string | null | undefined {
  return seed.from === null ? seed.owner : (seed.from ?? repository).split('/')[0];
}

/**
 * Formats a pull request as GitHub's API does: for a list, and with more fields for a single one.
 */
export function createPullRequestViews(
  apiUrl: string,
  repository: string,
): {
  readonly listed: (seed: PullRequestSeed) => object;
  readonly single: (seed: PullRequestSeed) => object;
} {
  const listed = (seed: PullRequestSeed): object => {
    const { number, branch, from = repository, state = 'open' } = seed;
    const url = `${apiUrl}/repos/${repository}/pulls/${number}`;
    const issueUrl = `${apiUrl}/repos/${repository}/issues/${number}`;
    const htmlUrl = `https://github.com/${repository}/pull/${number}`;
    const sha = createHash('sha1').update(branch).digest('hex');
    const owner = ownerOf(seed, repository);
    const user = owner === undefined || owner === null ? null : userView(apiUrl, owner);
    return {
      url,
      id: 1_900_000 + number,
      node_id: `PR_${number}`,
      html_url: htmlUrl,
      diff_url: `${htmlUrl}.diff`,
      patch_url: `${htmlUrl}.patch`,
      issue_url: issueUrl,
      commits_url: `${url}/commits`,
      review_comments_url: `${url}/comments`,
      review_comment_url: `${apiUrl}/repos/${repository}/pulls/comments{/number}`,
      comments_url: `${issueUrl}/comments`,
      statuses_url: `${apiUrl}/repos/${repository}/statuses/${sha}`,
      number,
      state,
      locked: false,
      title: 'Cart keeps its items',
      user: userView(apiUrl, owner ?? 'ghost'),
      body: null,
      labels: [],
      milestone: null,
      created_at: time,
      updated_at: time,
      closed_at: state === 'closed' ? time : null,
      merged_at: null,
      merge_commit_sha: null,
      assignee: null,
      draft: false,
      head: {
        label: user === null ? null : `${owner ?? ''}:${branch}`,
        ref: branch,
        sha,
        user,
        repo: from === null ? null : repositoryView(apiUrl, from),
      },
      base: {
        label: `${repository.split('/')[0] ?? ''}:main`,
        ref: 'main',
        sha,
        user: userView(apiUrl, repository.split('/')[0] ?? ''),
        repo: repositoryView(apiUrl, repository),
      },
      _links: Object.fromEntries(
        [
          'comments',
          'commits',
          'statuses',
          'html',
          'issue',
          'review_comments',
          'review_comment',
          'self',
        ].map((name) => [name, { href: url }]),
      ),
      author_association: 'CONTRIBUTOR',
      auto_merge: null,
    };
  };
  return { listed, single: (seed) => ({ ...listed(seed), ...counters }) };
}

const time = '2026-08-03T09:00:00Z';

/** Fields that GitHub shows only for a single pull request. */
const counters = {
  additions: 1,
  changed_files: 1,
  comments: 0,
  commits: 1,
  deletions: 0,
  mergeable: null,
  mergeable_state: 'unknown',
  merged: false,
  maintainer_can_modify: false,
  merged_by: null,
  review_comments: 0,
};

const parts = [
  'archive',
  'assignees',
  'blobs',
  'branches',
  'collaborators',
  'comments',
  'commits',
  'compare',
  'contents',
  'contributors',
  'deployments',
  'downloads',
  'events',
  'forks',
  'git_commits',
  'git_refs',
  'git_tags',
  'hooks',
  'issue_comment',
  'issue_events',
  'issues',
  'keys',
  'labels',
  'languages',
  'merges',
  'milestones',
  'notifications',
  'pulls',
  'releases',
  'stargazers',
  'statuses',
  'subscribers',
  'subscription',
  'tags',
  'teams',
  'trees',
];

/** Formats a repository as GitHub's API does, in a pull request. */
export function repositoryView(apiUrl: string, fullName: string): object {
  const [owner = '', name = ''] = fullName.split('/');
  const url = `${apiUrl}/repos/${fullName}`;
  const page = `https://github.com/${fullName}`;
  return {
    id: createHash('sha1').update(fullName).digest().readUInt32BE(0),
    node_id: `R_${name}`,
    name,
    full_name: fullName,
    private: false,
    owner: userView(apiUrl, owner),
    html_url: page,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(parts.map((part) => [`${part}_url`, `${url}/${part}`])),
    clone_url: `${page}.git`,
    git_url: `git:github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    default_branch: 'main',
    open_issues: 0,
    open_issues_count: 0,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    archived: false,
    disabled: false,
    license: null,
    pushed_at: time,
    created_at: time,
    updated_at: time,
  };
}
