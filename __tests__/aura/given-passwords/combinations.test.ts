import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBundle } from '../../../src/aura/credentials/bundle.ts';
import { readers } from '../../core/secrets/env-file-readers.ts';
import { failureOf } from '../credentials-across-jobs/support.ts';
import { changesOf, outputsOf } from '../../../harness/world/support.ts';
import { type Inherited, inherit, withStore } from './support.ts';
import { noMask, secretOf } from '../../core/secrets/secret-of.ts';

const operations = {
  get: { before: 'running', inputs: { operation: 'get' } },
  poll: { before: 'creating', inputs: { operation: 'poll' } },
  resume: { before: 'paused', inputs: { operation: 'resume' } },
  create: { before: 'paused', inputs: { operation: 'create' } },
} as const;

const sources = {
  password: ({ instance }: Inherited) => ({ password: instance.password }),
  'sealed-credentials': ({ seal }: Inherited) => ({ 'sealed-credentials': seal() }),
  store: ({ aura, instance }: Inherited) => {
    aura.keep(instance);
    return withStore;
  },
} as const;

const asks = {
  nothing: {},
  verify: { verify: 'require' },
  'export-env': { 'export-env': 'true' },
  'env-file': { 'env-file': '.env' },
} as const;

const combinations = Object.entries(operations).flatMap(([operation, { before, inputs }]) =>
  Object.entries(sources).flatMap(([source, giveSource]) =>
    Object.entries(asks).map(([ask, asked]) => {
      return { operation, before, inputs, source, giveSource, ask, asked };
    }),
  ),
);

describe('an existing instance', () => {
  test.each(combinations)(
    'is passed on by $operation with $source: $ask',
    async ({ before, inputs, giveSource, asked }) => {
      const world = await inherit(before);
      const { instance, database, job } = world;
      const result = await world.run({ ...inputs, ...giveSource(world), ...asked });
      const credentials = {
        'connection-uri': instance.connectionUrl,
        username: 'neo4j',
        password: instance.password,
        'instance-id': instance.id,
        name: 'shop',
        tenant: instance.tenantId,
      };
      const outputs = outputsOf(result);
      expect(outputs).toMatchObject({ ...credentials, status: 'running' });
      const { clientSecret } = world.aura.scenario.simulator;
      const { token, ...bundle } = openBundle(
        outputs['sealed-credentials'] ?? '',
        secretOf(clientSecret),
        noMask,
      );
      expect(token).toBeDefined();
      expect(bundle).toEqual({
        apiOrigin: world.aura.scenario.simulator.url,
        clientId: world.aura.scenario.simulator.clientId,
        createdAt: instance.createdAt,
        instanceId: instance.id,
        name: 'shop',
        tenantId: instance.tenantId,
        connectionUri: instance.connectionUrl,
        username: 'neo4j',
        password: instance.password,
      });
      const variables = {
        NEO4J_URI: instance.connectionUrl,
        NEO4J_USERNAME: 'neo4j',
        NEO4J_PASSWORD: instance.password,
        AURA_INSTANCEID: instance.id,
        AURA_INSTANCENAME: 'shop',
      };
      expect(result.exportedEnv).toEqual('export-env' in asked ? variables : {});
      if ('env-file' in asked) {
        expect(readers['dotenv']?.(path.join(job.workspace, '.env'))).toEqual(variables);
      }
      expect(database.connections()).toBe('verify' in asked ? 1 : 0);
    },
  );
});

describe('a password that is not even in the store', () => {
  const missing = Object.entries(operations).flatMap(([operation, { before, inputs }]) =>
    Object.entries(asks)
      .filter(([ask]) => ask !== 'nothing')
      .map(([ask, asked]) => ({ operation, before, inputs, ask, asked })),
  );

  test.each(missing)(
    'fails $operation before any change or wait: $ask',
    async ({ before, inputs, asked }) => {
      const { aura, instance, database, run } = await inherit(before);
      const result = await run({ ...inputs, ...withStore, ...asked });
      const { error, warnings } = failureOf(result);
      expect(error).toContain(`instance 'shop' (${instance.id}): its password`);
      expect(error).toContain('cannot be recovered, because Aura returns it only once.');
      expect(error).toContain(
        inputs.operation === 'create'
          ? "Pass 'sealed-credentials' from the step that created it, or set 'password' from a secret."
          : "'sealed-credentials' to the output of the step that created it",
      );
      if (inputs.operation !== 'create') {
        for (const name of Object.keys(asked)) expect(error).toContain(`'${name}'`);
      }
      // Only a resume would have changed the instance.
      expect(error.includes('Nothing was changed.')).toBe(inputs.operation === 'resume');
      expect(warnings).toEqual([]);
      expect(changesOf(aura.scenario)).toEqual([]);
      expect(result.drivenMilliseconds).toBe(0);
      expect(result.outputs).not.toHaveProperty('password');
      expect(result.exportedEnv).toEqual({});
      expect(database.connections()).toBe(0);
    },
  );

  test.each(['get', 'poll', 'resume'] as const)(
    'does not fail %s if no input needs it',
    async (operation) => {
      const { before, inputs } = operations[operation];
      const { aura, run } = await inherit(before);
      const outputs = outputsOf(await run({ ...inputs, ...withStore }));
      expect(outputs).toMatchObject({ status: 'running' });
      expect(outputs).not.toHaveProperty('password');
      expect(outputs).not.toHaveProperty('sealed-credentials');
      expect(aura.server.deployments()).toEqual([]);
    },
  );
});
