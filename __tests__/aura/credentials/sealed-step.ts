import { sealBundle } from '../../../src/aura/credentials/bundle.ts';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';

/** A database that an instance of the simulator is said to be reached at. */
export interface Database {
  readonly uri: string;
  readonly username?: string;
  /** The one that the instance was made with when left out. */
  readonly password?: string;
}

/**
 * The inputs by which a step takes over an instance that another step made, and whose address is
 * one of this machine.
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
