import { describe, expect, it } from 'vitest';
import { inputDefaults } from '../../../src/aura/inputs/names.ts';
import { type StepInputs, readStep } from './step-inputs.ts';

const common = {
  credentials: { clientId: 'the-client', clientSecret: 'the-secret-0123' },
  apiUrl: new URL('https://api.neo4j.io'),
  tenant: undefined,
  wait: true,
  timeoutMilliseconds: 1_200_000,
  pollIntervalMilliseconds: undefined,
  protectedNames: [],
  maxDeletions: 10,
  dryRun: false,
  credentialsStore: 'none',
  githubToken: undefined,
};
const handOver = {
  sealingKey: 'the-secret-0123',
  sealed: undefined,
  login: undefined,
  exportEnv: false,
  envFile: undefined,
  verify: 'off',
};
const ofBranch = { id: undefined, name: 'shop-feature-cart-610v7-oefkr', fromEvent: true };

describe('the request of a step that gives only what is needed', () => {
  it('for pause is the instance of the branch', () => {
    expect(readStep({ operation: 'pause' })).toEqual({
      ...common,
      operation: 'pause',
      target: ofBranch,
    });
  });

  it('for delete is everything that the branch has', () => {
    expect(readStep({ operation: 'delete' })).toEqual({
      ...common,
      operation: 'delete',
      target: ofBranch,
      ofBranch: {
        repository: 'octo/shop',
        branch: { name: 'feature/cart', owner: undefined },
        suffix: undefined,
        closed: undefined,
      },
    });
  });

  it.each(['get', 'resume'])('for %s hands nothing on', (operation) => {
    const request = { ...common, ...handOver, operation, target: ofBranch };
    expect(readStep({ operation })).toEqual(request);
  });

  it('for poll waits for any settled status', () => {
    const poll = { operation: 'poll', target: ofBranch, waitFor: undefined };
    expect(readStep({ operation: 'poll' })).toEqual({ ...common, ...handOver, ...poll });
  });

  it('for create leaves everything but tier and version to the tenant', () => {
    expect(readStep({ operation: 'create' })).toEqual({
      ...common,
      ...handOver,
      operation: 'create',
      name: ofBranch.name,
      type: 'free-db',
      version: '5',
      region: undefined,
      cloudProvider: undefined,
      memory: undefined,
      storage: undefined,
      vectorOptimized: undefined,
      graphAnalyticsPlugin: undefined,
      customerManagedKeyId: undefined,
      ifExists: 'reuse',
      deleteAfterJob: false,
    });
  });

  it('is the same when the defaults are written out', () => {
    expect(readStep({ operation: 'create', ...inputDefaults })).toEqual(
      readStep({ operation: 'create' }),
    );
  });

  it('is the same when inputs are there but hold only blanks', () => {
    const blank: StepInputs = { tier: ' ', wait: '\n', timeout: '\t', 'api-url': '', name: ' ' };
    expect(readStep({ operation: 'create', ...blank })).toEqual(readStep({ operation: 'create' }));
  });
});
