import type { Clock } from '../clock.ts';
import { TimeLimitError, withTimeLimit } from '../time-limit.ts';

/** The one environment for all deployments: a workflow's token can't delete environments. */
const environment = 'aura';
const limitMilliseconds = 30_000;

/** Keeps a sealed text with the repository, one for each name; none of the methods throws. */
export interface DeploymentStore {
  /** Keeps `sealed`; what was kept for the name before is taken away. */
  save(entry: Entry): Promise<void>;
  /** What is kept for the name, or undefined. */
  find(name: string): Promise<string | undefined>;
  /** Takes away all that is kept for the name. */
  remove(name: string): Promise<void>;
}

/** A text to keep. */
interface Entry {
  readonly name: string;
  readonly sealed: string;
  /** Where a person finds what it is about. */
  readonly url: string;
}

interface StoreOptions {
  readonly token: string;
  /** `owner/repo`. */
  readonly repository: string;
  /** Branch, tag or commit that the deployment is of. */
  readonly ref: string;
  /** `GITHUB_API_URL`, for GitHub Enterprise. */
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Told what did not work: the store is an extra, and must not fail the step. */
  readonly warn: (text: string) => void;
}

/**
 * Keeps sealed texts as GitHub deployments with the task `aura:<name>`. Source: GitHub's REST
 * documentation, "Deployments" and "Deployment statuses".
 */
export function createDeploymentStore(options: StoreOptions): DeploymentStore {
  const { ref } = options;
  return {
    save: (entry) =>
      guarded(options, `keep the credentials of '${entry.name}'`, async (api) => {
        const before = await list(api, entry.name);
        await keep(api, ref, entry);
        for (const { id } of before) await retire(api, id);
      }),
    find: (name) =>
      guarded(options, `look for the credentials of '${name}'`, async (api) => {
        // The newest comes first; one whose last status is not success is on its way in or out.
        for (const { id, payload } of await list(api, name)) {
          if (await isActive(api, id)) return sealedIn(payload);
        }
        return undefined;
      }),
    remove: (name) =>
      guarded(options, `remove the credentials of '${name}'`, async (api) => {
        for (const { id } of await list(api, name)) await retire(api, id);
      }),
  };
}

/** The repository, and the client to ask about it. */
interface Api {
  readonly octokit: Octokit;
  readonly at: { readonly owner: string; readonly repo: string };
}

function taskOf(name: string): string {
  return `aura:${name}`;
}

async function list({ octokit, at }: Api, name: string): Promise<readonly Deployment[]> {
  const task = taskOf(name);
  const { data } = await octokit.rest.repos.listDeployments({
    ...at,
    environment,
    task,
    per_page: 100,
  });
  return data;
}

async function isActive({ octokit, at }: Api, id: number): Promise<boolean> {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({
    ...at,
    deployment_id: id,
    per_page: 1,
  });
  return data[0]?.state === 'success';
}

async function keep({ octokit, at }: Api, ref: string, entry: Entry): Promise<void> {
  const { data } = await octokit.rest.repos.createDeployment({
    ...at,
    ref,
    task: taskOf(entry.name),
    environment,
    description: 'Sealed credentials of an Aura instance',
    payload: { sealed: entry.sealed },
    auto_merge: false,
    required_contexts: [],
    transient_environment: true,
    production_environment: false,
  });
  if (!('id' in data)) throw new Error('GitHub did not make the deployment');
  await octokit.rest.repos.createDeploymentStatus({
    ...at,
    deployment_id: data.id,
    state: 'success',
    environment_url: entry.url,
    auto_inactive: false,
  });
}

async function retire({ octokit, at }: Api, id: number): Promise<void> {
  const which = { ...at, deployment_id: id };
  // An active deployment can't be deleted.
  await octokit.rest.repos.createDeploymentStatus({ ...which, state: 'inactive' });
  await octokit.rest.repos.deleteDeployment(which);
}

/** The store of a step that keeps nothing. */
export const noStore: DeploymentStore = {
  save: () => Promise.resolve(),
  find: () => Promise.resolve(undefined),
  remove: () => Promise.resolve(),
};

type Octokit = Awaited<ReturnType<typeof connect>>;

interface Deployment {
  readonly id: number;
  /** An object as it was given, or its JSON. */
  readonly payload: unknown;
}

async function connect(options: StoreOptions, signal: AbortSignal) {
  // Loaded only here: most steps ask GitHub nothing.
  const { GitHub, getOctokitOptions } = await import('@actions/github/lib/utils');
  const baseUrl = options.apiUrl === undefined ? {} : { baseUrl: options.apiUrl };
  return new GitHub(getOctokitOptions(options.token, { ...baseUrl, request: { signal } }));
}

async function guarded<T>(
  options: StoreOptions,
  tried: string,
  run: (api: Api) => Promise<T>,
): Promise<T | undefined> {
  const { clock, signal, warn } = options;
  const [owner = '', repo = ''] = options.repository.split('/');
  const limit = { clock, milliseconds: limitMilliseconds, signal };
  try {
    return await withTimeLimit(
      async (stop) => run({ octokit: await connect(options, stop), at: { owner, repo } }),
      limit,
    );
  } catch (error) {
    signal?.throwIfAborted();
    warn(`Could not ${tried} (GitHub deployments): ${explain(error)}`);
    return undefined;
  }
}

function explain(error: unknown): string {
  if (error instanceof TimeLimitError) return `GitHub gave no answer (${error.message}).`;
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && 'status' in error ? Number(error.status) : undefined;
  if (status === 403 && /rate limit/i.test(message)) return `${message} Try again later.`;
  // GitHub answers 404 where a token may not even know of something.
  if (status === 401 || status === 403 || status === 404) {
    return `GitHub answered ${status} (${message}). Give the job 'permissions: deployments: write', or another 'github-token'.`;
  }
  return status === undefined ? `${message}.` : `GitHub answered ${status} (${message}).`;
}

function sealedIn(payload: unknown): string | undefined {
  let value = payload;
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      return undefined;
    }
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return 'sealed' in value && typeof value.sealed === 'string' ? value.sealed : undefined;
}
