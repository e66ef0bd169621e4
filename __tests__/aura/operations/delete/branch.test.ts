import { describe, expect, it } from 'vitest';
import { instanceName } from '../../../../src/aura/inputs/naming.ts';
import { keptAs } from '../../credentials-across-jobs/with-github.ts';
import type { Recording } from '../../../core/github/recorded-events.ts';
import { startScenario } from '../../in-process/scenario.ts';
import { type TwoServers, jobFor, startTwoServers } from '../recorded-jobs.ts';
import {
  changesOf,
  errorOf,
  forbidden,
  instancesOf,
  linesOf,
  outputsOf,
  requestsOf,
} from '../../../../harness/world/support.ts';

const branch = { name: 'feature/cart', owner: undefined };
const plain = instanceName('octo/shop', branch);
const suffixed = (suffix: string): string => instanceName('octo/shop', branch, suffix);
const main = instanceName('octo/shop', { name: 'main', owner: undefined });

/** Similar names that do not belong to the branch. */
const strangers = [
  main,
  instanceName('octo/shop', { name: 'feature/cart', owner: 'contributor' }),
  instanceName('octo/shop', { name: 'feature/cart', owner: 'contributor' }, 'ds'),
  instanceName('octo/shop', { name: 'feature-cart', owner: undefined }, 'ds'),
  instanceName('octo/shop2', branch, 'ds'),
  `${suffixed('ds')}x`.slice(-30),
  `${plain}-ds`.slice(0, 30),
  plain.toUpperCase(),
  'staging',
].filter((name) => name !== suffixed('ds'));

describe('delete without a name', () => {
  it.each<Recording>(['delete-branch', 'push-deleted', 'workflow-run', 'pull-request-opened'])(
    'deletes all instances of the branch on %s, with and without suffix, and no others',
    async (recording) => {
      await using servers = await startTwoServers();
      const others = strangers.map((name) => servers.seed(name));
      const names = [plain, suffixed('ds'), suffixed('a'), suffixed('abc123'), plain];
      const ids = names.map((name) => servers.seed(name));
      const result = await servers.run(recording);
      expect(servers.ids()).toEqual(others);
      const { tenantId } = servers.scenario.simulator;
      const { instances = '', ...outputs } = outputsOf(result);
      expect(outputs).toEqual({ changed: 'true', tenant: tenantId });
      expect(JSON.parse(instances)).toEqual(
        ids.map((id, index) => ({ id, name: names[index], status: 'deleted', changed: true })),
      );
    },
  );

  it('reads and deletes each one with two requests until Aura has accepted', async () => {
    await using servers = await startTwoServers();
    [plain, suffixed('ds')].map((name) => servers.seed(name));
    outputsOf(await servers.run('delete-branch', { wait: 'false' }));
    expect(
      requestsOf(servers.scenario)
        .filter((one) => one.includes('{id}'))
        .sort(),
    ).toEqual([
      'DELETE /v1/instances/{id} 202',
      'DELETE /v1/instances/{id} 202',
      'GET /v1/instances/{id} 200',
      'GET /v1/instances/{id} 200',
    ]);
  });

  it('has the outputs of one instance if it finds only one, with any suffix', async () => {
    await using servers = await startTwoServers();
    const id = servers.seed(suffixed('ds'));
    const result = await servers.run('delete-branch');
    expect(outputsOf(result)).toMatchObject({
      'instance-id': id,
      name: suffixed('ds'),
      status: 'deleted',
      created: 'false',
      changed: 'true',
      region: 'europe-west1',
    });
    expect(instancesOf(result)).toEqual([
      { id, name: suffixed('ds'), status: 'deleted', changed: true },
    ]);
    expect(servers.ids()).toEqual([]);
  });

  it('succeeds if the branch has none', async () => {
    await using servers = await startTwoServers();
    const result = await servers.run('delete-branch');
    expect(outputsOf(result)).toEqual({
      name: plain,
      status: 'deleted',
      created: 'false',
      changed: 'false',
      instances: '[]',
    });
    expect(linesOf(result).at(-1)).toBe(`Instance '${plain}' does not exist; nothing to delete.`);
  });

  it('does not treat a tenant that the credentials cannot access as empty', async () => {
    await using servers = await startTwoServers();
    const tenant = '0f1e2d3c-0000-4000-8000-00000000000a';
    expect(errorOf(await servers.run('delete-branch', { tenant }))).toContain(
      'these credentials can access no tenant (project) with this id',
    );
  });

  it('with a suffix deletes only the instance with this suffix', async () => {
    await using servers = await startTwoServers();
    const [kept, gone, other] = [plain, suffixed('ds'), suffixed('a')].map((name) =>
      servers.seed(name),
    );
    const result = await servers.run('delete-branch', { 'name-suffix': 'ds' });
    expect(outputsOf(result)).toMatchObject({ 'instance-id': gone, name: suffixed('ds') });
    expect(servers.ids()).toEqual([kept, other]);
  });

  it('finds the instance that a create with a suffix has created', async () => {
    await using servers = await startTwoServers();
    const create = { operation: 'create', 'name-suffix': 'DS', wait: 'false' };
    expect(outputsOf(await servers.run('push', create))['name']).toBe(suffixed('ds'));
    outputsOf(await servers.run('delete-branch'));
    expect(servers.ids()).toEqual([]);
  });

  it('continues with the others if one fails, and names it', async () => {
    await using servers = await startTwoServers();
    const [bad = '', good] = [plain, suffixed('ds')].map((name) => servers.seed(name));
    const match = { method: 'DELETE', path: bad };
    servers.scenario.simulator.addFault({ match, times: 'always', fault: forbidden });
    const result = await servers.run('delete-branch');
    expect(errorOf(result)).toContain(`Could not delete instance '${plain}' (${bad}): Aura answer`);
    expect(servers.ids()).toEqual([bad]);
    expect(instancesOf(result)).toMatchObject([
      { id: bad, status: 'running', changed: false },
      { id: good, status: 'deleted', changed: true },
    ]);
    expect(result.outputs['instances']).toContain('"error":"Could not delete instance');
    expect(result.outputs['status']).toBeUndefined();
  });

  it('continues with the others if one cannot be read', async () => {
    await using servers = await startTwoServers();
    const [bad = '', good] = [plain, suffixed('ds')].map((name) => servers.seed(name));
    const match = { method: 'GET', path: bad };
    servers.scenario.simulator.addFault({ match, times: 'always', fault: forbidden });
    const result = await servers.run('delete-branch');
    expect(errorOf(result)).toContain(
      `Could not delete instance '${plain}' (${bad}): Aura answered 403`,
    );
    expect(servers.ids()).toEqual([bad]);
    expect(instancesOf(result)).toMatchObject([
      { id: bad, name: plain, changed: false },
      { id: good, status: 'deleted', changed: true },
    ]);
  });

  it('says with dry-run what it would delete', async () => {
    await using servers = await startTwoServers();
    const ids = [plain, suffixed('ds')].map((name) => servers.seed(name));
    const result = await servers.run('delete-branch', { 'dry-run': 'true' });
    expect(outputsOf(result)['changed']).toBe('false');
    expect(linesOf(result).at(-1)).toBe(
      `##[notice]Dry run: would delete 2 instances: '${plain}' (${ids[0] ?? ''}), '${suffixed('ds')}' (${ids[1] ?? ''}).`,
    );
    expect(changesOf(servers.scenario)).toEqual([]);
  });
});

describe('a protected instance of the branch', () => {
  it('is kept with a warning, and the others are deleted', async () => {
    await using servers = await startTwoServers();
    const [id = '', gone] = [plain, suffixed('ds')].map((name) => servers.seed(name));
    const result = await servers.run('delete-branch', { 'protected-names': plain });
    expect(result).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
    expect(result.annotations).toEqual([
      {
        level: 'warning',
        message: `Instance '${plain}' (${id}) is kept: its name matches '${plain}' of input 'protected-names'.`,
      },
      {
        level: 'notice',
        title: 'Neo4j Aura',
        message: `Deleted 1 instance: '${suffixed('ds')}' (${gone ?? ''}).`,
      },
    ]);
    expect(servers.ids()).toEqual([id]);
    expect(instancesOf(result)).toEqual([
      { id, name: plain, status: 'running', changed: false },
      { id: gone, name: suffixed('ds'), status: 'deleted', changed: true },
    ]);
  });

  it('is an error if it is the only one', async () => {
    await using servers = await startTwoServers();
    const id = servers.seed(suffixed('ds'));
    const result = await servers.run('delete-branch', { 'protected-names': '*-ds' });
    expect(errorOf(result)).toBe(
      `Instance '${suffixed('ds')}' is protected: its name matches '*-ds' of input 'protected-names'. Nothing was deleted. Remove the pattern from 'protected-names' only if nobody needs the instance.`,
    );
    expect(servers.ids()).toEqual([id]);
  });

  it('does not fail the step if all are protected', async () => {
    await using servers = await startTwoServers();
    const ids = [plain, suffixed('ds')].map((name) => servers.seed(name));
    const result = await servers.run('delete-branch', { 'protected-names': 'shop-*' });
    expect(result).toMatchObject({ exitCode: 0, outputs: { changed: 'false' } });
    expect(result.annotations.map(({ level }) => level)).toEqual(['warning', 'warning']);
    expect(servers.ids()).toEqual(ids);
  });
});

describe('more instances of the branch than max-deletions', () => {
  it.each(['true', 'false'])('are all kept, with dry-run: %s', async (dryRun) => {
    await using servers = await startTwoServers();
    const names = [plain, suffixed('a'), suffixed('b')];
    const ids = names.map((name) => servers.seed(name));
    const result = await servers.run('delete-branch', { 'max-deletions': '2', 'dry-run': dryRun });
    const labels = names.map((name, index) => `'${name}' (${ids[index] ?? ''})`);
    expect(errorOf(result)).toBe(
      `This would delete 3 instances (${labels.join(', ')}), more than 'max-deletions: 2'. Nothing was deleted. Check the instances, and increase 'max-deletions' only if nobody needs them.`,
    );
    expect(servers.ids()).toEqual(ids);
    expect(changesOf(servers.scenario)).toEqual([]);
  });

  it('do not include those that are protected or already being deleted', async () => {
    await using servers = await startTwoServers();
    const [kept] = [plain, suffixed('a'), suffixed('b')].map((name) => servers.seed(name));
    servers.scenario.simulator.seedInstance({ name: suffixed('c'), status: 'destroying' });
    const inputs = { 'max-deletions': '2', 'protected-names': plain };
    const result = await servers.run('delete-branch', inputs);
    expect(result.exitCode).toBe(0);
    expect(servers.ids()).toEqual([kept]);
  });
});

describe('delete on an event that is not about a branch', () => {
  it.each<Recording>([
    'issue-comment',
    'workflow-run-issue-comment',
    'check-suite-fork',
    'check-run-fork',
    'repository-dispatch',
    'issues',
    'release',
    'schedule',
    'workflow-dispatch-main',
  ])('leaves the instance of the default branch alone on %s, and asks for a name', async (one) => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: main });
    scenario.simulator.seedInstance({ name: plain });
    const job = await scenario.startJob(jobFor(one));
    const result = await job.step({ inputs: { ...scenario.credentials, operation: 'delete' } });
    expect(errorOf(result)).toMatch(/^Input.* not set, and /);
    expect(scenario.simulator.instances()).toHaveLength(2);
    expect(scenario.simulator.exchanges).toEqual([]);
  });

  it.each<Recording>(['delete-tag', 'push-tag-deleted'])(
    'is a notice and a success on %s',
    async (recording) => {
      await using scenario = await startScenario();
      scenario.simulator.seedInstance({ name: main });
      const job = await scenario.startJob(jobFor(recording));
      const result = await job.step({ inputs: { ...scenario.credentials, operation: 'delete' } });
      const message =
        "Tag 'v1.2.0' was deleted. Only branches have instances, so there is nothing to delete.";
      expect(result).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
      expect(result.annotations).toEqual([{ level: 'notice', title: 'Neo4j Aura', message }]);
      expect(result.outputs).toEqual({
        operation: 'delete',
        skipped: 'false',
        created: 'false',
        changed: 'false',
      });
      expect(scenario.simulator.exchanges).toEqual([]);
    },
  );

  it('does not let a name of a fork or tag command the runner', async () => {
    await using scenario = await startScenario();
    const ref = 'v1\r\n::error::pwned\u001b';
    const event = { name: 'delete', payload: { ref, ref_type: 'tag' } };
    const job = await scenario.startJob({ event });
    const result = await job.step({ inputs: { ...scenario.credentials, operation: 'delete' } });
    expect(result.annotations.map(({ level }) => level)).toEqual(['notice']);
  });
});

describe('stored credentials of a branch without instances', () => {
  const withStore = { 'credentials-store': 'deployment' };

  /** Stores credentials for names, as earlier runs would; returns a function that lists what is left. */
  function keepFor(servers: TwoServers, names: readonly string[], scope?: string) {
    for (const name of names) {
      const payload = { id: '1a2b3c4d', scope: scope ?? servers.scenario.simulator.tenantId };
      servers.server.seed({ ...keptAs(name), payload: { ...payload, sealed: 'aura1.AAAA' } });
    }
    return () => servers.server.deployments().map(({ task }) => task.replace(/^aura:/, ''));
  }

  it('are deleted for the plain name and for those with a suffix, and no others', async () => {
    await using servers = await startTwoServers();
    const left = keepFor(servers, [plain, suffixed('ds'), suffixed('a')]);
    keepFor(servers, strangers);
    keepFor(servers, [suffixed('ds')], 'another-tenant');
    outputsOf(await servers.run('delete-branch', withStore));
    expect(left()).toEqual([suffixed('ds'), ...strangers.toReversed()]);
  });

  it('are kept for other suffixes than the input', async () => {
    await using servers = await startTwoServers();
    const left = keepFor(servers, [plain, suffixed('ds'), suffixed('a')]);
    outputsOf(await servers.run('delete-branch', { ...withStore, 'name-suffix': 'ds' }));
    expect(left()).toEqual([suffixed('a'), plain]);
  });

  it('are kept in a dry run', async () => {
    await using servers = await startTwoServers();
    const left = keepFor(servers, [plain, suffixed('ds')]);
    outputsOf(await servers.run('delete-branch', { ...withStore, 'dry-run': 'true' }));
    expect(left()).toEqual([suffixed('ds'), plain]);
    expect(servers.server.exchanges).toEqual([]);
  });

  it('cause a warning if GitHub denies access', async () => {
    await using servers = await startTwoServers({ permission: 'none' });
    keepFor(servers, [suffixed('ds')]);
    const result = await servers.run('delete-branch', withStore);
    expect(result.conclusion).toBe('success');
    expect(result.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Could not delete the credentials of branch 'feature\/cart' \(GitHub deployments\): GitHub answered 403 .+ 'permissions: deployments: write'/,
      ),
    ]);
  });
});
