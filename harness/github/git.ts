import { createHash } from 'node:crypto';
import { userView } from './users.ts';

/** A tag of the repository. */
export interface KeptTag {
  /** Commit, or tag object of an annotated tag. */
  readonly sha: string;
  readonly type: 'commit' | 'tag';
}

/** The commits and tags of one repository. */
export interface GitBook {
  /** Adds a commit after its parents. @returns its hash */
  readonly commit: (name: string, parents?: readonly string[]) => string;
  readonly hasCommit: (sha: string) => boolean;
  readonly tag: (name: string) => KeptTag | undefined;
  readonly tags: () => ReadonlyMap<string, KeptTag>;
  readonly putTag: (name: string, tag: KeptTag) => void;
  /** How the second commit is related to the first; undefined if one of them does not exist. */
  readonly compare: (base: string, head: string) => Comparison | undefined;
}

interface Comparison {
  readonly status: 'ahead' | 'behind' | 'diverged' | 'identical';
  readonly ahead: number;
  readonly behind: number;
}

/** Starts without commits and tags. */
export function createGitBook(): GitBook {
  const parentsOf = new Map<string, readonly string[]>();
  const tags = new Map<string, KeptTag>();
  const history = (sha: string): Set<string> => {
    const found = new Set<string>();
    const open = [sha];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!found.has(next)) open.push(...(parentsOf.get(next) ?? []));
      found.add(next);
    }
    return found;
  };
  return {
    commit: (name, parents = []) => {
      const sha = createHash('sha1').update(name).digest('hex');
      parentsOf.set(sha, parents);
      return sha;
    },
    hasCommit: (sha) => parentsOf.has(sha),
    tag: (name) => tags.get(name),
    tags: () => tags,
    putTag: (name, tag) => tags.set(name, tag),
    compare: (base, head) => {
      if (!parentsOf.has(base) || !parentsOf.has(head)) return undefined;
      const [before, after] = [history(base), history(head)];
      const ahead = missing(after, before);
      const behind = missing(before, after);
      if (ahead > 0 && behind > 0) return { status: 'diverged', ahead, behind };
      if (ahead === 0 && behind === 0) return { status: 'identical', ahead, behind };
      return { status: ahead > 0 ? 'ahead' : 'behind', ahead, behind };
    },
  };
}

/** How many of the first are not among the others. */
function missing(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...some].filter((one) => !others.has(one)).length;
}

/** Formats a tag as GitHub's API does. */
export function tagView(
  apiUrl: string,
  repository: string,
  [name, tag]: [string, KeptTag],
): object {
  const url = `${apiUrl}/repos/${repository}/git`;
  return {
    ref: `refs/tags/${name}`,
    node_id: `REF_${name}`,
    url: `${url}/refs/tags/${name}`,
    object: { ...tag, url: `${url}/${tag.type === 'tag' ? 'tags' : 'commits'}/${tag.sha}` },
  };
}

/** Formats a comparison as GitHub's API does; the commits between are not listed. */
export function comparisonView(
  apiUrl: string,
  repository: string,
  compared: { readonly base: string; readonly head: string; readonly found: Comparison },
): object {
  const { base, head, found } = compared;
  const page = `https://github.com/${repository}/compare/${base}...${head}`;
  return {
    url: `${apiUrl}/repos/${repository}/compare/${base}...${head}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: commitView(apiUrl, repository, base),
    merge_base_commit: commitView(apiUrl, repository, base),
    status: found.status,
    ahead_by: found.ahead,
    behind_by: found.behind,
    total_commits: found.ahead,
    commits: [],
    files: [],
  };
}

function commitView(apiUrl: string, repository: string, sha: string): object {
  const url = `${apiUrl}/repos/${repository}/commits/${sha}`;
  const person = { name: 'Octo Cat', email: 'octocat@example.com', date: '2026-08-03T09:00:00Z' };
  return {
    url,
    sha,
    node_id: `C_${sha}`,
    html_url: `https://github.com/${repository}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url,
      author: person,
      committer: person,
      message: 'Change something',
      comment_count: 0,
      tree: { sha, url },
    },
    author: userView(apiUrl, 'octocat'),
    committer: userView(apiUrl, 'octocat'),
    parents: [],
  };
}
