import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../../simulator/aura/simulator.ts';
import { startScenario } from '../../in-process/scenario.ts';
import { afterRead, theInstance } from '../../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  instancesOf,
  outputsOf,
  refusal,
} from '../../../../harness/world/support.ts';
import { patchesOf, refusedWith, seedLarge, showInstead } from './resize-step.ts';

const patch = { operation: 'updateInstance' };
const sizes =
  '2GB (4GB), 4GB (8GB), 8GB (16GB), 16GB (32GB), 24GB (48GB), 32GB (64GB), 48GB (96GB), 64GB (128GB), 128GB (256GB)';
const offer = `In gcp europe-west1 the tenant offers tier 'business-critical' with memory (storage) ${sizes}. Set 'memory', and 'storage' if it is set, to one of these pairs.`;

describe('a refusal', () => {
  test('of a size contains what Aura says and what the tenant offers', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '3GB' });
    expect(errorOf(result)).toBe(
      `Could not resize instance 'x' (${id}): Aura answered 400 'Invalid memory size: 3GB is not available for this instance type.' (invalid-memory-size). ${offer}`,
    );
    expect(result.outputs['changed']).toBe('false');
    expect(theInstance(scenario).memory).toBe('4GB');
  });

  test('of a pair of sizes names both', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', storage: '8GB' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toContain(
      "'Invalid memory size: 8GB with storage 8GB is not available",
    );
    expect(errorOf(result)).toContain(offer);
  });

  test('of a feature says nothing about sizes', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario, { type: 'professional-db' });
    const result = await scenario.run({ operation: 'resize', name: 'x', secondaries: '2' });
    expect(errorOf(result)).toMatch(
      /Aura answered 400 'Secondaries only available on Business Critical and Virtual Dedicated Cloud' \(database-incapable-of-action\)\. The tier of this instance does not support this value\. Use another value, or an instance of another tier\.$/,
    );
  });

  test('of the tenant says nothing about sizes either', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    const fault = refusedWith(400, 'tenant-incapable-of-action', 'Not in this project');
    scenario.simulator.addFault({ match: patch, fault });
    const result = await scenario.run({ operation: 'resize', name: 'x', secondaries: '2' });
    expect(errorOf(result)).toContain(
      `Aura answered 400 'Not in this project' (tenant-incapable-of-action). The tenant (project) does not have this feature: use another value, or ask Neo4j to enable it.`,
    );
  });

  test('contains only what Aura says if the offer cannot be read', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    const fault = refusal(403);
    scenario.simulator.addFault({ match: { operation: 'getTenant' }, times: 'always', fault });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '3GB' });
    expect(errorOf(result)).toMatch(
      /\(invalid-memory-size\)\. Aura does not offer this pair of 'memory' and 'storage' .* to get the size that belongs to it\.$/,
    );
  });

  test('with another reason asks for no offer', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    scenario.simulator.addFault({ match: patch, fault: refusedWith(400, 'odd', 'Too small') });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '2GB' });
    expect(errorOf(result)).toContain("Aura answered 400 'Too small' (odd). Compare the inputs");
    expect(scenario.simulator.exchanges.some(({ path }) => /tenants\/./.test(path))).toBe(false);
  });

  test.each([409, 400, 420])('of a paused instance with %i says to resume it', async (status) => {
    await using scenario = await startScenario();
    seedLarge(scenario, { status: 'paused' });
    scenario.simulator.addFault({
      match: patch,
      times: 'always',
      fault: refusedWith(status, 'odd'),
    });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
    expect(errorOf(result)).toMatch(
      /\(odd\)\. The instance is paused\. Resume it with operation 'resume', then run this step again\.$/,
    );
    expect(changesOf(scenario)).toHaveLength(1);
  });

  test('of the second kind says which were changed, and no other is sent', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const match = { ...patch };
    scenario.simulator.addFault({ match, nth: 3, fault: refusedWith(400, 'odd', 'Not this') });
    const inputs = {
      memory: '8GB',
      'vector-optimized': 'true',
      secondaries: '2',
      'cdc-enrichment-mode': 'FULL',
      'new-name': 'y',
    };
    const result = await scenario.run({ operation: 'resize', name: 'x', ...inputs });
    expect(errorOf(result)).toBe(
      `Could not resize instance 'x' (${id}): Aura answered 400 'Not this' (odd). This was the request for secondaries 2. Changed before it: memory 8GB, vector-optimized true. Compare the inputs with Aura's message.`,
    );
    expect(result.outputs).toMatchObject({ changed: 'true', memory: '8GB', name: 'x' });
    expect(instancesOf(result)).toMatchObject([{ id, changed: true }]);
    expect(patchesOf(scenario)).toHaveLength(3);
    expect(theInstance(scenario)).toMatchObject({
      name: 'x',
      memory: '8GB',
      vectorOptimized: true,
    });
  });
});

describe('a new name', () => {
  test('that another instance of the tenant has is refused before anything is sent', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario);
    const other = scenario.simulator.seedInstance({ name: 'y' }).id;
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', 'new-name': 'y' };
    expect(errorOf(await scenario.run(inputs))).toBe(
      `Could not resize instance 'x' (${id}): its new name 'y' already belongs to instance 'y' (${other}). Set another 'new-name'.`,
    );
    expect(changesOf(scenario)).toEqual([]);
    const dry = await scenario.run({ ...inputs, 'dry-run': 'true' });
    expect(errorOf(dry)).toContain("its new name 'y' already belongs to");
  });

  test('that another instance got during the resize is refused, and the error says what is done', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    const { simulator } = scenario;
    const sent = scenario.nextExchange(({ method }) => method === 'PATCH');
    void sent.then(() => simulator.seedInstance({ name: 'y' }));
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', 'new-name': 'y' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toMatch(
      /its new name 'y' already belongs to .*This was the request for new-name 'y'\. Changed before it: memory 8GB\. Set another 'new-name'\.$/,
    );
    expect(result.outputs).toMatchObject({ changed: 'true', name: 'x' });
    expect(simulator.instances().map(({ name }) => name)).toEqual(['x', 'y']);
  });

  test('of an instance of another tenant is not taken', async () => {
    const tenants = [{ name: 'one' }, { name: 'two' }];
    await using scenario = await startScenario({ simulator: { tenants } });
    seedLarge(scenario);
    const { simulator } = scenario;
    const [, two] = simulator.tenants;
    simulator.seedInstance({ name: 'y', ...(two && { tenantId: two.id }) });
    const inputs = { operation: 'resize', name: 'x', tenant: 'one', 'new-name': 'y' };
    expect(outputsOf(await scenario.run(inputs))['name']).toBe('y');
  });

  test('needs a list that can be read', async () => {
    await using scenario = await startScenario();
    const { id, tenantId } = seedLarge(scenario);
    const odd = { id: 7, name: 'y', tenant_id: tenantId };
    const body = { data: [odd] };
    const fault = { kind: 'status', status: 200, body } as const;
    scenario.simulator.addFault({ match: { operation: 'listInstances' }, fault });
    const inputs = { operation: 'resize', 'instance-id': id, 'new-name': 'y' };
    expect(errorOf(await scenario.run(inputs))).toContain(
      'contains one with this name that cannot be read',
    );
    expect(changesOf(scenario)).toEqual([]);
  });
});

describe('a lost answer', () => {
  const lost: [what: string, fault: FaultRule['fault']][] = [
    ['a reset before', { kind: 'reset-before' }],
    ['a reset after', { kind: 'reset-after' }],
    ['no answer', { kind: 'hang' }],
    ['no answer, with the effect', { kind: 'hang-after' }],
    ['a page', { kind: 'not-json' }],
    ['a cut answer', { kind: 'truncated' }],
    ['503', refusal(503)],
  ];

  test.each(lost)('to a value does not matter: %s', async (_what, fault) => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    scenario.simulator.addFault({ match: patch, fault });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
    expect(outputsOf(result)).toMatchObject({ changed: 'true', memory: '8GB', status: 'running' });
    expect(theInstance(scenario)).toMatchObject({ memory: '8GB', status: 'running' });
  });

  test.each(lost)(
    'to a value that Aura does not show does not matter: %s',
    async (_what, fault) => {
      await using scenario = await startScenario();
      const instance = seedLarge(scenario);
      scenario.simulator.addFault({ match: patch, fault });
      showInstead(scenario, instance, { fields: {}, times: 'always' });
      const result = await scenario.run({ operation: 'resize', name: 'x', secondaries: '1' });
      expect(outputsOf(result)).toMatchObject({ changed: 'true', status: 'running' });
      scenario.clock.advance(300_000);
      expect(theInstance(scenario).secondariesCount).toBe(1);
    },
  );

  test.each(lost)('to a name does not matter: %s', async (_what, fault) => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    scenario.simulator.addFault({ match: patch, fault });
    const result = await scenario.run({ operation: 'resize', name: 'x', 'new-name': 'y' });
    expect(outputsOf(result)).toMatchObject({ changed: 'true', name: 'y', status: 'running' });
    expect(theInstance(scenario).name).toBe('y');
  });

  test('each time is an error after eight requests', async () => {
    await using scenario = await startScenario();
    seedLarge(scenario);
    scenario.simulator.addFault({ match: patch, times: 'always', fault: refusal(503) });
    const result = await scenario.run({ operation: 'resize', name: 'x', memory: '8GB' });
    expect(errorOf(result)).toContain("Aura answered 503 'No'. This is a problem on Aura's side");
    expect(changesOf(scenario)).toHaveLength(8);
    expect(result.outputs['changed']).toBe('false');
  });
});

describe('a timeout', () => {
  test('of the second kind says what is awaited, what was changed, and never how to delete', async () => {
    await using scenario = await startScenario({
      simulator: { durations: { resize: 100_000 } },
    });
    const { id } = seedLarge(scenario);
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', secondaries: '1' };
    const result = await scenario.run({ ...inputs, timeout: '3m', 'poll-interval': '10s' });
    expect(errorOf(result)).toBe(
      `Instance 'x' (${id}) was not 'running' with secondaries 1 after 3m (input 'timeout'); its last status was 'updating'. This was the request for secondaries 1. Changed before it: memory 8GB. Aura continues with the change: wait for its end with operation 'poll', instance-id '${id}' and 'wait-for: running', or increase 'timeout'.`,
    );
    expect(result.outputs).toMatchObject({ changed: 'true', memory: '8GB' });
  });

  test('while another operation is in progress says that nothing was changed', async () => {
    await using scenario = await startScenario();
    const { id } = seedLarge(scenario, { status: 'upgrading' });
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', timeout: '1m' };
    expect(errorOf(await scenario.run(inputs))).toBe(
      `Could not resize instance 'x' (${id}): its status is 'upgrading' after 1m. The value was not changed. Try again, or increase 'timeout'.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });

  test('ends a resize whose value another process has changed meanwhile', async () => {
    await using scenario = await startScenario();
    const instance = seedLarge(scenario);
    showInstead(scenario, instance, { fields: { memory: '2GB' }, nth: 5, times: 'always' });
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', timeout: '10m' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toContain(
      "was not 'running' with memory 8GB after 10m (input 'timeout'); its last status was 'running'.",
    );
  });
});

describe('another process', () => {
  test.each(['loading failed', 'suspended', 'destroying'])(
    'that brings the instance to %s ends the wait at once',
    async (status) => {
      await using scenario = await startScenario();
      const result = await afterRead(scenario, {
        nth: 2,
        act: ({ id }) => {
          scenario.simulator.setStatus(id, status);
        },
        run: async () => {
          seedLarge(scenario);
          const inputs = { operation: 'resize', name: 'x', memory: '8GB', secondaries: '1' };
          return scenario.run({ ...inputs, 'poll-interval': '10s' });
        },
      });
      expect(errorOf(result)).toContain(`after 20s: its status is '${status}' (`);
      expect(errorOf(result)).not.toMatch(/operation 'delete'/);
      expect(result.outputs).toMatchObject({ status, changed: 'true' });
      expect(changesOf(scenario)).toHaveLength(1);
    },
  );

  test('that renames the instance between two kinds ends the resize', async () => {
    await using scenario = await startScenario();
    const instance = seedLarge(scenario);
    const fields = { name: 'theirs', memory: '8GB' };
    showInstead(scenario, instance, { fields, nth: 4, times: 'always' });
    const inputs = { operation: 'resize', name: 'x', memory: '8GB', secondaries: '1' };
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toContain(
      `Instance ${instance.id} is named 'theirs', not 'x'. Aura had already accepted the request to resize instance 'x' (${instance.id}).`,
    );
    expect(changesOf(scenario)).toHaveLength(1);
  });
});
