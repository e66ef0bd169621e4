import { describe, expect, it } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';

const paid = { name: 'ours', type: 'professional-db' } as const;
const inputs = { operation: 'delete', name: 'ours' };

describe('delete by name', () => {
  it('deletes all instances with exactly that name, and no others', async () => {
    await using scenario = await startScenario();
    const seeds = [
      { ...paid, status: 'running' },
      { ...paid, status: 'paused' },
      { ...paid, status: 'creating' },
    ] as const;
    const ids = seeds.map((seed) => scenario.simulator.seedInstance(seed).id);
    const others = ['Ours', 'ours2', 'our'].map(
      (name) => scenario.simulator.seedInstance({ ...paid, name, status: 'running' }).id,
    );
    const result = await scenario.run(inputs);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'deleted', changed: 'true' } });
    expect(scenario.simulator.instances().map(({ id }) => id)).toEqual(others);
    const expected = ids.map((id) => ({ id, name: 'ours', changed: true, status: 'deleted' }));
    expect(JSON.parse(result.outputs['instances'] ?? '')).toEqual(expected);
    expect(result.outputs['instance-id']).toBeUndefined();
  });

  it('continues with the others if one cannot be deleted, and names it at the end', async () => {
    await using scenario = await startScenario();
    const [bad, good] = ['bad', 'good'].map(
      () => scenario.simulator.seedInstance({ ...paid, status: 'running' }).id,
    );
    scenario.simulator.addFault({
      match: { method: 'DELETE', path: bad ?? '' },
      times: 'always',
      fault: {
        kind: 'status',
        status: 403,
        body: { errors: [{ message: 'Insufficient permissions', reason: 'unauthorized' }] },
      },
    });
    const result = await scenario.run(inputs);
    expect(result.exitCode).toBe(1);
    expect(result.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      `notice: Deleted 1 instance: 'ours' (${good ?? ''}).`,
      expect.stringMatching(
        `^error: Could not delete instance 'ours' \\(${bad ?? ''}\\): Aura answered 403`,
      ),
    ]);
    expect(scenario.simulator.instances().map(({ id }) => id)).toEqual([bad]);
    expect(JSON.parse(result.outputs['instances'] ?? '')).toMatchObject([
      { id: bad, status: 'running', changed: false },
      { id: good, status: 'deleted', changed: true },
    ]);
    expect(result.outputs['instances']).toContain('"error":"Could not delete instance');
  });

  it('names all that could not be deleted in one error', async () => {
    await using scenario = await startScenario();
    const ids = [1, 2].map(
      () => scenario.simulator.seedInstance({ ...paid, status: 'running' }).id,
    );
    const match = { operation: 'deleteInstance' };
    const fault = { kind: 'status', status: 500 } as const;
    scenario.simulator.addFault({ match, times: 'always', fault });
    const result = await scenario.run(inputs);
    const [annotation, ...more] = result.annotations;
    expect(more).toEqual([]);
    expect(annotation?.message).toMatch(/^Could not delete 2 of 2 instances:/);
    for (const id of ids) expect(annotation?.message).toContain(id);
  });

  it('does not accept a 404 as deleted while the instance is still listed', async () => {
    await using scenario = await startScenario();
    const created = await scenario.run({ operation: 'create', name: 'ours', wait: 'false' });
    const id = created.outputs['instance-id'] ?? '';
    // Right after the create Aura answers 404 for it.
    const result = await scenario.run({ operation: 'delete', 'instance-id': id });
    expect(result).toMatchObject({ exitCode: 0, outputs: { changed: 'true', status: 'deleted' } });
    expect(scenario.simulator.instances()).toEqual([]);
  });
});

describe('create with if-exists: replace', () => {
  it('waits until the old ones are gone, then creates a new one', async () => {
    await using scenario = await startScenario();
    const old = scenario.simulator.seedInstance({ ...paid, status: 'running' }).id;
    const result = await scenario.run({
      operation: 'create',
      name: 'ours',
      'if-exists': 'replace',
    });
    const [left, ...more] = scenario.simulator.instances();
    expect(more).toEqual([]);
    expect(left?.id).not.toBe(old);
    expect(result.outputs).toMatchObject({
      'instance-id': left?.id,
      password: left?.password,
      created: 'true',
      changed: 'true',
      status: 'running',
    });
    const gone = scenario.simulator.history().find(({ id }) => id === old)?.deletedAt ?? Infinity;
    const posted = scenario.simulator.exchanges.find(
      ({ method, path }) => method === 'POST' && path === '/v1/instances',
    );
    expect(posted?.at).toBeGreaterThanOrEqual(gone);
  });

  it('creates nothing if the old one cannot be deleted', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ ...paid, status: 'running' });
    const match = { operation: 'deleteInstance' };
    const fault = { kind: 'status', status: 500 } as const;
    scenario.simulator.addFault({ match, times: 'always', fault });
    const replace = { operation: 'create', name: 'ours', 'if-exists': 'replace' };
    const result = await scenario.run(replace);
    expect(result.exitCode).toBe(1);
    expect(scenario.simulator.instances()).toHaveLength(1);
    expect(result.outputs['created']).toBe('false');
  });
});
