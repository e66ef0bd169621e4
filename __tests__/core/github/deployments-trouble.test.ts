import { shelf } from '../../../src/aura/credentials/shelf.ts';
import { describe, expect, it, test } from 'vitest';
import { drivenClock } from '../../../simulator/core/clock.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import {
  createDeploymentStore,
  type DeploymentStore,
} from '../../../src/core/github/deployments.ts';
import { startGitHub, type OrderedAnswer } from '../../../harness/github/server.ts';
import { secretOf } from '../secrets/secret-of.ts';

const token = 'ghs_0123456789abcdef';
const name = 'shop-main';
const id = '1a2b3c4d';
const scope = 'project-1';
const entry = { name, id, scope, sealed: 'aura1.AAECAwQF', url: 'https://console.neo4j.io/' };

type Verb = 'save' | 'find' | 'remove';
const verbs: readonly Verb[] = ['save', 'find', 'remove'];
const words = { save: 'store', find: 'look for', remove: 'delete' };
const tried = (verb: Verb): string =>
  `Could not ${words[verb]} the credentials of 'shop-main' (GitHub deployments): `;

function storeAt(apiUrl: string, repository = 'octo/shop') {
  const warnings: string[] = [];
  const clock = drivenClock();
  const warn = (text: string): void => {
    warnings.push(text);
  };
  const notices: string[] = [];
  const debug = (text: string): void => {
    notices.push(text);
  };
  // The pause before the next attempt ends immediately; only time limits wait.
  const quick: Clock = {
    now: () => clock.now(),
    sleep: (milliseconds, signal) =>
      milliseconds <= 1_000 ? Promise.resolve() : clock.sleep(milliseconds, signal),
  };
  const patience = { clock: quick, deadline: clock.now() + 1_200_000, signal: undefined };
  const given = {
    shelf,
    token: secretOf(token),
    repository,
    ref: 'main',
    apiUrl,
    userAgent: 'test',
    warn,
    debug,
    patience,
  };
  return { store: createDeploymentStore(given), clock, warnings, notices };
}

async function use(store: DeploymentStore, verb: Verb): Promise<void> {
  if (verb === 'save') await store.save(entry);
  else if (verb === 'remove') await store.remove(name, { scope });
  else expect(await store.find(name, id)).toBeUndefined();
}

/** A read is repeated, a change is not; a refusal is final for both. */
function attemptsAt(verb: Verb, answer: OrderedAnswer['answer']): number {
  const refused = typeof answer !== 'string' && answer.status >= 400 && answer.status < 500;
  return verb === 'find' && !refused ? 3 : 1;
}

const documentation_url = 'https://docs.github.com/rest';
const says = (message: string): object => ({ message, documentation_url });
const limits = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1785751200' };
const permission =
  "Add 'permissions: deployments: write' to the job, or set another 'github-token'.";

describe.each(verbs)('a failed %s', (verb) => {
  it.each<[what: string, answer: OrderedAnswer['answer'], warning: string | RegExp]>([
    [
      'for want of a permission',
      { status: 403, body: says('Resource not accessible by integration') },
      `GitHub answered 403 (Resource not accessible by integration - ${documentation_url}). ${permission}`,
    ],
    [
      'for an invalid token',
      { status: 401, body: says('Bad credentials') },
      `GitHub answered 401 (Bad credentials - ${documentation_url}). The token is not valid, or it has expired. Remove the input 'github-token', so that the step uses the token of the job, or set a new one.`,
    ],
    [
      'because the token may not know the repository',
      { status: 404, body: says('Not Found') },
      `GitHub answered 404 (Not Found - ${documentation_url}). ${permission}`,
    ],
    [
      'for the rate limit',
      { status: 403, headers: limits, body: says('API rate limit exceeded for installation.') },
      /API rate limit exceeded for installation\. .*Try again later\.$/,
    ],
    [
      'for the secondary rate limit',
      {
        status: 403,
        headers: { 'retry-after': '60' },
        body: says('You have exceeded a secondary rate limit. Please wait a few minutes.'),
      },
      /You have exceeded a secondary rate limit\..* Try again later\.$/,
    ],
    [
      'for the rate limit, in the newer form',
      { status: 429, headers: { 'retry-after': '60' }, body: says('Too many requests') },
      /^GitHub answered 429 \(Too many requests[^)]*\)\. Try again later\.$/,
    ],
    [
      'with an error page',
      { status: 502, body: '<html>Unicorn!</html>' },
      "GitHub answered 502. This is a problem on GitHub's side; try again later.",
    ],
    ['with an empty error', { status: 500, body: '' }, /^GitHub answered 500 \(/],
    [
      'for maintenance',
      { status: 503, body: says('Sorry') },
      `GitHub answered 503 (Sorry - ${documentation_url}). This is a problem on GitHub's side; try again later.`,
    ],
    [
      'with a page in place of JSON',
      { status: 200, body: '<html>Sign in</html>' },
      "GitHub's response is not a list.",
    ],
    ['with JSON that is not a list', { status: 200, body: {} }, "GitHub's response is not a list."],
    ['with nothing at all', { status: 200, body: '' }, "GitHub's response is not a list."],
    // There was no answer, so the warning must not report one.
    [
      'and resets the connection',
      'reset',
      /^GitHub could not be reached \(ECONNRESET\)\. Check the runner's network and its proxy settings\.$/,
    ],
  ])('%s: one warning says so', async (_what, answer, warning) => {
    await using server = await startGitHub();
    const { store, clock, warnings } = storeAt(server.url);
    server.order({ answer, times: attemptsAt(verb, answer) });
    await use(store, verb);
    expect(warnings).toHaveLength(1);
    const [text = ''] = warnings;
    expect(text.startsWith(tried(verb))).toBe(true);
    expect(text.slice(tried(verb).length)).toEqual(
      typeof warning === 'string' ? warning : expect.stringMatching(warning),
    );
    expect(text).not.toContain(token);
    expect(server.exchanges).toHaveLength(attemptsAt(verb, answer));
    expect(clock.waiting).toBe(0);
  });

  it('without any answer is given up after half a minute', async () => {
    await using server = await startGitHub();
    const { store, clock, warnings } = storeAt(server.url);
    const attempts = attemptsAt(verb, 'hang');
    server.order({ answer: 'hang', times: attempts });
    let asked = server.nextRequest();
    const used = use(store, verb);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      await asked;
      asked = server.nextRequest();
      clock.advance(30_000 / attempts - 1);
      expect(warnings).toEqual([]);
      clock.advance(1);
    }
    await used;
    const limit = `${30 / attempts}s`;
    expect(warnings).toEqual([`${tried(verb)}GitHub: no answer within ${limit}.`]);
    expect(clock.waiting).toBe(0);
  });

  it('without a connection is reported differently from one with an answer', async () => {
    const gone = await startGitHub();
    await gone.close();
    const { store, warnings } = storeAt(gone.url);
    await use(store, verb);
    expect(warnings).toEqual([expect.stringMatching(/ECONNREFUSED/)]);
    expect(warnings[0]).not.toContain('GitHub answered');
  });

  it('for an unknown repository causes a warning', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url, 'octo/other');
    await use(store, verb);
    expect(warnings).toEqual([expect.stringContaining('GitHub answered 404 (Not Found')]);
  });
});

describe('a token with read access', () => {
  it('finds what is stored', async () => {
    await using server = await startGitHub({ permission: 'read' });
    const { store, warnings } = storeAt(server.url);
    server.seed({
      environment: 'aura',
      task: `aura:${name}`,
      payload: { id, scope, sealed: entry.sealed },
    });
    expect(await store.find(name, id)).toBe(entry.sealed);
    expect(warnings).toEqual([]);
  });

  it.each(['save', 'remove'] as const)(
    'changes nothing with %s, and a warning says why',
    async (verb) => {
      await using server = await startGitHub({ permission: 'read' });
      const { store, warnings } = storeAt(server.url);
      const payload = { id, scope, sealed: 'aura1.OLD' };
      const old = server.seed({ environment: 'aura', task: `aura:${name}`, payload });
      await use(store, verb);
      expect(warnings).toEqual([expect.stringContaining(permission)]);
      expect(server.deployments()).toMatchObject([
        { id: old.id, payload, statuses: [{ state: 'success' }] },
      ]);
    },
  );
});

test('a missing ref is not reported as a missing permission', async () => {
  await using server = await startGitHub({ refs: ['other'] });
  const { store, warnings } = storeAt(server.url);
  await store.save(entry);
  expect(warnings).toEqual([
    expect.stringContaining('GitHub answered 422 (No ref found for: main'),
  ]);
  expect(warnings[0]).not.toContain('permissions');
});

describe.each([
  ['marked', { method: 'POST', path: /statuses$/ }],
  ['deleted', { method: 'DELETE' }],
] as const)('a deployment that is deleted before it is %s', (_what, request) => {
  const answer = { status: 404, body: says('Not Found') };

  it('counts as removed, and the others are removed', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    const payload = { id, scope, sealed: entry.sealed };
    const older = server.seed({ environment: 'aura', task: `aura:${name}`, payload });
    const newer = server.seed({ environment: 'aura', task: `aura:${name}`, payload });
    server.order({ ...request, answer });
    await store.remove(name, { scope });
    // The answer set above kept the newer one, unlike GitHub.
    expect(server.deployments().map((kept) => kept.id)).toEqual([newer.id]);
    expect(server.exchanges.map(({ path }) => path)).toContainEqual(
      expect.stringContaining(`/deployments/${older.id}`),
    );
    expect(warnings).toEqual([]);
  });
});

test('older credentials that cannot be deleted do not undo a save', async () => {
  await using server = await startGitHub();
  const { store, warnings } = storeAt(server.url);
  await store.save(entry);
  const body = says('Resource not accessible by integration');
  server.order({ method: 'DELETE', answer: { status: 403, body } });
  await store.save({ ...entry, sealed: 'aura1.BBBB' });
  expect(warnings).toEqual([
    `Could not delete older credentials of 'shop-main' (GitHub deployments): GitHub answered 403 (Resource not accessible by integration - ${documentation_url}). ${permission}`,
  ]);
  expect(await store.find(name, id)).toBe('aura1.BBBB');
});

test('a read of the store is repeated after a failure, without a warning', async () => {
  await using server = await startGitHub();
  const { store, warnings } = storeAt(server.url);
  await store.save(entry);
  for (const answer of ['reset', { status: 502, body: '' }] as const) server.order({ answer });
  expect(await store.find(name, id)).toBe(entry.sealed);
  expect(warnings).toEqual([]);
});

test('a status list that is not a list is ignored with a warning', async () => {
  await using server = await startGitHub();
  const { store, warnings } = storeAt(server.url);
  await store.save(entry);
  const answer = { status: 200, body: { state: 'success' } };
  server.order({ path: /statuses$/, answer, times: 3 });
  await use(store, 'find');
  expect(warnings).toEqual([`${tried('find')}GitHub's response is not a list.`]);
});

test('other messages from GitHub are for debugging, and are not printed', async () => {
  await using server = await startGitHub();
  const { store, warnings, notices } = storeAt(server.url);
  const headers = { deprecation: 'true', sunset: '::error::x' };
  server.order({ answer: { status: 200, headers, body: [] } });
  const printed: unknown[] = [];
  const warn = console.warn;
  console.warn = (...values: unknown[]) => {
    printed.push(...values);
  };
  try {
    await use(store, 'find');
  } finally {
    console.warn = warn;
  }
  expect(printed).toEqual([]);
  expect(warnings).toEqual([]);
  expect(notices.filter((text) => !/ in \d+ ms/.test(text))).toEqual([
    expect.stringMatching(/^GitHub: .*deprecated/),
  ]);
});
