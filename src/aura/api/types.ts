import * as v from 'valibot';
import { lenient } from '../../core/json.ts';
import { type Mask, Secret } from '../../core/secrets/secret.ts';
import { longestText, specifiedFields } from './instance-fields.ts';
import { normalizeStatus } from './statuses.ts';

/** An empty text counts as missing: Aura sends `""` and null for unknown values. */
export const text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(longestText));
const optionalText = lenient(text);
/** Epoch milliseconds, from a text. */
export const optionalTime = lenient(v.pipe(text, v.transform(Date.parse), v.number()));

/** An id appears in paths, outputs and messages: only a plain word is a valid id. */
const identifier = v.pipe(text, v.regex(/^[\w-]{1,100}$/));

const tenant = v.object({ id: text, name: text });

/** A tenant (called project in the console). Source: Aura API v1 specification. */
export type Tenant = Readonly<v.InferOutput<typeof tenant>>;

const configuration = v.pipe(
  v.object({
    type: text,
    cloud_provider: text,
    region: text,
    /** Such as `4GB`. */
    memory: text,
    storage: optionalText,
    version: text,
  }),
  v.transform(({ cloud_provider: cloudProvider, ...others }) => ({ ...others, cloudProvider })),
);

/**
 * One configuration that is available in a tenant. Source: Aura API v1, `instance_configurations`.
 */
export type InstanceConfiguration = Readonly<
  Omit<v.InferOutput<typeof configuration>, 'storage'> & { storage?: string | undefined }
>;

const offer = v.object({ instance_configurations: lenient(v.array(v.unknown())) });

const summary = v.pipe(
  v.object({
    id: identifier,
    name: text,
    tenant_id: text,
    created_at: optionalTime,
  }),
  v.transform(({ tenant_id: tenantId, created_at: createdAt, ...others }) => ({
    ...others,
    tenantId,
    /** Epoch milliseconds; missing in old responses. */
    createdAt,
  })),
);

/** An entry of the list of instances; it contains no status. */
export type InstanceSummary = Readonly<v.InferOutput<typeof summary>>;

/** The fields that may be missing in a response about one instance. */
const details = v.pipe(
  v.object({
    cloud_provider: optionalText,
    region: optionalText,
    /** The API's code of the tier, such as `free-db`. */
    type: optionalText,
    connection_url: optionalText,
  }),
  v.transform(({ cloud_provider: cloudProvider, connection_url: connectionUrl, ...others }) => ({
    ...others,
    cloudProvider,
    /** Undefined if the API returns null: while creating and resuming. */
    connectionUrl,
  })),
);

type Details = Readonly<v.InferOutput<typeof details>>;

const state = v.object({
  /** Lower case. */
  status: v.pipe(text, v.transform(normalizeStatus)),
  /** Undefined if the API returns an empty text: while creating. */
  memory: optionalText,
});

/** An instance as `GET /v1/instances/{id}` returns it. */
export interface Instance extends InstanceSummary, Details, Readonly<v.InferOutput<typeof state>> {
  /**
   * The fields from Aura's response that its specification lists; no password and no other fields.
   */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Only id and password are required: if other fields are missing, the instance must not be lost,
 * because Aura does not return its password again.
 */
const created = v.pipe(
  v.object({
    id: identifier,
    created_at: optionalTime,
    username: v.fallback(text, 'neo4j'),
    password: text,
  }),
  v.transform(({ created_at: createdAt, ...others }) => ({ ...others, createdAt })),
);

/** The response to a create: the only one that contains the password. */
export type CreatedInstance = InstanceSummary &
  Details &
  Readonly<Omit<v.InferOutput<typeof created>, 'password'>> & { readonly password: Secret };

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
  readonly source_instance_id?: string;
  readonly source_snapshot_id?: string;
  readonly customer_managed_key_id?: string;
  readonly vector_optimized?: boolean;
  readonly graph_analytics_plugin?: boolean;
}

/**
 * The body of an update: values of one kind. Source: Aura API v1 specification, `PATCH
 * /instances/{id}`; the last two only in its text and examples, and seen live.
 */
export interface UpdateBody {
  readonly name?: string;
  readonly memory?: string;
  readonly storage?: string;
  readonly vector_optimized?: boolean;
  readonly graph_analytics_plugin?: boolean;
  readonly secondaries_count?: number;
  readonly cdc_enrichment_mode?: string;
}

/** The source of an overwrite. Source: Aura API v1 specification, `POST …/overwrite`. */
export interface OverwriteBody {
  readonly source_instance_id: string;
  readonly source_snapshot_id?: string;
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
export function readList<T>(body: unknown, readEntry: (entry: unknown) => T): ReadList<T> {
  const data = readData(body);
  if (!Array.isArray(data)) throw new ShapeError("'data' is not a list");
  return readEntries(data, readEntry);
}

function readEntries<T>(list: readonly unknown[], readEntry: (entry: unknown) => T): ReadList<T> {
  const entries: T[] = [];
  const unreadable: UnreadableEntry[] = [];
  list.forEach((entry, index) => {
    try {
      entries.push(readEntry(entry));
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      unreadable.push(describeEntry(entry, `entry ${index + 1}: ${error.message}`));
    }
  });
  return { entries, unreadable };
}

const readablePart = v.object({ id: optionalText, name: optionalText, tenant_id: optionalText });

function describeEntry(entry: unknown, what: string): UnreadableEntry {
  const { id, name, tenant_id: tenantId } = v.parse(lenient(readablePart), entry) ?? {};
  const known = Object.entries({ id, name }).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field} '${value}'`],
  );
  return {
    description: known.length === 0 ? what : `${what} (${known.join(', ')})`,
    name,
    tenantId,
  };
}

/** Reads `data`. @throws {@link ShapeError} */
export function readData(body: unknown): unknown {
  return read(v.object({ data: v.nonNullish(v.unknown()) }), body).data;
}

/** @throws {@link ShapeError} */
export function readTenant(value: unknown): Tenant {
  return read(tenant, value);
}

/** The `instance_configurations` of a tenant. @throws {@link ShapeError} if they are not a list */
export function readConfigurations(value: unknown): ReadList<InstanceConfiguration> {
  const { instance_configurations: list } = read(offer, value);
  if (list === undefined) throw new ShapeError("'instance_configurations' is not a list");
  return readEntries(list, (entry) => read(configuration, entry));
}

/** @throws {@link ShapeError} */
export function readSummary(value: unknown): InstanceSummary {
  return read(summary, value);
}

/**
 * @param id the instance that was asked for.
 * @throws {@link ShapeError}, also for another instance: the next operation uses this id.
 */
export function readInstance(value: unknown, id: string): Instance {
  const listed = read(summary, value);
  if (listed.id.toLowerCase() !== id.toLowerCase()) {
    throw new ShapeError(`'id' is '${listed.id}', which is not the requested instance`);
  }
  return {
    ...listed,
    ...read(details, value),
    ...read(state, value),
    fields: specifiedFields(read(v.record(v.string(), v.unknown()), value)),
  };
}

/**
 * @param asked the body of the create; it has the values that the response may omit.
 * @param mask called with the password as soon as it is known.
 * @throws {@link ShapeError}
 */
export function readCreated(value: unknown, asked: CreateBody, mask: Mask): CreatedInstance {
  const { name, tenant_id: tenantId } = asked;
  const { password, ...known } = read(created, value);
  const secret = { password: new Secret(password, mask) };
  return { ...known, ...secret, ...read(details, value), name, tenantId };
}

/** @throws {@link ShapeError} that names the first wrong field and quotes no value. */
export function read<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  // For valibot a list is an object too.
  const candidate = Array.isArray(value) ? undefined : value;
  const { success, output, issues } = v.safeParse(schema, candidate, { abortEarly: true });
  if (success) return output;
  const [issue] = issues;
  const field = v.getDotPath(issue);
  if (field === null) throw new ShapeError('an object is missing');
  throw new ShapeError(`'${field}' is ${issue.type === 'regex' ? 'not an id' : 'missing'}`);
}
