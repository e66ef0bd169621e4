import type { Answer } from '../core/answer.ts';
import { param, type Handler } from '../core/calls.ts';
import type { JsonObject } from '../core/guards.ts';
import {
  instanceName,
  jsonBody,
  declaredFields,
  optionalBoolean,
  optionalString,
  success,
} from './bodies.ts';
import type { InstanceConfiguration } from './configurations.ts';
import { apiError, incapable, invalidField, invalidSize } from './errors.ts';
import { detail } from './instance-views.ts';
import { gigabytes, requireIdle, requireStatus } from './instances.ts';
import type { InstanceRecord, InstanceValues } from './records.ts';
import { findInstance, type World } from './world.ts';

const FIELDS = [
  'name',
  'memory',
  'storage',
  'vector_optimized',
  'graph_analytics_plugin',
  'secondaries_count',
  'cdc_enrichment_mode',
];
const CLUSTER_TYPES: readonly string[] = ['business-critical', 'enterprise-db'];
const CDC_MODES: readonly string[] = ['OFF', 'DIFF', 'FULL'];

/** The configurations available for an instance in its tenant, region and cloud. */
function offers(world: World, record: InstanceRecord): readonly InstanceConfiguration[] {
  const tenant = world.tenants.find((one) => one.id === record.tenantId);
  return (tenant?.configurations ?? []).filter(
    (one) =>
      one.type === record.type &&
      one.region === record.region &&
      one.cloud_provider === record.cloudProvider,
  );
}

function sizeChange(
  world: World,
  record: InstanceRecord,
  body: JsonObject,
): Partial<InstanceValues> {
  const memory = optionalString(body, 'memory');
  const storage = optionalString(body, 'storage');
  if (memory === undefined && storage === undefined) return {};
  const wanted = memory ?? record.values.memory;
  const match = offers(world, record).find(
    (one) => one.memory === wanted && (storage === undefined || one.storage === storage),
  );
  // Storage depends on memory: a pair that the tier lacks is refused, and both are named (seen
  // live).
  if (!match) throw invalidSize(wanted, storage);
  return { memory: match.memory, storage: match.storage };
}

function clusterChange(record: InstanceRecord, body: JsonObject): Partial<InstanceValues> {
  const secondaries = body['secondaries_count'];
  const mode = optionalString(body, 'cdc_enrichment_mode');
  const field = secondaries === undefined ? 'cdc_enrichment_mode' : 'secondaries_count';
  if (secondaries === undefined && mode === undefined) return {};
  if (!CLUSTER_TYPES.includes(record.type)) {
    const feature = secondaries === undefined ? 'Change data capture' : 'Secondaries';
    throw incapable(
      field,
      `${feature} only available on Business Critical and Virtual Dedicated Cloud`,
    );
  }
  if (mode !== undefined && !CDC_MODES.includes(mode)) {
    throw invalidField('cdc_enrichment_mode', 'cdc_enrichment_mode must be OFF, DIFF or FULL');
  }
  if (secondaries === undefined) return mode === undefined ? {} : { cdcEnrichmentMode: mode };
  if (typeof secondaries !== 'number' || !Number.isInteger(secondaries) || secondaries < 0) {
    throw invalidField('secondaries_count', 'secondaries_count must be a whole number');
  }
  return { secondariesCount: secondaries, ...(mode !== undefined && { cdcEnrichmentMode: mode }) };
}

function featureChange(
  record: InstanceRecord,
  body: JsonObject,
  memory: string,
): Partial<InstanceValues> {
  const vectorOptimized = optionalBoolean(body, 'vector_optimized');
  const graphAnalyticsPlugin = optionalBoolean(body, 'graph_analytics_plugin');
  if (vectorOptimized === true && gigabytes(memory) < 4) {
    throw invalidField('vector_optimized', 'Vector optimization needs at least 4GB of memory');
  }
  if (graphAnalyticsPlugin === true && record.type !== 'professional-db') {
    throw incapable(
      'graph_analytics_plugin',
      'The Graph Analytics plugin is only available on Professional',
    );
  }
  return {
    ...(vectorOptimized !== undefined && { vectorOptimized }),
    ...(graphAnalyticsPlugin !== undefined && { graphAnalyticsPlugin }),
  };
}

/** A name alone changes immediately with 200, also for a paused instance. */
function rename(record: InstanceRecord, name: string): Answer {
  requireIdle(record);
  record.values = { ...record.values, name };
  return success(200, detail(record));
}

/**
 * `PATCH /v1/instances/{instanceId}`. Any change except a name alone gets 202 and `updating`,
 * while GET still shows the old state for some seconds (seen live). Memory changes of a paused
 * instance: unknown in Aura, refused here. Without any change: 202 in every status, because the
 * Terraform provider sends `{}` right after each of its changes, and expects 202.
 */
export const updateInstance: Handler<World> = (world, call) => {
  const sent = jsonBody(call);
  const record = findInstance(world, param(call, 'instanceId'));
  if (call.body === '') throw apiError(400, { message: 'No body', reason: 'invalid-request' });
  const body = declaredFields(world, sent, FIELDS);
  const given = optionalString(body, 'name');
  const name = given === undefined ? undefined : instanceName(given);
  const others = Object.keys(body).filter((field) => field !== 'name');
  const [first] = others;
  if (first === undefined) {
    return name === undefined ? success(202, detail(record)) : rename(record, name);
  }
  if (record.type === 'free-db') throw incapable(first, 'A Free instance can not be changed');
  const size = sizeChange(world, record, body);
  const values = {
    ...(name !== undefined && { name }),
    ...size,
    ...clusterChange(record, body),
    ...featureChange(record, body, size.memory ?? record.values.memory),
  };
  requireStatus(record, 'changed', ['running']);
  const seen = world.clock.now() + world.durations.readAfterUpdate;
  record.phases = [
    { at: seen, status: 'updating' },
    { at: seen + world.durations.resize, status: 'running', values },
  ];
  return success(202, detail(record, 'updating'));
};
