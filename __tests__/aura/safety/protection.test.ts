import { describe, expect, it } from 'vitest';
import type { InstanceSeed } from '../../../simulator/aura/simulator.ts';
import { startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { type Scenario, startScenario } from '../in-process/scenario.ts';

const paid = { type: 'professional-db', status: 'running' } as const;

function seed(scenario: Scenario, ...seeds: readonly InstanceSeed[]): readonly string[] {
  return seeds.map((one) => scenario.simulator.seedInstance({ ...paid, ...one }).id);
}

function deletions(scenario: Scenario): number {
  return scenario.simulator.exchanges.filter(({ method }) => method === 'DELETE').length;
}

describe('a deletion is refused', () => {
  it.each(['prod', 'prod-*', '*', 'p?od-1', 'staging, prod-*', 'staging\nprod-1'])(
    'for an instance whose name matches %j',
    async (globs) => {
      await using scenario = await startScenario();
      const [id = ''] = seed(scenario, { name: globs === 'prod' ? 'prod' : 'prod-1' });
      const byId = { operation: 'delete', 'instance-id': id, 'protected-names': globs };
      const result = await scenario.run(byId);
      expect(result.exitCode).toBe(1);
      expect(result.annotations[0]?.message).toMatch(/^Instance 'prod.*' is protected: its name/);
      expect(deletions(scenario)).toBe(0);
    },
  );

  it.each([
    ['prod*', 'Production'],
    ['PROD*', 'production'],
    ['stra?e', 'STRASSE'.replace('SS', 'ẞ')],
    ['Grün', 'GRÜN'],
  ])('for an instance whose name matches %j in another case: %j', async (globs, name) => {
    await using scenario = await startScenario();
    const [id = ''] = seed(scenario, { name });
    const byId = { operation: 'delete', 'instance-id': id, 'protected-names': globs };
    const result = await scenario.run(byId);
    expect(result.annotations[0]?.message).toMatch(/^Instance '.*' is protected: its name/);
    const replace = { operation: 'create', name, 'if-exists': 'replace', 'protected-names': globs };
    expect((await scenario.run(replace)).exitCode).toBe(1);
    expect(deletions(scenario)).toBe(0);
  });

  it('for a protected name, before any request', async () => {
    await using scenario = await startScenario();
    const inputs = { operation: 'delete', name: 'prod-1', 'protected-names': 'prod-*' };
    const result = await scenario.run(inputs);
    expect(result.exitCode).toBe(1);
    expect(scenario.simulator.exchanges).toEqual([]);
  });

  it('for an id together with a name, before any request', async () => {
    await using scenario = await startScenario();
    const [id = ''] = seed(scenario, { name: 'theirs' });
    const result = await scenario.run({ operation: 'delete', 'instance-id': id, name: 'ours' });
    expect(result.annotations[0]?.message).toBe(
      "Inputs 'instance-id' and 'name' cannot be used together; expected only one of them, which selects the instance.",
    );
    expect(scenario.simulator.exchanges).toEqual([]);
  });

  it('for an instance of another tenant', async () => {
    await using scenario = await startScenario({
      simulator: { tenants: [{ name: 'One' }, { name: 'Two' }] },
    });
    const [one, two] = scenario.simulator.tenants;
    const [id = ''] = seed(scenario, { name: 'ours', tenantId: two?.id ?? '' });
    const result = await scenario.run({ operation: 'delete', 'instance-id': id, tenant: 'One' });
    expect(result.annotations[0]?.message).toContain(
      `belongs to tenant ${two?.id ?? ''}, not to ${one?.id ?? ''}. It was not changed;`,
    );
    expect(deletions(scenario)).toBe(0);
  });

  it('for an instance that was renamed right before the deletion', async () => {
    await using scenario = await startScenario();
    const [id = ''] = seed(scenario, { name: 'ours' });
    const headers = { 'content-type': 'application/json' };
    const data = {
      id,
      name: 'theirs',
      status: 'running',
      tenant_id: scenario.simulator.tenantId,
      cloud_provider: 'gcp',
      region: 'europe-west1',
    };
    const renamed = { kind: 'status', status: 200, headers, body: { data } } as const;
    scenario.simulator.addFault({ match: { operation: 'getInstance' }, fault: renamed });
    const result = await scenario.run({ operation: 'delete', name: 'ours' });
    expect(result.annotations[0]?.message).toMatch(/is named 'theirs', not 'ours'/);
    expect(deletions(scenario)).toBe(0);
  });

  it('for more instances than max-deletions', async () => {
    await using scenario = await startScenario();
    const ids = seed(scenario, { name: 'ours' }, { name: 'ours' }, { name: 'ours' });
    const limited = { operation: 'delete', name: 'ours', 'max-deletions': '2' };
    const result = await scenario.run(limited);
    expect(result.annotations[0]?.message).toBe(
      `This would delete 3 instances (${ids.map((id) => `'ours' (${id})`).join(', ')}), more than 'max-deletions: 2'. Nothing was deleted. Check the instances, and increase 'max-deletions' only if nobody needs them.`,
    );
    expect(deletions(scenario)).toBe(0);
  });

  it.each(['fail', 'replace'])(
    'for a protected instance that create finds with if-exists: %s',
    async (ifExists) => {
      await using scenario = await startScenario();
      seed(scenario, { name: 'prod' });
      const result = await scenario.run({
        operation: 'create',
        name: 'prod',
        'if-exists': ifExists,
        'protected-names': 'prod',
      });
      expect(result.exitCode).toBe(1);
      expect(scenario.simulator.instances()).toHaveLength(1);
      expect(deletions(scenario)).toBe(0);
    },
  );

  it('for more instances than max-deletions that create would replace', async () => {
    await using scenario = await startScenario();
    seed(scenario, { name: 'ours' }, { name: 'ours' });
    const result = await scenario.run({
      operation: 'create',
      name: 'ours',
      'if-exists': 'replace',
      'max-deletions': '1',
    });
    expect(result.exitCode).toBe(1);
    expect(result.annotations[0]?.message).toMatch(/^This would delete 2 instances /);
    expect(deletions(scenario)).toBe(0);
  });

  it('for an older instance with the same name that the post step finds', async () => {
    // A step that is killed needs a process.
    await using scenario = await startBundle();
    const [old = ''] = seed(scenario, {
      name: 'ours',
      createdAt: scenario.clock.now() - 3_600_000,
    });
    // The create does not see it and so considers the name free; then it is killed.
    const empty = { kind: 'status', status: 200, body: { data: [] } } as const;
    scenario.simulator.addFault({ match: { operation: 'listInstances' }, fault: empty });
    const inputs = { operation: 'create', name: 'ours', 'delete-after-job': 'true' };
    const fault = { kind: 'hang' } as const;
    scenario.simulator.addFault({ match: { operation: 'createInstance' }, fault });
    await scenario.run(inputs, {
      cancel: { when: async ({ sleep }) => sleep(1_000), kill: 'SIGKILL' },
    });
    const [post] = await scenario.job.post();
    expect(post?.conclusion).toBe('success');
    // It may not be from this step: it stays, and is named.
    expect(post?.annotations.map(({ level }) => level)).toEqual(['warning']);
    expect(post?.annotations[0]?.message).toContain(old);
    expect(scenario.simulator.instances().map(({ id }) => id)).toEqual([old]);
    expect(deletions(scenario)).toBe(0);
  });
});

describe('with dry-run', () => {
  it.each([
    [{ operation: 'delete' }, /Dry run: would delete instance 'ours'/],
    [{ operation: 'pause' }, /Dry run: would pause instance 'ours'/],
    [
      { operation: 'create', 'if-exists': 'replace' },
      /Dry run: would delete instance 'ours' \(\w+\), then create instance 'ours'/,
    ],
    [{ operation: 'create', name: 'another' }, /Dry run: would create instance 'another'/],
    [{ operation: 'resume', name: 'sleeping' }, /Dry run: would resume instance 'sleeping'/],
  ])('nothing is changed by %o', async (inputs, said) => {
    await using scenario = await startScenario();
    seed(scenario, { name: 'ours' }, { name: 'sleeping', status: 'paused' });
    const result = await scenario.run({ name: 'ours', ...inputs, 'dry-run': 'true' });
    expect(result).toMatchObject({ exitCode: 0, outputs: { changed: 'false', created: 'false' } });
    expect(result.log.join('\n')).toMatch(said);
    const changing = scenario.simulator.exchanges.filter(
      ({ method, path }) => method !== 'GET' && path !== '/oauth/token',
    );
    expect(changing).toEqual([]);
  });

  it('the refusals of a real run also apply', async () => {
    await using scenario = await startScenario();
    seed(scenario, { name: 'prod' });
    const inputs = { operation: 'delete', name: 'prod', 'protected-names': 'prod' };
    expect((await scenario.run({ ...inputs, 'dry-run': 'true' })).exitCode).toBe(1);
  });
});
