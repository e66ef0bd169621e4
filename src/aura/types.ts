import { normalizeStatus } from './statuses.ts';

/** A tenant, which the console calls a project. Source: Aura API v1 specification. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** One combination that a tenant may create. Source: Aura API v1, `instance_configurations`. */
export interface InstanceConfiguration {
  readonly type: string;
  readonly cloudProvider: string;
  readonly region: string;
  /** Such as `4GB`. */
  readonly memory: string;
  readonly version: string;
}

/** An entry of the list of instances, which carries no status. */
export interface InstanceSummary {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  /** Epoch milliseconds; missing in old answers. */
  readonly createdAt: number | undefined;
}

/** An instance as `GET /v1/instances/{id}` gives it. */
export interface Instance extends InstanceSummary {
  /** Lower case. */
  readonly status: string;
  readonly cloudProvider: string | undefined;
  readonly region: string | undefined;
  /** The API's code of the tier, such as `free-db`. */
  readonly type: string | undefined;
  /** Empty in the API's answer while creating: then undefined. */
  readonly memory: string | undefined;
  /** Null in the API's answer while creating and resuming: then undefined. */
  readonly connectionUrl: string | undefined;
  /** All fields as Aura sent them, without a password. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The answer to a create: the only one that ever holds the password. */
export interface CreatedInstance extends InstanceSummary {
  readonly connectionUrl: string | undefined;
  readonly username: string;
  readonly password: string;
  readonly cloudProvider: string | undefined;
  readonly region: string | undefined;
  readonly type: string | undefined;
}

/** The body of a create. Source: Aura API v1 specification, `POST /instances`. */
export interface CreateBody {
  readonly version: string;
  readonly region: string;
  readonly memory: string;
  readonly name: string;
  readonly type: string;
  readonly tenant_id: string;
  readonly cloud_provider: string;
  readonly storage?: string;
  readonly customer_managed_key_id?: string;
  readonly vector_optimized?: boolean;
  readonly graph_analytics_plugin?: boolean;
}

/** Thrown by the readers below for an answer of another shape; says which field is wrong. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Reads the `data` of a list. @throws {@link ShapeError} */
export function readList<T>(body: unknown, read: (entry: unknown) => T): readonly T[] {
  const data = readData(body);
  if (!Array.isArray(data)) throw new ShapeError("'data' is no list");
  return data.map(read);
}

/** Reads `data`. @throws {@link ShapeError} */
export function readData(body: unknown): unknown {
  const { data } = record(body);
  if (data === undefined || data === null) throw new ShapeError("'data' is missing");
  return data;
}

/** @throws {@link ShapeError} */
export function readTenant(value: unknown): Tenant {
  const fields = record(value);
  return { id: text(fields, 'id'), name: text(fields, 'name') };
}

/** The `instance_configurations` of a tenant. @throws {@link ShapeError} */
export function readConfigurations(value: unknown): readonly InstanceConfiguration[] {
  const { instance_configurations: list } = record(value);
  if (!Array.isArray(list)) throw new ShapeError("'instance_configurations' is no list");
  return list.map((entry: unknown) => {
    const fields = record(entry);
    return {
      type: text(fields, 'type'),
      cloudProvider: text(fields, 'cloud_provider'),
      region: text(fields, 'region'),
      memory: text(fields, 'memory'),
      version: text(fields, 'version'),
    };
  });
}

/** @throws {@link ShapeError} */
export function readSummary(value: unknown): InstanceSummary {
  const fields = record(value);
  const created = optionalText(fields, 'created_at');
  const createdAt = created === undefined ? Number.NaN : Date.parse(created);
  return {
    id: text(fields, 'id'),
    name: text(fields, 'name'),
    tenantId: text(fields, 'tenant_id'),
    createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
  };
}

/** @throws {@link ShapeError} */
export function readInstance(value: unknown): Instance {
  const fields = Object.fromEntries(
    Object.entries(record(value)).filter(([name]) => name !== 'password'),
  );
  return {
    ...readSummary(value),
    status: normalizeStatus(text(fields, 'status')),
    cloudProvider: optionalText(fields, 'cloud_provider'),
    region: optionalText(fields, 'region'),
    type: optionalText(fields, 'type'),
    memory: optionalText(fields, 'memory'),
    connectionUrl: optionalText(fields, 'connection_url'),
    fields,
  };
}

/** @throws {@link ShapeError} */
export function readCreated(value: unknown): CreatedInstance {
  const fields = record(value);
  return {
    ...readSummary(value),
    connectionUrl: optionalText(fields, 'connection_url'),
    username: text(fields, 'username'),
    password: text(fields, 'password'),
    cloudProvider: optionalText(fields, 'cloud_provider'),
    region: optionalText(fields, 'region'),
    type: optionalText(fields, 'type'),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new ShapeError('an object is missing');
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = optionalText(fields, name);
  if (value === undefined) throw new ShapeError(`'${name}' is missing`);
  return value;
}

/** Empty counts as missing: Aura sends `""` and null for what it does not know yet. */
function optionalText(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
