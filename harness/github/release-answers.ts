import { page, problem, type Answer, type Call } from './answer.ts';
import { comparisonView, tagView, type GitBook } from './git.ts';
import { releaseView, type KeptRelease, type ReleaseBook, type ReleaseSeed } from './releases.ts';

/** The data from which answers about releases, tags and commits are built. */
export interface ReleaseHoldings {
  readonly apiUrl: string;
  readonly repository: string;
  readonly git: GitBook;
  readonly releases: ReleaseBook;
  /** Whether the token may write contents: only then GitHub shows drafts. */
  readonly showDrafts: boolean;
}

/** The answer to an allowed request about releases, tags or commits; undefined for any other. */
export function answerAboutReleases(call: Call, holdings: ReleaseHoldings): Answer | undefined {
  const [, area = '', rest = ''] =
    /^\/repos\/[^/]+\/[^/]+\/(releases|git|compare)(?:\/(.+))?$/.exec(call.path) ?? [];
  if (area === 'releases') return answerAboutRelease(call, rest, holdings);
  if (area === 'git') return answerAboutTags(call, decodeURIComponent(rest), holdings);
  return area === 'compare' ? compare(decodeURIComponent(rest), holdings) : undefined;
}

function answerAboutRelease(call: Call, id: string, holdings: ReleaseHoldings): Answer {
  const { apiUrl, repository, releases, showDrafts } = holdings;
  const view = (release: KeptRelease): object => releaseView(apiUrl, repository, release);
  if (id === '') {
    if (call.method === 'POST') return create(call, holdings);
    const shown = releases.all().filter(({ draft }) => showDrafts || !draft);
    return page(call, shown.map(view), apiUrl);
  }
  const found = releases.find(Number(id));
  if (found === undefined || (found.draft && !showDrafts)) return problem(404, 'Not Found');
  if (call.method !== 'PATCH') return { status: 200, body: view(found) };
  const changes = JSON.parse(call.body) as Partial<ReleaseSeed>;
  const changed = releases.change(found, changes);
  if (!changed.draft) tagRelease(changed, holdings);
  return { status: 200, body: view(changed) };
}

function create({ body }: Call, holdings: ReleaseHoldings): Answer {
  const { apiUrl, repository, releases } = holdings;
  const seed = JSON.parse(body) as ReleaseSeed;
  const taken = releases.all().some(({ tag_name, draft }) => tag_name === seed.tag_name && !draft);
  // There can be several drafts for one tag.
  if (taken && seed.draft !== true) {
    const errors = [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }];
    return problem(422, 'Validation Failed', { errors });
  }
  const release = releases.add(seed);
  if (!release.draft) tagRelease(release, holdings);
  return { status: 201, body: releaseView(apiUrl, repository, release) };
}

/** Publishing creates the tag, unless it exists already: then it stays where it is. */
function tagRelease({ tag_name, target_commitish }: KeptRelease, { git }: ReleaseHoldings): void {
  if (git.tag(tag_name) !== undefined) return;
  git.putTag(tag_name, { sha: target_commitish, type: 'commit' });
}

function answerAboutTags(
  { method, body }: Call,
  rest: string,
  { git, apiUrl, repository }: ReleaseHoldings,
): Answer {
  const matching = /^matching-refs\/tags\/(.*)$/.exec(rest)?.[1];
  if (method === 'GET' && matching !== undefined) {
    const found = [...git.tags()].filter(([name]) => name.startsWith(matching));
    const sorted = found.toSorted(([one], [other]) => (one < other ? -1 : 1));
    return { status: 200, body: sorted.map((tag) => tagView(apiUrl, repository, tag)) };
  }
  const sent = JSON.parse(body || '{}') as { ref?: string; sha?: string; force?: boolean };
  const { sha = '', force = false } = sent;
  const name = (method === 'POST' ? sent.ref : rest)?.replace(/^refs\/tags\//, '') ?? '';
  const now = git.tag(name);
  if (method === 'POST' && now !== undefined) return problem(422, 'Reference already exists');
  if (method === 'PATCH' && now === undefined) return problem(422, 'Reference does not exist');
  if (!git.hasCommit(sha)) return problem(422, 'Object does not exist');
  const status = now === undefined ? 'ahead' : git.compare(now.sha, sha)?.status;
  if (!force && status !== 'ahead' && status !== 'identical') {
    return problem(422, 'Update is not a fast forward');
  }
  const tag = { sha, type: 'commit' } as const;
  git.putTag(name, tag);
  const view = tagView(apiUrl, repository, [name, tag]);
  return { status: method === 'POST' ? 201 : 200, body: view };
}

function compare(basehead: string, { git, apiUrl, repository }: ReleaseHoldings): Answer {
  const [base = '', head = ''] = basehead.split('...');
  const found = git.compare(base, head);
  if (found === undefined) return problem(404, 'Not Found');
  return { status: 200, body: comparisonView(apiUrl, repository, { base, head, found }) };
}
