import { inWords, saidOf } from '../../api/advice.ts';
import { label } from '../../api/label.ts';
import { isGoing, isSettled } from '../../api/statuses.ts';
import type { Instance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { RequestError } from '../../../core/http/request-error.ts';
import { createTolerance } from '../../../core/http/tolerance.ts';
import { again, done, poll } from '../../../core/time/patience.ts';
import type { CreateRequest, SourceConfig } from '../../inputs/request.ts';
import { nameOfTier } from '../../inputs/table.ts';
import { inPhase } from '../../instances/phase.ts';
import { readInstance } from '../../instances/read.ts';
import { resolveSnapshot } from '../../instances/snapshots.ts';
import { type Sight, watch } from '../../instances/watch.ts';
import type { Session } from '../../session/session.ts';
import type { Wanted } from './not-offered.ts';

/** The values of a new instance; undefined ones are chosen from what the tenant offers. */
export interface Plan extends Omit<SourceConfig, 'name' | 'tenantId' | 'type' | 'version'> {
  readonly name: string;
  /** The API's code of the tier. */
  readonly type: string;
  readonly version: string;
  /** The data to copy. */
  readonly source: { readonly instanceId: string; readonly snapshotId?: string } | undefined;
  /**
   * What the configuration or the instance has off, and the inputs do not set. It is only compared:
   * a new instance has it off too, and some tiers refuse the field.
   */
  readonly off: Pick<
    SourceConfig,
    'vectorOptimized' | 'graphAnalyticsPlugin' | 'secondaries' | 'cdcEnrichmentMode'
  >;
  /** Whether values come from a configuration or an instance, so that the result is compared. */
  readonly isCopy: boolean;
  /** Where values come from that are not from inputs, as messages name it. */
  readonly origins: Wanted['origins'];
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
  const hasSize = request.memory === undefined && sized?.memory !== undefined;
  return {
    name,
    type: request.type ?? from('type') ?? 'free-db',
    version: request.version ?? from('version') ?? '5',
    region: request.region ?? from('region'),
    cloudProvider: request.cloudProvider ?? from('cloudProvider'),
    memory: request.memory ?? sized?.memory,
    storage: request.storage ?? (hasSize ? sized.storage : undefined),
    vectorOptimized: request.vectorOptimized ?? only(true, from('vectorOptimized')),
    graphAnalyticsPlugin: request.graphAnalyticsPlugin ?? only(true, from('graphAnalyticsPlugin')),
    customerManagedKeyId: request.customerManagedKeyId ?? from('customerManagedKeyId'),
    secondaries: from('secondaries') === 0 ? undefined : from('secondaries'),
    cdcEnrichmentMode: from('cdcEnrichmentMode') === 'OFF' ? undefined : from('cdcEnrichmentMode'),
    off: {
      vectorOptimized: only(false, from('vectorOptimized')),
      graphAnalyticsPlugin: only(false, from('graphAnalyticsPlugin')),
      secondaries: only(0, from('secondaries')),
      cdcEnrichmentMode: only('OFF', from('cdcEnrichmentMode')),
    },
    source: sourceInstanceId === undefined ? undefined : { instanceId: sourceInstanceId },
    isCopy: config !== undefined || source !== undefined,
    origins: originsOf(request, source, hasSize ? sized : undefined),
  };
}

/** The fields of a configuration, and their names in `config`. */
const configFields = [
  ['type', 'type'],
  ['version', 'version'],
  ['region', 'region'],
  ['cloudProvider', 'cloud_provider'],
  ['memory', 'memory'],
  ['storage', 'storage'],
] as const;

/** @param sized where memory and storage come from; undefined for the inputs. */
function originsOf(
  request: CreateRequest,
  source: Instance | undefined,
  sized: SourceConfig | undefined,
): Wanted['origins'] {
  const { config } = request;
  const origins: Partial<Record<(typeof configFields)[number][0], string>> = {};
  for (const [field, name] of configFields) {
    const isSize = field === 'memory' || field === 'storage';
    if (request[field] !== undefined || (isSize && sized === undefined)) continue;
    const from = isSize ? sized : config;
    if (from !== undefined && from === config && from[field] !== undefined) {
      origins[field] = `'${name}' in 'config'`;
    } else if (source !== undefined && field !== 'version') {
      origins[field] = `that of ${label(source)}`;
    }
  }
  return origins;
}

/** A line for each value of a plan that nothing asks for. */
export function defaultsOf(
  { type, version, config }: CreateRequest,
  plan: Pick<Plan, 'type' | 'version' | 'isCopy'>,
): readonly string[] {
  const lines: string[] = [];
  if (type === undefined && !plan.isCopy) lines.push(`  Default tier: ${nameOfTier(plan.type)}`);
  if (version === undefined && config?.version === undefined) {
    lines.push(`  Default version: ${plan.version}`);
  }
  return lines;
}

/** The value if it is this one. */
function only<T>(wanted: T, value: T | undefined): T | undefined {
  return value === wanted ? value : undefined;
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
  request: CreateRequest,
): Promise<Instance | undefined> {
  const { name, sourceInstanceId: id } = request;
  if (id === undefined) return undefined;
  let source: Instance | undefined;
  try {
    source = await readInstance(session, { id });
  } catch (error) {
    throw inWords(`create instance '${name}' as a copy of instance ${id}`, error);
  }
  if (source === undefined) {
    throw notCopied(
      name,
      `Aura has no instance with the id ${id} of input 'source-instance-id'. Nothing was created. Check the id; the instance may have been deleted, or belong to another account.`,
    );
  }
  assertStays(name, source);
  const isSized = request.memory !== undefined || request.config?.memory !== undefined;
  return isSized ? source : awaitSize(session, name, source);
}

/** @throws ActionError if the instance to copy is being deleted. */
function assertStays(name: string, source: Instance): void {
  if (!isGoing(source.status)) return;
  const why = `${label(source)} of input 'source-instance-id' is being deleted`;
  throw notCopied(name, `${why}. Nothing was created. Set another source.`);
}

function notCopied(name: string, why: string): ActionError {
  return new ActionError(`Could not create instance '${name}': ${why}`);
}

/**
 * Waits until Aura shows the size of the instance to copy: it shows none while it changes the size.
 *
 * @throws ActionError at the timeout; RequestError if Aura refuses.
 */
async function awaitSize(session: Session, name: string, source: Instance): Promise<Instance> {
  const { patience } = session;
  const unknown = `Aura does not show the memory of ${label(source)} of input 'source-instance-id'`;
  const title = `Waiting for the memory of ${label(source)} of input 'source-instance-id'`;
  return inPhase(session, title, ({ note, beat }) =>
    poll<Sight, Instance, RequestError>(patience, {
      first: { reading: source },
      read: watch(session, { id: source.id }, source),
      judge: (sight) => {
        if (sight === 'unclear') return again();
        if (sight === 'gone') {
          const why = `${label(source)} was deleted in the meantime. Nothing was created. Set another source.`;
          throw notCopied(name, why);
        }
        assertStays(name, sight);
        if (sight.memory !== undefined || isSettled(sight.status)) return done(sight);
        note(`not shown by Aura while its status is '${sight.status}'`);
        return again();
      },
      overdue: (trouble) => {
        const next = "Nothing was created. Set 'memory', or increase 'timeout'.";
        throw notCopied(name, `${unknown}${saidOf(trouble)}. ${next}`);
      },
      tolerance: createTolerance(patience),
      beat,
    }),
  );
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
