import type { Secret } from '../secrets/secret.ts';
import type { Clock } from '../time/clock.ts';
import { ActionError, asError } from '../errors.ts';
import { withTimeLimit, withinDeadline } from '../time/time-limit.ts';
import { type Branch, headBranch } from './branch.ts';
import {
  type Connection,
  type Octokit,
  checked,
  connect,
  explain,
  statusOf,
} from './connection.ts';
import { field, textField } from './payload.ts';

/** GitHub's longest page. */
const pageSize = 100;
/** A list of more pages is not read. */
const mostPages = 1_000;
/** A list of several pages can change while it is read: it is read until two reads agree. */
const mostReads = 5;
/** Time limit for one request, and how often it is sent. */
const limitMilliseconds = 10_000;
const mostAttempts = 3;
const pauseMilliseconds = 1_000;

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

interface LiveBranchOptions extends Omit<Connection, 'token'> {
  /** Undefined if there is none; then no request is sent. */
  readonly token: Secret | undefined;
  /** `owner/repo`. */
  readonly repository: string;
  readonly clock: Clock;
  /** The step's deadline, in epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
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
  options: LiveBranchOptions,
  known: readonly string[],
): Promise<LiveBranches> {
  const { repository } = options;
  const [owner = '', repo = ''] = repository.split('/');
  const at = { owner, repo, per_page: pageSize };
  const pulls = {
    what: `the open pull requests of ${repository}`,
    permission: 'pull-requests: read',
  };
  const pullRequests = await readList(options, pulls, {
    page: (octokit, page) =>
      // From the oldest: a pull request that is opened meanwhile comes last and moves no other.
      octokit.rest.pulls.list({ ...at, state: 'open', sort: 'created', direction: 'asc', page }),
    entry: (entry) => readPullRequest(entry, repository),
  });
  const list = { what: `the branches of ${repository}`, permission: 'contents: read' };
  const branches = await readList(options, list, {
    page: (octokit, page) => octokit.rest.repos.listBranches({ ...at, page }),
    entry: readBranch,
  });
  return { pullRequests, branches, defaultBranches: await readDefaultBranches(options, known) };
}

/**
 * The event's default branch can be old: of a run that is started again, or before another branch
 * became the default. So GitHub's answer counts too, but it is needed only if the event says none.
 */
async function readDefaultBranches(
  options: LiveBranchOptions,
  known: readonly string[],
): Promise<readonly string[]> {
  try {
    return [...new Set([...known, await readDefaultBranch(options)])];
  } catch (error) {
    options.signal?.throwIfAborted();
    if (known.length === 0) throw error;
    options.debug(asError(error).message);
    return known;
  }
}

function readDefaultBranch(options: LiveBranchOptions): Promise<string> {
  const { repository } = options;
  const [owner = '', repo = ''] = repository.split('/');
  const question = {
    what: `the default branch of ${repository}`,
    permission: 'contents: read',
  };
  return ask(options, question, async (octokit) => {
    const { data } = await octokit.rest.repos.get({ owner, repo });
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
  readonly page: (octokit: Octokit, page: number) => Promise<Page>;
  /** @throws Error if the entry cannot be read. */
  readonly entry: (entry: unknown) => T;
}

/** Reads a list completely: one that fits on a page, or one that two reads agree on. */
async function readList<T>(
  options: LiveBranchOptions,
  question: Question,
  reader: ListReader<T>,
): Promise<readonly T[]> {
  let before = await readPages(options, question, reader);
  for (let reads = 1; before.pages > 1; reads += 1) {
    if (reads === mostReads) throw incomplete(question, `it changed during each of ${reads} reads`);
    const now = await readPages(options, question, reader);
    if (JSON.stringify(now) === JSON.stringify(before)) break;
    before = now;
  }
  return before.entries;
}

async function readPages<T>(
  options: LiveBranchOptions,
  question: Question,
  { page: readPage, entry: readEntry }: ListReader<T>,
): Promise<{ readonly entries: readonly T[]; readonly pages: number }> {
  const entries: T[] = [];
  let last = 1;
  for (let page = 1; page <= mostPages; page += 1) {
    const { read, link } = await ask(options, question, async (octokit) => {
      const { data, headers } = await readPage(octokit, page);
      return { read: checked(data).map(readEntry), link: headers.link };
    });
    if (read.length > 0 && entries.length < (page - 1) * pageSize) {
      throw incomplete(question, `page ${page} has entries, although an earlier one was not full`);
    }
    entries.push(...read);
    const promised = lastPageIn(link);
    if (promised > page && read.length < pageSize) {
      throw incomplete(question, `page ${page} has only ${read.length} of ${pageSize} entries`);
    }
    last = Math.max(last, promised);
    // A full page is perhaps not the last one, even if the header promises no other.
    if (read.length < pageSize && page >= last) return { entries, pages: page };
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

/** Sends one request, and repeats it after a temporary failure. */
async function ask<T>(
  options: LiveBranchOptions,
  { what, permission }: Question,
  question: (octokit: Octokit) => Promise<T>,
): Promise<T> {
  const { token, clock, deadline, signal, debug } = options;
  if (token === undefined) {
    throw new ActionError(
      `Could not read ${what}: input 'github-token' is empty; expected a token with '${permission}'.`,
    );
  }
  for (let attempt = 1; ; attempt += 1) {
    const milliseconds = withinDeadline(limitMilliseconds, deadline - clock.now());
    try {
      return await withTimeLimit(
        async (stop) => question(await connect({ ...options, token }, stop)),
        {
          clock,
          milliseconds,
          signal,
        },
      );
    } catch (error) {
      signal?.throwIfAborted();
      const text = `Could not read ${what}: ${explain(error, permission)}`;
      const late = deadline - clock.now() <= pauseMilliseconds;
      if (attempt === mostAttempts || isRefusal(error) || late) {
        throw new ActionError(text, { cause: error });
      }
      debug(`${text} Trying again.`);
      await clock.sleep(pauseMilliseconds, signal);
    }
  }
}

/** Asked again, GitHub would answer the same. */
function isRefusal(error: unknown): boolean {
  const status = statusOf(error) ?? 0;
  return status >= 400 && status < 500 && status !== 408;
}
