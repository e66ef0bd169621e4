import { label } from '../api/label.ts';
import type { Instance } from '../api/types.ts';
import type { AuraOutputs } from './report.ts';

/** An instance as messages name it, by its known fields. */
interface Named {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** One instance, and the result for it: an entry of the output `instances`. */
interface Entry {
  readonly id: string;
  readonly name: string | undefined;
  /** Undefined until it is known. */
  readonly status: string | undefined;
  /** Whether this step changed it. */
  readonly changed: boolean;
  readonly error: string | undefined;
}

/**
 * Records the instances that the step works on. Their outputs, and the texts of failures, come from
 * it. A change of any other instance affects only the output `changed`.
 */
export interface Ledger {
  /** Sets the outputs that the inputs determine, before any request. */
  readonly announce: () => void;
  /**
   * Opens an entry for each instance that the step works on, before it changes the first.
   *
   * @param as `several` if no output may describe a single one, even if there is only one.
   */
  readonly open: (
    instances: readonly { readonly id: string; readonly name?: string | undefined }[],
    as?: 'several',
  ) => void;
  /** Opens an entry for an instance that this step has created. */
  readonly made: (created: { readonly id: string; readonly name: string }) => void;
  /** Records an instance that this step has created, but whose password is lost. */
  readonly madeInVain: (id: string) => void;
  /** Records an instance that was read. */
  readonly saw: (instance: Instance) => void;
  /**
   * Records a status that is known without the rest of the instance. If this step created the
   * instance and it is deleted now, then nothing has changed.
   */
  readonly status: (id: string, status: string) => void;
  /** Records that Aura has accepted a change that this step requested. */
  readonly changed: (id: string, status: string) => void;
  readonly failed: (id: string, message: string) => void;
  /** Records that the step has failed; if there is only one instance, the error is about it. */
  readonly stepFailed: (message: string) => void;
  /**
   * The operation and the instance, to follow "Could not": `pause instance 'x' (1a2b3c4d)`.
   *
   * @param one of several instances; default: the instance of the whole step.
   */
  readonly task: (one?: Partial<Named>) => string;
}

/**
 * @param aim the operation, and the instance as the inputs name it.
 * @param write sets outputs.
 */
export function createLedger(
  aim: Named & { readonly operation: string },
  write: (outputs: AuraOutputs) => void,
): Ledger {
  const book = openBook(write);
  const own = new Set<string>();

  const status = (id: string, now: string): void => {
    const last = book.lastSeen(id);
    if (last === undefined) book.note({ id, status: now });
    else book.saw(withStatus(last, now));
    if (now !== 'deleted' || !own.has(id)) return;
    write({ created: false });
    book.note({ id, changed: false });
  };
  return {
    announce: () => {
      write({ 'instance-id': aim.id, name: aim.name, created: false, changed: false });
    },
    open: book.open,
    made: ({ id, name }) => {
      own.add(id);
      write({ created: true });
      book.open([{ id, name }]);
      book.note({ id, status: 'creating', changed: true });
    },
    madeInVain: (id) => {
      own.add(id);
    },
    saw: book.saw,
    status,
    changed: (id, now) => {
      if (!own.has(id)) book.noteChange(id);
      book.note({ id, changed: true });
      status(id, now);
    },
    failed: (id, error) => {
      book.note({ id, error });
    },
    stepFailed: (message) => {
      const only = book.only();
      if (only !== undefined) book.note({ id: only.id, error: only.error ?? message });
    },
    task: (one) => `${aim.operation} ${describe(one ?? book.only() ?? aim)}`,
  };
}

/** The entries of a ledger. Each change of an entry is written to the outputs. */
interface Book extends Pick<Ledger, 'open' | 'saw'> {
  /** Changes an entry; does nothing if the id has none. */
  readonly note: (news: News) => void;
  /** Records that the step has changed an instance, even if it has no entry. */
  readonly noteChange: (id: string) => void;
  /** The only entry, if there is one. */
  readonly only: () => Entry | undefined;
  /** The instance as it was read last. */
  readonly lastSeen: (id: string) => Instance | undefined;
}

type News = Partial<Entry> & Pick<Entry, 'id'>;

function openBook(write: (outputs: AuraOutputs) => void): Book {
  const entries = new Map<string, Entry>();
  const seen = new Map<string, Instance>();
  let several = false;
  let othersChanged = false;
  const only = (): Entry | undefined =>
    entries.size === 1 ? entries.values().next().value : undefined;
  const enter = (news: News): void => {
    const before = { name: undefined, status: undefined, changed: false, error: undefined };
    entries.set(news.id, { ...before, ...entries.get(news.id), ...news });
  };
  const writeAll = (): void => {
    const all = [...entries.values()];
    const changed = othersChanged || all.some((entry) => entry.changed);
    write({ ...sumUp(all, several), changed });
  };
  const note = (news: News): void => {
    if (!entries.has(news.id)) return;
    enter(news);
    writeAll();
  };
  return {
    open: (instances, as) => {
      several = as === 'several';
      for (const { id, name } of instances) enter({ id, name });
      const one = several ? undefined : only();
      if (one !== undefined) write({ 'instance-id': one.id, name: one.name });
      writeAll();
    },
    note,
    saw: (instance) => {
      const { id, name, status } = instance;
      seen.set(id, instance);
      if (!several && only()?.id === id) write(instanceOutputs(instance));
      note({ id, name, status });
    },
    noteChange: (id) => {
      if (entries.has(id)) return;
      othersChanged = true;
      write({ changed: true });
    },
    only,
    lastSeen: (id) => seen.get(id),
  };
}

/** @param several if true, the status is not an output. */
function sumUp(entries: readonly Entry[], several: boolean): AuraOutputs {
  const [status, ...others] = new Set(entries.map((entry) => entry.status));
  return {
    status: several || others.length > 0 ? undefined : status,
    instances: JSON.stringify(entries, ['id', 'name', 'status', 'changed', 'error']),
  };
}

function describe({ id, name }: Partial<Named>): string {
  if (id === undefined) return `instance '${name ?? ''}'`;
  return name === undefined ? `instance ${id}` : label({ id, name });
}

/** The outputs from the details of an instance. */
function instanceOutputs(instance: Instance): AuraOutputs {
  return {
    'instance-id': instance.id,
    name: instance.name,
    'connection-uri': instance.connectionUrl,
    tier: instance.type,
    region: instance.region,
    'cloud-provider': instance.cloudProvider,
    memory: instance.memory,
    tenant: instance.tenantId,
    instance: JSON.stringify(instance.fields),
  };
}

/** `instance` with a status that is known without reading it again. */
function withStatus(instance: Instance, status: string): Instance {
  return { ...instance, status, fields: { ...instance.fields, status } };
}
