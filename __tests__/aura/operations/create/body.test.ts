import { describe, expect, it } from 'vitest';
import type { InstanceConfiguration } from '../../../../src/aura/api/types.ts';
import { describeOffer } from '../../../../src/aura/operations/create/body.ts';
import { failureOf, remarksOf, startSteps } from '../steps-in-process.ts';

const create = { operation: 'create', name: 'x', wait: 'false' };

describe('the configuration that create requests', () => {
  it('contains all inputs', async () => {
    const { simulator, run } = await startSteps();
    const place = { region: 'europe-west1', 'cloud-provider': 'gcp', memory: '4GB' };
    const extras = { 'vector-optimized': 'true', 'graph-analytics-plugin': 'false' };
    const inputs = { ...create, tier: 'professional', ...place, ...extras, storage: '8GB' };
    expect(remarksOf(await run(inputs))).toEqual([]);
    const sent = simulator.exchanges.find(
      ({ method, path }) => method === 'POST' && path === '/v1/instances',
    );
    expect(JSON.parse(sent?.requestBody ?? 'null')).toMatchObject({
      type: 'professional-db',
      memory: '4GB',
      storage: '8GB',
      vector_optimized: true,
      graph_analytics_plugin: false,
    });
  });

  it('is rejected before anything is sent if it is not available in the tenant', async () => {
    const { run, changes } = await startSteps();
    for (const [inputs, said] of [
      [{ tier: 'professional', region: 'nowhere-1' }, "input 'region' is 'nowhere-1', but with"],
      [
        {
          tier: 'professional',
          'cloud-provider': 'gcp',
          region: 'europe-west1',
          memory: '999GB',
          'dry-run': 'true',
        },
        "input 'memory' is '999GB', but with the other",
      ],
      [{ tier: 'professional' }, "is required, because the tenant offers tier 'professional' in "],
    ] as const) {
      expect(failureOf(await run({ ...create, ...inputs }))).toContain(said);
    }
    expect(changes()).toEqual([]);
  });
});

describe('the available configurations of a tier', () => {
  const entry: InstanceConfiguration = {
    type: 'free-db',
    cloudProvider: 'gcp',
    region: 'europe-west1',
    memory: '1GB',
    version: '5',
  };

  it('are described by cloud, region, memory and version', () => {
    const offer = [entry, { ...entry, region: 'us-central1' }, { ...entry, cloudProvider: 'aws' }];
    expect(describeOffer(offer, 'free-db')).toBe(
      "the tenant offers tier 'free' in aws (europe-west1); gcp (europe-west1, us-central1), with memory 1GB, version 5",
    );
  });

  it('are described by the other tiers if there are none', () => {
    expect(describeOffer([entry], 'professional-db')).toBe(
      "the tenant does not offer tier 'professional', only free",
    );
    expect(describeOffer([], 'free-db')).toBe(
      "the tenant does not offer tier 'free', only nothing",
    );
  });
});
