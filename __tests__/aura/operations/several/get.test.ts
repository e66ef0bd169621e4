import { describe, expect, it } from 'vitest';
import { forbidden, instancesOf, ownOutputs, tooMany } from '../../../../harness/world/support.ts';
import { failureOf, remarksOf, startSteps } from '../steps-in-process.ts';

describe('a get of several instances', () => {
  it('reads each once, and sets only the outputs for several', async () => {
    const { simulator, run, changes } = await startSteps();
    const [a, b] = [
      { name: 'a', status: 'running' },
      { name: 'b', status: 'creating' },
    ].map((seed) => simulator.seedInstance(seed).id);
    const result = await run({ operation: 'get', 'instance-id': `${a ?? ''}\n${b ?? ''}` });
    expect(remarksOf(result)).toEqual([]);
    const { instances, ...others } = ownOutputs(result);
    expect(others).toEqual({ changed: 'false', tenant: simulator.tenantId });
    expect(JSON.parse(instances ?? '')).toEqual([
      { id: a, name: 'a', status: 'running', changed: false },
      { id: b, name: 'b', status: 'creating', changed: false },
    ]);
    expect(changes()).toEqual([]);
    expect(simulator.exchanges.filter(({ method }) => method === 'GET')).toHaveLength(2);
    expect(result.log).toContain('##[group]Reading 2 instances');
  });

  it('by pattern reads those of the tenant, also with one name, and in no other', async () => {
    const tenants = [{ name: 'One' }, { name: 'Two' }];
    const { simulator, run } = await startSteps({ tenants });
    const [one, two] = simulator.tenants;
    const ids = ['x', 'x', 'X', 'xy'].map((name) => simulator.seedInstance({ name }).id);
    simulator.seedInstance({ name: 'x', tenantId: two?.id ?? '' });
    const result = await run({ operation: 'get', 'name-pattern': 'x', tenant: 'One' });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ tenant: one?.id });
    expect(instancesOf(result)).toMatchObject([{ id: ids[0] }, { id: ids[1] }]);
  });

  it('does not set the tenant if the instances have different ones', async () => {
    const { simulator, run } = await startSteps({ tenants: [{ name: 'One' }, { name: 'Two' }] });
    const [, two] = simulator.tenants;
    const ids = [{ name: 'a' }, { name: 'b', tenantId: two?.id ?? '' }].map(
      (seed) => simulator.seedInstance(seed).id,
    );
    const result = await run({ operation: 'get', 'instance-id': ids.join() });
    expect(remarksOf(result)).toEqual([]);
    expect(result.outputs).not.toHaveProperty('tenant');
  });

  it('fails for those that it cannot read, and reads the others', async () => {
    const { simulator, run } = await startSteps();
    const ids = ['a', 'b'].map((name) => simulator.seedInstance({ name }).id);
    const [a = '', b = ''] = ids;
    simulator.addFault({ match: { path: a }, times: 'always', fault: forbidden });
    const result = await run({ operation: 'get', 'instance-id': `${a},${b},ffffffff` });
    const lines = failureOf(result).split('\n');
    expect(lines[0]).toBe('Could not get 2 of 3 instances:');
    expect(instancesOf(result)).toEqual([
      { id: a, changed: false, error: expect.stringContaining('403') as string },
      { id: b, name: 'b', status: 'running', changed: false },
      { id: 'ffffffff', changed: false, error: expect.stringContaining('no instance') as string },
    ]);
  });

  it('skips an instance that Aura still lists but that is deleted', async () => {
    const { simulator, run } = await startSteps({ durations: { listAfterDelete: 90_000 } });
    simulator.seedInstance({ name: 'ci-1' });
    remarksOf(await run({ operation: 'delete', name: 'ci-1' }));
    for (const operation of ['get', 'pause', 'resume', 'delete']) {
      const result = await run({ operation, 'name-pattern': 'ci-*' });
      expect(remarksOf(result)).toEqual([]);
      expect(instancesOf(result)).toMatchObject([{ status: 'deleted', changed: false }]);
    }
  });

  it('is slowed down by 429, and then succeeds', async () => {
    const { simulator, run } = await startSteps();
    const ids = Array.from({ length: 8 }, (_, nr) => simulator.seedInstance({ name: `x${nr}` }).id);
    simulator.addFault({ match: { operation: 'getInstance' }, times: 6, fault: tooMany(3) });
    const result = await run({ operation: 'get', 'instance-id': ids.join() });
    expect(remarksOf(result)).toEqual([]);
    expect(instancesOf(result)).toHaveLength(8);
  });

  it('does not treat a tenant without access as empty', async () => {
    const { run } = await startSteps();
    const tenant = '99999999-8888-4777-a666-555555555555';
    const inputs = { operation: 'get', 'name-pattern': 'x*', tenant };
    expect(failureOf(await run(inputs))).toContain(
      'these credentials can access no tenant (project) with this id',
    );
  });

  it('names the pattern or the number if Aura refuses the list', async () => {
    const { simulator, run } = await startSteps();
    simulator.addFault({ match: { path: '^/v1' }, times: 'always', fault: forbidden });
    expect(failureOf(await run({ operation: 'pause', 'name-pattern': 'x*' }))).toMatch(
      /^Could not pause the instances that match 'x\*': Aura/,
    );
    const inputs = { operation: 'pause', 'instance-id': '1a2b3c4d,5e6f7a8b', tenant: 'One' };
    expect(failureOf(await run(inputs))).toMatch(/^Could not pause 2 instances: Aura/);
  });
});
