import { describe, expect, it } from 'vitest';
import { inputDefaults } from '../../../src/aura/inputs/table.ts';
import { type StepInputs, readWholeStep } from './step-inputs.ts';

const settings = {
  account: {
    credentials: { clientId: 'the-client', clientSecret: 'the-secret-0123' },
    apiUrl: new URL('https://api.neo4j.io'),
  },
  timeoutMilliseconds: 1_200_000,
  pollIntervalMilliseconds: undefined,
  guard: {
    tenant: { wanted: undefined, lentBy: undefined },
    protectedNames: [],
    maxDeletions: 10,
    dryRun: false,
  },
  handOver: {
    sealingKey: 'the-secret-0123',
    sealed: undefined,
    sealedText: undefined,
    login: undefined,
    exportEnv: false,
    envFile: undefined,
    verify: 'off',
    credentialsStore: 'none',
    dryRun: false,
  },
  githubToken: undefined,
  summary: true,
};
const ofBranch = { id: undefined, name: 'shop-feature-cart-610v7-oefkr', fromEvent: true };

describe('a step with only the required inputs', () => {
  it('for get uses the instance of the branch, and passes nothing on', () => {
    expect(readWholeStep({ operation: 'get' })).toStrictEqual({
      settings,
      task: { operation: 'get', request: { target: ofBranch } },
    });
  });

  it.each(['pause', 'resume', 'snapshot'])(
    'for %s uses the instance of the branch, and waits',
    (operation) => {
      expect(readWholeStep({ operation })).toStrictEqual({
        settings,
        task: { operation, request: { target: ofBranch, wait: true } },
      });
    },
  );

  it('for delete uses all instances of the branch', () => {
    expect(readWholeStep({ operation: 'delete' })).toStrictEqual({
      settings,
      task: {
        operation: 'delete',
        request: {
          target: ofBranch,
          ofBranch: {
            repository: 'octo/shop',
            branch: { name: 'feature/cart', owner: undefined },
            suffix: undefined,
            closed: undefined,
          },
          nothingToDo: undefined,
          wait: true,
        },
      },
    });
  });

  it('for poll waits for any settled status', () => {
    expect(readWholeStep({ operation: 'poll' })).toStrictEqual({
      settings,
      task: { operation: 'poll', request: { target: ofBranch, waitFor: undefined } },
    });
  });

  it('for create leaves everything to the tenant and to the code', () => {
    expect(readWholeStep({ operation: 'create' })).toStrictEqual({
      settings,
      task: {
        operation: 'create',
        request: {
          name: ofBranch.name,
          type: undefined,
          version: undefined,
          region: undefined,
          cloudProvider: undefined,
          memory: undefined,
          storage: undefined,
          vectorOptimized: undefined,
          graphAnalyticsPlugin: undefined,
          customerManagedKeyId: undefined,
          sourceInstanceId: undefined,
          sourceSnapshotId: undefined,
          config: undefined,
          choosesTenant: false,
          ifExists: 'reuse',
          deleteAfterJob: false,
          wait: true,
        },
      },
    });
  });

  it('is the same if the defaults are set', () => {
    expect(readWholeStep({ operation: 'create', ...inputDefaults })).toEqual(
      readWholeStep({ operation: 'create' }),
    );
  });

  it('is the same if inputs contain only whitespace', () => {
    const blank: StepInputs = { tier: ' ', wait: '\n', timeout: '\t', 'api-url': '', name: ' ' };
    expect(readWholeStep({ operation: 'create', ...blank })).toEqual(
      readWholeStep({ operation: 'create' }),
    );
  });
});
