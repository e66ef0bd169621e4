import { describe, expect, it } from 'vitest';
import type { GitHubServerOptions } from '../../../../harness/github/server.ts';
import { type TwoServers, startTwoServers } from '../recorded-jobs.ts';
import { failureOf, remarksOf } from '../steps-in-process.ts';
import { deletedBy, instancesOf, nameOf, saidBy } from './fleet.ts';

const sweep = { operation: 'sweep' };
const gone = nameOf('gone');
const open = nameOf('open');

/** A tenant and a repository before a sweep, and the result of the sweep. */
interface Row {
  readonly what: string;
  readonly github?: GitHubServerOptions | ((world: () => TwoServers) => GitHubServerOptions);
  readonly prepare?: (world: TwoServers) => void;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Names of instances. */
  readonly deleted: readonly string[];
  readonly kept: readonly string[];
  /** The only annotation. */
  readonly says: RegExp;
}

const deletedOne = /^notice: Deleted 1 instance: '[a-z0-9-]+' \([0-9a-f]{8}\)\.$/;
const nothing = (count: number): RegExp =>
  new RegExp(`^notice: Nothing to sweep: ${count} instances? checked, none is stale\\.$`);
const many = Array.from({ length: 300 }, (_, index) => `topic-${index + 1}`);

const rows: readonly Row[] = [
  {
    what: 'an open pull request',
    prepare: ({ server }) => {
      server.putPullRequest({ number: 7, branch: 'open' });
    },
    deleted: [],
    kept: [open],
    says: nothing(1),
  },
  {
    what: 'a closed pull request',
    prepare: ({ server }) => {
      server.putPullRequest({ number: 7, branch: 'gone', state: 'closed' });
    },
    deleted: [gone],
    kept: [],
    says: deletedOne,
  },
  {
    what: 'a pull request that is opened between listing and deleting',
    github: (world) => ({
      onRequest: ({ path }) => {
        const { server, scenario } = world();
        const read = scenario.simulator.exchanges.some((one) => /instances\/./.test(one.path));
        if (path.endsWith('/pulls') && read) server.putPullRequest({ number: 7, branch: 'open' });
      },
    }),
    deleted: [gone],
    kept: [open],
    says: deletedOne,
  },
  {
    what: 'a pull request that is reopened between listing and deleting',
    github: (world) => ({
      onRequest: ({ path }) => {
        const { server, scenario } = world();
        const read = scenario.simulator.exchanges.some((one) => /instances\/./.test(one.path));
        if (path.endsWith('/pulls') && read) server.putPullRequest({ number: 7, branch: 'open' });
      },
    }),
    prepare: ({ server }) => {
      server.putPullRequest({ number: 7, branch: 'open', state: 'closed' });
    },
    deleted: [],
    kept: [open],
    says: nothing(1),
  },
  {
    what: 'a pull request that is closed between listing and deleting',
    github: (world) => {
      let asked = 0;
      return {
        onRequest: ({ path }) => {
          if (!path.endsWith('/pulls')) return;
          asked += 1;
          const state = asked > 1 ? 'closed' : 'open';
          world().server.putPullRequest({ number: 7, branch: 'open', state });
        },
      };
    },
    // Only what both answers call stale is deleted.
    deleted: [gone],
    kept: [open],
    says: deletedOne,
  },
  {
    what: 'pull requests from forks: open, closed, and from a deleted fork or account',
    prepare: ({ server }) => {
      server.putPullRequest({ number: 1, branch: 'open', from: 'mona/shop' });
      server.putPullRequest({ number: 2, branch: 'open', from: 'lisa/shop', state: 'closed' });
      server.putPullRequest({ number: 3, branch: 'open', from: null, owner: 'bart' });
      server.putPullRequest({ number: 4, branch: 'open', from: 'octo/shop-copy' });
    },
    deleted: [nameOf('open', 'lisa'), open],
    kept: [nameOf('open', 'mona'), nameOf('open', 'bart'), nameOf('open', 'octo')],
    says: /^notice: Deleted 2 instances: /,
  },
  {
    what: 'a renamed branch, with its pull request under the new name',
    prepare: ({ server }) => {
      server.putPullRequest({ number: 7, branch: 'new-name' });
      server.putBranch('new-name');
    },
    inputs: { keep: 'branches' },
    deleted: [nameOf('old-name')],
    kept: [nameOf('new-name')],
    says: deletedOne,
  },
  {
    what: "another repository's instances with similar names",
    deleted: [],
    // octo/shop2 and other/shop, both for `gone`; and one whose hash only looks like it.
    kept: ['shop2-gone-57t1a-g6rfi', 'shop-gone-a0b1c-g6rfi', 'shop-gone-610v8-g6rfi'],
    says: /^notice: Nothing to sweep: no instance of the tenant belongs to octo\/shop\.$/,
  },
  {
    what: 'instances that somebody has created by hand with similar names',
    deleted: [],
    kept: [
      'shop',
      'shop-gone',
      'shop-gone-610v7',
      'shop-gone-610v7-12345678',
      gone.toUpperCase(),
      `${gone}-`,
      `copy-of-${gone}`,
      `${gone}-toolong`,
      `${gone}-a-b`,
      ` ${gone}`.trim().replace('shop', 'shopping'),
    ],
    says: /^notice: Nothing to sweep: no instance .*\.$/,
  },
  {
    what: '300 pull requests on several pages',
    prepare: ({ server }) => {
      for (const [index, branch] of many.entries()) {
        server.putPullRequest({ number: index + 1, branch });
      }
    },
    deleted: [gone],
    kept: [1, 100, 101, 200, 201, 300].map((number) => nameOf(`topic-${number}`)),
    says: deletedOne,
  },
  {
    what: 'GitHub failing on page 3',
    prepare: ({ server }) => {
      for (const [index, branch] of many.entries()) {
        server.putPullRequest({ number: index + 1, branch });
      }
      server.order({ path: /pulls$/, page: 3, times: 9, answer: { status: 500, body: {} } });
    },
    deleted: [],
    kept: [gone, nameOf('topic-300')],
    says: /^error: Could not read the open pull requests of octo\/shop: GitHub answered 500 \(.*\)\. This is a problem on GitHub's side; try again later\. Nothing was deleted\.$/,
  },
  {
    what: 'GitHub failing only when it is asked again',
    prepare: ({ server }) => {
      server.order({ path: /branches$/, after: 1, times: 9, answer: { status: 502, body: '' } });
    },
    deleted: [],
    kept: [gone],
    says: /^error: Could not read the branches of octo\/shop: .* Nothing was deleted\.$/,
  },
  {
    what: 'GitHub not allowing to list the pull requests',
    github: { pullRequests: 'none' },
    deleted: [],
    kept: [gone],
    says: /^error: Could not read the open pull requests .* 403 .* Add 'permissions: pull-requests: read' to the job.* Nothing was deleted\.$/,
  },
  {
    what: 'GitHub not allowing to list the branches',
    github: { contents: 'none' },
    deleted: [],
    kept: [gone],
    says: /^error: Could not read the branches .* 403 .* Add 'permissions: contents: read' to the job.* Nothing was deleted\.$/,
  },
  {
    what: 'a pull request of an unknown fork',
    prepare: ({ server }) => {
      server.putPullRequest({ number: 7, branch: 'open', from: null, owner: null });
    },
    deleted: [],
    kept: [gone],
    says: /^error: .* GitHub does not say whose fork the branch 'open' of pull request #7 is in\. Nothing was deleted\.$/,
  },
  {
    what: 'more stale instances than allowed',
    inputs: { 'max-deletions': '2' },
    deleted: [],
    kept: [gone, nameOf('gone-2'), nameOf('gone-3')],
    says: /^error: This would delete 3 instances \(.*\), more than 'max-deletions: 2'\. Nothing was deleted\./,
  },
  {
    what: 'more stale instances than allowed, in a dry run',
    inputs: { 'max-deletions': '2', 'dry-run': 'true' },
    deleted: [],
    kept: [gone, nameOf('gone-2'), nameOf('gone-3')],
    says: /^error: This would delete 3 instances \(.*\), more than 'max-deletions: 2'\. Nothing was deleted\./,
  },
  {
    what: 'as many stale instances as allowed, and a kept one',
    prepare: ({ server }) => {
      server.putPullRequest({ number: 7, branch: 'open' });
    },
    inputs: { 'max-deletions': '2' },
    deleted: [gone, nameOf('gone-2')],
    kept: [open],
    says: /^notice: Deleted 2 instances: /,
  },
  {
    what: 'a dry run',
    inputs: { 'dry-run': 'true' },
    deleted: [],
    kept: [gone],
    says: /^notice: Dry run: would delete 1 instance: /,
  },
  {
    what: 'a protected name',
    inputs: { 'protected-names': 'SHOP-GONE-*' },
    deleted: [nameOf('other')],
    kept: [gone],
    says: /^(warning: Instance '.*' \(.*\) is kept: its name matches 'SHOP-GONE-\*' of input 'protected-names'\.|notice: Deleted 1 instance: .*)$/,
  },
  {
    what: 'the default branch, whatever its suffix',
    deleted: [],
    kept: [nameOf('main'), nameOf('main', undefined, 'ds')],
    says: nothing(2),
  },
  {
    what: 'a fork with a branch of the same name as the default branch',
    deleted: [nameOf('main', 'mona')],
    kept: [nameOf('main')],
    says: deletedOne,
  },
  {
    what: 'a merge queue that is running, and one that has ended',
    prepare: ({ server }) => {
      server.putBranch('gh-readonly-queue/main/pr-42-929f8209');
    },
    deleted: [nameOf('gh-readonly-queue/main/pr-41-aaaa')],
    kept: [nameOf('gh-readonly-queue/main/pr-42-929f8209')],
    says: deletedOne,
  },
  {
    what: 'existing branches without a pull request, which do not count',
    prepare: ({ server }) => {
      server.putBranch('gone');
    },
    deleted: [gone],
    kept: [],
    says: deletedOne,
  },
  {
    what: 'existing branches without a pull request, which count on request',
    prepare: ({ server }) => {
      server.putBranch('open');
      server.putPullRequest({ number: 7, branch: 'fork', from: 'mona/shop' });
    },
    inputs: { keep: 'branches' },
    deleted: [gone],
    kept: [open, nameOf('open', undefined, 'ds'), nameOf('fork', 'mona')],
    says: deletedOne,
  },
  {
    what: 'a tenant with nothing of this repository, which needs no answer from GitHub',
    github: { pullRequests: 'none', contents: 'none' },
    deleted: [],
    kept: ['production'],
    says: /^notice: Nothing to sweep: no instance .*\.$/,
  },
];

describe('a sweep of a repository with', () => {
  it.each(rows)('$what', async ({ github = {}, prepare, inputs, deleted, kept, says }) => {
    const worlds: TwoServers[] = [];
    const find = (): TwoServers => {
      const [world] = worlds;
      if (world === undefined) throw new Error('It has not started yet.');
      return world;
    };
    await using world = await startTwoServers(typeof github === 'function' ? github(find) : github);
    worlds.push(world);
    for (const name of [...deleted, ...kept]) world.seed(name);
    prepare?.(world);
    const result = await world.run('schedule', { ...sweep, ...inputs });
    const left = world.scenario.simulator.instances();
    expect(left.map(({ name }) => name)).toEqual(kept);
    expect(left.map(({ deleteRequestedAt }) => deleteRequestedAt)).toEqual(
      kept.map(() => undefined),
    );
    for (const text of saidBy(result)) expect(text).toMatch(says);
    expect(result.annotations).not.toHaveLength(0);
    expect(deletedBy(result)).toEqual(deleted.toSorted());
    expect(result.outputs['changed']).toBe(String(deleted.length > 0));
  });
});

describe('a sweep', () => {
  it('sets the outputs of several instances, also for one, and writes what it decided', async () => {
    await using world = await startTwoServers();
    const { server, seed, run, scenario } = world;
    server.putPullRequest({ number: 7, branch: 'open' });
    const [id] = [seed(gone), seed(open)];
    const result = await run('schedule', sweep);
    expect(remarksOf(result)).toEqual([`notice: Deleted 1 instance: '${gone}' (${id}).`]);
    expect(instancesOf(result)).toEqual([{ id, name: gone, status: 'deleted', changed: true }]);
    expect(Object.keys(result.outputs).toSorted()).toEqual(
      ['changed', 'instances', 'operation', 'skipped', 'tenant'].toSorted(),
    );
    expect(result.outputs).toMatchObject({
      operation: 'sweep',
      skipped: 'false',
      tenant: scenario.simulator.tenantId,
    });
    expect(result.summary).toContain('### Neo4j Aura: sweep deleted 1 of 2 instances');
    expect(result.summary).toMatch(
      new RegExp(`\`${gone}\` .* \\| deleted \\| no open pull request needs it \\|`),
    );
    expect(result.summary).toMatch(new RegExp(`\`${open}\` .*pull request \`#7\` is open`));
    expect(result.stdout).toContain(`Instance '${open}'`);
  });

  it('also writes why it keeps all, if none is stale, and that there are none', async () => {
    await using world = await startTwoServers();
    const { server, seed, run } = world;
    const empty = await run('schedule', sweep);
    expect(remarksOf(empty)).toEqual([
      expect.stringContaining('no instance of the tenant belongs to octo/shop'),
    ]);
    expect(empty.summary).toMatch(
      /^### Neo4j Aura: nothing to sweep\n\nNo instance of the tenant belongs to `octo\/shop`\.\n\n<sub>/,
    );
    server.putPullRequest({ number: 7, branch: 'open' });
    seed(open);
    const { summary } = await run('schedule', sweep);
    expect(summary).toContain('### Neo4j Aura: sweep deleted 0 of 1 instance');
    expect(summary).toMatch(new RegExp(`\`${open}\` .*pull request \`#7\` is open`));
  });

  it('says the first ten names of many, and all of them in the summary', async () => {
    await using world = await startTwoServers();
    const names = Array.from({ length: 12 }, (_, index) => nameOf(`gone-${index}`));
    for (const name of names) world.seed(name);
    const result = await world.run('schedule', { ...sweep, 'max-deletions': '12' });
    const [notice = '', ...others] = remarksOf(result);
    expect(others).toEqual([]);
    expect(notice).toMatch(/^notice: Deleted 12 instances: .* and 2 more; see the summary\.$/);
    expect(names.filter((name) => notice.includes(`'${name}'`))).toHaveLength(10);
    expect(names.filter((name) => result.summary.includes(`\`${name}\``))).toHaveLength(12);
    expect(world.ids()).toEqual([]);
  });

  it('ends as soon as Aura has accepted, without waiting', async () => {
    await using world = await startTwoServers();
    const { seed, run, scenario } = world;
    seed(gone);
    const result = await run('schedule', { ...sweep, wait: 'false' });
    expect(remarksOf(result)).toEqual([
      expect.stringContaining('Aura has accepted the request to delete 1 instance'),
    ]);
    expect(scenario.simulator.instances()[0]?.status).toBe('destroying');
    expect(result.outputs['changed']).toBe('true');
  });

  it('asks GitHub twice, in the order list, ask, read, ask, delete', async () => {
    const worlds: TwoServers[] = [];
    const order: string[] = [];
    const noteAura = (): void => {
      const { exchanges = [] } = worlds[0]?.scenario.simulator ?? {};
      const { method = '', path = '' } = exchanges.at(-1) ?? {};
      const request = `${method} ${path.replace(/[0-9a-f]{8}$/, 'ID')}`;
      if (order.findLast((each) => each.startsWith('Aura')) !== `Aura: ${request}`) {
        order.push(`Aura: ${request}`);
      }
    };
    await using world = await startTwoServers({
      onRequest: ({ path }) => {
        noteAura();
        order.push(path.replace('/repos/octo/shop', 'GitHub: '));
      },
    });
    worlds.push(world);
    world.seed(gone);
    remarksOf(await world.run('schedule', sweep));
    expect(order).toEqual([
      'Aura: GET /v1/instances',
      'GitHub: /pulls',
      'GitHub: /branches',
      'GitHub: ',
      'Aura: GET /v1/instances/ID',
      'GitHub: /pulls',
      'GitHub: /branches',
      'GitHub: ',
      'Aura: DELETE /v1/instances/ID',
      'GitHub: /deployments',
    ]);
  });

  it('takes the default branch from the event, from the run on a schedule, or from GitHub', async () => {
    await using world = await startTwoServers({ defaultBranch: 'trunk' });
    const { seed, run } = world;
    const [onMain, onTrunk] = [seed(nameOf('main')), seed(nameOf('trunk'))];
    const payload = { name: 'workflow_dispatch', payload: { repository: null } };
    const asked = await run(
      'workflow-dispatch',
      { ...sweep, 'dry-run': 'true' },
      { event: payload },
    );
    expect(instancesOf(asked).map(({ id }) => id)).toEqual([onMain]);
    const dry = { ...sweep, 'dry-run': 'true' };
    const scheduled = await run('schedule', dry, {
      ref: 'refs/heads/trunk',
      event: { name: 'schedule', payload: { repository: null } },
    });
    expect(instancesOf(scheduled).map(({ id }) => id)).toEqual([onMain]);
    // The event of a run that is started again names the default branch of that time.
    const other = seed(nameOf('other'));
    const named = await run('workflow-dispatch', dry);
    expect(instancesOf(named).map(({ id }) => id)).toEqual([other]);
    expect(named.stdout).toContain(
      `Instance '${nameOf('trunk')}' (${onTrunk}) is kept: 'trunk' is the default branch.`,
    );
  });

  it('works on GitHub Enterprise', async () => {
    await using world = await startTwoServers({ basePath: '/api/v3' });
    world.server.putPullRequest({ number: 7, branch: 'open' });
    world.seed(gone);
    const kept = world.seed(open);
    remarksOf(await world.run('schedule', sweep));
    expect(world.ids()).toEqual([kept]);
  });

  it('deletes the stored credentials of what it deletes, and no others', async () => {
    await using world = await startTwoServers();
    const { server, seed, run, scenario } = world;
    const scope = scenario.simulator.tenantId;
    const keep = (name: string, id: string): void => {
      const payload = { id, scope, sealed: 'aura1.sealed' };
      server.seed({
        task: `aura:${name}`,
        environment: 'aura',
        payload,
        transient_environment: true,
      });
    };
    server.putPullRequest({ number: 7, branch: 'open' });
    keep(gone, seed(gone));
    keep(open, seed(open));
    keep(nameOf('without-instance'), '0000000a');
    remarksOf(await run('schedule', sweep));
    expect(
      server
        .deployments()
        .map(({ task }) => task)
        .toSorted(),
    ).toEqual([`aura:${open}`, `aura:${nameOf('without-instance')}`].toSorted());
  });

  it('warns once if it may not delete stored credentials', async () => {
    await using world = await startTwoServers({ permission: 'none' });
    for (const branch of ['a', 'b', 'c']) world.seed(nameOf(branch));
    const remarks = remarksOf(await world.run('schedule', sweep));
    expect(remarks).toEqual([
      expect.stringMatching(
        /^warning: Could not delete the credentials of .* 'permissions: deployments: write'/,
      ),
      expect.stringMatching(/^notice: Deleted 3 instances/),
    ]);
    expect(world.ids()).toEqual([]);
  });

  it('names the instances that it could not delete, and deletes the others', async () => {
    await using world = await startTwoServers();
    const { seed, run, scenario } = world;
    const [stuck, other] = [seed(gone), seed(nameOf('gone-2'))];
    scenario.simulator.addFault({
      match: { method: 'DELETE', path: stuck },
      times: 'always',
      fault: { kind: 'status', status: 403, body: { errors: [{ message: 'No', reason: 'x' }] } },
    });
    const result = await run('schedule', sweep);
    expect(failureOf(result)).toContain(`Could not delete instance '${gone}' (${stuck})`);
    expect(saidBy(result)).toContain(
      `notice: Deleted 1 instance: '${nameOf('gone-2')}' (${other}).`,
    );
    expect(world.ids()).toEqual([stuck]);
    expect(instancesOf(result)).toMatchObject([
      { id: stuck, changed: false },
      { id: other, changed: true, status: 'deleted' },
    ]);
    expect(result.summary).toMatch(new RegExp(`\`${gone}\` .*\\*\\*failed\\*\\*`));
  });
});
