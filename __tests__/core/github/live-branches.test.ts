import { describe, expect, it } from 'vitest';
import {
  type GitHubServer,
  type GitHubServerOptions,
  type OrderedAnswer,
  startGitHub,
} from '../../../harness/github/server.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { ActionError, CancelledError } from '../../../src/core/errors.ts';
import { readLiveBranches } from '../../../src/core/github/live-branches.ts';
import type { Secret } from '../../../src/core/secrets/secret.ts';
import { secretOf } from '../secrets/secret-of.ts';

const token = 'ghs_0123456789abcdef';
const pulls = /\/pulls$/;
const branches = /\/branches$/;

interface Given {
  readonly known?: readonly string[];
  readonly token?: Secret | undefined;
  readonly signal?: AbortSignal;
}

/** Asks while the clock runs, so that pauses between two attempts end. */
async function ask({ url }: GitHubServer, { known = ['main'], ...given }: Given = {}) {
  const clock = drivenClock();
  const running = setInterval(() => {
    if (clock.waiting > 0) clock.advance(1_000);
  }, 5);
  const options = {
    token: secretOf(token),
    repository: 'octo/shop',
    apiUrl: url,
    userAgent: 'test',
    patience: {
      clock: { now: () => clock.now(), sleep: pausesOnly(clock) },
      deadline: clock.now() + 1_200_000,
      signal: given.signal,
    },
    debug: () => undefined,
    ...given,
  };
  try {
    return await readLiveBranches(options, known);
  } finally {
    clearInterval(running);
  }
}

/** Limits of requests never end: real requests take real time. */
function pausesOnly(clock: ReturnType<typeof drivenClock>) {
  return (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    milliseconds > 1_000
      ? new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new Error('stopped'));
          });
        })
      : clock.sleep(milliseconds, signal);
}

async function failureOf(server: GitHubServer, given: Given = {}): Promise<string> {
  try {
    await ask(server, given);
  } catch (error) {
    if (error instanceof ActionError) return error.message;
    throw error;
  }
  throw new Error('no failure');
}

async function withPulls(count: number, options: GitHubServerOptions = {}): Promise<GitHubServer> {
  const server = await startGitHub(options);
  for (let number = 1; number <= count; number += 1) {
    server.putPullRequest({ number, branch: `topic-${number}` });
  }
  return server;
}

/** The first page as the server gives it. */
async function fetchPulls({ url }: GitHubServer): Promise<{ readonly body: readonly object[] }> {
  const query = 'state=open&sort=created&direction=asc&per_page=100';
  const headers = { authorization: `token ${token}`, 'user-agent': 'test' };
  const response = await fetch(`${url}/repos/octo/shop/pulls?${query}`, { headers });
  return { body: (await response.json()) as readonly object[] };
}

const pathsOf = ({ exchanges }: GitHubServer): readonly string[] =>
  exchanges.map(
    ({ path, query }) => `${path.replace('/repos/octo/shop', '')} ${query['page'] ?? ''}`,
  );

describe('the branches that are in use', () => {
  it('are those of open pull requests, forks included, and all branches of the repository', async () => {
    await using server = await startGitHub();
    server.putPullRequest({ number: 1, branch: 'topic' });
    server.putPullRequest({ number: 2, branch: 'done', state: 'closed' });
    server.putPullRequest({ number: 3, branch: 'topic', from: 'mona/shop' });
    server.putPullRequest({ number: 4, branch: 'topic', from: 'octo/shop-copy' });
    server.putPullRequest({ number: 5, branch: 'gone', from: null, owner: 'mona' });
    server.putBranch('topic');
    server.putBranch('ünï 🐘/a&b=c');
    expect(await ask(server)).toEqual({
      pullRequests: [
        { number: 1, branch: { name: 'topic', owner: undefined } },
        { number: 3, branch: { name: 'topic', owner: 'mona' } },
        { number: 4, branch: { name: 'topic', owner: 'octo' } },
        { number: 5, branch: { name: 'gone', owner: 'mona' } },
      ],
      branches: ['main', 'topic', 'ünï 🐘/a&b=c'],
      defaultBranches: ['main'],
    });
    expect(pathsOf(server)).toEqual(['/pulls 1', '/branches 1', ' ']);
  });

  it.each<[known: readonly string[], all: readonly string[]]>([
    [[], ['trunk']],
    [['trunk'], ['trunk']],
    [['main'], ['main', 'trunk']],
  ])(
    'include the default branch as the event (%j) and GitHub say it',
    async (known, defaultBranches) => {
      await using server = await startGitHub({ defaultBranch: 'trunk' });
      expect(await ask(server, { known })).toMatchObject({ defaultBranches });
    },
  );

  it('include the default branch of the event if GitHub does not say it', async () => {
    await using server = await startGitHub({ defaultBranch: 'trunk' });
    server.order({ path: /shop$/, answer: { status: 404, body: { message: 'No' } }, times: 9 });
    expect(await ask(server)).toMatchObject({ defaultBranches: ['main'] });
  });

  it('are also available on GitHub Enterprise', async () => {
    await using server = await startGitHub({ basePath: '/api/v3' });
    server.putPullRequest({ number: 1, branch: 'topic' });
    expect((await ask(server)).pullRequests).toHaveLength(1);
  });
});

describe('a list of several pages', () => {
  it('is read completely, until two reads agree', async () => {
    await using server = await withPulls(300);
    const { pullRequests } = await ask(server);
    expect(pullRequests.map(({ number }) => number)).toEqual(
      Array.from({ length: 300 }, (_, index) => index + 1),
    );
    // Page 3 is full, so only page 4 shows that it was the last one.
    const once = ['/pulls 1', '/pulls 2', '/pulls 3', '/pulls 4'];
    expect(pathsOf(server)).toEqual([...once, ...once, '/branches 1', ' ']);
  });

  it('is one page if it has 100 entries', async () => {
    await using server = await withPulls(100);
    expect((await ask(server)).pullRequests).toHaveLength(100);
  });

  it('of branches is read completely too', async () => {
    await using server = await startGitHub();
    for (let number = 1; number <= 250; number += 1) server.putBranch(`b-${number}`);
    expect((await ask(server)).branches).toHaveLength(251);
  });

  it('misses nothing if a pull request closes between two pages', async () => {
    let closed = 0;
    await using server = await withPulls(250, {
      onRequest: ({ path, query }) => {
        // Without number 1, number 101 is on page 1, which was read before.
        if (!path.endsWith('/pulls') || query['page'] !== '2' || closed > 0) return;
        closed = 1;
        server.putPullRequest({ number: 1, branch: 'topic-1', state: 'closed' });
      },
    });
    const { pullRequests } = await ask(server);
    expect(pullRequests.map(({ number }) => number)).toEqual(
      Array.from({ length: 249 }, (_, index) => index + 2),
    );
  });

  it('that changes during every read is not complete', async () => {
    let closed = 0;
    await using server = await withPulls(250, {
      onRequest: ({ path, query }) => {
        if (!path.endsWith('/pulls') || query['page'] !== '2') return;
        closed += 1;
        server.putPullRequest({ number: closed, branch: `topic-${closed}`, state: 'closed' });
      },
    });
    expect(await failureOf(server)).toBe(
      "Could not read the open pull requests of octo/shop: GitHub's list is incomplete: it changed during each of 5 reads.",
    );
  });

  it('is read to its end without the headers that lead there', async () => {
    await using server = await startGitHub();
    const entries = (from: number, count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({
        number: from + index,
        head: { ref: `b-${from + index}`, repo: { full_name: 'octo/shop' } },
      }));
    for (let read = 0; read < 2; read += 1) {
      server.order({ path: pulls, page: 1, answer: { status: 200, body: entries(1, 100) } });
      server.order({ path: pulls, page: 2, answer: { status: 200, body: entries(101, 7) } });
    }
    expect((await ask(server)).pullRequests).toHaveLength(107);
  });

  it.each([
    '<https://api.github.com/repositories/1/pulls?per_page=100&page=1>; rel="first"',
    '<https://api.github.com/repositories/1/pulls?per_page=100&page=1>; rel="last"',
    '<https://api.github.com/repositories/1/pulls?per_page=100&after=abc>; rel="next"',
    'nonsense',
  ])('is read to its end, although a header leads nowhere: %s', async (link) => {
    await using server = await withPulls(130);
    const { body } = await fetchPulls(server);
    const answer = { status: 200, headers: { link }, body };
    server.order({ path: pulls, page: 1, times: 2, answer });
    expect((await ask(server)).pullRequests).toHaveLength(130);
  });

  it('with a short page before another one is not complete', async () => {
    await using server = await withPulls(250);
    const { body } = await fetchPulls(server);
    const link = '<https://api.github.com/repositories/1/pulls?page=1>; rel="first"';
    const answer = { status: 200, headers: { link }, body: body.slice(50) };
    server.order({ path: pulls, page: 2, times: 9, answer });
    expect(await failureOf(server)).toBe(
      "Could not read the open pull requests of octo/shop: GitHub's list is incomplete: page 3 has entries, although an earlier one was not full.",
    );
  });

  it('with a page that has too few entries is not complete', async () => {
    await using server = await withPulls(250);
    const link =
      '<https://api.github.com/repositories/1/pulls?state=open&per_page=100&page=2>; rel="next", <https://api.github.com/repositories/1/pulls?state=open&per_page=100&page=3>; rel="last"';
    server.order({
      path: pulls,
      times: 9,
      answer: { status: 200, headers: { link }, body: [] },
    });
    expect(await failureOf(server)).toBe(
      "Could not read the open pull requests of octo/shop: GitHub's list is incomplete: page 1 has only 0 of 100 entries.",
    );
  });
});

describe('an answer that cannot be used', () => {
  const documentation_url = 'https://docs.github.com/rest';
  const says = (message: string): object => ({ message, documentation_url });

  it.each<[what: string, path: RegExp, answer: OrderedAnswer['answer'], text: RegExp]>([
    [
      'of pull requests, for want of a permission',
      pulls,
      { status: 403, body: says('Resource not accessible by integration') },
      /^Could not read the open pull requests of octo\/shop: GitHub answered 403 \(Resource not accessible by integration.*\)\. Add 'permissions: pull-requests: read' to the job/,
    ],
    [
      'of branches, for want of a permission',
      branches,
      { status: 403, body: says('Resource not accessible by integration') },
      /^Could not read the branches of octo\/shop: GitHub answered 403 .* Add 'permissions: contents: read' to the job/,
    ],
    ['404', pulls, { status: 404, body: says('Not Found') }, /GitHub answered 404 \(/],
    ['500', branches, { status: 500, body: says('Server Error') }, /GitHub answered 500 \(/],
    ['an object', pulls, { status: 200, body: { items: [] } }, /GitHub's response is not a list\./],
    ['null', branches, { status: 200, body: 'null' }, /GitHub's response is not a list\./],
    ['a page of a proxy', pulls, { status: 200, body: '<html>' }, /is not a list\./],
    ['nothing', branches, { status: 200, body: '' }, /is not a list\./],
    [
      'a pull request without a head',
      pulls,
      { status: 200, body: [{ number: 7 }] },
      /GitHub lists a pull request without its branch\.$/,
    ],
    [
      'a pull request of nobody',
      pulls,
      { status: 200, body: [{ number: 7, head: { ref: 'topic', repo: null, user: null } }] },
      /GitHub does not say whose fork the branch 'topic' of pull request #7 is in\.$/,
    ],
    [
      'a branch without a name',
      branches,
      { status: 200, body: [{ name: null }] },
      /GitHub lists a branch without its name\.$/,
    ],
    [
      'a reset',
      pulls,
      'reset',
      /^Could not read the open pull requests of octo\/shop: GitHub could not be reached \(ECONNRESET\)\. Check/,
    ],
  ])('is a failure: %s', async (_what, path, answer, text) => {
    await using server = await startGitHub();
    server.order({ path, answer, times: 9 });
    const message = await failureOf(server);
    expect(message).toMatch(text);
    expect(message).not.toContain(token);
  });

  it('of the default branch is a failure too', async () => {
    await using server = await startGitHub();
    server.order({ path: /shop$/, answer: { status: 200, body: {} }, times: 9 });
    expect(await failureOf(server, { known: [] })).toMatch(
      /^Could not read the default branch of octo\/shop: /,
    );
  });

  it.each<[what: string, answer: OrderedAnswer['answer']]>([
    ['a reset', 'reset'],
    ['500', { status: 500, body: says('Server Error') }],
    ['502 with a page', { status: 502, body: '<html>Bad gateway</html>' }],
    ['200 with a page', { status: 200, body: '<html>Sign in</html>' }],
  ])('is asked for again: %s on page 3', async (_what, answer) => {
    await using server = await withPulls(300);
    server.order({ path: pulls, page: 3, times: 2, answer });
    expect((await ask(server)).pullRequests).toHaveLength(300);
  });

  it('on page 3 is a failure if it stays', async () => {
    await using server = await withPulls(300);
    server.order({ path: pulls, page: 3, times: 3, answer: { status: 500, body: says('No') } });
    expect(await failureOf(server)).toMatch(/GitHub answered 500/);
  });

  it('is not asked for again after a refusal', async () => {
    await using server = await startGitHub({ pullRequests: 'none' });
    await failureOf(server);
    expect(server.exchanges).toHaveLength(1);
  });

  it('is not asked for without a token', async () => {
    await using server = await startGitHub();
    expect(await failureOf(server, { token: undefined })).toBe(
      "Could not read the open pull requests of octo/shop: Input 'github-token' is empty. Remove the input, so that the step uses the token of the job, and add 'pull-requests: read' to the permissions of the job.",
    );
    expect(server.exchanges).toEqual([]);
  });

  it('is not waited for after a cancellation', async () => {
    await using server = await startGitHub();
    const stop = new AbortController();
    server.order({ answer: 'hang' });
    const asked = server.nextRequest();
    const answer = ask(server, { signal: stop.signal });
    await asked;
    const reason = new CancelledError('SIGINT');
    stop.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });
});
