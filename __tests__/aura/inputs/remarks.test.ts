import { describe, expect, it } from 'vitest';
import { inputDefaults, type InputName } from '../../../src/aura/inputs/table.ts';
import { type StepInputs, readStep, remarksOf, sealedUnderSecret } from './step-inputs.ts';

const given: Partial<Record<InputName, string>> = {
  tenant: 'shop',
  name: 'x',
  tier: 'professional',
  region: 'europe-west1',
  'cloud-provider': 'gcp',
  memory: '4GB',
  storage: '8GB',
  version: '4',
  'vector-optimized': 'false',
  'graph-analytics-plugin': 'false',
  'customer-managed-key-id': '0f1e2d3c-0000-4000-8000-00000000000a',
  config: '{}',
  'if-exists': 'fail',
  wait: 'false',
  timeout: '1m',
  'poll-interval': '5s',
  'sealing-key': 'correct horse',
  'delete-after-job': 'true',
  'protected-names': 'prod*',
  'max-deletions': '2',
  'dry-run': 'true',
  'github-token': 'ghs_0123456789',
  'if-no-credentials': 'skip',
};
const ofCreate = [
  'tier',
  'region',
  'cloud-provider',
  'memory',
  'storage',
  'version',
  'vector-optimized',
  'graph-analytics-plugin',
  'customer-managed-key-id',
  'config',
  'if-exists',
];

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
}

describe('an input without effect', () => {
  it.each([
    ['create', ['wait-for'], { 'wait-for': 'running' }],
    ['get', [...ofCreate, 'wait', 'delete-after-job', 'protected-names', 'max-deletions'], {}],
    ['poll', [...ofCreate, 'wait', 'delete-after-job', 'protected-names', 'max-deletions'], {}],
    ['pause', [...ofCreate, 'delete-after-job', 'protected-names', 'max-deletions'], {}],
    ['resume', [...ofCreate, 'delete-after-job', 'protected-names', 'max-deletions'], {}],
    ['snapshot', [...ofCreate, 'delete-after-job', 'protected-names', 'max-deletions'], {}],
    ['delete', [...ofCreate, 'delete-after-job'], {}],
  ])('is named in the one warning of %s: %j', (operation, idle, more: StepInputs) => {
    const { warnings } = remarksOf({ ...given, ...more, operation });
    expect(warnings).toEqual([
      idle.length === 1
        ? `Input '${idle[0] ?? ''}' has no effect on operation '${operation}'.`
        : `Inputs ${listed(idle)} have no effect on operation '${operation}'.`,
    ]);
  });

  it.each(['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete'])(
    'is not reported for %s if it equals its default, in any case and with whitespace around it',
    (operation) => {
      const defaults = Object.entries(inputDefaults).map(([name, value]) => [
        name,
        ` ${value.length > 1 && value !== '20m' && /^(true|false)$/.test(value) ? value.toUpperCase() : value}\n`,
      ]);
      const inputs = Object.fromEntries(defaults) as StepInputs;
      expect(remarksOf({ ...inputs, operation, name: 'x' }).warnings).toEqual([]);
    },
  );

  describe('if sealed credentials select the instance', () => {
    const beside = { 'sealed-credentials': sealedUnderSecret, 'name-suffix': 'ds' };
    const ignored =
      "Input 'name-suffix' has no effect, because 'sealed-credentials' say which instance is meant.";

    it.each(['get', 'poll', 'pause', 'resume', 'snapshot'])(
      'is the name suffix, for %s',
      (operation) => {
        expect(remarksOf({ ...beside, operation }).warnings).toEqual([ignored]);
        expect(remarksOf({ ...beside, operation, tier: 'professional' }).warnings).toEqual([
          `Input 'tier' has no effect on operation '${operation}'. ${ignored}`,
        ]);
      },
    );

    it.each([
      { ...beside, operation: 'create' },
      { ...beside, operation: 'delete' },
      { ...beside, operation: 'get', password: 'that-of-another' },
      { operation: 'get', 'name-suffix': 'ds' },
    ])('is not the name suffix if the name comes from the event: %o', (inputs) => {
      expect(remarksOf(inputs).warnings).toEqual([]);
    });
  });

  it('is not reported if it is empty', () => {
    expect(remarksOf({ operation: 'pause', memory: ' ', 'wait-for': '' }).warnings).toEqual([]);
  });

  it('does not fail the step, and is checked like any other', () => {
    expect(readStep({ operation: 'pause', name: 'x', memory: '4GB' })).toMatchObject({
      operation: 'pause',
    });
    expect(() => readStep({ operation: 'pause', memory: 'much' })).toThrow(
      "Input 'memory' is 'much'",
    );
  });
});
