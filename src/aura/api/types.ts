import { longestText, specifiedFields } from './instance-fields.ts';
import { normalizeStatus } from './statuses.ts';

/** A tenant (called project in the console). Source: Aura API v1 specification. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/**
 * One configuration that is available in a tenant. Source: Aura API v1, `instance_configurations`.
 */
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

/** An instance as `GET /v1/instances/{id}` returns it. */
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
  /**
   * The fields from Aura's response that its specification lists; no password and no other fields.
   */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The response to a create: the only one that contains the password. */
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

/**
 * Thrown by the readers below for a response with an unexpected shape; says which field is wrong.
 */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** An entry of a list that cannot be read. */
export interface UnreadableEntry {
  /** The problem, and the readable part of it. */
  readonly description: string;
  readonly name: string | undefined;
  readonly tenantId: string | undefined;
}

/** The readable entries of a list: one unexpected entry must not hide the others. */
export interface ReadList<T> {
  readonly entries: readonly T[];
  readonly unreadable: readonly UnreadableEntry[];
}

/** Reads the `data` of a list. @throws {@link ShapeError} if it is not a list */
export function readList<T>(body: unknown, read: (entry: unknown) => T): ReadList<T> {
  const data = readData(body);
  if (!Array.isArray(data)) throw new ShapeError("'data' is no list");
  return readEntries(data, read);
}

function readEntries<T>(list: readonly unknown[], read: (entry: unknown) => T): ReadList<T> {
  const entries: T[] = [];
  const unreadable: UnreadableEntry[] = [];
  list.forEach((entry, index) => {
    try {
      entries.push(read(entry));
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      unreadable.push(describeEntry(entry, `entry ${index + 1}: ${error.message}`));
    }
  });
  return { entries, unreadable };
}

function describeEntry(entry: unknown, what: string): UnreadableEntry {
  const fields = isRecord(entry) ? entry : {};
  const known = ['id', 'name'].flatMap((field) => {
    const value = optionalText(fields, field);
    return value === undefined ? [] : [`${field} '${value}'`];
  });
  return {
    description: known.length === 0 ? what : `${what} (${known.join(', ')})`,
    name: optionalText(fields, 'name'),
    tenantId: optionalText(fields, 'tenant_id'),
  };
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

/** The `instance_configurations` of a tenant. @throws {@link ShapeError} if they are not a list */
export function readConfigurations(value: unknown): ReadList<InstanceConfiguration> {
  const { instance_configurations: list } = record(value);
  if (!Array.isArray(list)) throw new ShapeError("'instance_configurations' is no list");
  return readEntries(list, (entry) => {
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
  return {
    id: identifier(fields),
    name: text(fields, 'name'),
    tenantId: text(fields, 'tenant_id'),
    createdAt: optionalTime(fields, 'created_at'),
  };
}

/**
 * @param id the instance that was asked for.
 * @throws {@link ShapeError}, also for another instance: the next operation uses this id.
 */
export function readInstance(value: unknown, id: string): Instance {
  const fields = record(value);
  const summary = readSummary(value);
  if (summary.id.toLowerCase() !== id.toLowerCase()) {
    throw new ShapeError(`'id' is '${summary.id}', which is not the instance asked for`);
  }
  return {
    ...summary,
    status: normalizeStatus(text(fields, 'status')),
    cloudProvider: optionalText(fields, 'cloud_provider'),
    region: optionalText(fields, 'region'),
    type: optionalText(fields, 'type'),
    memory: optionalText(fields, 'memory'),
    connectionUrl: optionalText(fields, 'connection_url'),
    fields: specifiedFields(fields),
  };
}

/**
 * Only id and password are required: if other fields are missing, the instance must not be lost,
 * because Aura does not return its password again.
 *
 * @param asked the body of the create; it has the values that the response may omit.
 * @throws {@link ShapeError}
 */
export function readCreated(value: unknown, asked: CreateBody): CreatedInstance {
  const fields = record(value);
  return {
    id: identifier(fields),
    name: asked.name,
    tenantId: asked.tenant_id,
    createdAt: optionalTime(fields, 'created_at'),
    connectionUrl: optionalText(fields, 'connection_url'),
    username: optionalText(fields, 'username') ?? 'neo4j',
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

/** An id appears in paths, outputs and messages: only a plain word is a valid id. */
function identifier(fields: Readonly<Record<string, unknown>>): string {
  const id = text(fields, 'id');
  if (!/^[\w-]{1,100}$/.test(id)) throw new ShapeError("'id' is not an id");
  return id;
}

/**
 * An empty text counts as missing: Aura sends `""` and null for unknown values. So does a text that
 * is too long.
 */
function optionalText(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' && value.length <= longestText
    ? value
    : undefined;
}

function optionalTime(fields: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const time = Date.parse(optionalText(fields, name) ?? '');
  return Number.isNaN(time) ? undefined : time;
}
