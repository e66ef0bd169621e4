import { describe, expect, it } from 'vitest';
import { forbidden, instancesOf, ownOutputs } from '../../../../harness/world/support.ts';
import { failureOf, noticesOf, remarksOf, startSteps } from '../steps-in-process.ts';

const byPattern = { operation: 'delete', 'name-pattern': 'ci-*' };

describe('a delete of several instances', () => {
  it('by pattern deletes those that match, and no others', async () => {
    const { simulator, run } = await startSteps();
    const [a, b] = ['ci-1', 'ci-2'].map((name) => simulator.seedInstance({ name }));
    for (const name of ['CI-3', 'xci-4', 'ci']) simulator.seedInstance({ name });
    const result = await run(byPattern);
    expect(remarksOf(result)).toEqual([
      `notice: Deleted 2 instances: 'ci-1' (${a?.id ?? ''}), 'ci-2' (${b?.id ?? ''}).`,
    ]);
    expect(ownOutputs(result)).toEqual({
      changed: 'true',
      tenant: simulator.tenantId,
      instances: JSON.stringify(
        [a, b].map((one) => ({
          id: one?.id,
          name: one?.name,
          status: 'deleted',
          changed: true,
        })),
      ),
    });
    expect(simulator.instances().map(({ name }) => name)).toEqual(['CI-3', 'xci-4', 'ci']);
  });

  it('takes the characters of regular expressions as they are', async () => {
    const { simulator, run } = await startSteps();
    for (const name of ['a.c', 'abc', 'a.cd', '[ac]', '(a|b)', 'a']) {
      simulator.seedInstance({ name });
    }
    for (const pattern of ['a.?', '[ac]', '(a|b)', '^a$', '.*']) {
      remarksOf(await run({ operation: 'delete', 'name-pattern': pattern }));
    }
    expect(simulator.instances().map(({ name }) => name)).toEqual(['abc', 'a.cd', 'a']);
  });

  it('by ids deletes those, also with the same name', async () => {
    const { simulator, run } = await startSteps();
    const [a, b] = ['twin', 'twin', 'twin'].map((name) => simulator.seedInstance({ name }).id);
    const result = await run({ operation: 'delete', 'instance-id': `${a ?? ''},${b ?? ''}` });
    expect(remarksOf(result)).toHaveLength(1);
    expect(simulator.instances()).toHaveLength(1);
    expect(instancesOf(result)).toMatchObject([
      { id: a, status: 'deleted', changed: true },
      { id: b, status: 'deleted', changed: true },
    ]);
  });

  it('sends one read and one DELETE for each, and then watches the list alone', async () => {
    const { simulator, run } = await startSteps();
    for (const name of ['ci-1', 'ci-2', 'ci-3']) simulator.seedInstance({ name });
    const ids = simulator.instances().map(({ id }) => id);
    for (const [inputs, first] of [
      [byPattern, ['GET /v1/tenants', 'GET /v1/instances']],
      [{ operation: 'delete', 'instance-id': ids.join() }, []],
    ] as const) {
      for (const { id, name } of simulator.history()) {
        if (!simulator.instances().some((one) => one.id === id)) simulator.seedInstance({ name });
      }
      const before = simulator.exchanges.length;
      remarksOf(
        await run(
          'instance-id' in inputs
            ? {
                ...inputs,
                'instance-id': simulator
                  .instances()
                  .map(({ id }) => id)
                  .join(),
              }
            : inputs,
        ),
      );
      const sent = simulator.exchanges
        .slice(before)
        .map(({ method, path }) => `${method} ${path.replace(/\/[0-9a-f]{8}$/, '/{id}')}`)
        .filter((one) => !one.includes('oauth'));
      const one = (method: string): readonly string[] =>
        Array<string>(3).fill(`${method} /v1/instances/{id}`);
      const begin = [...first, ...one('GET'), ...one('DELETE')];
      expect(sent.slice(0, begin.length)).toEqual(begin);
      expect(new Set(sent.slice(begin.length))).toEqual(new Set(['GET /v1/instances']));
      // A minute, with a list every few seconds.
      expect(sent.length - begin.length).toBeLessThanOrEqual(12);
      expect(simulator.instances()).toEqual([]);
    }
  });

  it('counts those that match, and deletes none if they are too many', async () => {
    const { simulator, run, changes } = await startSteps();
    for (const nr of [1, 2, 3, 4]) simulator.seedInstance({ name: `ci-${nr}` });
    // One that is already being deleted does not count, nor does a protected one.
    simulator.seedInstance({ name: 'ci-5', status: 'destroying' });
    const inputs = { ...byPattern, 'protected-names': 'CI-4', 'max-deletions': '2' };
    const result = await run(inputs);
    expect(result.annotations.find(({ level }) => level === 'error')?.message).toMatch(
      /^This would delete 3 instances \(.+\), more than 'max-deletions: 2'\. Nothing was deleted\. /,
    );
    expect(result.exitCode).toBe(1);
    expect(instancesOf(result)).toMatchObject([1, 2, 3, 4, 5].map((nr) => ({ name: `ci-${nr}` })));
    expect(changes()).toEqual([]);
    expect(await run({ ...inputs, 'dry-run': 'true' })).toMatchObject({ exitCode: 1 });
    remarksOf(await run({ ...inputs, 'max-deletions': '3' }));
    expect(simulator.instances().map(({ name }) => name)).toEqual(['ci-4']);
  });

  it('does not count ids', async () => {
    const { simulator, run } = await startSteps();
    const ids = [1, 2, 3].map((nr) => simulator.seedInstance({ name: `ci-${nr}` }).id);
    const inputs = { operation: 'delete', 'instance-id': ids.join(), 'max-deletions': '1' };
    remarksOf(await run(inputs));
    expect(simulator.instances()).toEqual([]);
  });

  it('keeps a protected match with a warning, but fails for a protected id', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-Main' });
    const seedOther = (): string => simulator.seedInstance({ name: 'ci-x' }).id;
    const other = seedOther();
    const guarded = { 'protected-names': '*-main' };
    const result = await run({ ...byPattern, ...guarded });
    expect(remarksOf(result)).toEqual([
      `warning: Instance 'ci-Main' (${id}) is kept: its name matches '*-main' of input 'protected-names'.`,
      `notice: Deleted 1 instance: 'ci-x' (${other}).`,
    ]);
    expect(instancesOf(result)).toEqual([
      { id, name: 'ci-Main', status: 'running', changed: false },
      { id: other, name: 'ci-x', status: 'deleted', changed: true },
    ]);
    const byIds = { operation: 'delete', 'instance-id': `${id},${seedOther()}`, ...guarded };
    expect(failureOf(await run(byIds))).toContain(`Instance 'ci-Main' is protected`);
    expect(simulator.instances().map(({ name }) => name)).toEqual(['ci-Main']);
  });

  it('treats an instance that does not exist as a success', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-1' });
    const result = await run({ operation: 'delete', 'instance-id': `${id},ffffffff` });
    remarksOf(result);
    expect(instancesOf(result)).toEqual([
      { id, name: 'ci-1', status: 'deleted', changed: true },
      { id: 'ffffffff', status: 'deleted', changed: false },
    ]);
  });

  it('deletes the others if some fail: of another tenant, without permission, busy for too long', async () => {
    const tenants = [{ name: 'One' }, { name: 'Two' }];
    const { simulator, run } = await startSteps({ tenants, durations: { create: Infinity } });
    const [one, two] = simulator.tenants;
    const [good, foreign, refused, busy] = [
      { name: 'good' },
      { name: 'foreign', tenantId: two?.id ?? '' },
      { name: 'refused' },
      { name: 'busy', status: 'creating' },
    ].map((seed) => simulator.seedInstance(seed).id);
    const match = { method: 'DELETE', path: refused ?? '' };
    simulator.addFault({ match, times: 'always', fault: forbidden });
    const ids = [good, foreign, refused, busy].join();
    const inputs = { operation: 'delete', tenant: 'One', 'instance-id': ids, timeout: '5m' };
    const result = await run(inputs);
    expect(noticesOf(result)).toEqual([`Deleted 1 instance: 'good' (${good ?? ''}).`]);
    const message = failureOf(result);
    expect(message).toContain('Could not delete 3 of 4 instances:\n');
    expect(message).toContain(`belongs to tenant ${two?.id ?? ''}, not to ${one?.id ?? ''}`);
    expect(message).toContain('Insufficient permissions');
    expect(message).toContain(`Could not delete instance 'busy'`);
    expect(instancesOf(result)).toMatchObject([
      { id: good, status: 'deleted', changed: true },
      { id: foreign, changed: false, error: expect.stringContaining('tenant') as string },
      { id: refused, changed: false, error: expect.stringContaining('403') as string },
      { id: busy, changed: false, error: expect.stringContaining('creating') as string },
    ]);
    expect(simulator.instances().map(({ name }) => name)).toEqual(['foreign', 'refused', 'busy']);
  });

  it('in a dry run says what it would delete', async () => {
    const { simulator, run, changes } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-1' });
    const result = await run({ ...byPattern, 'dry-run': 'true' });
    expect(remarksOf(result)).toEqual([
      `notice: Dry run: would delete 1 instance: 'ci-1' (${id}).`,
    ]);
    expect(result.outputs).toMatchObject({ changed: 'false', tenant: simulator.tenantId });
    expect(changes()).toEqual([]);
  });

  it('with wait: false ends when Aura has accepted', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-1' });
    const result = await run({ ...byPattern, wait: 'false' });
    expect(remarksOf(result)).toEqual([
      `notice: Aura has accepted the request to delete 1 instance: 'ci-1' (${id}).`,
    ]);
    expect(result.drivenMilliseconds).toBe(0);
    expect(instancesOf(result)).toEqual([
      { id, name: 'ci-1', status: 'destroying', changed: true },
    ]);
  });
});

describe('the end of several deletions', () => {
  it('comes after lists that still show deleted instances', async () => {
    const { simulator, run } = await startSteps({ durations: { listAfterDelete: 90_000 } });
    simulator.seedInstance({ name: 'ci-1' });
    simulator.seedInstance({ name: 'ci-2' });
    const result = await run(byPattern);
    expect(remarksOf(result)).toHaveLength(1);
    expect(result.drivenMilliseconds).toBeGreaterThan(150_000);
    expect(result.drivenMilliseconds).toBeLessThan(180_000);
  });

  it('comes before the timeout if lists never stop showing them', async () => {
    const { simulator, run } = await startSteps({ durations: { listAfterDelete: Infinity } });
    simulator.seedInstance({ name: 'ci-1' });
    simulator.seedInstance({ name: 'ci-2' });
    const result = await run({ ...byPattern, timeout: '3m' });
    expect(remarksOf(result)).toHaveLength(1);
    expect(instancesOf(result)).toMatchObject([{ status: 'deleted' }, { status: 'deleted' }]);
  });

  it.each<[string, (ids: readonly string[]) => readonly object[]]>([
    ['an entry that cannot be read', () => [{}]],
    ['only the ids', (ids) => ids.map((id) => ({ id }))],
  ])('does not come because one list is empty and others contain %s', async (_, entries) => {
    const { simulator, run } = await startSteps();
    const ids = ['ci-1', 'ci-2'].map((name) => simulator.seedInstance({ name }).id);
    [[], ...Array.from({ length: 4 }, () => entries(ids))].forEach((data, index) => {
      const match = { operation: 'listInstances' };
      const fault = { kind: 'status', status: 200, body: { data } } as const;
      simulator.addFault({ match, nth: index + 2, fault });
    });
    const result = await run(byPattern);
    expect(remarksOf(result)).toHaveLength(1);
    expect(simulator.instances()).toEqual([]);
    expect(result.drivenMilliseconds).toBeGreaterThan(60_000);
  });

  it('does not come late because all lists contain an entry that cannot be read', async () => {
    const { simulator, run } = await startSteps();
    const { id } = simulator.seedInstance({ name: 'ci-1' });
    const { tenantId: tenant_id } = simulator;
    const lists = [
      [{}, { id, name: 'ci-1', tenant_id }],
      [null, {}],
    ];
    lists.forEach((data, index) => {
      const match = { operation: 'listInstances' };
      const fault = { kind: 'status', status: 200, body: { data } } as const;
      simulator.addFault({ match, nth: index + 1, times: index === 0 ? 1 : 'always', fault });
    });
    const result = await run(byPattern);
    expect(remarksOf(result)).toHaveLength(1);
    expect(simulator.instances()).toEqual([]);
    expect(result.drivenMilliseconds).toBeGreaterThan(60_000);
    expect(result.drivenMilliseconds).toBeLessThan(120_000);
  });

  it('is read for an instance that no list has shown', async () => {
    const { simulator, run } = await startSteps({ durations: { delete: 2_000 } });
    const ids = ['ci-1', 'ci-2'].map((name) => simulator.seedInstance({ name }).id);
    remarksOf(await run({ operation: 'delete', 'instance-id': ids.join() }));
    const after = simulator.exchanges.slice(
      simulator.exchanges.findLastIndex(({ method }) => method === 'DELETE') + 1,
    );
    expect(after.filter(({ status }) => status === 404)).toHaveLength(2);
  });

  it('is a failure that names those that are not deleted in time', async () => {
    const { simulator, run } = await startSteps({ durations: { delete: Infinity } });
    const ids = ['ci-1', 'ci-2'].map((name) => simulator.seedInstance({ name }).id);
    const result = await run({ ...byPattern, timeout: '2m' });
    const message = failureOf(result);
    expect(message).toContain('Could not delete 2 of 2 instances:');
    for (const id of ids) expect(message).toContain(id);
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(122_000);
    expect(instancesOf(result)).toMatchObject(
      ids.map((id) => ({ id, status: 'destroying', changed: true })),
    );
  });

  it('survives lists that fail, and is a failure if they always do', async () => {
    const { simulator, run } = await startSteps();
    const match = { operation: 'listInstances' };
    const fault = { kind: 'status', status: 500 } as const;
    simulator.seedInstance({ name: 'ci-1' });
    simulator.addFault({ match, nth: 3, times: 2, fault });
    expect(remarksOf(await run(byPattern))).toHaveLength(1);
    const { id } = simulator.seedInstance({ name: 'ci-2' });
    simulator.addFault({ match, nth: 2, times: 'always', fault: forbidden });
    const result = await run(byPattern);
    expect(failureOf(result)).toContain(id);
    expect(instancesOf(result)).toMatchObject([{ id, changed: true }]);
  });
});
