import { describe, expect, it } from 'vitest';

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
      [
        { tier: 'professional', region: 'nowhere-1' },
        "tier 'professional' is not available in region 'nowhere-1'",
      ],
      [
        {
          tier: 'professional',
          'cloud-provider': 'gcp',
          region: 'europe-west1',
          memory: '999GB',
          'dry-run': 'true',
        },
        "memory '999GB' is not available for tier 'professional' in gcp europe-west1",
      ],
      [
        { tier: 'professional' },
        "tier 'professional' is available in several regions. Set 'region'",
      ],
    ] as const) {
      expect(failureOf(await run({ ...create, ...inputs }))).toContain(said);
    }
    expect(changes()).toEqual([]);
  });
});
