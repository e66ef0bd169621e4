import type { Instance } from '../api/types.ts';
import type { AuraOutputs, Worked } from './report.ts';

/** The outputs from the details of an instance. */
export function instanceOutputs(instance: Instance): AuraOutputs {
  return {
    'instance-id': instance.id,
    name: instance.name,
    'connection-uri': instance.connectionUrl,
    tier: instance.type,
    region: instance.region,
    'cloud-provider': instance.cloudProvider,
    memory: instance.memory,
    tenant: instance.tenantId,
    instance: JSON.stringify(instance.fields),
  };
}

/** The entry of the output `instances` for an instance. */
export function workedOn({ id, name, status }: Instance, changed: boolean): Worked {
  return { id, name, status, changed };
}

/** `instance` with a status that is known without reading it again. */
export function withStatus(instance: Instance, status: string): Instance {
  return { ...instance, status, fields: { ...instance.fields, status } };
}
