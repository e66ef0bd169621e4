import { describe, expect, it } from 'vitest';
import type { SimulatedInstance } from '../../../../simulator/aura/simulator.ts';
import { type TwoServers, startTwoServers } from '../recorded-jobs.ts';
import { failureOf, remarksOf } from '../steps-in-process.ts';
import { deletedBy, instancesOf, nameOf, saidBy } from './fleet.ts';

const sweep = { operation: 'sweep' };
const gone = nameOf('gone');
const hour = 3_600_000;

/** A world in which something happens when GitHub is asked for pull requests for the n-th time. */
async function startWith(
  n: number,
  happens: (world: TwoServers) => void,
  simulated: Parameters<typeof startTwoServers>[1] = {},
): Promise<TwoServers> {
  const worlds: TwoServers[] = [];
  let asked = 0;
  const onRequest = ({ path }: { readonly path: string }): void => {
    if (!path.endsWith('/pulls')) return;
    asked += 1;
    if (asked === n) worlds.forEach(happens);
  };
  const world = await startTwoServers({ onRequest }, simulated);
  worlds.push(world);
  return world;
}

function named(world: TwoServers, name: string): SimulatedInstance {
  const found = world.scenario.simulator.history().find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} was never created`);
  return found;
}

describe('a sweep beside another job', () => {
  it('leaves an instance that is created after the list', async () => {
    await using world = await startWith(1, ({ seed }) => {
      seed(nameOf('new'));
    });
    world.seed(gone);
    const result = await world.run('schedule', sweep);
    remarksOf(result);
    expect(deletedBy(result)).toEqual([gone]);
    expect(world.ids()).toEqual([named(world, nameOf('new')).id]);
  });

  it('leaves the instance that is being created for a new pull request', async () => {
    await using world = await startTwoServers();
    const { server, scenario } = world;
    server.putPullRequest({ number: 7, branch: 'open' });
    const { id } = scenario.simulator.seedInstance({ name: nameOf('open'), status: 'creating' });
    remarksOf(await world.run('schedule', sweep));
    expect(world.ids()).toEqual([id]);
  });

  it('succeeds if another sweep deletes the same instances first', async () => {
    await using world = await startWith(2, ({ scenario: { simulator } }) => {
      for (const { id } of simulator.instances()) simulator.setStatus(id, 'destroying');
    });
    for (const branch of ['a', 'b']) world.seed(nameOf(branch));
    const result = await world.run('schedule', sweep);
    remarksOf(result);
    const left = world.scenario.simulator.instances();
    expect(left.filter(({ status }) => status !== 'destroying')).toEqual([]);
    expect(instancesOf(result).map(({ status }) => status)).toEqual(['deleted', 'deleted']);
  });

  it('does not count what is already being deleted', async () => {
    await using world = await startTwoServers();
    const { simulator } = world.scenario;
    for (const branch of ['a', 'b', 'c']) {
      simulator.seedInstance({ name: nameOf(branch), status: 'destroying' });
    }
    world.seed(gone);
    remarksOf(await world.run('schedule', { ...sweep, 'max-deletions': '1' }));
    expect(world.ids()).toEqual([]);
  });

  it('keeps an instance that was renamed after the list', async () => {
    await using world = await startTwoServers();
    const { simulator } = world.scenario;
    const id = world.seed(gone);
    const { tenantId } = simulator;
    const data = { id, name: 'production', status: 'running', tenant_id: tenantId };
    const details = {
      connection_url: `neo4j+s://${id}.databases.neo4j.io`,
      cloud_provider: 'gcp',
      region: 'europe-west1',
      type: 'professional-db',
      memory: '2GB',
      storage: '4GB',
      created_at: '2026-01-01T00:00:00Z',
      metrics_integration_url: null,
    };
    simulator.addFault({
      match: { method: 'GET', path: id },
      times: 'always',
      fault: { kind: 'status', status: 200, body: { data: { ...data, ...details } } },
    });
    const result = await world.run('schedule', sweep);
    expect(remarksOf(result)).toEqual([expect.stringContaining('Nothing to sweep')]);
    expect(result.stdout).toContain("is kept: it is now named 'production'");
    expect(world.ids()).toEqual([id]);
    expect(simulator.exchanges.some(({ method }) => method === 'DELETE')).toBe(false);
  });

  it('succeeds if an instance is gone when it is read', async () => {
    await using world = await startTwoServers({}, { durations: { listAfterDelete: 600_000 } });
    const { simulator } = world.scenario;
    world.seed(gone);
    simulator.setStatus(world.ids()[0] ?? '', 'destroying');
    world.scenario.clock.advance(2 * hour);
    remarksOf(await world.run('schedule', sweep));
    expect(simulator.exchanges.some(({ method }) => method === 'DELETE')).toBe(false);
  });
});

describe('a stale instance that is busy', () => {
  it('is waited for', async () => {
    await using world = await startTwoServers();
    world.scenario.simulator.seedInstance({ name: gone, status: 'creating' });
    world.seed(nameOf('idle'));
    const result = await world.run('schedule', sweep);
    remarksOf(result);
    expect(deletedBy(result)).toEqual([gone, nameOf('idle')].toSorted());
    expect(world.ids()).toEqual([]);
  });

  it('is named in the error if the time is over, and the others are deleted', async () => {
    await using world = await startTwoServers();
    const busy = world.scenario.simulator.seedInstance({ name: gone, status: 'creating' });
    world.seed(nameOf('idle'));
    const result = await world.run('schedule', { ...sweep, timeout: '100s' });
    expect(failureOf(result)).toContain(`Could not delete instance '${gone}' (${busy.id})`);
    expect(world.ids()).toEqual([busy.id]);
    expect(instancesOf(result).find(({ id }) => id === busy.id)).toMatchObject({ changed: false });
  });
});

describe('right before a late deletion, a sweep asks GitHub once more and', () => {
  const reopen = ({ server }: TwoServers): void => {
    server.putPullRequest({ number: 7, branch: 'gone' });
  };

  it('keeps a busy instance whose pull request was reopened during the wait', async () => {
    await using world = await startWith(3, reopen);
    const { simulator } = world.scenario;
    const { id } = simulator.seedInstance({ name: gone, status: 'creating' });
    const idle = world.seed(nameOf('idle'));
    const result = await world.run('schedule', sweep);
    expect(remarksOf(result)).toEqual([
      `notice: Deleted 1 instance: '${nameOf('idle')}' (${idle}).`,
    ]);
    expect(world.ids()).toEqual([id]);
    expect(
      simulator.exchanges.some(({ method, path }) => method === 'DELETE' && path.endsWith(id)),
    ).toBe(false);
    expect(result.stdout).toContain(`${gone} (${id}): kept: pull request #7 is open.`);
    expect(instancesOf(result)).toMatchObject([
      { id, changed: false },
      { id: idle, status: 'deleted', changed: true },
    ]);
    expect(result.summary).toMatch(
      new RegExp(`\`${gone}\` .* kept \\| pull request \`#7\` is open`),
    );
  });

  it('says nothing was deleted if that was the only one', async () => {
    await using world = await startWith(3, reopen);
    const { simulator } = world.scenario;
    const { id } = simulator.seedInstance({ name: gone, status: 'pausing' });
    const result = await world.run('schedule', sweep);
    expect(remarksOf(result)).toEqual([]);
    expect(world.ids()).toEqual([id]);
    expect(result.outputs['changed']).toBe('false');
  });

  it('deletes nothing more if GitHub does not answer', async () => {
    await using world = await startWith(2, ({ server }) => {
      server.order({ path: /pulls$/, after: 1, times: 99, answer: { status: 500, body: {} } });
    });
    const { simulator } = world.scenario;
    const { id } = simulator.seedInstance({ name: gone, status: 'creating' });
    const idle = world.seed(nameOf('idle'));
    const result = await world.run('schedule', sweep);
    expect(failureOf(result)).toMatch(
      new RegExp(
        `^Could not delete instance '${gone}' \\(${id}\\): GitHub could not be asked again whether it is needed\\. Could not read the open pull requests of octo/shop: GitHub answered 500`,
      ),
    );
    expect(world.ids()).toEqual([id]);
    expect(saidBy(result)).toContain(`notice: Deleted 1 instance: '${nameOf('idle')}' (${idle}).`);
  });

  it('keeps what a pull request needs meanwhile, while it deletes many others', async () => {
    await using world = await startWith(3, reopen);
    const count = 130;
    for (let number = 1; number < count; number += 1) world.seed(nameOf(`gone-${number}`));
    const kept = world.seed(gone);
    const result = await world.run('schedule', { ...sweep, 'max-deletions': '500' });
    remarksOf(result);
    expect(world.ids()).toEqual([kept]);
    expect(deletedBy(result)).toHaveLength(count - 1);
  });
});

describe('the age of an instance', () => {
  it.each([-3, 0, 3])("counts by Aura's clock, which is %d minutes ahead", async (minutes) => {
    await using world = await startTwoServers({}, { clockSkew: minutes * 60_000 });
    const { simulator, clock } = world.scenario;
    const begin = simulator.auraTime();
    const seed = (branch: string, age: number): string =>
      simulator.seedInstance({ name: nameOf(branch), createdAt: clock.now() - age }).id;
    const old = seed('old', hour + 60_000);
    const young = seed('young', hour - 60_000);
    expect(begin - clock.now()).toBe(minutes * 60_000);
    const result = await world.run('schedule', { ...sweep, 'max-age': '1h' });
    remarksOf(result);
    expect(instancesOf(result).map(({ id }) => id)).toEqual([old]);
    expect(world.ids()).toEqual([young]);
  });

  it('keeps the instance if Aura does not tell its creation time', async () => {
    await using world = await startTwoServers();
    const { simulator } = world.scenario;
    const { tenantId: tenant_id } = simulator;
    const id = world.seed(gone, '2025-01-01T00:00:00Z');
    const listed = { id, name: gone, tenant_id, cloud_provider: 'gcp' };
    simulator.addFault({
      match: { method: 'GET', path: '^/v1/instances$' },
      times: 'always',
      fault: { kind: 'status', status: 200, body: { data: [listed] } },
    });
    const aged = await world.run('schedule', { ...sweep, 'max-age': '1h' });
    expect(remarksOf(aged)).toEqual([expect.stringContaining('Nothing to sweep')]);
    expect(aged.stdout).toContain('Aura does not say when it was created');
    expect(world.ids()).toEqual([id]);
  });
});

describe('a sweep with odd lists of Aura', () => {
  it('waits until lists no longer show what is deleted', async () => {
    await using world = await startTwoServers({}, { durations: { listAfterDelete: 90_000 } });
    world.seed(gone);
    remarksOf(await world.run('schedule', sweep));
    expect(world.ids()).toEqual([]);
  });

  it('skips an entry that cannot be read, and one of another tenant', async () => {
    await using world = await startTwoServers();
    const { simulator } = world.scenario;
    const id = world.seed(gone);
    const other = '11111111-2222-4333-8444-555555555555';
    const entries = [
      null,
      { id, name: gone },
      { id: 'x y', name: gone, tenant_id: simulator.tenantId },
      { id, name: gone, tenant_id: other },
    ];
    simulator.addFault({
      match: { method: 'GET', path: '^/v1/instances$' },
      times: 'always',
      fault: { kind: 'status', status: 200, body: { data: entries } },
    });
    expect(remarksOf(await world.run('schedule', sweep))).toEqual([
      expect.stringContaining('Nothing to sweep: no instance '),
    ]);
    expect(world.ids()).toEqual([id]);
  });
});

describe('the tenant of a sweep', () => {
  const tenants = [{ name: 'ci' }, { name: 'production' }];

  it('must be named if there are several, and no other is touched', async () => {
    await using world = await startTwoServers({}, { tenants });
    const { simulator } = world.scenario;
    const [ci, production] = simulator.tenants.map(
      ({ id: tenantId }) => simulator.seedInstance({ name: gone, tenantId }).id,
    );
    expect(failureOf(await world.run('schedule', sweep))).toMatch(/^Input 'tenant' is required/);
    expect(world.ids()).toEqual([ci, production]);
    remarksOf(await world.run('schedule', { ...sweep, tenant: 'ci' }));
    expect(world.ids()).toEqual([production]);
  });

  it('is an error if the credentials cannot access it', async () => {
    await using world = await startTwoServers();
    const tenant = '11111111-2222-4333-8444-555555555555';
    expect(failureOf(await world.run('schedule', { ...sweep, tenant }))).toContain(tenant);
  });
});
