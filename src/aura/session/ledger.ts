import { cutMessage, label } from '../api/label.ts';
import type { Instance } from '../api/types.ts';
import type { History } from './history.ts';
import type { AuraOutputs } from './report.ts';

/** An instance as messages name it, by what is known of it. */
interface Named {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

type Aim = Named & {
  readonly operation: string;
  /** Several instances, as messages name them until their ids are known. */
  readonly several?: string | undefined;
};
type WithId = Pick<Entry, 'id'> & Partial<Pick<Entry, 'name'>>;

/** One instance, and the result for it: an entry of the output `instances`. */
export interface Entry {
  readonly id: string;
  readonly name: string | undefined;
  /** Undefined until it is known. */
  readonly status: string | undefined;
  /** Whether this step changed it. */
  readonly changed: boolean;
  readonly error: string | undefined;
}

type News = Partial<Entry> & Pick<Entry, 'id'>;

/** The progress with several instances. */
export interface Tally {
  /** How many there are. */
  readonly all: number;
  readonly failed: number;
  /** How many of the others have each status; undefined before they were read. */
  readonly byStatus: ReadonlyMap<string | undefined, number>;
}

/**
 * Records the instances that the step works on. Their outputs, and the texts of failures, come from
 * it. A change of any other instance affects only the output `changed`.
 */
export class Ledger {
  readonly #aim: Aim;
  readonly #write: (outputs: AuraOutputs) => void;
  readonly #history: History | undefined;
  readonly #entries = new Map<string, Entry>();
  /** Each instance as it was seen last. */
  readonly #seen = new Map<string, Instance>();
  /** The instances that this step has created. */
  readonly #own = new Set<string>();
  /** The instances that a dry run would change. */
  readonly #due = new Set<string>();
  /** Instances that Aura does not find. */
  readonly #absent = new Set<string>();
  #several = false;
  /** Whether this step has changed an instance that has no entry. */
  #othersChanged = false;

  /**
   * @param aim the operation, and the instance as the inputs name it.
   * @param write sets outputs.
   * @param history also gets everything that happens to any instance.
   */
  constructor(aim: Aim, write: (outputs: AuraOutputs) => void, history?: History) {
    this.#aim = aim;
    this.#write = write;
    this.#history = history;
  }

  /** Sets the outputs that the inputs determine, before any request. */
  announce(): void {
    const { id, name } = this.#aim;
    this.#write({ 'instance-id': id, name, created: false, changed: false });
  }

  /**
   * Opens an entry for each instance that the step works on, before it changes the first. The output
   * about several is then written only by {@link flush}: with 1,000 instances it has 100 KB.
   *
   * @param as `several` if no output may describe a single one, even if there is only one.
   */
  open(instances: readonly WithId[], as?: 'several'): void {
    this.#several = as === 'several';
    for (const { id, name } of instances) this.#enter({ id, name });
    const one = this.#several ? undefined : this.#only();
    if (one !== undefined) this.#write({ 'instance-id': one.id, name: one.name });
    this.flush();
  }

  /** Writes the outputs about all instances. */
  flush(): void {
    const all = [...this.#entries.values()];
    const changed = this.#othersChanged || all.some((entry) => entry.changed);
    const tenant = this.#several ? this.#commonTenant() : undefined;
    this.#write({ ...sumUp(all, this.#several), tenant, changed });
  }

  /** The progress so far. @param ids of the instances that count; default: all. */
  tally(ids?: ReadonlySet<string>): Tally {
    const all = this.entries().filter(({ id }) => ids === undefined || ids.has(id));
    const byStatus = new Map<string | undefined, number>();
    for (const { status, error } of all) {
      if (error === undefined) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    }
    return {
      all: all.length,
      failed: all.filter(({ error }) => error !== undefined).length,
      byStatus,
    };
  }

  /** Opens an entry for an instance that this step has created. */
  made({ id, name }: { readonly id: string; readonly name: string }): void {
    this.#own.add(id);
    this.#write({ created: true });
    this.open([{ id, name }]);
    this.#history?.changed(id, 'creating');
    this.#note({ id, status: 'creating', changed: true });
  }

  /** Records an instance that this step has created, but whose password is lost. */
  madeInVain(id: string): void {
    this.#own.add(id);
  }

  /** Records an instance that was read. */
  saw(instance: Instance): void {
    const { id, name, status } = instance;
    this.#seen.set(id, instance);
    this.#history?.saw(instance);
    if (!this.#several && this.#only()?.id === id) this.#write(instanceOutputs(instance));
    this.#note({ id, name, status });
  }

  /**
   * Records a status that is known without the rest of the instance. If this step created the
   * instance and it is deleted now, then nothing has changed.
   */
  status(id: string, status: string): void {
    const last = this.#seen.get(id);
    this.#history?.status(id, status);
    if (last === undefined) this.#note({ id, status });
    else this.saw(withStatus(last, status));
    if (status !== 'deleted' || !this.#own.has(id)) return;
    this.#write({ created: false });
    this.#note({ id, changed: false });
  }

  /** Records that Aura has accepted a change that this step requested. */
  changed(id: string, status: string): void {
    if (!this.#entries.has(id) && !this.#own.has(id)) {
      this.#othersChanged = true;
      this.#write({ changed: true });
    }
    this.#note({ id, changed: true });
    this.#history?.changed(id, status);
    this.status(id, status);
  }

  /** The instances that the step works on. */
  entries(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  /** Records an instance that a dry run would change. */
  due(id: string): void {
    this.#due.add(id);
  }

  /** Whether a dry run would change the instance. */
  isDue(id: string): boolean {
    return this.#due.has(id);
  }

  /** Records an instance that Aura does not find. */
  absent(id: string): void {
    this.#absent.add(id);
  }

  isAbsent(id: string): boolean {
    return this.#absent.has(id);
  }

  /** Whether this step has created the instance. */
  isOwn(id: string): boolean {
    return this.#own.has(id);
  }

  /** What is known about one of the instances that the step works on. */
  resultOf(id: string): Partial<Entry> | undefined {
    return this.#entries.get(id);
  }

  failed(id: string, error: string): void {
    this.#note({ id, error });
  }

  /** Records that the step has failed; if there is only one instance, the error is about it. */
  stepFailed(message: string): void {
    const only = this.#only();
    if (only !== undefined) this.failed(only.id, only.error ?? message);
    if (this.#several) this.flush();
  }

  /**
   * The operation and the instance, to follow "Could not": `pause instance 'x' (1a2b3c4d)`.
   *
   * @param one of several instances; default: the instance of the whole step.
   */
  task(one?: Partial<Named>): string {
    const entry = one === undefined ? this.#only() : this.#entries.get(one.id ?? '');
    const { operation, several } = this.#aim;
    if (one === undefined && several !== undefined) return `${operation} ${several}`;
    const { id, name } = one ?? entry ?? this.#aim;
    return `${operation} ${describe({ id, name: name ?? entry?.name })}`;
  }

  #only(): Entry | undefined {
    const [one, ...others] = this.#entries.values();
    return others.length === 0 ? one : undefined;
  }

  /** Changes an entry; nothing if there is none for the id. */
  #note(news: News): void {
    if (!this.#entries.has(news.id)) return;
    this.#enter(news);
    if (!this.#several) this.flush();
    else if (news.changed === true) this.#write({ changed: true });
  }

  #enter(news: News): void {
    const before = { name: undefined, status: undefined, changed: false, error: undefined };
    this.#entries.set(news.id, { ...before, ...this.#entries.get(news.id), ...news });
  }

  /** The tenant of all instances, once each was read or has failed; undefined if they differ. */
  #commonTenant(): string | undefined {
    const entries = [...this.#entries.values()];
    if (entries.some(({ status, error }) => status === undefined && error === undefined)) {
      return undefined;
    }
    const [tenant, ...others] = new Set([...this.#seen.values()].map(({ tenantId }) => tenantId));
    return others.length === 0 ? tenant : undefined;
  }
}

/** @param several no status is an output then. */
function sumUp(entries: readonly Entry[], several: boolean): AuraOutputs {
  const [status, ...others] = new Set(entries.map((entry) => entry.status));
  return {
    status: several || others.length > 0 ? undefined : status,
    instances: JSON.stringify(several ? entries.map(cutError) : entries, [
      'id',
      'name',
      'status',
      'changed',
      'error',
    ]),
  };
}

/** With 1,000 instances the output must stay far below GitHub's limit of 1 MB. */
function cutError(entry: Entry): Entry {
  return { ...entry, error: entry.error && cutMessage(entry.error) };
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
