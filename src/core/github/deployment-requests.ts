import type { Secret } from '../secrets/secret.ts';
import type { Patience } from '../time/patience.ts';
import { withTimeLimit, withinDeadline } from '../time/time-limit.ts';
import { type Octokit, checked, connect, explain, statusOf } from './connection.ts';
import { field } from './payload.ts';

const pauseMilliseconds = 1_000;
/** GitHub's longest page. */
const pageSize = 100;
/** How many pages are searched for a group; later entries stay. */
const mostPages = 10;

/** What identifies the deployments of a store. */
export interface Shelf {
  /** One environment for all of them: a workflow's token cannot delete environments. */
  readonly environment: string;
  /** The prefix of their tasks, before the name. */
  readonly taskStart: string;
  /** The description for people. */
  readonly description: string;
}

/** How to reach the deployments of a repository. */
export interface StoreOptions {
  readonly shelf: Shelf;
  readonly token: Secret;
  /** `owner/repo`. */
  readonly repository: string;
  /** Branch, tag or commit of the deployment. */
  readonly ref: string;
  /** `GITHUB_API_URL`, for GitHub Enterprise. */
  readonly apiUrl: string | undefined;
  /** The step's; its deadline may move. */
  readonly patience: Pick<Patience, 'clock' | 'deadline' | 'signal'>;
  /** Called with each failure: the store is optional and must not fail the step. */
  readonly warn: (text: string) => void;
  /** Called with additional messages from GitHub. */
  readonly debug: (text: string) => void;
}

/** A request to GitHub. */
export interface Task {
  /** The task, to follow "Could not" in a warning. */
  readonly tried: string;
  readonly milliseconds: number;
  /** How often the request is tried. */
  readonly attempts: number;
}

/** The repository, and the client for requests about it. */
export interface Api {
  readonly octokit: Octokit;
  readonly at: { readonly owner: string; readonly repo: string };
  readonly shelf: Shelf;
}

/** The deployments of a name, newest first. */
export async function list(
  { octokit, at, shelf }: Api,
  name: string,
): Promise<readonly Deployment[]> {
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
export async function listAll({ octokit, at, shelf }: Api): Promise<readonly Deployment[]> {
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

/** Whether the last status of a deployment is `success`. */
export async function isActive({ octokit, at }: Api, id: number): Promise<boolean> {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({
    ...at,
    deployment_id: id,
    per_page: 1,
  });
  return checked(data)[0]?.state === 'success';
}

/** Creates a deployment. @returns its id. */
export async function make(
  { octokit, at, shelf }: Api,
  ref: string,
  { name, payload }: { readonly name: string; readonly payload: Record<string, string> },
): Promise<number> {
  const { environment, taskStart, description } = shelf;
  const { data } = await octokit.rest.repos.createDeployment({
    ...at,
    ref,
    task: `${taskStart}${name}`,
    environment,
    description,
    payload,
    auto_merge: false,
    required_contexts: [],
    transient_environment: true,
    production_environment: false,
  });
  const id = field(data, 'id');
  if (typeof id !== 'number') throw new Error('GitHub did not create the deployment');
  return id;
}

/** Adds a status to a deployment, without an effect on others. */
export async function mark(
  { octokit, at }: Api,
  id: number,
  status: { readonly state: 'success' | 'inactive'; readonly environment_url?: string },
): Promise<void> {
  const which = { ...at, deployment_id: id };
  await octokit.rest.repos.createDeploymentStatus({ ...which, ...status, auto_inactive: false });
}

/** Deletes a deployment. If it no longer exists, another process deleted it, which is fine. */
export async function retire(api: Api, id: number): Promise<void> {
  try {
    // GitHub does not delete an active deployment.
    await mark(api, id, { state: 'inactive' });
    await api.octokit.rest.repos.deleteDeployment({ ...api.at, deployment_id: id });
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

/** A deployment as GitHub lists it. */
interface Deployment {
  readonly id: number;
  readonly task: string;
  /** An object, or its JSON. */
  readonly payload: unknown;
}

/**
 * Runs requests to GitHub within limits of time.
 *
 * @returns undefined after a failure, which becomes a warning.
 * @throws the signal's reason when aborted.
 */
export async function guarded<T>(
  options: StoreOptions,
  { tried, milliseconds, attempts }: Task,
  run: (api: Api) => Promise<T>,
): Promise<T | undefined> {
  const { shelf, patience, warn, debug } = options;
  const { clock, signal } = patience;
  const [owner = '', repo = ''] = options.repository.split('/');
  for (let attempt = 1; ; attempt += 1) {
    const left = patience.deadline - clock.now();
    const limit = { clock, milliseconds: withinDeadline(milliseconds, left), signal };
    try {
      return await withTimeLimit(
        async (stop) => run({ octokit: await connect(options, stop), at: { owner, repo }, shelf }),
        limit,
      );
    } catch (error) {
      signal?.throwIfAborted();
      const text = `Could not ${tried} (GitHub deployments): ${explain(error, 'deployments: write')}`;
      const late = patience.deadline - clock.now() <= pauseMilliseconds;
      if (attempt === attempts || isRefusal(error) || late) {
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
