import { shelf } from '../../../src/aura/credentials/shelf.ts';
import { describe, expect, it, test } from 'vitest';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { createDeploymentStore, noStore } from '../../../src/core/github/deployments.ts';
import { startGitHub, type GitHubServer } from '../../../harness/github/server.ts';
import { secretOf } from '../secrets/secret-of.ts';

const token = 'ghs_0123456789abcdef';
const entry = {
  name: 'shop-main-1a2b-3c4d',
  id: '1a2b3c4d',
  scope: 'project-1',
  sealed: 'aura1.AAECAwQF',
  url: 'https://console.neo4j.io/projects/p/instances#1a2b3c4d',
};
const { name, id, scope } = entry;
const kind = { environment: 'aura', task: `aura:${name}`, transient_environment: true };

type Options = Partial<Parameters<typeof createDeploymentStore>[0]> & {
  readonly signal?: AbortSignal;
};

function storeAt(apiUrl: string, options: Options = {}) {
  const warnings: string[] = [];
  const clock = drivenClock();
  const warn = (text: string): void => {
    warnings.push(text);
  };
  const debug = (): void => undefined;
  const given = {
    shelf,
    token: secretOf(token),
    repository: 'octo/shop',
    ref: 'feature/x',
    apiUrl,
    userAgent: 'test',
    warn,
    debug,
  };
  const { signal, ...others } = options;
  const patience = { clock, deadline: clock.now() + 1_200_000, signal };
  const store = createDeploymentStore({ ...given, patience, ...others });
  return { store, clock, warnings };
}

function requestsOf({ exchanges }: GitHubServer): string[] {
  return exchanges.map(({ method, path, status }) => {
    const at = path.replace('/repos/octo/shop/', '').replace(/\d+/, '{id}');
    return `${method} ${at} ${status}`;
  });
}

const listing = 'GET deployments 200';
const making = ['POST deployments 201', 'POST deployments/{id}/statuses 201'];
const retiring = ['POST deployments/{id}/statuses 201', 'DELETE deployments/{id} 204'];

describe('a stored value', () => {
  it('is a deployment of the ref with the sealed text as payload', async () => {
    await using server = await startGitHub();
    const { store, clock, warnings } = storeAt(server.url);
    await store.save(entry);
    expect(server.deployments()).toMatchObject([
      {
        ...kind,
        ref: 'feature/x',
        payload: { id, scope, sealed: entry.sealed },
        production_environment: false,
        statuses: [{ state: 'success', environment_url: entry.url }],
      },
    ]);
    expect(requestsOf(server)).toEqual([listing, ...making]);
    const [, made, status] = server.exchanges.map(({ body }) => body);
    expect(JSON.parse(made ?? '')).toMatchObject({ auto_merge: false, required_contexts: [] });
    expect(JSON.parse(status ?? '')).toMatchObject({ auto_inactive: false });
    expect(warnings).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('is found again, and then deleted', async () => {
    await using server = await startGitHub({ basePath: '/api/v3' });
    const { store, clock, warnings } = storeAt(server.url);
    await store.save(entry);
    expect(await store.find(name, id)).toBe(entry.sealed);
    await store.remove(name, { scope });
    expect(server.deployments()).toEqual([]);
    expect(requestsOf(server).slice(-3)).toEqual([listing, ...retiring]);
    expect(await store.find(name, id)).toBeUndefined();
    await store.remove(name, { scope });
    expect(warnings).toEqual([]);
    expect(clock.waiting).toBe(0);
  });

  it('replaces the one stored before, which is deleted only afterwards', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    await store.save(entry);
    await store.save({ ...entry, sealed: 'aura1.BBBB' });
    expect(server.deployments()).toHaveLength(1);
    expect(await store.find(name, id)).toBe('aura1.BBBB');
    expect(requestsOf(server).slice(3, 8)).toEqual([listing, ...making, ...retiring]);
    expect(warnings).toEqual([]);
  });

  it('of another name, task or environment is not touched', async () => {
    await using server = await startGitHub();
    const { store } = storeAt(server.url);
    const payload = { id, scope, sealed: 'aura1.CCCC' };
    const others = [
      server.seed({ ...kind, payload, task: 'aura:shop-main' }),
      server.seed({ ...kind, payload, task: 'deploy' }),
      server.seed({ ...kind, payload, environment: 'production' }),
    ];
    expect(await store.find(name, id)).toBeUndefined();
    await store.save(entry);
    await store.remove(name, { scope });
    expect(server.deployments().map((kept) => kept.id)).toEqual(
      others.map((kept) => kept.id).reverse(),
    );
  });

  it.each([['50% & more'], ['a/b?c#d'], ['Ünï 🐘'], ['::warning::x']])(
    'has a name that may contain anything: %j',
    async (odd) => {
      await using server = await startGitHub();
      const { store, warnings } = storeAt(server.url);
      await store.save({ ...entry, name: odd });
      expect(server.deployments()).toMatchObject([{ task: `aura:${odd}` }]);
      expect(await store.find(odd, id)).toBe(entry.sealed);
      expect(warnings).toEqual([]);
    },
  );
});

describe('values stored for a group of names', () => {
  const group = { what: "branch 'a'", has: (other: string) => other.startsWith('a-') };
  const seed = (server: GitHubServer, task: string, of = scope) =>
    server.seed({ ...kind, task, payload: { id, scope: of, sealed: 'aura1.AAAA' } });

  it('are deleted on whatever page GitHub lists them, and nothing else is', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    seed(server, 'aura:a-1');
    const others = Array.from({ length: 100 }, (_, index) => seed(server, `aura:b-${index}`));
    others.push(seed(server, 'a-2'), seed(server, 'aura:a-3', 'project-2'));
    seed(server, 'aura:a-4');
    await store.removeGroup(group, scope);
    expect(server.deployments().map((kept) => kept.id)).toEqual(
      others.map((kept) => kept.id).toReversed(),
    );
    expect(warnings).toEqual([]);
  });

  it('are searched within limits', async () => {
    await using server = await startGitHub();
    for (let index = 0; index < 1_001; index += 1) seed(server, 'aura:b');
    const { store } = storeAt(server.url);
    await store.removeGroup(group, scope);
    expect(server.exchanges).toHaveLength(10);
  });

  it('stay, with a warning, if GitHub cannot be asked', async () => {
    await using server = await startGitHub({ permission: 'none' });
    const { store, warnings } = storeAt(server.url);
    seed(server, 'aura:a-1');
    await store.removeGroup(group, scope);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Could not delete the credentials of branch 'a' \(GitHub deployments\)/,
      ),
    ]);
  });

  it('do not exist in a store that stores nothing', async () => {
    await expect(noStore.removeGroup(group, scope)).resolves.toBeUndefined();
  });
});

describe('of several deployments of the name', () => {
  it('the newest active one counts', async () => {
    await using server = await startGitHub();
    const { store } = storeAt(server.url);
    server.seed({ ...kind, payload: { id, scope, sealed: 'aura1.OLD' } });
    server.seed({ ...kind, payload: { id, scope, sealed: 'aura1.NEW' } });
    for (const state of ['inactive', 'pending', 'failure', 'in_progress']) {
      server.seed({ ...kind, payload: { id, scope, sealed: `aura1.${state}` } }, state);
    }
    expect(await store.find(name, id)).toBe('aura1.NEW');
  });

  it('all are deleted when the value is removed', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    const payload = { id, scope, sealed: entry.sealed };
    for (const state of ['success', 'inactive', 'pending']) {
      server.seed({ ...kind, payload }, state);
    }
    await store.remove(name, { scope });
    expect(server.deployments()).toEqual([]);
    expect(warnings).toEqual([]);
  });
});

describe('a payload', () => {
  it('is read if it is the JSON text of an object', async () => {
    await using server = await startGitHub();
    server.seed({ ...kind, payload: JSON.stringify({ id, scope, sealed: entry.sealed }) });
    expect(await storeAt(server.url).store.find(name, id)).toBe(entry.sealed);
  });

  it.each([
    [''],
    ['no JSON'],
    ['null'],
    ['[]'],
    [{}],
    [{ id, scope, sealed: 7 }],
    [{ id, scope, sealed: null }],
    [{ id }],
    [{ sealed: entry.sealed }],
    [{ id: 7, sealed: entry.sealed }],
    [JSON.stringify({ sealed: entry.sealed })],
    [JSON.stringify(JSON.stringify({ id, scope, sealed: entry.sealed }))],
  ])('in an unknown format is ignored: %j', async (payload) => {
    await using server = await startGitHub();
    server.seed({ ...kind, payload });
    const { store, warnings } = storeAt(server.url);
    expect(await store.find(name, id)).toBeUndefined();
    expect(warnings).toEqual([`The deployments stored for '${name}' are in an unknown format.`]);
  });
});

describe('deployments of another instance with the name', () => {
  const payload = { id: '0badc0de', scope, sealed: 'aura1.OTHER' };

  it('do not count, and a warning says so', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    server.seed({ ...kind, payload });
    server.seed({ ...kind, payload: { version: '1.2.3' } });
    server.seed({ ...kind, payload: { ...payload, id: 'deadbeef' } });
    server.seed({ ...kind, payload: { ...payload, id: 'facade00' } }, 'inactive');
    expect(await store.find(name, id)).toBeUndefined();
    expect(warnings).toEqual([
      `The deployments stored for '${name}' are of 'deadbeef', in an unknown format, of '0badc0de'.`,
    ]);
  });

  it('do not hide older ones, and then cause no warning', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    server.seed({ ...kind, payload: { id, scope, sealed: entry.sealed } });
    server.seed({ ...kind, payload: '' });
    server.seed({ ...kind, payload });
    expect(await store.find(name, id)).toBe(entry.sealed);
    expect(await store.find(name, '0badc0de')).toBe('aura1.OTHER');
    expect(warnings).toEqual([]);
  });

  it('stay if only one instance is removed, and are deleted with the whole scope', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    const other = server.seed({ ...kind, payload });
    const foreign = server.seed({ ...kind, payload: '' });
    for (const state of ['success', 'inactive', 'pending']) {
      server.seed({ ...kind, payload: { id, scope, sealed: state } }, state);
    }
    await store.remove(name, { scope, id });
    expect(server.deployments().map((kept) => kept.id)).toEqual([foreign.id, other.id]);
    expect(await store.find(name, '0badc0de')).toBe('aura1.OTHER');
    await store.remove(name, { scope });
    // A payload of another form belongs to someone else.
    expect(server.deployments().map((kept) => kept.id)).toEqual([foreign.id]);
    expect(warnings).toEqual([]);
  });
});

describe('a value stored under the same name in another scope', () => {
  it('is not affected by saves and removals here', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    const payload = { id: '0badc0de', scope: 'project-2', sealed: 'aura1.OTHER' };
    const other = server.seed({ ...kind, payload });
    await store.save(entry);
    await store.remove(name, { scope, id });
    await store.remove(name, { scope });
    expect(server.deployments().map((kept) => kept.id)).toEqual([other.id]);
    expect(await store.find(name, '0badc0de')).toBe('aura1.OTHER');
    expect(warnings).toEqual([]);
  });
});

describe('a save that is interrupted', () => {
  it('before its status keeps the old value, and a later save cleans up', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    await store.save(entry);
    server.order({ path: /statuses$/, answer: { status: 502, body: '<html>' } });
    await store.save({ ...entry, sealed: 'aura1.BBBB' });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Could not store the credentials of 'shop-main-1a2b-3c4d' \(GitHub deployments\): GitHub answered 502\. /,
      ),
    ]);
    expect(await store.find(name, id)).toBe(entry.sealed);
    await store.save({ ...entry, sealed: 'aura1.CCCC' });
    expect(server.deployments()).toHaveLength(1);
    expect(await store.find(name, id)).toBe('aura1.CCCC');
  });

  it('before the old one is deleted has stored the new one', async () => {
    await using server = await startGitHub();
    const { store, warnings } = storeAt(server.url);
    await store.save(entry);
    server.order({ method: 'DELETE', answer: { status: 502, body: '<html>' } });
    await store.save({ ...entry, sealed: 'aura1.BBBB' });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Could not delete older credentials of 'shop-main-1a2b-3c4d' \(GitHub deployments\): GitHub answered 502\. /,
      ),
    ]);
    expect(await store.find(name, id)).toBe('aura1.BBBB');
  });
});

test('a cancelled step ends immediately without a warning', async () => {
  await using server = await startGitHub();
  const cancel = new AbortController();
  const { store, clock, warnings } = storeAt(server.url, { signal: cancel.signal });
  server.order({ answer: 'hang' });
  const asked = server.nextRequest();
  const found = store.find(name, id);
  await asked;
  cancel.abort(new Error('The step was cancelled'));
  await expect(found).rejects.toThrow('The step was cancelled');
  await expect(store.save(entry)).rejects.toThrow('The step was cancelled');
  expect(server.exchanges).toHaveLength(1);
  expect(warnings).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test('a store that stores nothing sends no request', async () => {
  await noStore.save(entry);
  await noStore.remove(name, { scope });
  expect(await noStore.find(name, id)).toBeUndefined();
});
