import { describe, expect, onTestFinished, test } from 'vitest';
import type { SimulatorOptions } from '../../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../../harness/runner/fake-runner.ts';
import {
  changesOf,
  errorOf,
  linesOf,
  remarkable,
  requestsOf,
} from '../../../../harness/world/support.ts';
import type { Scenario } from '../../../../harness/world/scenario.ts';
import { startScenario } from '../../in-process/scenario.ts';

const create = { operation: 'create', name: 'copy', 'poll-interval': '30s' };

async function start(simulator: SimulatorOptions = {}, seed: object = {}) {
  const scenario = await startScenario({ simulator });
  onTestFinished(() => scenario.finish());
  const source = scenario.simulator.seedInstance({
    name: 'source',
    type: 'business-critical',
    memory: '8GB',
    region: 'us-east1',
    ...seed,
  });
  return { scenario, source };
}

/** The bodies of all creates. */
function bodiesOf({ simulator }: Scenario): readonly Record<string, unknown>[] {
  return simulator.exchanges
    .filter(({ method, path }) => method === 'POST' && path === '/v1/instances')
    .map(({ requestBody }) => JSON.parse(requestBody) as Record<string, unknown>);
}

const texts = (result: StepResult): readonly string[] =>
  remarkable(result).map(({ level, message }) => `${level}: ${message}`);

describe('a create with source-instance-id', () => {
  test('copies the configuration and the data, in the tenant of the source', async () => {
    const ours = { id: '11111111-2222-4333-8444-555555555555', name: 'Ours' };
    const theirs = { id: '99999999-8888-4777-a666-555555555555', name: 'Theirs' };
    const { scenario, source } = await start({ tenants: [ours, theirs] }, { tenantId: theirs.id });
    const result = await scenario.run({ ...create, 'source-instance-id': source.id });
    expect(texts(result)).toEqual([]);
    expect(bodiesOf(scenario)).toEqual([
      {
        name: 'copy',
        tenant_id: theirs.id,
        type: 'business-critical',
        version: '5',
        cloud_provider: 'gcp',
        region: 'us-east1',
        memory: '8GB',
        storage: '16GB',
        source_instance_id: source.id,
      },
    ]);
    const copy = scenario.simulator.instances()[1];
    expect(result.outputs).toMatchObject({
      'instance-id': copy?.id,
      password: copy?.password,
      created: 'true',
      status: 'running',
      tenant: theirs.id,
    });
    expect(requestsOf(scenario).slice(0, 4)).toEqual([
      'POST /oauth/token 200',
      'GET /v1/instances/{id} 200',
      'GET /v1/instances 200',
      'POST /v1/instances 202',
    ]);
    expect(linesOf(result)).toContain(`Instance 'copy' (${copy?.id ?? ''}) is as requested.`);
    expect(result.summary).toContain('| `memory` | `8GB` | `8GB` |  |');
  });

  test('lets the inputs win, and drops the storage of the source beside a given memory', async () => {
    const { scenario, source } = await start();
    const result = await scenario.run({
      ...create,
      'source-instance-id': source.id,
      memory: '4GB',
      region: 'europe-west1',
      'vector-optimized': 'true',
    });
    expect(texts(result)).toEqual([]);
    const [body] = bodiesOf(scenario);
    expect(body).toMatchObject({ memory: '4GB', region: 'europe-west1', vector_optimized: true });
    expect(body).not.toHaveProperty('storage');
  });

  test('takes its latest exportable snapshot', async () => {
    const { scenario, source } = await start();
    const day = 86_400_000;
    const { simulator, clock } = scenario;
    const createdAt = clock.now() - 5 * day;
    const older = simulator.seedInstance({ name: 'older', type: 'business-critical', createdAt });
    const wanted = simulator.seedSnapshot(older.id, { startedAt: clock.now() - 2 * day });
    simulator.seedSnapshot(older.id, { exportable: false });
    const inputs = { ...create, 'source-snapshot-id': 'latest', 'source-instance-id': older.id };
    const result = await scenario.run(inputs);
    expect(texts(result)).toEqual([]);
    expect(bodiesOf(scenario)).toMatchObject([
      { source_instance_id: older.id, source_snapshot_id: wanted },
    ]);
    expect(result.outputs['snapshot-id']).toBe(wanted);
    const none = await scenario.run({ ...inputs, name: 'x', 'source-instance-id': source.id });
    expect(errorOf(none)).toMatch(
      /^Could not create instance 'x': instance 'source' \(.*\) has no completed snapshot that can be exported on /,
    );
  });

  test('waits for a snapshot that Aura still takes', async () => {
    const { scenario, source } = await start();
    const snapshot = scenario.simulator.seedSnapshot(source.id, { duration: 60_000 });
    const inputs = { 'source-instance-id': source.id, 'source-snapshot-id': snapshot };
    const result = await scenario.run({ ...create, ...inputs });
    expect(texts(result)).toEqual([]);
    expect(bodiesOf(scenario)).toMatchObject([{ source_snapshot_id: snapshot }]);
    expect(scenario.simulator.instances()[1]?.dataFrom).toBe(snapshot);
  });

  describe('whose size Aura does not show', () => {
    /** The source in the next answers about it, one after the other. */
    function show(
      { simulator }: Scenario,
      { id, tenantId }: { readonly id: string; readonly tenantId: string },
      ...sights: readonly object[]
    ): void {
      const place = { cloud_provider: 'gcp', region: 'us-east1', type: 'business-critical' };
      sights.forEach((sight, index) => {
        const data = { id, name: 'source', tenant_id: tenantId, ...place, ...sight };
        simulator.addFault({
          match: { operation: 'getInstance', path: id },
          nth: index + 1,
          fault: { kind: 'status', status: 200, body: { data } },
        });
      });
    }
    const busy = { status: 'updating', memory: '', storage: '8GB' };

    test('waits for it, and has this size', async () => {
      const { scenario, source } = await start();
      show(scenario, source, busy, { ...busy, status: 'resizing', memory: null });
      const result = await scenario.run({ ...create, 'source-instance-id': source.id });
      expect(texts(result)).toEqual([]);
      expect(bodiesOf(scenario)).toMatchObject([{ memory: '8GB', storage: '16GB' }]);
      expect(linesOf(result)).toContain(
        `##[group]Waiting for the memory of instance 'source' (${source.id}) of input 'source-instance-id' (timeout: 20m)`,
      );
      expect(linesOf(result)).toContain("0s     not shown by Aura while its status is 'updating'");
    });

    test('does not wait if the memory is set', async () => {
      const { scenario, source } = await start();
      show(scenario, source, busy);
      const inputs = { ...create, 'source-instance-id': source.id, memory: '8GB' };
      expect(texts(await scenario.run(inputs))).toEqual([]);
      expect(bodiesOf(scenario)).toMatchObject([{ memory: '8GB' }]);
    });

    test('gets the smallest one, and no storage, if Aura never shows any', async () => {
      const { scenario, source } = await start({}, { memory: '2GB' });
      show(scenario, source, { ...busy, status: 'running' });
      const result = await scenario.run({ ...create, 'source-instance-id': source.id });
      expect(bodiesOf(scenario)).toMatchObject([{ memory: '2GB' }]);
      expect(bodiesOf(scenario)[0]).not.toHaveProperty('storage');
      expect(linesOf(result)).toContainEqual(
        expect.stringMatching(/^ {2}Default memory, because none is known for the copy: 2GB, /),
      );
    });

    test.each<[what: string, sight: object, said: string]>([
      ['is deleted', { status: 'destroying' }, "of input 'source-instance-id' is being deleted"],
      ['stays busy', busy, "increase 'timeout'."],
    ])('creates nothing if the source %s', async (_, sight, said) => {
      const { scenario, source } = await start();
      show(scenario, source, busy, ...Array.from({ length: 9 }, () => sight));
      const inputs = { ...create, 'source-instance-id': source.id, timeout: '2m' };
      const error = errorOf(await scenario.run(inputs));
      expect(error).toMatch(/^Could not create instance 'copy': .* Nothing was created\./);
      expect(error).toContain(said);
      expect(changesOf(scenario)).toEqual([]);
    });
  });

  test.each([
    ['does not exist', () => 'deadbeef', /: Aura has no instance with the id deadbeef of input/],
    [
      'is being deleted',
      ({ simulator }: Scenario, id: string) => {
        simulator.setStatus(id, 'destroying');
        return id;
      },
      /: instance 'source' \(.*\) of input 'source-instance-id' is being deleted\. Nothing was/,
    ],
  ])('is an error if the source %s, and creates nothing', async (_, act, said) => {
    const { scenario, source } = await start();
    const id = act(scenario, source.id);
    const result = await scenario.run({ ...create, 'source-instance-id': id });
    expect(errorOf(result)).toMatch(said);
    expect(changesOf(scenario)).toEqual([]);
  });

  test.each(['reuse', 'replace', 'fail'])(
    'never takes the source for its copy, and never deletes it: if-exists %s',
    async (ifExists) => {
      const { scenario, source } = await start();
      const result = await scenario.run({
        ...create,
        name: 'source',
        'source-instance-id': source.id,
        'if-exists': ifExists,
      });
      expect(errorOf(result)).toBe(
        "Could not create instance 'source': the instance of input 'source-instance-id' has this name itself. Set another 'name' for the copy. Nothing was changed.",
      );
      expect(changesOf(scenario)).toEqual([]);
    },
  );

  test('looks for the snapshot before it replaces anything', async () => {
    const { scenario, source } = await start();
    scenario.simulator.seedInstance({ name: 'copy' });
    const result = await scenario.run({
      ...create,
      'source-instance-id': source.id,
      'source-snapshot-id': 'nowhere',
      'if-exists': 'replace',
    });
    expect(errorOf(result)).toContain("snapshot 'nowhere' of instance 'source'");
    expect(changesOf(scenario)).toEqual([]);
  });

  test('changes nothing in a dry run, and says what it would copy', async () => {
    const { scenario, source } = await start();
    const snapshot = scenario.simulator.seedSnapshot(source.id);
    const result = await scenario.run({
      ...create,
      'source-instance-id': source.id,
      'source-snapshot-id': 'latest',
      'dry-run': 'true',
    });
    expect(linesOf(result).at(-1)).toBe(
      `##[notice]Dry run: would create instance 'copy': tier business-critical, version 5, 8GB, gcp us-east1, a copy of snapshot ${snapshot} of instance ${source.id}.`,
    );
    expect(changesOf(scenario)).toEqual([]);
    expect(result.summary).toMatch(/^### Would create instance `copy`\n/);
  });

  test('of a snapshot without its instance is an input error', async () => {
    const { scenario } = await start();
    expect(errorOf(await scenario.run({ ...create, 'source-snapshot-id': 'latest' }))).toBe(
      "Input 'source-snapshot-id' is set without 'source-instance-id'; set the id of the instance that has the snapshot.",
    );
    expect(requestsOf(scenario)).toEqual([]);
  });
});
