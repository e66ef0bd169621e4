import { inWords } from '../../api/advice.ts';
import { label } from '../../api/label.ts';
import { isGoing } from '../../api/statuses.ts';
import type { Instance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { CreateRequest, SourceConfig } from '../../inputs/request.ts';
import { readInstance } from '../../instances/read.ts';
import { resolveSnapshot } from '../../instances/snapshots.ts';
import type { Session } from '../../session/session.ts';

/** The values of a new instance; undefined ones are chosen from what the tenant offers. */
export interface Plan extends Omit<SourceConfig, 'name' | 'tenantId' | 'type' | 'version'> {
  readonly name: string;
  /** The API's code of the tier. */
  readonly type: string;
  readonly version: string;
  /** The data to copy. */
  readonly source: { readonly instanceId: string; readonly snapshotId?: string } | undefined;
  /** Whether values come from a configuration or an instance, so that the result is compared. */
  readonly isCopy: boolean;
}

/**
 * The values that a create asks for: those of the inputs, then those of `config`, then those of the
 * instance to copy, then the defaults.
 *
 * @param source the instance to copy, as Aura returns it.
 */
export function planOf(request: CreateRequest, source: Instance | undefined): Plan {
  const { name, sourceInstanceId, config } = request;
  const shown = source === undefined ? undefined : configOf(source);
  const from = <K extends keyof SourceConfig>(field: K): SourceConfig[K] | undefined =>
    config?.[field] ?? shown?.[field];
  // Memory and storage depend on each other, so both come from the same place.
  const sized = config?.memory === undefined ? shown : config;
  return {
    name,
    type: request.type ?? from('type') ?? 'free-db',
    version: request.version ?? from('version') ?? '5',
    region: request.region ?? from('region'),
    cloudProvider: request.cloudProvider ?? from('cloudProvider'),
    memory: request.memory ?? sized?.memory,
    storage: request.storage ?? (request.memory === undefined ? sized?.storage : undefined),
    vectorOptimized: request.vectorOptimized ?? unlessOff(from('vectorOptimized')),
    graphAnalyticsPlugin: request.graphAnalyticsPlugin ?? unlessOff(from('graphAnalyticsPlugin')),
    customerManagedKeyId: request.customerManagedKeyId ?? from('customerManagedKeyId'),
    secondaries: from('secondaries') === 0 ? undefined : from('secondaries'),
    cdcEnrichmentMode: from('cdcEnrichmentMode') === 'OFF' ? undefined : from('cdcEnrichmentMode'),
    source: sourceInstanceId === undefined ? undefined : { instanceId: sourceInstanceId },
    isCopy: config !== undefined || source !== undefined,
  };
}

/** What is off in the source is off in a new instance; some tiers refuse the field. */
function unlessOff(value: boolean | undefined): true | undefined {
  return value === true ? true : undefined;
}

/** Aura's fields of an instance as a configuration. */
function configOf({ name, tenantId, type, region, ...instance }: Instance): SourceConfig {
  const { cloudProvider, memory, fields } = instance;
  const text = (field: string): string | undefined => {
    const value = fields[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const flag = (field: string): boolean => fields[field] === true;
  const { secondaries_count: secondaries } = fields;
  return {
    ...{ name, tenantId, type, region, cloudProvider, memory },
    version: undefined,
    storage: text('storage'),
    vectorOptimized: flag('vector_optimized'),
    graphAnalyticsPlugin: flag('graph_analytics_plugin'),
    customerManagedKeyId: text('customer_managed_key_id'),
    secondaries: typeof secondaries === 'number' ? secondaries : undefined,
    cdcEnrichmentMode: text('cdc_enrichment_mode')?.toUpperCase(),
  };
}

/**
 * Reads the instance to copy.
 *
 * @returns undefined if none is to be copied.
 * @throws ActionError if it does not exist, or if Aura refuses.
 */
export async function readSource(
  session: Session,
  { name, sourceInstanceId: id }: CreateRequest,
): Promise<Instance | undefined> {
  if (id === undefined) return undefined;
  let source: Instance | undefined;
  try {
    source = await readInstance(session, { id });
  } catch (error) {
    throw inWords(`create instance '${name}' as a copy of instance ${id}`, error);
  }
  if (source !== undefined && !isGoing(source.status)) return source;
  const why =
    source === undefined
      ? `Aura has no instance with the id ${id} of input 'source-instance-id'`
      : `${label(source)} of input 'source-instance-id' is being deleted`;
  throw new ActionError(`Could not create instance '${name}': ${why}. Nothing was created.`);
}

/**
 * An instance must not be deleted to make room for its copy, and must not be taken for its copy.
 *
 * @throws ActionError if the instance to copy is one of those that have the name.
 */
export function assertNotOwnSource(
  { name, sourceInstanceId }: CreateRequest,
  existing: readonly { readonly id: string }[],
): void {
  if (!existing.some(({ id }) => id === sourceInstanceId)) return;
  throw new ActionError(
    `Could not create instance '${name}': the instance of input 'source-instance-id' has this name itself. Set another 'name' for the copy. Nothing was changed.`,
  );
}

/** Finds the snapshot to copy, before anything is changed. @throws ActionError if there is none */
export async function withSnapshot(
  session: Session,
  plan: Plan,
  {
    source,
    wanted,
  }: { readonly source: Instance | undefined; readonly wanted: string | undefined },
): Promise<Plan> {
  if (source === undefined || wanted === undefined) return plan;
  const { id } = await resolveSnapshot(session, { source, wanted, exportable: true });
  return { ...plan, source: { instanceId: source.id, snapshotId: id } };
}
