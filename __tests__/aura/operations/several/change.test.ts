import { describe, expect, it } from 'vitest';
import type { SimulatedInstance } from '../../../../simulator/aura/simulator.ts';
import { forbidden, instancesOf, ownOutputs } from '../../../../harness/world/support.ts';
import { failureOf, noticesOf, remarksOf, startSteps } from '../steps-in-process.ts';

const idsOf = (instances: readonly SimulatedInstance[]): string =>
  instances.map(({ id }) => id).join(', ');

describe.each([
  { operation: 'pause', from: 'running', to: 'paused', does: 'Paused' },
  { operation: 'resume', from: 'paused', to: 'running', does: 'Resumed' },
])('$operation with several instances', ({ operation, from, to, does }) => {
  it('changes those with the ids, and no others', async () => {
    const { simulator, run } = await startSteps();
    const [a, b] = ['a', 'b'].map((name) => simulator.seedInstance({ name, status: from }));
    if (a === undefined || b === undefined) throw new Error('not seeded');
    simulator.seedInstance({ name: 'theirs', status: from });
    // The same id twice counts once, in any case.
    const ids = `${a.id.toUpperCase()}, ${b.id}\n${a.id},`;
    const result = await run({ operation, 'instance-id': ids });
    expect(remarksOf(result)).toEqual([
      `notice: ${does} 2 instances: 'a' (${a.id}), 'b' (${b.id}).`,
    ]);
    expect(Object.keys(ownOutputs(result)).toSorted()).toEqual(['changed', 'instances', 'tenant']);
    expect(result.outputs).toMatchObject({ changed: 'true', tenant: simulator.tenantId });
    expect(instancesOf(result)).toEqual([
      { id: a.id, name: 'a', status: to, changed: true },
      { id: b.id, name: 'b', status: to, changed: true },
    ]);
    expect(simulator.instances().map(({ status }) => status)).toEqual([to, to, from]);
  });

  it('changes those with matching names, also if only one matches', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-1', status: from });
    for (const name of ['CI-2', 'xci-3', 'ci']) simulator.seedInstance({ name, status: from });
    const result = await run({ operation, 'name-pattern': 'ci-*' });
    expect(remarksOf(result)).toEqual([`notice: ${does} 1 instance: 'ci-1' (${id}).`]);
    expect(Object.keys(ownOutputs(result)).toSorted()).toEqual(['changed', 'instances', 'tenant']);
    expect(instancesOf(result)).toEqual([{ id, name: 'ci-1', status: to, changed: true }]);
    expect(simulator.instances().map(({ status }) => status)).toEqual([to, from, from, from]);
  });

  it('does not change those that are already so', async () => {
    const { simulator, run, changes } = await startSteps();
    const same = simulator.seedInstance({ name: 'ci-1', status: to });
    const other = simulator.seedInstance({ name: 'ci-2', status: from });
    const result = await run({ operation, 'name-pattern': 'ci-?' });
    expect(remarksOf(result)).toHaveLength(1);
    expect(instancesOf(result)).toEqual([
      { id: same.id, name: 'ci-1', status: to, changed: false },
      { id: other.id, name: 'ci-2', status: to, changed: true },
    ]);
    expect(changes()).toEqual([`POST /v1/instances/${other.id}/${operation} 202`]);
    const again = await run({ operation, 'name-pattern': 'ci-?' });
    expect(remarksOf(again)).toEqual([]);
    expect(again.outputs).toMatchObject({ changed: 'false' });
    expect(again.log).toContain(`Nothing was changed: no instance had to be ${operation}d.`);
  });

  it('sends one read and one request for each, and then one read when it can be done', async () => {
    const { simulator, run } = await startSteps();
    for (const name of ['a', 'b', 'c', 'd']) simulator.seedInstance({ name, status: from });
    const ids = idsOf(simulator.instances());
    await run({ operation, 'instance-id': ids, wait: 'false' });
    expect(simulator.exchanges.map(({ method }) => method).toSorted()).toEqual([
      ...Array<string>(4).fill('GET'),
      ...Array<string>(5).fill('POST'),
    ]);
  });

  it('succeeds with a notice if no name matches', async () => {
    const { simulator, run, changes } = await startSteps();
    simulator.seedInstance({ name: 'ci-1', status: from });
    const result = await run({ operation, 'name-pattern': 'x*' });
    expect(remarksOf(result)).toEqual([
      "notice: No instance of the tenant matches 'x*' ('name-pattern'); nothing to do.",
    ]);
    expect(ownOutputs(result)).toEqual({
      changed: 'false',
      instances: '[]',
      tenant: simulator.tenantId,
    });
    expect(changes()).toEqual([]);
  });

  it('changes the others if some fail, and names each that failed', async () => {
    const { simulator, run } = await startSteps();
    const [good, refused, failed] = [
      { name: 'good', status: from },
      { name: 'refused', status: from },
      { name: 'failed', status: 'loading failed' },
    ].map((seed) => simulator.seedInstance(seed));
    if (good === undefined || refused === undefined || failed === undefined) throw new Error();
    simulator.addFault({
      match: { method: 'POST', path: refused.id },
      times: 'always',
      fault: forbidden,
    });
    const ids = `${idsOf([good, refused, failed])},ffffffff`;
    const result = await run({ operation, 'instance-id': ids });
    expect(noticesOf(result)).toEqual([
      `${operation === 'pause' ? 'Paused' : 'Resumed'} 1 instance: 'good' (${good.id}).`,
    ]);
    const lines = failureOf(result).split('\n');
    expect(lines).toEqual([
      `Could not ${operation} 3 of 4 instances:`,
      expect.stringMatching(`^Could not ${operation} instance `),
      expect.stringMatching(`^Could not ${operation} instance `),
      expect.stringMatching(`^Could not ${operation} instance `),
    ]);
    for (const id of [refused.id, failed.id, 'ffffffff']) expect(lines.join()).toContain(id);
    expect(instancesOf(result)).toEqual([
      { id: good.id, name: 'good', status: to, changed: true },
      {
        id: refused.id,
        name: 'refused',
        status: from,
        changed: false,
        error: expect.stringContaining('Insufficient permissions') as string,
      },
      {
        id: failed.id,
        name: 'failed',
        status: 'loading failed',
        changed: false,
        error: expect.stringContaining("its status is 'loading failed'") as string,
      },
      {
        id: 'ffffffff',
        changed: false,
        error: `Could not ${operation} instance ffffffff: Aura has no instance with this id. Check 'instance-id'; the instance may have been deleted.`,
      },
    ]);
    expect(result.outputs).toMatchObject({ changed: 'true', tenant: simulator.tenantId });
  });
});
