import { type Access, type Api, type Limits, ask } from './ask.ts';
import { checked, statusOf } from './connection.ts';
import { field } from './payload.ts';

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
export interface StoreOptions extends Access {
  readonly shelf: Shelf;
  /** Branch, tag or commit of the deployment. */
  readonly ref: string;
  /** Called with each failure: the store is optional and must not fail the step. */
  readonly warn: (text: string) => void;
}

/** A request to GitHub. */
export interface Task extends Omit<Limits, 'permission'> {
  /** The task, to follow "Could not" in a warning. */
  readonly tried: string;
}

/** The repository's deployments, and the client for requests about them. */
export interface ShelfApi extends Api {
  readonly shelf: Shelf;
}

/** The deployments of a name, newest first. */
export async function list(
  { octokit, at, shelf }: ShelfApi,
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
export async function listAll({ octokit, at, shelf }: ShelfApi): Promise<readonly Deployment[]> {
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
export async function isActive({ octokit, at }: ShelfApi, id: number): Promise<boolean> {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({
    ...at,
    deployment_id: id,
    per_page: 1,
  });
  return checked(data)[0]?.state === 'success';
}

/** Creates a deployment. @returns its id. */
export async function make(
  { octokit, at, shelf }: ShelfApi,
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
  { octokit, at }: ShelfApi,
  id: number,
  status: { readonly state: 'success' | 'inactive'; readonly environment_url?: string },
): Promise<void> {
  const which = { ...at, deployment_id: id };
  await octokit.rest.repos.createDeploymentStatus({ ...which, ...status, auto_inactive: false });
}

/** Deletes a deployment. If it no longer exists, another process deleted it, which is fine. */
export async function retire(api: ShelfApi, id: number): Promise<void> {
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
 * Runs requests to GitHub within their limits.
 *
 * @returns undefined after a failure, which becomes a warning.
 * @throws the signal's reason when aborted.
 */
export async function guarded<T>(
  options: StoreOptions,
  { tried, ...limits }: Task,
  run: (api: ShelfApi) => Promise<T>,
): Promise<T | undefined> {
  const { shelf, warn } = options;
  const answer = await ask(options, { permission: 'deployments: write', ...limits }, (api) =>
    run({ ...api, shelf }),
  );
  if ('value' in answer) return answer.value;
  warn(`Could not ${tried} (GitHub deployments): ${answer.problem}`);
  return undefined;
}
