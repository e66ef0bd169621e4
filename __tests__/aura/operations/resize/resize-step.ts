import type { InstanceSeed, SimulatedInstance } from '../../../../simulator/aura/simulator.ts';
import type { Scenario } from '../../in-process/scenario.ts';

/** The bodies of the updates that a scenario has seen, in order. */
export function patchesOf({ simulator }: Scenario): readonly unknown[] {
  return simulator.exchanges
    .filter(({ method }) => method === 'PATCH')
    .map(({ requestBody }) => JSON.parse(requestBody) as unknown);
}

/** An instance `x` of a tier that has every feature except the plugin. */
export function seedLarge(
  { simulator }: Scenario,
  seed: Partial<InstanceSeed> = {},
): SimulatedInstance {
  return simulator.seedInstance({
    name: 'x',
    type: 'business-critical',
    memory: '4GB',
    ...seed,
  });
}

/**
 * Changes fields in the answers to reads, from the n-th on. It shows the status that the instance has
 * when this is called.
 */
export function showInstead(
  { simulator }: Scenario,
  { id, name, tenantId, cloudProvider, region, type, status }: SimulatedInstance,
  {
    fields,
    nth = 1,
    times = 1,
  }: {
    readonly fields: Readonly<Record<string, unknown>>;
    readonly nth?: number;
    readonly times?: number | 'always';
  },
): void {
  const place = { tenant_id: tenantId, cloud_provider: cloudProvider, region };
  const data = { id, name, status, type, memory: '4GB', storage: '8GB', ...place, ...fields };
  simulator.addFault({
    match: { operation: 'getInstance' },
    nth,
    times,
    fault: { kind: 'status', status: 200, body: { data } },
  });
}

/** A refusal by Aura's own service. */
export function refusedWith(status: number, reason: string, message = 'No') {
  return { kind: 'status', status, body: { errors: [{ message, reason }] } } as const;
}
