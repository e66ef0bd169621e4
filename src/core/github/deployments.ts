import * as v from 'valibot';
import { lenient } from '../json.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Clock } from '../time/clock.ts';
import { withTimeLimit, withinDeadline } from '../time/time-limit.ts';
import { type Octokit, checked, connect, explain, statusOf } from './connection.ts';

const pauseMilliseconds = 1_000;
/** GitHub's longest page. */
const pageSize = 100;
/** How many pages are searched for a group; later entries stay. */
const mostPages = 10;

/** A request to GitHub. */
interface Task {
  /** The task, to follow "Could not" in a warning. */
  readonly tried: string;
  readonly milliseconds: number;
  /** How often the request is tried. */
  readonly attempts: number;
}

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
  /** A link for people. */
  readonly url: string;
}

/** What identifies the deployments of a store. */
export interface Shelf {
  /** One environment for all of them: a workflow's token cannot delete environments. */
  readonly environment: string;
  /** The prefix of their tasks, before the name. */
  readonly taskStart: string;
  /** The description for people. */
  readonly description: string;
}

interface StoreOptions {
  readonly shelf: Shelf;
  readonly token: Secret;
  /** `owner/repo`. */
  readonly repository: string;
  /** Branch, tag or commit of the deployment. */
  readonly ref: string;
  /** `GITHUB_API_URL`, for GitHub Enterprise. */
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
  /** The step's deadline, in epoch milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Called with each failure: the store is optional and must not fail the step. */
  readonly warn: (text: string) => void;
  /** Called with additional messages from GitHub. */
  readonly debug: (text: string) => void;
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

/** The repository, and the client for requests about it. */
interface Api {
  readonly octokit: Octokit;
  readonly at: { readonly owner: string; readonly repo: string };
  readonly shelf: Shelf;
}

async function list({ octokit, at, shelf }: Api, name: string): Promise<readonly Deployment[]> {
  const { environment, taskStart } = shelf;
  const task = `${taskStart}${name}`;
  const { data } = await octokit.rest.repos.listDeployments({
    ...at,
    environment,
    task,
    per_page: pageSize,
  });
  return checked(data);
}

/** The deployments of the environment with any task: GitHub can only search for complete tasks. */
async function listAll({ octokit, at, shelf }: Api): Promise<readonly Deployment[]> {
  const { environment } = shelf;
  const found: Deployment[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await octokit.rest.repos.listDeployments({
      ...at,
      environment,
      per_page: pageSize,
      page,
    });
    found.push(...checked(data));
    if (data.length < pageSize) break;
  }
  return found;
}

async function isActive({ octokit, at }: Api, id: number): Promise<boolean> {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({
    ...at,
    deployment_id: id,
    per_page: 1,
  });
  return checked(data)[0]?.state === 'success';
}

async function keep({ octokit, at, shelf }: Api, ref: string, entry: Entry): Promise<void> {
  const { environment, taskStart, description } = shelf;
  const { data } = await octokit.rest.repos.createDeployment({
    ...at,
    ref,
    task: `${taskStart}${entry.name}`,
    environment,
    description,
    payload: { id: entry.id, scope: entry.scope, sealed: entry.sealed },
    auto_merge: false,
    required_contexts: [],
    transient_environment: true,
    production_environment: false,
  });
  if (!('id' in data)) throw new Error('GitHub did not create the deployment');
  await octokit.rest.repos.createDeploymentStatus({
    ...at,
    deployment_id: data.id,
    state: 'success',
    environment_url: entry.url,
    auto_inactive: false,
  });
}

/** If it no longer exists, another process deleted it, which is fine. */
async function retire({ octokit, at }: Api, id: number): Promise<void> {
  const which = { ...at, deployment_id: id };
  try {
    // GitHub does not delete an active deployment.
    await octokit.rest.repos.createDeploymentStatus({ ...which, state: 'inactive' });
    await octokit.rest.repos.deleteDeployment(which);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
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

interface Deployment {
  readonly id: number;
  readonly task: string;
  /** An object, or its JSON. */
  readonly payload: unknown;
}

async function guarded<T>(
  options: StoreOptions,
  { tried, milliseconds, attempts }: Task,
  run: (api: Api) => Promise<T>,
): Promise<T | undefined> {
  const { shelf, clock, deadline, signal, warn, debug } = options;
  const [owner = '', repo = ''] = options.repository.split('/');
  for (let attempt = 1; ; attempt += 1) {
    const left = deadline - clock.now();
    const limit = { clock, milliseconds: withinDeadline(milliseconds, left), signal };
    try {
      return await withTimeLimit(
        async (stop) => run({ octokit: await connect(options, stop), at: { owner, repo }, shelf }),
        limit,
      );
    } catch (error) {
      signal?.throwIfAborted();
      const text = `Could not ${tried} (GitHub deployments): ${explain(error, 'deployments: write')}`;
      if (attempt === attempts || isRefusal(error) || deadline - clock.now() <= pauseMilliseconds) {
        warn(text);
        return undefined;
      }
      debug(`${text} Trying again.`);
      await clock.sleep(pauseMilliseconds, signal);
    }
  }
}

/** A retry would get the same answer. */
function isRefusal(error: unknown): boolean {
  const status = statusOf(error) ?? 0;
  return status >= 400 && status < 500;
}

const payloadObject = v.object({ id: v.string(), scope: v.string(), sealed: v.string() });
const anyPayload = lenient(
  v.union([payloadObject, v.pipe(v.string(), v.parseJson(), payloadObject)]),
);

function readPayload(payload: unknown): v.InferOutput<typeof anyPayload> {
  return v.parse(anyPayload, payload);
}
