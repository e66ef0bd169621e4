import { expect, test } from 'vitest';
import { errorOf, outputsOf } from '../../../../harness/world/support.ts';
import { startKeeping, type Keeping } from '../../credentials-across-jobs/with-github.ts';
import { refusedWith } from './resize-step.ts';

const rename = { operation: 'resize', name: 'shop', 'new-name': 'market' } as const;

/** The names and ids of the active entries. */
function entriesOf({ server }: Keeping): readonly unknown[] {
  return server.deployments().map(({ task, payload }) => [task, (payload as { id?: string }).id]);
}

test('the stored credentials move with a new name, and a later step finds them', async () => {
  await using keeping = await startKeeping();
  const instance = keeping.seed();
  keeping.keep(instance);
  outputsOf(await keeping.run(rename));
  expect(entriesOf(keeping)).toEqual([['aura:market', instance.id]]);
  const found = outputsOf(await keeping.run({ operation: 'get', name: 'market' }));
  expect(found).toMatchObject({ password: instance.password, name: 'market' });
});

test('the stored credentials of others with either name stay', async () => {
  await using keeping = await startKeeping();
  const instance = keeping.seed();
  keeping.keep(instance);
  const elsewhere = { tenantId: '11111111-2222-4333-8444-555555555555', instanceId: '0a0b0c0d' };
  keeping.keep({ ...instance, name: 'market' }, elsewhere);
  keeping.keep(instance, elsewhere);
  const result = await keeping.run(rename);
  expect(result.conclusion).toBe('success');
  expect(entriesOf(keeping)).toEqual(
    expect.arrayContaining([
      ['aura:market', instance.id],
      ['aura:market', '0a0b0c0d'],
      ['aura:shop', '0a0b0c0d'],
    ]),
  );
  expect(entriesOf(keeping)).toHaveLength(3);
});

test('a rename that Aura refuses leaves the stored credentials where they are', async () => {
  await using keeping = await startKeeping();
  const instance = keeping.seed();
  keeping.keep(instance);
  keeping.scenario.simulator.addFault({
    match: { operation: 'updateInstance' },
    fault: refusedWith(400, 'odd'),
  });
  errorOf(await keeping.run(rename));
  expect(entriesOf(keeping)).toEqual([['aura:shop', instance.id]]);
});

test('a resize without a new name leaves the store alone', async () => {
  await using keeping = await startKeeping();
  const instance = keeping.seed();
  keeping.keep(instance);
  const before = keeping.server.exchanges.length;
  outputsOf(await keeping.run({ operation: 'resize', name: 'shop', memory: '8GB' }));
  expect(keeping.server.exchanges).toHaveLength(before);
});

test('a GitHub that does not answer does not stop a rename', async () => {
  await using keeping = await startKeeping();
  const instance = keeping.seed();
  keeping.keep(instance);
  keeping.server.order({ answer: { status: 500, body: {} }, times: 99 });
  const result = await keeping.run(rename);
  expect(result).toMatchObject({ conclusion: 'success', outputs: { name: 'market' } });
  expect(result.annotations.map(({ level }) => level)).toEqual(['warning']);
  expect(entriesOf(keeping)).toEqual([['aura:shop', instance.id]]);
});
