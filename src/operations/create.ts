import type { AuraClient } from '../aura/client.ts';
import { type Choice, type Wish, chooseConfiguration, distinct } from '../aura/configurations.ts';
import { AuraError } from '../aura/errors.ts';
import type { CreateBody, CreatedInstance, InstanceConfiguration } from '../aura/types.ts';
import { ActionError, attempting } from '../errors.ts';
import type { CreateRequest } from '../inputs.ts';
import { awaitGoal, newborn, statusGoal } from './await.ts';
import { type Context, capitalized, instanceOutputs, label } from './context.ts';
import { findByName, resolveTenant } from './locate.ts';

/**
 * Makes an instance. Its id and password are outputs before anything is waited for: they are given
 * once, and whatever goes wrong later must not lose them.
 *
 * @throws ActionError where the name is taken, the configuration is not to be had, or Aura refuses.
 */
export async function create(
  client: AuraClient,
  request: CreateRequest,
  context: Context,
): Promise<void> {
  const { report } = context;
  const tenantId = await resolveTenant(client, request.tenant);
  await assertNameIsFree(client, request.name, tenantId);
  const body = await completeBody(client, request, tenantId);
  const created = await post(client, body);
  publish(created, body, context);
  if (!request.wait) {
    report.info(`Aura has accepted to create ${label(created)}.`);
    return;
  }
  const running = await awaitGoal(
    client,
    {
      id: created.id,
      what: label(created),
      goal: newborn(statusGoal('running')),
      pollIntervalMilliseconds: request.pollIntervalMilliseconds,
    },
    context,
  );
  // The URI stays the one of the create: the detail's can still be missing.
  if (running !== undefined) {
    report.outputs({
      ...instanceOutputs(running),
      'connection-uri': created.connectionUrl ?? running.connectionUrl,
    });
  }
  report.info(`${capitalized(label(created))} is running.`);
}

async function assertNameIsFree(client: AuraClient, name: string, tenantId: string): Promise<void> {
  const existing = await findByName(client, tenantId, name);
  if (existing.length === 0) return;
  throw new ActionError(
    `Could not create instance '${name}': tenant ${tenantId} has one of that name (${existing.map(({ id }) => id).join(', ')}). Delete it with operation 'delete', or give another 'name'.`,
  );
}

async function post(client: AuraClient, body: CreateBody): Promise<CreatedInstance> {
  const tried = `create instance '${body.name}'`;
  return attempting(tried, async () => {
    try {
      return await client.createInstance(body);
    } catch (error) {
      if (!(error instanceof AuraError) || error.status !== 400) throw error;
      if (error.hasReason('missing-billing-details')) throw error;
      const offer = await client.listConfigurations(body.tenant_id);
      throw new ActionError(
        `Could not ${tried}: ${error.message}. Asked for ${describeBody(body)}; ${describeOffer(offer, body.type)}.`,
        { cause: error },
      );
    }
  });
}

/** Masks and publishes at once, with what is known before the first poll. */
function publish(created: CreatedInstance, body: CreateBody, { report }: Context): void {
  report.outputs({
    password: created.password,
    'instance-id': created.id,
    name: created.name,
    'connection-uri': created.connectionUrl,
    username: created.username,
    status: 'creating',
    tier: created.type ?? body.type,
    region: created.region ?? body.region,
    'cloud-provider': created.cloudProvider ?? body.cloud_provider,
    memory: body.memory,
    tenant: created.tenantId,
    created: true,
    changed: true,
  });
  report.info(`Aura creates ${label(created)}: ${describeBody(body)}.`);
}

/** Reads the tenant's offer only where something is left to default. */
async function completeBody(
  client: AuraClient,
  request: CreateRequest,
  tenantId: string,
): Promise<CreateBody> {
  const { region, cloudProvider, memory } = request;
  if (region !== undefined && cloudProvider !== undefined && memory !== undefined) {
    return bodyOf(request, tenantId, { region, cloudProvider, memory });
  }
  const offer = await attempting('read what the tenant offers', () =>
    client.listConfigurations(tenantId),
  );
  const choice = chooseConfiguration(offer, request);
  if (choice.kind !== 'chosen') throw unavailable(choice, request, offer);
  return bodyOf(request, tenantId, choice.configuration);
}

function bodyOf(
  request: CreateRequest,
  tenantId: string,
  place: Pick<InstanceConfiguration, 'region' | 'cloudProvider' | 'memory'>,
): CreateBody {
  const { storage, customerManagedKeyId, vectorOptimized, graphAnalyticsPlugin } = request;
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
  };
}

const inputOf: Readonly<Record<keyof Wish, string>> = {
  type: 'tier',
  version: 'version',
  cloudProvider: 'cloud-provider',
  region: 'region',
  memory: 'memory',
};

function unavailable(
  choice: Exclude<Choice, { kind: 'chosen' }>,
  request: CreateRequest,
  offer: readonly InstanceConfiguration[],
): ActionError {
  const input = inputOf[choice.field];
  const tried = `Could not create instance '${request.name}'`;
  if (choice.kind === 'open') {
    return new ActionError(
      `${tried}: input '${input}' is needed, because ${describeOffer(choice.left, request.type)}.`,
    );
  }
  const values = distinct(choice.left, choice.field).join(', ');
  return new ActionError(
    values === ''
      ? `${tried}: ${describeOffer(offer, request.type)}.`
      : `${tried}: input '${input}' is '${request[choice.field] ?? ''}', but with the other inputs the tenant offers ${values}.`,
  );
}

function describeBody(body: CreateBody): string {
  return `${body.type}, version ${body.version}, ${body.memory}, ${body.cloud_provider} ${body.region}`;
}

/** What a tenant offers of one tier, by cloud: regions, and the sizes that occur. */
function describeOffer(offer: readonly InstanceConfiguration[], type: string): string {
  const ofType = offer.filter((entry) => entry.type === type);
  if (ofType.length === 0) {
    const types = distinct(offer, 'type').join(', ') || 'nothing';
    return `the tenant offers no ${type}, only ${types}`;
  }
  const clouds = distinct(ofType, 'cloudProvider').map((cloud) => {
    const regions = distinct(
      ofType.filter((entry) => entry.cloudProvider === cloud),
      'region',
    );
    return `${cloud} (${regions.join(', ')})`;
  });
  const sizes = distinct(ofType, 'memory').join(', ');
  const versions = distinct(ofType, 'version').join(', ');
  return `the tenant offers ${type} in ${clouds.join('; ')}, with memory ${sizes}, version ${versions}`;
}
