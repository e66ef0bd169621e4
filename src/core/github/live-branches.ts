import { ActionError, asError } from '../errors.ts';
import { type Access, type Api, ask } from './ask.ts';
import { type Branch, headBranch } from './branch.ts';
import { checked } from './connection.ts';
import { field, textField } from './payload.ts';

/** GitHub's longest page. */
const pageSize = 100;
/** A list of more pages is not read. */
const mostPages = 1_000;
/** A list of several pages can change while it is read: it is read until two reads agree. */
const mostReads = 5;
const limits = { milliseconds: 10_000, attempts: 3 } as const;

/** An open pull request. */
export interface OpenPullRequest {
  readonly number: number;
  readonly branch: Branch;
}

/** The branches of a repository that are in use, at one moment. */
export interface LiveBranches {
  /** All that are open, also those from forks. */
  readonly pullRequests: readonly OpenPullRequest[];
  /** The names of all branches of the repository. */
  readonly branches: readonly string[];
  readonly defaultBranches: readonly string[];
}

/** What is asked, and the permission that it needs. */
interface Question {
  /** To follow "Could not read", as in `the open pull requests of octo/shop`. */
  readonly what: string;
  readonly permission: string;
}

/** One page of a list. */
interface Page {
  readonly data: readonly unknown[];
  readonly headers: { readonly link?: string | undefined };
}

/**
 * Reads all pages of the open pull requests and of the branches. Source: GitHub's REST documentation,
 * "Pull requests", "Branches" and "Using pagination".
 *
 * @param known the names of the default branch according to the event; GitHub's answer is added.
 * @throws ActionError if one of the answers is missing or incomplete.
 */
export async function readLiveBranches(
  access: Access,
  known: readonly string[],
): Promise<LiveBranches> {
  const { repository } = access;
  const pulls = {
    what: `the open pull requests of ${repository}`,
    permission: 'pull-requests: read',
  };
  const pullRequests = await readList(access, pulls, {
    page: ({ octokit, at }, page) =>
      // From the oldest: a pull request that is opened meanwhile comes last and moves no other.
      octokit.rest.pulls.list({
        ...at,
        state: 'open',
        sort: 'created',
        direction: 'asc',
        per_page: pageSize,
        page,
      }),
    entry: (entry) => readPullRequest(entry, repository),
  });
  const list = { what: `the branches of ${repository}`, permission: 'contents: read' };
  const branches = await readList(access, list, {
    page: ({ octokit, at }, page) =>
      octokit.rest.repos.listBranches({ ...at, per_page: pageSize, page }),
    entry: readBranch,
  });
  return { pullRequests, branches, defaultBranches: await readDefaultBranches(access, known) };
}

/**
 * The event's default branch can be old: of a run that is started again, or before another branch
 * became the default. So GitHub's answer counts too, but it is needed only if the event says none.
 */
async function readDefaultBranches(
  access: Access,
  known: readonly string[],
): Promise<readonly string[]> {
  try {
    return [...new Set([...known, await readDefaultBranch(access)])];
  } catch (error) {
    access.patience.signal?.throwIfAborted();
    if (known.length === 0) throw error;
    access.debug(asError(error).message);
    return known;
  }
}

function readDefaultBranch(access: Access): Promise<string> {
  const question = {
    what: `the default branch of ${access.repository}`,
    permission: 'contents: read',
  };
  return read(access, question, async ({ octokit, at }) => {
    const { data } = await octokit.rest.repos.get(at);
    const name = textField(data, 'default_branch');
    if (name === undefined) throw new Error("GitHub's response does not say it");
    return name;
  });
}

function readPullRequest(entry: unknown, repository: string): OpenPullRequest {
  const number = Number(field(entry, 'number'));
  const branch = headBranch(entry, repository);
  if (branch !== undefined) return { number, branch };
  const name = textField(field(entry, 'head'), 'ref');
  throw new Error(
    name === undefined
      ? 'GitHub lists a pull request without its branch'
      : `GitHub does not say whose fork the branch '${name}' of pull request #${number} is in`,
  );
}

function readBranch(entry: unknown): string {
  const name = textField(entry, 'name');
  if (name === undefined) throw new Error('GitHub lists a branch without its name');
  return name;
}

interface ListReader<T> {
  readonly page: (api: Api, page: number) => Promise<Page>;
  /** @throws Error if the entry cannot be read. */
  readonly entry: (entry: unknown) => T;
}

/** Reads a list completely: one that fits on a page, or one that two reads agree on. */
async function readList<T>(
  access: Access,
  question: Question,
  reader: ListReader<T>,
): Promise<readonly T[]> {
  let before = await readPages(access, question, reader);
  for (let reads = 1; before.pages > 1; reads += 1) {
    if (reads === mostReads) throw incomplete(question, `it changed during each of ${reads} reads`);
    const now = await readPages(access, question, reader);
    if (JSON.stringify(now) === JSON.stringify(before)) break;
    before = now;
  }
  return before.entries;
}

async function readPages<T>(
  access: Access,
  question: Question,
  { page: readPage, entry: readEntry }: ListReader<T>,
): Promise<{ readonly entries: readonly T[]; readonly pages: number }> {
  const entries: T[] = [];
  let last = 1;
  for (let page = 1; page <= mostPages; page += 1) {
    const { found, link } = await read(access, question, async (api) => {
      const { data, headers } = await readPage(api, page);
      return { found: checked(data).map(readEntry), link: headers.link };
    });
    if (found.length > 0 && entries.length < (page - 1) * pageSize) {
      throw incomplete(question, `page ${page} has entries, although an earlier one was not full`);
    }
    entries.push(...found);
    const promised = lastPageIn(link);
    if (promised > page && found.length < pageSize) {
      throw incomplete(question, `page ${page} has only ${found.length} of ${pageSize} entries`);
    }
    last = Math.max(last, promised);
    // A full page is perhaps not the last one, even if the header promises no other.
    if (found.length < pageSize && page >= last) return { entries, pages: page };
  }
  throw incomplete(question, `it has more than ${mostPages} pages`);
}

/** The highest page that a `Link` header promises; 0 for none. */
function lastPageIn(link: string | undefined): number {
  const pages = (link ?? '').matchAll(/<[^>]*[?&]page=(\d{1,6})\b[^>]*>;\s*rel="(?:next|last)"/g);
  return Math.max(0, ...[...pages].map(([, page]) => Number(page)));
}

function incomplete({ what }: Question, why: string): ActionError {
  return new ActionError(`Could not read ${what}: GitHub's list is incomplete: ${why}.`);
}

/** @throws {@link ActionError} if GitHub does not answer. */
async function read<T>(
  access: Access,
  { what, permission }: Question,
  run: (api: Api) => Promise<T>,
): Promise<T> {
  const answer = await ask(access, { permission, ...limits }, run);
  if ('value' in answer) return answer.value;
  throw new ActionError(`Could not read ${what}: ${answer.problem}`, { cause: answer.cause });
}
