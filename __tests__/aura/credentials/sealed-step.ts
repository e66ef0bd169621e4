import { sealBundle } from '../../../src/aura/credentials/bundle.ts';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** The database that an instance of the simulator points to. */
export interface Database {
  readonly uri: string;
  readonly username?: string;
  /** Default: the password of the created instance. */
  readonly password?: string;
}

/**
 * The inputs of a step that takes over an instance from another step. The instance has a local
 * address.
 */
export function takeOver(simulator: Simulator, { uri, username = 'neo4j', password }: Database) {
  const instance = simulator.seedInstance({ name: 'taken-over', connectionUrl: uri });
  const sealed = {
    instanceId: instance.id,
    name: instance.name,
    tenantId: instance.tenantId,
    connectionUri: uri,
    username,
    password: secretOf(password ?? instance.password),
    token: undefined,
  };
  const inputs = {
    operation: 'get',
    'instance-id': instance.id,
    'sealed-credentials': sealBundle(sealed, secretOf(simulator.clientSecret)),
  };
  return { instance, inputs };
}
