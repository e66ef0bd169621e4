import { describe, expect, it } from 'vitest';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { CancelledError } from '../../../src/core/errors.ts';
import { TimeLimitError } from '../../../src/core/time/time-limit.ts';
import { createPullRequests } from '../../../src/core/github/pull-requests.ts';
import { startGitHub, type OrderedAnswer } from '../../../harness/github/server.ts';
import type { Secret } from '../../../src/core/secrets/secret.ts';
import { secretOf } from '../secrets/secret-of.ts';

const token = 'ghs_0123456789abcdef';
const own = (name: string) => ({ name, owner: undefined });

function pullRequestsAt(
  apiUrl: string,
  {
    left = 1_200_000,
    ...given
  }: { token?: Secret | undefined; signal?: AbortSignal; left?: number } = {},
) {
  const clock = drivenClock();
  const options = {
    token: secretOf(token),
    repository: 'octo/shop',
    apiUrl,
    userAgent: 'test',
    patience: { clock, deadline: clock.now() + left, signal: given.signal },
    debug: () => undefined,
    ...given,
  };
  return { pullRequests: createPullRequests(options), clock };
}

describe('the state of a pull request', () => {
  it.each(['open', 'closed'] as const)('is %s as GitHub says, with one request', async (state) => {
    await using server = await startGitHub();
    server.putPullRequest({ number: 42, branch: 'topic', state });
    const { pullRequests, clock } = pullRequestsAt(server.url);
    expect(await pullRequests.stateOf(42)).toEqual({ value: state });
    expect(server.exchanges).toMatchObject([{ method: 'GET', path: '/repos/octo/shop/pulls/42' }]);
    expect(clock.waiting).toBe(0);
  });

  it('is also available on GitHub Enterprise', async () => {
    await using server = await startGitHub({ basePath: '/api/v3' });
    server.putPullRequest({ number: 42, branch: 'topic' });
    expect(await pullRequestsAt(server.url).pullRequests.stateOf(42)).toEqual({ value: 'open' });
  });
});

describe('the open pull requests of a branch', () => {
  it('are those with exactly that head, in this repository or in the fork', async () => {
    await using server = await startGitHub();
    server.putPullRequest({ number: 1, branch: 'topic' });
    server.putPullRequest({ number: 2, branch: 'topic', state: 'closed' });
    server.putPullRequest({ number: 3, branch: 'topic', from: 'mona/shop' });
    server.putPullRequest({ number: 4, branch: 'topic', from: 'octo/shop-copy' });
    server.putPullRequest({ number: 5, branch: 'topics' });
    server.putPullRequest({ number: 6, branch: 'topic', from: null, owner: 'mona' });
    const { pullRequests } = pullRequestsAt(server.url);
    expect(await pullRequests.openFrom(own('topic'))).toEqual({ value: [1] });
    expect(await pullRequests.openFrom({ name: 'topic', owner: 'Mona' })).toEqual({
      value: [6, 3],
    });
    expect(await pullRequests.openFrom({ name: 'topic', owner: 'octo' })).toEqual({ value: [4] });
    expect(await pullRequests.openFrom(own('none'))).toEqual({ value: [] });
  });

  it.each(['feature/a&b=c', 'ünï 🐘', 'a+b', 'a%2Fb', 'a#b?c'])(
    'are found for branch %j, whatever its name',
    async (branch) => {
      await using server = await startGitHub();
      server.putPullRequest({ number: 1, branch });
      const { pullRequests } = pullRequestsAt(server.url);
      expect(await pullRequests.openFrom(own(branch))).toEqual({ value: [1] });
      expect(server.exchanges[0]?.query).toMatchObject({ head: `octo:${branch}`, state: 'open' });
    },
  );

  it('include one whose owner GitHub does not report, and what it says about the number', async () => {
    await using server = await startGitHub();
    const head = { ref: 'topic', label: null, user: null, repo: null };
    server.order({ answer: { status: 200, body: [{ number: 7, head }, {}] } });
    const { pullRequests } = pullRequestsAt(server.url);
    expect(await pullRequests.openFrom(own('topic'))).toEqual({ value: [7, Number.NaN] });
  });
});

describe.each(['stateOf', 'openFrom'] as const)('a GitHub that does not answer %s', (verb) => {
  const documentation_url = 'https://docs.github.com/rest';
  const says = (message: string): object => ({ message, documentation_url });
  const permission =
    "Add 'permissions: pull-requests: read' to the job, or set another 'github-token'.";
  const unexpected = `GitHub's response is not a ${verb === 'stateOf' ? 'pull request' : 'list'}.`;
  const ask = async (pullRequests: ReturnType<typeof createPullRequests>) =>
    verb === 'stateOf' ? pullRequests.stateOf(42) : pullRequests.openFrom(own('topic'));

  it.each<[what: string, answer: OrderedAnswer['answer'], problem: string | RegExp]>([
    [
      'for want of a permission',
      { status: 403, body: says('Resource not accessible by integration') },
      `GitHub answered 403 (Resource not accessible by integration - ${documentation_url}). ${permission}`,
    ],
    [
      'for a token that is none',
      { status: 401, body: says('Bad credentials') },
      `GitHub answered 401 (Bad credentials - ${documentation_url}). The token is not valid, or it has expired. Remove the input 'github-token', so that the step uses the token of the job, or set a new one.`,
    ],
    ['for the rate limit', { status: 429, body: says('Slow') }, /^GitHub answered 429 \(Slow/],
    [
      'with an error page',
      { status: 502, body: '<html>' },
      "GitHub answered 502. This is a problem on GitHub's side; try again later.",
    ],
    ['with a page in place of JSON', { status: 200, body: '<html>' }, unexpected],
    ['with nothing at all', { status: 200, body: '' }, unexpected],
    ['with JSON in an unknown format', { status: 200, body: { a: 1 } }, unexpected],
    ['and resets the connection', 'reset', /^GitHub could not be reached \(ECONNRESET\)\. Check/],
  ])('%s is a problem, after one request', async (_what, answer, problem) => {
    await using server = await startGitHub();
    const { pullRequests, clock } = pullRequestsAt(server.url);
    server.order({ answer });
    const answered = await ask(pullRequests);
    const said = 'problem' in answered ? answered.problem : '';
    if (typeof problem === 'string') expect(said).toBe(problem);
    else expect(said).toMatch(problem);
    expect(JSON.stringify(answered)).not.toContain(token);
    expect(server.exchanges).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });

  it('at all is given up after ten seconds', async () => {
    await using server = await startGitHub();
    const { pullRequests, clock } = pullRequestsAt(server.url);
    server.order({ answer: 'hang' });
    const asked = server.nextRequest();
    const answer = ask(pullRequests);
    await asked;
    clock.advance(10_000);
    expect(await answer).toEqual({
      problem: 'GitHub: no answer within 10s.',
      cause: expect.any(TimeLimitError) as unknown,
    });
  });

  it.each([
    [4_000, 4_000],
    // A request that starts just before the end, or exactly at it, still gets a second.
    [300, 1_000],
    [0, 1_000],
  ])('with %i ms left of the step is given up after %i ms', async (left, limit) => {
    await using server = await startGitHub();
    const { pullRequests, clock } = pullRequestsAt(server.url, { left });
    server.order({ answer: 'hang' });
    const asked = server.nextRequest();
    const answer = ask(pullRequests);
    await asked;
    clock.advance(limit);
    expect(await answer).toEqual({
      problem: `GitHub: no answer within ${limit / 1_000}s.`,
      cause: expect.any(TimeLimitError) as unknown,
    });
  });

  it('is not asked if no time of the step is left', async () => {
    await using server = await startGitHub();
    const { pullRequests } = pullRequestsAt(server.url, { left: -1_500 });
    expect(await ask(pullRequests)).toEqual({
      problem: 'GitHub: no time was left.',
      cause: expect.any(TimeLimitError) as unknown,
    });
    expect(server.exchanges).toEqual([]);
  });

  it('is not asked without a token', async () => {
    await using server = await startGitHub();
    const { pullRequests } = pullRequestsAt(server.url, { token: undefined });
    expect(await ask(pullRequests)).toEqual({
      problem:
        "Input 'github-token' is empty. Remove the input, so that the step uses the token of the job, and add 'pull-requests: read' to the permissions of the job.",
    });
    expect(server.exchanges).toEqual([]);
  });

  it('ends immediately when the step is cancelled', async () => {
    await using server = await startGitHub();
    const stop = new AbortController();
    const { pullRequests } = pullRequestsAt(server.url, { signal: stop.signal });
    server.order({ answer: 'hang' });
    const asked = server.nextRequest();
    const answer = ask(pullRequests);
    await asked;
    const reason = new CancelledError('SIGINT');
    stop.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });
});
