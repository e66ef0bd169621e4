import type { Instance } from '../aura/types.ts';
import type { Outputs } from '../report.ts';

/** The outputs that an instance's detail gives. */
export function instanceOutputs(instance: Instance): Outputs {
  return {
    'instance-id': instance.id,
    name: instance.name,
    'connection-uri': instance.connectionUrl,
    status: instance.status,
    tier: instance.type,
    region: instance.region,
    'cloud-provider': instance.cloudProvider,
    memory: instance.memory,
    tenant: instance.tenantId,
    instance: JSON.stringify(instance.fields),
  };
}

/** An entry of the output `instances`: an instance worked on, and how that went. */
export interface Worked {
  readonly id: string;
  name: string | undefined;
  status?: string;
  changed: boolean;
  error?: string;
}

/** The output `instances` of an operation on one instance. */
export function workedOn({ id, name, status }: Instance, changed: boolean): Outputs {
  return { changed, instances: JSON.stringify([{ id, name, status, changed }]) };
}

/** `instance` in a status that is known without reading it again. */
export function withStatus(instance: Instance, status: string): Instance {
  return { ...instance, status, fields: { ...instance.fields, status } };
}
