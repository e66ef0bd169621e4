import type { InputReader } from '../../core/inputs/table.ts';

/** Every input that action.yml declares. */
export const inputNames = [
  'operation',
  'client-id',
  'client-secret',
  'if-no-credentials',
  'tenant',
  'api-url',
  'instance-id',
  'name',
  'name-suffix',
  'tier',
  'region',
  'cloud-provider',
  'memory',
  'storage',
  'version',
  'vector-optimized',
  'graph-analytics-plugin',
  'customer-managed-key-id',
  'if-exists',
  'wait',
  'wait-for',
  'timeout',
  'poll-interval',
  'sealed-credentials',
  'username',
  'password',
  'sealing-key',
  'credentials-store',
  'export-env',
  'env-file',
  'verify',
  'delete-after-job',
  'protected-names',
  'max-deletions',
  'dry-run',
  'github-token',
] as const;

/** The name of an input. */
export type InputName = (typeof inputNames)[number];

/**
 * The defaults of action.yml again: `with: x: ''` does not use the manifest's default, and an empty
 * input counts as not set.
 */
export const inputDefaults: Readonly<Partial<Record<InputName, string>>> = {
  'if-no-credentials': 'fail',
  tier: 'free',
  version: '5',
  'if-exists': 'reuse',
  wait: 'true',
  timeout: '20m',
  username: 'neo4j',
  'credentials-store': 'none',
  'export-env': 'false',
  verify: 'off',
  'delete-after-job': 'false',
  'max-deletions': '10',
  'dry-run': 'false',
};

/** Reads the inputs of this action. */
export type Reader = InputReader<InputName>;
