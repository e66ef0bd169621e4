import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startScenario } from '../../in-process/scenario.ts';
import { errorOf, outputsOf } from '../../../../harness/world/support.ts';

/** Few values, so that many combinations are available and many are not. */
const places = [
  ['gcp', 'europe-west1'],
  ['gcp', 'us-east1'],
  ['aws', 'us-east-1'],
  ['azure', 'us-east-1'],
] as const;
const entry = fc
  .record({
    type: fc.constantFrom('free-db', 'professional-db', 'business-critical'),
    place: fc.constantFrom(...places),
    memory: fc.constantFrom('1GB', '2GB', '4GB'),
    storage: fc.constantFrom('2GB', '4GB', '8GB'),
    version: fc.constantFrom('4', '5'),
  })
  .map(({ place: [cloud, region], ...others }) => ({
    ...others,
    region,
    region_name: region,
    cloud_provider: cloud,
  }));

const maybe = (...values: string[]) => fc.option(fc.constantFrom(...values), { freq: 2, nil: '' });
const inputs = fc.record({
  tier: maybe('free', 'professional', 'business-critical', 'professional-db'),
  'cloud-provider': maybe('gcp', 'aws', 'azure'),
  region: maybe('europe-west1', 'us-east1', 'us-east-1', 'mars-1'),
  memory: maybe('1GB', '2GB', '4GB', '3GB'),
  storage: maybe('2GB', '4GB', '8GB', '3GB'),
  version: maybe('4', '5'),
});

/** The part of an error about the configuration: what Aura answered is only in that of a real run. */
function explained(text: string): string {
  return text
    .replace(/^Could not create instance 'x': /, '')
    .replace(/^Aura answered 400 .*? \([\w-]+\)\. /, '')
    .toLowerCase();
}

describe('a dry run of create', () => {
  it('fails where the real run is refused, with the same words, and succeeds where it creates', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 8 }),
        inputs,
        async (offer, given) => {
          const simulator = { tenants: [{ name: 'Shop', configurations: offer }] };
          await using scenario = await startScenario({ simulator });
          const create = { operation: 'create', name: 'x', wait: 'false', ...given };
          const dry = await scenario.run({ ...create, 'dry-run': 'true' });
          expect(scenario.simulator.history()).toEqual([]);
          const real = await scenario.run(create);
          expect(dry.exitCode).toBe(real.exitCode);
          if (real.exitCode === 0) expect(outputsOf(real)['created']).toBe('true');
          else expect(explained(errorOf(dry))).toBe(explained(errorOf(real)));
        },
      ),
      { numRuns: 150 },
    );
  });
});
