import { expect, test } from 'vitest';
import { startGitHub, type GitHubServer } from '../../../harness/github/server.ts';

const path = '/repos/octo/shop/deployments';
const headers = { authorization: 'token ghs_0123456789' };

async function ask(
  server: GitHubServer,
  method: string,
  { at = path, body = undefined as object | undefined, headers: given = headers } = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${server.url}${at}`, { method, headers: given, ...text });
  const answer = await response.text();
  return { status: response.status, body: answer === '' ? undefined : JSON.parse(answer) };
}

test('deployments are listed newest first, and found by task and environment', async () => {
  await using server = await startGitHub();
  for (const task of ['a', 'b', 'a']) {
    await ask(server, 'POST', { body: { ref: 'main', task, environment: 'aura', payload: {} } });
  }
  const all = server.deployments().map(({ id }) => id);
  expect(all).toEqual([...all].sort((one, other) => other - one));
  const { body } = await ask(server, 'GET', { at: `${path}?task=a&environment=aura&per_page=1` });
  expect(body).toMatchObject([{ id: all[0], task: 'a', payload: {} }]);
  expect((await ask(server, 'GET', { at: `${path}?environment=other` })).body).toEqual([]);
});

test('a payload is returned in the form in which it was sent', async () => {
  await using server = await startGitHub();
  for (const payload of [{ sealed: 'x' }, '{"sealed":"x"}']) {
    const made = await ask(server, 'POST', { body: { ref: 'main', payload } });
    expect(made).toMatchObject({ status: 201, body: { payload } });
  }
});

test('an active deployment cannot be deleted unless it is the only one', async () => {
  await using server = await startGitHub();
  const first = server.seed({ task: 'a' });
  const second = server.seed({ task: 'b' });
  const at = `${path}/${first.id}`;
  expect(await ask(server, 'DELETE', { at })).toMatchObject({ status: 422 });
  const body = { state: 'inactive' };
  expect(await ask(server, 'POST', { at: `${at}/statuses`, body })).toMatchObject({ status: 201 });
  const { body: statuses } = await ask(server, 'GET', { at: `${at}/statuses` });
  expect(statuses).toMatchObject([{ state: 'inactive' }, { state: 'success' }]);
  expect(await ask(server, 'DELETE', { at })).toMatchObject({ status: 204 });
  expect(await ask(server, 'DELETE', { at })).toMatchObject({ status: 404 });
  expect(await ask(server, 'DELETE', { at: `${path}/${second.id}` })).toMatchObject({
    status: 204,
  });
});

test('a success makes earlier non-transient deployments of the environment inactive', async () => {
  await using server = await startGitHub();
  const lasting = server.seed({ environment: 'aura' });
  const transient = server.seed({ environment: 'aura', transient_environment: true });
  const elsewhere = server.seed({ environment: 'other' });
  const newest = server.seed({ environment: 'aura' }, 'pending');
  const at = `${path}/${newest.id}/statuses`;
  await ask(server, 'POST', { at, body: { state: 'success' } });
  const stateOf = (id: number): string | undefined =>
    server.deployments().find((one) => one.id === id)?.statuses[0]?.state;
  expect([lasting, transient, elsewhere].map(({ id }) => stateOf(id))).toEqual([
    'inactive',
    'success',
    'success',
  ]);
});

test.each([
  ['without a token', 401, {}, 'write', path],
  ['without the permission to write', 403, headers, 'read', path],
  ['without any permission', 403, headers, 'none', path],
  ['for another repository', 404, headers, 'write', '/repos/octo/other/deployments'],
] as const)('a request %s is refused', async (_what, status, given, permission, at) => {
  await using server = await startGitHub({ permission });
  const body = { ref: 'main' };
  const answer = await ask(server, 'POST', { at, body, headers: { ...given } as typeof headers });
  expect(answer).toMatchObject({ status, body: { status: String(status) } });
  expect(server.deployments()).toEqual([]);
});

test('a ref that does not exist is refused', async () => {
  await using server = await startGitHub({ refs: ['main'] });
  const answer = await ask(server, 'POST', { body: { ref: 'gone' } });
  expect(answer).toMatchObject({ status: 422, body: { message: 'No ref found for: gone' } });
});

test.each([
  ['a body without a ref', 'POST', path, { task: 'a' }, "must have required property 'ref'"],
  ['a misspelt property', 'POST', path, { ref: 'main', tasks: 'a' }, "'tasks' is not described"],
  ['a misspelt parameter', 'GET', `${path}?tasks=a`, undefined, "'tasks' is not described"],
  ['a value of another type', 'POST', path, { ref: 'main', auto_merge: 'no' }, 'must be boolean'],
  ['an unknown operation', 'PATCH', `${path}/1`, { ref: 'main' }, 'the operation is not described'],
  ['an unknown state', 'POST', `${path}/1/statuses`, { state: 'gone' }, 'must be equal to one of'],
])('closing the server reports %s', async (_what, method, at, body, complaint) => {
  const server = await startGitHub();
  await ask(server, method, { at, body });
  await expect(server.close()).rejects.toThrow(complaint);
});

test('answers set by a test come as often as requested, and have no effect', async () => {
  await using server = await startGitHub();
  server.order({ method: 'POST', times: 2, answer: { status: 502, body: '<html>' } });
  server.order({ answer: 'reset' });
  const body = { ref: 'main' };
  const status = async (): Promise<number> =>
    (await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) }))
      .status;
  expect(await status()).toBe(502);
  expect(await status()).toBe(502);
  await expect(status()).rejects.toThrow('fetch failed');
  expect(server.deployments()).toEqual([]);
  expect(await status()).toBe(201);
});

const pulls = '/repos/octo/shop/pulls';

test('open pull requests are listed newest first, by the owner and branch of the head', async () => {
  await using server = await startGitHub();
  server.putPullRequest({ number: 1, branch: 'topic' });
  server.putPullRequest({ number: 2, branch: 'topic', state: 'closed' });
  server.putPullRequest({ number: 3, branch: 'topic', from: 'mona/shop' });
  server.putPullRequest({ number: 4, branch: 'other' });
  server.putPullRequest({ number: 5, branch: 'gone', from: null, owner: 'mona' });
  server.putPullRequest({ number: 6, branch: 'gone', from: null, owner: null });
  const numbers = async (query: string): Promise<unknown> => {
    const { body } = await ask(server, 'GET', { at: `${pulls}${query}` });
    return (body as { number: number }[]).map(({ number }) => number);
  };
  expect(await numbers('')).toEqual([6, 5, 4, 3, 1]);
  expect(await numbers('?head=octo:topic')).toEqual([1]);
  expect(await numbers('?head=OCTO:topic&state=all')).toEqual([2, 1]);
  expect(await numbers('?state=open&head=mona:topic')).toEqual([3]);
  expect(await numbers('?head=mona:gone&per_page=100')).toEqual([5]);
  // GitHub ignores a head without an owner.
  expect(await numbers('?head=topic&per_page=2')).toEqual([6, 5]);
});

test('a pull request is shown with its state and head, which is null for a deleted fork', async () => {
  await using server = await startGitHub();
  server.putPullRequest({ number: 1, branch: 'topic', state: 'closed' });
  server.putPullRequest({ number: 2, branch: 'topic', from: null, owner: null });
  expect(await ask(server, 'GET', { at: `${pulls}/1` })).toMatchObject({
    status: 200,
    body: { state: 'closed', head: { label: 'octo:topic', repo: { full_name: 'octo/shop' } } },
  });
  expect(await ask(server, 'GET', { at: `${pulls}/2` })).toMatchObject({
    status: 200,
    body: { state: 'open', head: { label: null, user: null, repo: null, ref: 'topic' } },
  });
  expect(await ask(server, 'GET', { at: `${pulls}/3` })).toMatchObject({ status: 404 });
});

test('pull requests have their own permission', async () => {
  await using server = await startGitHub({ pullRequests: 'none' });
  for (const at of [pulls, `${pulls}/1`]) {
    expect(await ask(server, 'GET', { at })).toMatchObject({ status: 403 });
  }
  expect(await ask(server, 'GET')).toMatchObject({ status: 200 });
});

test('branches are listed by name, in pages that lead to each other', async () => {
  await using server = await startGitHub({ defaultBranch: 'trunk' });
  for (const name of ['b', 'a', 'gone']) server.putBranch(name);
  server.removeBranch('gone');
  const at = '/repos/octo/shop/branches?per_page=2';
  expect((await ask(server, 'GET', { at })).body).toMatchObject([{ name: 'a' }, { name: 'b' }]);
  expect((await ask(server, 'GET', { at: `${at}&page=2` })).body).toMatchObject([
    { name: 'trunk' },
  ]);
  const linkOf = async (page: number): Promise<string | null> => {
    const response = await fetch(`${server.url}${at}&page=${page}`, { headers });
    await response.text();
    return response.headers.get('link');
  };
  const to = (page: number): string =>
    `<${server.url}/repos/octo/shop/branches?per_page=2&page=${page}>`;
  expect(await linkOf(1)).toBe(`${to(2)}; rel="next", ${to(2)}; rel="last"`);
  expect(await linkOf(2)).toBe(`${to(1)}; rel="prev", ${to(1)}; rel="first"`);
});

test('open pull requests are listed oldest first on request', async () => {
  await using server = await startGitHub();
  for (const number of [2, 1, 3]) server.putPullRequest({ number, branch: `b-${number}` });
  const at = '/repos/octo/shop/pulls?sort=created&direction=asc';
  const { body } = await ask(server, 'GET', { at });
  expect(body).toMatchObject([{ number: 1 }, { number: 2 }, { number: 3 }]);
});

test('a repository has its default branch, which every token may read', async () => {
  await using server = await startGitHub({
    defaultBranch: 'trunk',
    contents: 'none',
    pullRequests: 'none',
  });
  const { body } = await ask(server, 'GET', { at: '/repos/octo/shop' });
  expect(body).toMatchObject({ full_name: 'octo/shop', default_branch: 'trunk' });
  for (const list of ['branches', 'pulls']) {
    expect((await ask(server, 'GET', { at: `/repos/octo/shop/${list}` })).status).toBe(403);
  }
});

test('an answer can be set for one page', async () => {
  await using server = await startGitHub();
  server.order({ path: /branches$/, page: 2, answer: { status: 500, body: {} } });
  const at = '/repos/octo/shop/branches';
  expect((await ask(server, 'GET', { at })).status).toBe(200);
  expect((await ask(server, 'GET', { at: `${at}?page=2` })).status).toBe(500);
  expect((await ask(server, 'GET', { at: `${at}?page=2` })).status).toBe(200);
});

const repository = '/repos/octo/shop';

test('a draft has no tag, is hidden from those who cannot write, and is tagged when it is published', async () => {
  await using server = await startGitHub({ contents: 'write' });
  const sha = server.git.commit('first');
  const body = { tag_name: 'v1.0.0', target_commitish: sha, draft: true };
  const at = `${repository}/releases`;
  const made = await ask(server, 'POST', { at, body });
  expect(made).toMatchObject({ status: 201, body: { draft: true, published_at: null } });
  expect(server.git.tag('v1.0.0')).toBeUndefined();
  const [{ id } = { id: 0 }] = server.releases.all();
  const published = { at: `${at}/${id}`, body: { draft: false } };
  expect(await ask(server, 'PATCH', published)).toMatchObject({ body: { draft: false } });
  expect(server.git.tag('v1.0.0')).toEqual({ sha, type: 'commit' });
  const again = { at, body: { tag_name: 'v1.0.0', target_commitish: sha } };
  expect(await ask(server, 'POST', again)).toMatchObject({ status: 422 });

  await using reader = await startGitHub({ contents: 'read' });
  reader.releases.add({ tag_name: 'v1.0.0', draft: true });
  expect((await ask(reader, 'GET', { at })).body).toEqual([]);
  expect(await ask(reader, 'POST', { at, body })).toMatchObject({ status: 403 });
});

test('publishing a draft whose tag exists leaves the tag where it is', async () => {
  await using server = await startGitHub({ contents: 'write' });
  const first = server.git.commit('first');
  const second = server.git.commit('second', [first]);
  server.git.putTag('v1.0.0', { sha: first, type: 'commit' });
  const { id } = server.releases.add({
    tag_name: 'v1.0.0',
    target_commitish: second,
    draft: true,
  });
  await ask(server, 'PATCH', { at: `${repository}/releases/${id}`, body: { draft: false } });
  expect(server.git.tag('v1.0.0')?.sha).toBe(first);
});

test('a tag is created once, and moves back only by force', async () => {
  await using server = await startGitHub({ contents: 'write' });
  const first = server.git.commit('first');
  const second = server.git.commit('second', [first]);
  const at = `${repository}/git/refs`;
  const made = { at, body: { ref: 'refs/tags/v1', sha: second } };
  expect(await ask(server, 'POST', made)).toMatchObject({ status: 201 });
  expect(await ask(server, 'POST', made)).toMatchObject({ status: 422 });
  const back = (force: boolean) => ({ at: `${at}/tags%2Fv1`, body: { sha: first, force } });
  expect(await ask(server, 'PATCH', back(false))).toMatchObject({ status: 422 });
  expect(await ask(server, 'PATCH', back(true))).toMatchObject({ status: 200 });
  const listed = await ask(server, 'GET', { at: `${repository}/git/matching-refs/tags%2Fv` });
  expect(listed.body).toMatchObject([{ ref: 'refs/tags/v1', object: { sha: first } }]);
});

test('commits are compared by their history', async () => {
  await using server = await startGitHub();
  const first = server.git.commit('first');
  const second = server.git.commit('second', [first]);
  const other = server.git.commit('other', [first]);
  const statusOf = async (base: string, head: string): Promise<unknown> =>
    (await ask(server, 'GET', { at: `${repository}/compare/${base}...${head}` })).body;
  expect(await statusOf(first, second)).toMatchObject({ status: 'ahead', ahead_by: 1 });
  expect(await statusOf(second, first)).toMatchObject({ status: 'behind', behind_by: 1 });
  expect(await statusOf(second, other)).toMatchObject({ status: 'diverged' });
  expect(await statusOf(other, other)).toMatchObject({ status: 'identical' });
});
