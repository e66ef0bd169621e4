import { createHash } from 'node:crypto';

import type { InstanceRecord } from './records.ts';

/** The types of instances with metrics. */
export const METRICS_TYPES: readonly string[] = ['business-critical', 'enterprise-db'];
/** Statuses without a connection URL (seen live). */
const UNCONNECTED: readonly string[] = ['creating', 'resuming'];

/** `created_at` with microseconds, as seen live; the specification's examples show seconds. */
export function createdAt(record: InstanceRecord): string {
  // The clock has no microseconds: three digits that depend on the instance replace them.
  const digits = createHash('sha256').update(record.id).digest().readUInt16BE(0) % 1000;
  const text = new Date(record.createdAtShown).toISOString();
  return text.replace('Z', `${String(digits).padStart(3, '0')}Z`);
}

/** An entry of the instance list: no status, no sizes (Aura API v1 specification). */
export function summary(record: InstanceRecord): Record<string, unknown> {
  return {
    id: record.id,
    name: record.values.name,
    tenant_id: record.tenantId,
    cloud_provider: record.cloudProvider,
    created_at: createdAt(record),
  };
}

/** The response to a creation: the only one with the password, and without a status. */
export function created(record: InstanceRecord): Record<string, unknown> {
  return {
    ...summary(record),
    region: record.region,
    type: record.type,
    connection_url: record.connectionUrl,
    username: record.username,
    password: record.password,
    ...options(record),
  };
}

/** One instance in full (Aura API v1 specification; memory "" while creating is in an official client's tests). */
export function detail(record: InstanceRecord, status = record.status): Record<string, unknown> {
  const { values } = record;
  return {
    ...summary(record),
    status,
    region: record.region,
    type: record.type,
    // Not shown while destroying, says the model of a client (aura-python-sdk, seen live).
    ...(status !== 'destroying' && { memory: status === 'creating' ? '' : values.memory }),
    ...(record.type !== 'free-db' && { storage: values.storage }),
    connection_url: UNCONNECTED.includes(status) ? null : record.connectionUrl,
    ...options(record),
    ...tierFields(record),
  };
}

/** Where Prometheus reads the metrics of a tenant, or of one instance (tenant/instance). */
export function metricsUrl(path: string): string {
  return `https://customer-metrics-api.neo4j.io/api/v1/${path}/metrics`;
}

function options(record: InstanceRecord): Record<string, unknown> {
  if (record.type === 'free-db') return {};
  return {
    vector_optimized: record.values.vectorOptimized,
    graph_analytics_plugin: record.values.graphAnalyticsPlugin,
  };
}

function tierFields(record: InstanceRecord): Record<string, unknown> {
  const { values } = record;
  if (record.type === 'free-db') {
    // The specification says string, but a client had to be changed to numbers.
    return { graph_nodes: 0, graph_relationships: 0 };
  }
  return {
    ...(METRICS_TYPES.includes(record.type) && {
      metrics_integration_url: metricsUrl(`${record.tenantId}/${record.id}`),
      // Null until it is set: the Terraform provider's tests on the real API require it.
      cdc_enrichment_mode: values.cdcEnrichmentMode ?? null,
    }),
    ...(values.secondariesCount !== undefined && { secondaries_count: values.secondariesCount }),
    ...(record.customerManagedKeyId !== undefined && {
      customer_managed_key_id: record.customerManagedKeyId,
    }),
  };
}
