import * as v from 'valibot';
import { lenient } from '../json.ts';
import {
  type ShelfApi,
  type StoreOptions,
  type Task,
  guarded,
  isActive,
  list,
  listAll,
  make,
  mark,
  retire,
} from './deployment-requests.ts';

const changing = (tried: string): Task => ({ tried, milliseconds: 30_000, attempts: 1 });
/** Reading the store can decide whether a step succeeds, and can be repeated. */
const looking = (tried: string): Task => ({ tried, milliseconds: 10_000, attempts: 3 });

/** Stores a sealed text with the repository, one for each name; none of the methods throws. */
export interface DeploymentStore {
  /** Stores `sealed` and deletes what was stored for the name and scope before. */
  save(entry: Entry): Promise<void>;
  /** Stores `sealed` and keeps older values. @returns a function that deletes the older ones. */
  add(entry: Entry): Promise<() => Promise<void>>;
  /** The sealed text that is stored for the name and the id, or undefined. */
  find(name: string, id: string): Promise<string | undefined>;
  /** The same, but distinguishes "nothing is stored" from "GitHub cannot be reached" (undefined). */
  lookUp(name: string, id: string): Promise<Found | undefined>;
  /** Deletes the values stored for the name in a scope; with an id, only those of this id. */
  remove(name: string, owner: { readonly scope: string; readonly id?: string }): Promise<void>;
  /** Deletes the values stored in a scope for all names of a group. */
  removeGroup(group: NameGroup, scope: string): Promise<void>;
}

/** Names that belong together. */
export interface NameGroup {
  /** The group as named in a warning, such as `branch 'main'`. */
  readonly what: string;
  readonly has: (name: string) => boolean;
}

/** The result of reading the store. */
export interface Found {
  /** Undefined if nothing is stored. */
  readonly sealed: string | undefined;
}

/** A text to store. */
interface Entry {
  readonly name: string;
  /** The id that the text belongs to: several can have the same name. */
  readonly id: string;
  /** The scope of the name: one repository can use the same name in several scopes. */
  readonly scope: string;
  readonly sealed: string;
  /** A link for people, if there is one. */
  readonly url: string | undefined;
}

/**
 * Stores sealed texts as GitHub deployments whose task ends with the name. Source: GitHub's REST
 * documentation, "Deployments" and "Deployment statuses".
 */
export function createDeploymentStore(options: StoreOptions): DeploymentStore {
  const add: DeploymentStore['add'] = (entry) => addEntry(options, entry);
  return {
    add,
    save: async (entry) => {
      const removeOlder = await add(entry);
      await removeOlder();
    },
    find: async (name, id) => (await lookUp(options, name, id))?.sealed,
    lookUp: (name, id) => lookUp(options, name, id),
    remove: (name, owner) =>
      guarded(options, changing(`delete the credentials of '${name}'`), async (api) => {
        for (const { id, payload } of await list(api, name)) {
          const kept = readPayload(payload);
          const ours = owner.id === undefined || owner.id === kept?.id;
          if (kept?.scope === owner.scope && ours) await retire(api, id);
        }
      }),
    removeGroup: ({ what, has }, scope) =>
      guarded(options, changing(`delete the credentials of ${what}`), async (api) => {
        for (const { id, task, payload } of await listAll(api)) {
          const { taskStart } = api.shelf;
          const name = task.startsWith(taskStart) ? task.slice(taskStart.length) : undefined;
          if (name === undefined || !has(name)) continue;
          if (readPayload(payload)?.scope === scope) await retire(api, id);
        }
      }),
  };
}

async function addEntry(options: StoreOptions, entry: Entry): Promise<() => Promise<void>> {
  const { name, scope } = entry;
  const kept = await guarded(
    options,
    changing(`store the credentials of '${name}'`),
    async (api) => {
      const before = await list(api, name);
      await keep(api, options.ref, entry);
      return before;
    },
  );
  return async () => {
    const task = changing(`delete older credentials of '${name}'`);
    await guarded(options, task, async (api) => {
      for (const { id, payload } of kept ?? []) {
        if (readPayload(payload)?.scope === scope) await retire(api, id);
      }
    });
  };
}

function lookUp(options: StoreOptions, name: string, owner: string): Promise<Found | undefined> {
  return guarded(options, looking(`look for the credentials of '${name}'`), async (api) => {
    const others: string[] = [];
    // The newest comes first; if the last status is not success, the deployment is being created or
    // deleted.
    for (const { id, payload } of await list(api, name)) {
      const kept = readPayload(payload);
      if (!(await isActive(api, id))) continue;
      if (kept?.id === owner) return { sealed: kept.sealed };
      others.push(kept === undefined ? 'in an unknown format' : `of '${kept.id}'`);
    }
    if (others.length > 0) {
      options.warn(`The deployments stored for '${name}' are ${others.join(', ')}.`);
    }
    return { sealed: undefined };
  });
}

async function keep(
  api: ShelfApi,
  ref: string,
  { name, id, scope, sealed, url }: Entry,
): Promise<void> {
  const deployment = await make(api, ref, { name, payload: { id, scope, sealed } });
  await mark(api, deployment, {
    state: 'success',
    ...(url !== undefined && { environment_url: url }),
  });
}

/** The store of a step that stores nothing. */
export const noStore: DeploymentStore = {
  save: () => Promise.resolve(),
  add: () => Promise.resolve(() => Promise.resolve()),
  find: () => Promise.resolve(undefined),
  lookUp: () => Promise.resolve({ sealed: undefined }),
  remove: () => Promise.resolve(),
  removeGroup: () => Promise.resolve(),
};

const payloadObject = v.object({ id: v.string(), scope: v.string(), sealed: v.string() });
const anyPayload = lenient(
  v.union([payloadObject, v.pipe(v.string(), v.parseJson(), payloadObject)]),
);

function readPayload(payload: unknown): v.InferOutput<typeof anyPayload> {
  return v.parse(anyPayload, payload);
}
