import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import type { SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import { startGitHub } from '../../../harness/github/server.ts';
import { runWorkflowSteps } from '../../../harness/runner/workflow-steps.ts';
import { addFaults, changesOf } from '../../../harness/world/support.ts';
import { startScenario } from '../in-process/scenario.ts';

const file = new URL('../../../examples/migrate-instance.yml', import.meta.url);
const workflow = readFileSync(fileURLToPath(file), 'utf8');

/** Everything is shown late: new and deleted instances in lists, new ones by id, and updates. */
const lagging: SimulatorOptions = {
  durations: {
    listAfterCreate: 30_000,
    listAfterDelete: 30_000,
    readAfterCreate: 20_000,
    readAfterUpdate: 15_000,
  },
};

async function migrate(
  inputs: Readonly<Record<string, string>> = {},
  prepare: (scenario: Awaited<ReturnType<typeof startScenario>>) => void = () => undefined,
) {
  const scenario = await startScenario({ simulator: lagging });
  onTestFinished(() => scenario.finish());
  const { simulator } = scenario;
  const old = simulator.seedInstance({
    name: 'shop',
    type: 'business-critical',
    memory: '4GB',
    region: 'europe-west1',
  });
  const theirs = simulator.seedInstance({ name: 'theirs' });
  simulator.seedSnapshot(old.id, { profile: 'Scheduled', duration: 40_000 });
  prepare(scenario);
  const github = await startGitHub();
  onTestFinished(() => github.close());
  const env = { AURA_API_URL: simulator.url, GITHUB_API_URL: github.url };
  const job = await scenario.startJob({ env });
  const results = await runWorkflowSteps(job, workflow, {
    inputs: { name: 'shop', 'cloud-provider': 'gcp', region: 'us-east1', memory: '8GB', ...inputs },
    vars: { AURA_CLIENT_ID: simulator.clientId },
    secrets: { AURA_CLIENT_SECRET: simulator.clientSecret },
  });
  return { scenario, simulator, github, old, theirs, results };
}

test('the example says first that deleting an instance deletes its snapshots', () => {
  expect(workflow.split('\non:')[0]).toContain(
    'Deleting an instance deletes all of its snapshots.',
  );
});

describe('the steps of the migration, in a world where everything is shown late', () => {
  test('replace the instance by one of the same configuration, in another region and size', async () => {
    const { scenario, simulator, github, old, theirs, results } = await migrate();
    expect(results.map(({ conclusion }) => conclusion)).toEqual(Array(7).fill('success'));
    // Only the dry run and the two steps that create, and then reuse, have a notice.
    const { id } = simulator.instances()[1] ?? { id: '' };
    const message = `Instance 'shop' (${id}) is running at neo4j+s://${id}.databases.neo4j.io. It will not be deleted automatically; use operation 'delete'.`;
    const notices = [{ level: 'notice', title: 'Neo4j Aura', message }];
    const dryRun = `Dry run: would delete instance 'shop' (${old.id}), then create instance 'shop': tier business-critical, version 5, 4GB, gcp us-east1.`;
    expect(results.map(({ annotations }) => annotations)).toEqual([
      [],
      [{ level: 'notice', title: 'Neo4j Aura', message: dryRun }],
      [],
      [],
      notices,
      notices,
      [],
    ]);
    const [, , snapshot, deleted, created, compared, resized] = results;
    expect(simulator.snapshots(old.id)).toMatchObject([
      { id: snapshot?.outputs['snapshot-id'], profile: 'AdHoc', status: 'Completed' },
      { profile: 'Scheduled' },
    ]);
    expect(deleted?.outputs).toMatchObject({ 'instance-id': old.id, status: 'deleted' });
    const living = simulator.instances();
    expect(living.map(({ id }) => id)).toEqual([theirs.id, created?.outputs['instance-id']]);
    expect(living[1]).toMatchObject({
      name: 'shop',
      status: 'running',
      type: 'business-critical',
      region: 'us-east1',
      memory: '8GB',
    });
    expect(created?.outputs['password']).toBe(living[1]?.password);
    const stored = github.deployments().filter(({ task }) => task === 'aura:shop');
    expect(stored).toHaveLength(1);
    expect(compared?.outputs).toMatchObject({ created: 'false', changed: 'false' });
    expect(compared?.summary).toContain('| `memory` | `4GB` | `4GB` |  |');
    expect(resized?.outputs).toMatchObject({ changed: 'true', memory: '8GB', status: 'running' });
    expect(changesOf(scenario)).toEqual([
      'POST /v1/instances/{id}/snapshots 202',
      'DELETE /v1/instances/{id} 202',
      'POST /v1/instances 202',
      'PATCH /v1/instances/{id} 202',
    ]);
    // The deletion was confirmed before anything was created.
    const order = simulator.exchanges.map(({ method, path, status }) =>
      `${method} ${path} ${status}`.replace(old.id, 'old'),
    );
    expect(order.indexOf('GET /v1/instances/old 404')).toBeLessThan(
      order.indexOf('POST /v1/instances 202'),
    );
    expect(order).toContain('GET /v1/instances/old 404');
  });

  test('stop before the deletion if the snapshot fails', async () => {
    const { scenario, simulator, old, results } = await migrate({}, ({ simulator: aura }) => {
      aura.addFault({ fault: { kind: 'snapshot-failed' } });
    });
    expect(results.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'failure']);
    expect(simulator.instances()[0]).toMatchObject({ id: old.id, status: 'running' });
    expect(changesOf(scenario)).toEqual(['POST /v1/instances/{id}/snapshots 202']);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['region', { region: 'mars-1' }],
    ['cloud provider', { 'cloud-provider': 'azure' }],
    ['name', { name: 'shop-1' }],
  ])('change nothing if Aura does not have the %s', async (_, inputs) => {
    const { scenario, simulator, old, theirs, results } = await migrate(inputs);
    expect(results.at(-1)?.conclusion).toBe('failure');
    expect(simulator.instances().map(({ id }) => id)).toEqual([old.id, theirs.id]);
    expect(changesOf(scenario)).toEqual([]);
  });

  test('keep the configuration if Aura refuses the create', async () => {
    const { simulator, results } = await migrate({}, (scenario) => {
      const refusal = { kind: 'status', status: 400 } as const;
      addFaults(scenario, { operation: 'createInstance' }, { faults: [refusal] });
    });
    expect(results.map(({ conclusion }) => conclusion).slice(3)).toEqual(['success', 'failure']);
    expect(simulator.instances().map(({ name }) => name)).toEqual(['theirs']);
    expect(results[0]?.outputs['instance']).toContain('"memory":"4GB"');
    expect(parse(workflow)).toMatchObject({
      jobs: {
        migrate: {
          steps: expect.arrayContaining([
            expect.objectContaining({
              if: 'failure() && steps.old.outputs.instance',
              run: 'echo "$CONFIGURATION"',
              env: { CONFIGURATION: '${{ steps.old.outputs.instance }}' },
            }),
          ]) as unknown,
        },
      },
    });
  });

  test('lose nothing if the answer to the create is lost', async () => {
    const { simulator, results } = await migrate({}, (scenario) => {
      addFaults(scenario, { operation: 'createInstance' }, { faults: [{ kind: 'reset-after' }] });
    });
    expect(results.map(({ conclusion }) => conclusion)).toEqual(
      Array.from({ length: 7 }, () => 'success'),
    );
    const shops = simulator.instances().filter(({ name }) => name === 'shop');
    expect(shops).toHaveLength(1);
    expect(shops[0]?.password).toBe(results[4]?.outputs['password']);
  });
});
