/** The key under which a step leaves word for its post step. */
export const stateKey = 'aura-create';

/** What the post step has to know of a create. It holds no secret: the state is a plain file. */
export interface CreateState {
  /** Whether the post step deletes what this step made. */
  readonly deleteAfterJob: boolean;
  readonly name: string;
  readonly tenantId: string;
  /** Epoch milliseconds right before the first request that could make an instance. */
  readonly begunAt: number;
  /** The instance made, once it is known; until then there may be one of that name. */
  readonly id?: string;
}

/** Reads what {@link CreateState} was saved; undefined for nothing, or for another form. */
export function parseState(text: string): CreateState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('name' in value) || typeof value.name !== 'string') return undefined;
  if (!('tenantId' in value) || typeof value.tenantId !== 'string') return undefined;
  if (!('begunAt' in value) || typeof value.begunAt !== 'number') return undefined;
  const { name, tenantId, begunAt } = value;
  const deleteAfterJob = 'deleteAfterJob' in value && value.deleteAfterJob === true;
  const id = 'id' in value && typeof value.id === 'string' ? { id: value.id } : {};
  return { deleteAfterJob, name, tenantId, begunAt, ...id };
}
