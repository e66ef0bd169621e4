import { describePlaces, notOffered } from './not-offered.ts';
import { type Choice, chooseConfiguration } from './offer.ts';
import type { CreateBody, InstanceConfiguration } from '../../api/types.ts';
import { nameOfTier } from '../../inputs/table.ts';
import type { Session } from '../../session/session.ts';
import type { Plan } from './plan.ts';

/**
 * The body of a create. It reads the available configurations only if an input needs a default, and
 * in a dry run, which must fail if Aura would refuse the real run.
 *
 * @throws {@link ActionError} if no configuration matches, or several; RequestError if Aura refuses.
 */
export async function completeBody(
  { client, guard, report }: Session,
  request: Plan,
  tenantId: string,
): Promise<CreateBody> {
  const { region, cloudProvider, memory } = request;
  const complete = region !== undefined && cloudProvider !== undefined && memory !== undefined;
  if (complete && !guard.dryRun) {
    return bodyOf(request, tenantId, { region, cloudProvider, memory });
  }
  const offer = await client.listConfigurations(tenantId);
  const choice = chooseConfiguration(offer, request);
  if (choice.kind !== 'chosen') throw notOffered(choice, request, offer);
  if (guard.dryRun && choice.isStorageUnknown) {
    report.warning(
      `The tenant does not show which storage it offers, so this dry run did not check 'storage: ${request.storage ?? ''}'.`,
    );
  }
  for (const line of describeDefaults(choice, request)) report.info(`  ${line}`);
  return bodyOf(request, tenantId, choice.configuration);
}

function bodyOf(
  request: Plan,
  tenantId: string,
  place: Pick<InstanceConfiguration, 'region' | 'cloudProvider' | 'memory'>,
): CreateBody {
  const { storage, customerManagedKeyId, vectorOptimized, graphAnalyticsPlugin, source } = request;
  return {
    version: request.version,
    region: place.region,
    memory: place.memory,
    name: request.name,
    type: request.type,
    tenant_id: tenantId,
    cloud_provider: place.cloudProvider,
    ...(storage === undefined ? {} : { storage }),
    ...(customerManagedKeyId === undefined
      ? {}
      : { customer_managed_key_id: customerManagedKeyId }),
    ...(vectorOptimized === undefined ? {} : { vector_optimized: vectorOptimized }),
    ...(graphAnalyticsPlugin === undefined ? {} : { graph_analytics_plugin: graphAnalyticsPlugin }),
    ...(source === undefined ? {} : { source_instance_id: source.instanceId }),
    ...(source?.snapshotId === undefined ? {} : { source_snapshot_id: source.snapshotId }),
  };
}

/** A line for each value that was chosen, because nothing asks for one. */
function describeDefaults(
  choice: Extract<Choice, { kind: 'chosen' }>,
  { region, cloudProvider, memory, isCopy }: Plan,
): readonly string[] {
  const { configuration, places } = choice;
  const lines: string[] = [];
  if (places.length > 0) lines.push(describeDefault(choice));
  else {
    if (region === undefined) lines.push(`Default region: ${configuration.region}`);
    if (cloudProvider === undefined) {
      lines.push(`Default cloud-provider: ${configuration.cloudProvider}`);
    }
  }
  if (memory !== undefined) return lines;
  const size = `${configuration.memory}, the smallest that the tenant offers`;
  lines.push(
    isCopy
      ? `Default memory, because none is known for the copy: ${size}. To choose another, set input 'memory'.`
      : `Default memory: ${size}`,
  );
  return lines;
}

/** Which of several places a free instance gets, and how to choose another. */
function describeDefault({ configuration, places }: Extract<Choice, { kind: 'chosen' }>): string {
  const { cloudProvider, region } = configuration;
  return (
    `Default region: ${region} on ${cloudProvider}, one of several for tier free. To choose another, ` +
    `set inputs 'region' and 'cloud-provider'; the tenant offers ${describePlaces(places)}.`
  );
}

/** A body as text for the log. */
export function describeBody(body: CreateBody): string {
  const { source_instance_id: source, source_snapshot_id: snapshot } = body;
  const copied =
    source === undefined
      ? ''
      : `, a copy of ${snapshot === undefined ? '' : `snapshot ${snapshot} of `}instance ${source}`;
  return `tier ${nameOfTier(body.type)}, version ${body.version}, ${body.memory}, ${body.cloud_provider} ${body.region}${copied}`;
}
