import { describe, expect, it } from 'vitest';
import { shelf, tokenShelf } from '../../../src/aura/credentials/shelf.ts';
import { createDeploymentStore } from '../../../src/core/github/deployments.ts';
import { createSharedText } from '../../../src/core/github/shared-text.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import {
  type GitHubServer,
  type OrderedAnswer,
  startGitHub,
} from '../../../harness/github/server.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { secretOf } from '../secrets/secret-of.ts';

const name = '0123456789abcdef'.repeat(4);
const kind = { environment: 'aura', task: `aura:token:${name}`, transient_environment: true };
const what = 'the shared access token';

/** The shared text of one job. */
function jobAt(apiUrl: string, signal?: AbortSignal) {
  const warnings: string[] = [];
  const notices: string[] = [];
  const clock = drivenClock();
  // The pause before the next attempt ends immediately; only time limits wait.
  const quick: Clock = {
    now: () => clock.now(),
    sleep: (milliseconds, signal) =>
      milliseconds <= 1_000 ? Promise.resolve() : clock.sleep(milliseconds, signal),
  };
  const options = {
    shelf: tokenShelf,
    token: secretOf('ghs_0123456789abcdef'),
    repository: 'octo/shop',
    ref: 'a'.repeat(40),
    apiUrl,
    userAgent: 'test',
    patience: { clock: quick, deadline: clock.now() + 1_200_000, signal },
    warn: (text: string) => warnings.push(text),
    debug: (text: string) => {
      // Not the line about each request.
      if (!/ in \d+ ms/.test(text)) notices.push(text);
    },
  };
  const store = createDeploymentStore({ ...options, shelf });
  return { text: createSharedText(options, { name, what }), store, clock, warnings, notices };
}

function requestsOf({ exchanges }: GitHubServer): string[] {
  return exchanges.map(({ method, path, status }) => {
    const at = path.replace('/repos/octo/shop/', '').replace(/\d+/, '{id}');
    return `${method} ${at} ${status}`;
  });
}

const textsOf = (server: GitHubServer): unknown[] =>
  server.deployments().map(({ payload }) => payload);
const seed = (server: GitHubServer, payload: unknown, state = 'inactive') =>
  server.seed({ ...kind, payload }, state);

describe('a shared text', () => {
  it('is a deployment that does not count as active', async () => {
    await using server = await startGitHub();
    const { text, warnings } = jobAt(server.url);
    await text.write('key1.AAAA');
    expect(server.deployments()).toMatchObject([
      {
        ...kind,
        ref: 'a'.repeat(40),
        payload: { shared: 'key1.AAAA' },
        description: 'Sealed access token of the Aura API',
        production_environment: false,
        statuses: [{ state: 'inactive' }],
      },
    ]);
    expect(requestsOf(server)).toEqual([
      'POST deployments 201',
      'POST deployments/{id}/statuses 201',
      'GET deployments 200',
    ]);
    expect(warnings).toEqual([]);
  });

  it('is read by another job with one request', async () => {
    await using server = await startGitHub({ basePath: '/api/v3' });
    expect(await jobAt(server.url).text.read()).toEqual([]);
    await jobAt(server.url).text.write('key1.AAAA');
    const before = server.exchanges.length;
    expect(await jobAt(server.url).text.read()).toEqual(['key1.AAAA']);
    expect(requestsOf(server).slice(before)).toEqual(['GET deployments 200']);
  });

  it('replaces all older ones, whatever their status', async () => {
    await using server = await startGitHub();
    for (const state of ['success', 'inactive', 'pending', 'failure']) {
      seed(server, { shared: `key1.${state}` }, state);
    }
    const { text, warnings, clock } = jobAt(server.url);
    await text.write('key1.NEW');
    expect(textsOf(server)).toEqual([{ shared: 'key1.NEW' }]);
    expect(warnings).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('is read if its writer was killed before the status', async () => {
    await using server = await startGitHub();
    server.order({ method: 'POST', path: /statuses$/, answer: 'reset' });
    await jobAt(server.url).text.write('key1.AAAA');
    expect(server.deployments()).toMatchObject([{ statuses: [] }]);
    expect(await jobAt(server.url).text.read()).toEqual(['key1.AAAA']);
    await jobAt(server.url).text.write('key1.BBBB');
    expect(textsOf(server)).toEqual([{ shared: 'key1.BBBB' }]);
  });

  it.each([
    [JSON.stringify({ shared: 'key1.AAAA' }), ['key1.AAAA']],
    ['', []],
    ['null', []],
    [{}, []],
    [{ shared: 7 }, []],
    [{ shared: null }, []],
    [{ id: '1a2b3c4d', scope: 'p', sealed: 'aura1.AAAA' }, []],
  ])('may be any payload: %j', async (payload, texts) => {
    await using server = await startGitHub();
    const other = seed(server, payload);
    const { text, warnings } = jobAt(server.url);
    expect(await text.read()).toEqual(texts);
    await text.write('key1.NEW');
    // A payload of another form belongs to someone else.
    expect(server.deployments().some(({ id }) => id === other.id)).toBe(texts.length === 0);
    expect(warnings).toEqual([]);
  });
});

describe('several writers', () => {
  it('at the same time leave one text, which all find', async () => {
    await using server = await startGitHub();
    const jobs = Array.from({ length: 5 }, () => jobAt(server.url));
    await Promise.all(jobs.map(({ text }, index) => text.write(`key1.${index}`)));
    const found = await jobAt(server.url).text.read();
    expect(found).toHaveLength(1);
    expect(jobs.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('do not delete the text of a later one', async () => {
    await using server = await startGitHub();
    seed(server, { shared: 'key1.OLD' });
    const { text, warnings } = jobAt(server.url);
    server.order({ method: 'POST', path: /statuses$/, answer: 'hang' });
    const marking = server.nextRequest().then(() => server.nextRequest());
    const cancel = new AbortController();
    const slow = jobAt(server.url, cancel.signal).text.write('key1.SLOW');
    await marking;
    await text.write('key1.NEW');
    expect(textsOf(server)).toEqual([{ shared: 'key1.NEW' }]);
    cancel.abort(new Error('The step was cancelled'));
    await expect(slow).rejects.toThrow('The step was cancelled');
    expect(warnings).toEqual([]);
  });

  it('leave older ones to the last of them', async () => {
    await using server = await startGitHub();
    const old = seed(server, { shared: 'key1.OLD' });
    const { text } = jobAt(server.url);
    const listed = [
      { id: 9_000_000_000, task: kind.task, payload: { shared: 'key1.LATER' } },
      { id: old.id, task: kind.task, payload: { shared: 'key1.OLD' } },
    ];
    server.order({ method: 'GET', answer: { status: 200, body: listed } });
    await text.write('key1.MINE');
    expect(textsOf(server)).toEqual([{ shared: 'key1.MINE' }, { shared: 'key1.OLD' }]);
  });

  it('are not stopped by a list that lags behind', async () => {
    await using server = await startGitHub();
    const old = seed(server, { shared: 'key1.OLD' });
    const { text, warnings } = jobAt(server.url);
    const lagging = [{ id: old.id, task: kind.task, payload: { shared: 'key1.OLD' } }];
    server.order({ method: 'GET', answer: { status: 200, body: lagging } });
    await text.write('key1.NEW');
    expect(textsOf(server)).toEqual([{ shared: 'key1.NEW' }]);
    expect(warnings).toEqual([]);
  });

  it('do not mind that another one has deleted an older text first', async () => {
    await using server = await startGitHub();
    seed(server, { shared: 'key1.OLD' });
    const { text, warnings, notices } = jobAt(server.url);
    const answer = { status: 404, body: { message: 'Not Found' } };
    server.order({ method: 'POST', path: /statuses$/, after: 1, answer });
    await text.write('key1.NEW');
    expect([...warnings, ...notices]).toEqual([]);
  });
});

describe('entries of the credentials store', () => {
  const payload = { id: '1a2b3c4d', scope: 'project-1', sealed: 'aura1.AAAA' };

  it('are not touched by a shared text, even under the same task', async () => {
    await using server = await startGitHub();
    const same = seed(server, payload, 'success');
    const other = server.seed({ ...kind, task: 'aura:shop', payload });
    const { text } = jobAt(server.url);
    expect(await text.read()).toEqual([]);
    await text.write('key1.NEW');
    await text.write('key1.NEWER');
    const left = server.deployments().map(({ id }) => id);
    expect(left).toContain(same.id);
    expect(left).toContain(other.id);
    expect(left).toHaveLength(3);
  });

  it('do not include a shared text, even of an instance with such a name', async () => {
    await using server = await startGitHub();
    const { text, store } = jobAt(server.url);
    await text.write('key1.AAAA');
    const instance = `token:${name}`;
    const entry = { name: instance, ...payload, url: 'https://console.neo4j.io/' };
    expect(await store.find(instance, payload.id)).toBeUndefined();
    await store.save(entry);
    expect(await store.find(instance, payload.id)).toBe('aura1.AAAA');
    expect(await text.read()).toEqual(['key1.AAAA']);
    await store.remove(instance, { scope: payload.scope });
    await store.removeGroup({ what: 'everything', has: () => true }, payload.scope);
    expect(textsOf(server)).toEqual([{ shared: 'key1.AAAA' }]);
  });
});

const says = (message: string): object => ({ message });
const troubles: readonly (readonly [string, OrderedAnswer['answer'], RegExp])[] = [
  ['denies a permission', { status: 403, body: says('Resource not accessible') }, /403 .*write/],
  ['does not find the repository', { status: 404, body: says('Not Found') }, /404/],
  ['limits requests', { status: 429, body: says('Slow down') }, /429/],
  ['fails', { status: 500, body: says('Server Error') }, /500/],
  ['answers with a page', { status: 200, body: '<html>Sign in</html>' }, /not (a list|create)/],
  ['breaks the connection', 'reset', /socket|ECONNRESET|closed/],
];

describe.each(troubles)('if GitHub %s', (_what, trouble, why) => {
  it('a look says so once, and the next ones are answered when GitHub works again', async () => {
    await using server = await startGitHub();
    seed(server, { shared: 'key1.AAAA' });
    const { text, warnings, notices } = jobAt(server.url);
    // A look is tried twice, unless GitHub refuses it.
    const refused = typeof trouble === 'object' && trouble.status >= 400 && trouble.status < 500;
    server.order({ answer: trouble, times: refused ? 3 : 5 });
    expect(await text.read()).toBeUndefined();
    expect(await text.read()).toBeUndefined();
    await text.write('key1.BBBB');
    expect(await text.read()).toEqual(['key1.AAAA']);
    const [last] = notices.filter((notice) => !notice.startsWith('GitHub: ')).slice(-1);
    expect(last).toMatch(/^Could not store the shared access token \(GitHub deployments\): /);
    expect(warnings).toEqual([expect.stringMatching(why)]);
    expect(warnings[0]).toMatch(
      /^Could not look for the shared access token \(GitHub deployments\): /,
    );
  });

  it('a text that is not stored is a warning, and the next one is stored', async () => {
    await using server = await startGitHub();
    const { text, warnings } = jobAt(server.url);
    server.order({ method: 'POST', answer: trouble });
    await text.write('key1.AAAA');
    expect(await text.read()).toEqual([]);
    await text.write('key1.BBBB');
    expect(textsOf(server)).toEqual([{ shared: 'key1.BBBB' }]);
    expect(warnings).toEqual([expect.stringMatching(why)]);
    expect(warnings[0]).toMatch(
      /^Could not store the shared access token \(GitHub deployments\): /,
    );
  });

  it('older texts stay without a warning, until the next writer deletes them', async () => {
    await using server = await startGitHub();
    seed(server, { shared: 'key1.OLD' });
    const { text, warnings, notices } = jobAt(server.url);
    server.order({ method: 'GET', answer: trouble });
    await text.write('key1.NEW');
    expect(warnings).toEqual([]);
    expect(notices).toEqual([
      expect.stringMatching(/^Could not delete older values of the shared access token /),
    ]);
    await text.write('key1.NEWER');
    expect(textsOf(server)).toEqual([{ shared: 'key1.NEWER' }]);
  });
});

describe('a silent GitHub', () => {
  it('delays a look by ten seconds at most', async () => {
    await using server = await startGitHub();
    const { text, clock, warnings } = jobAt(server.url);
    server.order({ answer: 'hang', times: 2 });
    let asked = server.nextRequest();
    const found = text.read();
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await asked;
      asked = server.nextRequest();
      clock.advance(5_000);
    }
    expect(await found).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('GitHub: no answer within 5s.')]);
    expect(clock.waiting).toBe(0);
  });

  it('delays a write by ten seconds at most', async () => {
    await using server = await startGitHub();
    const { text, clock, warnings } = jobAt(server.url);
    server.order({ answer: 'hang' });
    const asked = server.nextRequest();
    const written = text.write('key1.AAAA');
    await asked;
    clock.advance(10_000);
    await written;
    expect(warnings).toEqual([expect.stringContaining('GitHub: no answer within 10s.')]);
  });

  it('ends with the step that is cancelled, without a warning', async () => {
    await using server = await startGitHub();
    const cancel = new AbortController();
    const { text, warnings } = jobAt(server.url, cancel.signal);
    server.order({ answer: 'hang' });
    const asked = server.nextRequest();
    const found = text.read();
    await asked;
    cancel.abort(new Error('The step was cancelled'));
    await expect(found).rejects.toThrow('The step was cancelled');
    expect(warnings).toEqual([]);
  });
});
