import { createHash } from 'node:crypto';
import { userView } from './users.ts';

/** The fields to create a deployment, with GitHub's names. */
export interface DeploymentSeed {
  readonly ref?: string;
  readonly task?: string;
  readonly environment?: string;
  readonly payload?: unknown;
  readonly description?: string | null;
  readonly transient_environment?: boolean;
  readonly production_environment?: boolean;
}

/** The fields to create a status. */
export interface StatusSeed {
  readonly state: string;
  readonly description?: string;
  readonly environment_url?: string;
  readonly log_url?: string;
  readonly auto_inactive?: boolean;
}

/** A deployment stored by the server. */
export interface KeptDeployment extends Required<DeploymentSeed> {
  readonly id: number;
  readonly creator: string;
  /** Newest first. */
  readonly statuses: readonly KeptStatus[];
}

/** A status stored by the server. */
export interface KeptStatus extends Required<Omit<StatusSeed, 'auto_inactive'>> {
  readonly id: number;
}

/** The deployments of one repository, with GitHub's rules. */
export interface DeploymentBook {
  /** Newest first. */
  all(): readonly KeptDeployment[];
  find(id: number): KeptDeployment | undefined;
  /** @param creator login of the user who creates it. */
  add(seed: DeploymentSeed, creator: string): KeptDeployment;
  addStatus(id: number, seed: StatusSeed): KeptStatus;
  remove(id: number): void;
}

/** Whether GitHub considers a deployment active and refuses to delete it. */
export function isActive({ statuses }: KeptDeployment): boolean {
  return statuses[0]?.state === 'success';
}

/** Starts without deployments. Ids always increase, so they show the order. */
export function createDeploymentBook(): DeploymentBook {
  const kept: KeptDeployment[] = [];
  let lastId = 3_000_000_000;
  const nextId = (): number => (lastId += 1);
  const find = (id: number): KeptDeployment | undefined =>
    kept.find((deployment) => deployment.id === id);
  const addStatus = (id: number, seed: StatusSeed): KeptStatus => {
    const { state, description = '', environment_url = '', log_url = '' } = seed;
    const status = { id: nextId(), state, description, environment_url, log_url };
    const index = kept.findIndex((deployment) => deployment.id === id);
    const deployment = kept[index];
    if (deployment !== undefined) {
      kept[index] = { ...deployment, statuses: [status, ...deployment.statuses] };
    }
    return status;
  };
  return {
    all: () => kept,
    find,
    add: (seed, creator) => {
      const deployment = {
        id: nextId(),
        ref: seed.ref ?? 'main',
        task: seed.task ?? 'deploy',
        environment: seed.environment ?? 'production',
        payload: seed.payload ?? '',
        description: seed.description ?? '',
        transient_environment: seed.transient_environment ?? false,
        production_environment: seed.production_environment ?? false,
        creator,
        statuses: [],
      };
      kept.unshift(deployment);
      return deployment;
    },
    addStatus: (id, seed) => {
      const deployment = find(id);
      const status = addStatus(id, seed);
      if (seed.state === 'success' && seed.auto_inactive !== false) {
        for (const prior of [...kept]) {
          const same = prior.environment === deployment?.environment && prior.id < id;
          const lasting = !prior.transient_environment && !prior.production_environment;
          if (same && lasting && isActive(prior)) addStatus(prior.id, { state: 'inactive' });
        }
      }
      return status;
    },
    remove: (id) => {
      const index = kept.findIndex((deployment) => deployment.id === id);
      if (index >= 0) kept.splice(index, 1);
    },
  };
}

/** Formats deployments and statuses as GitHub's API does. */
export function createViews(
  apiUrl: string,
  repository: string,
): {
  readonly deployment: (kept: KeptDeployment) => object;
  readonly status: (kept: KeptDeployment, status: KeptStatus) => object;
} {
  const repositoryUrl = `${apiUrl}/repos/${repository}`;
  const time = '2026-08-03T09:00:00Z';
  const times = { created_at: time, updated_at: time };
  const urlOf = ({ id }: KeptDeployment): string => `${repositoryUrl}/deployments/${id}`;
  const deployment = (kept: KeptDeployment): object => ({
    url: urlOf(kept),
    id: kept.id,
    node_id: `DE_${kept.id}`,
    task: kept.task,
    original_environment: kept.environment,
    environment: kept.environment,
    description: kept.description,
    ...times,
    statuses_url: `${urlOf(kept)}/statuses`,
    repository_url: repositoryUrl,
    creator: userView(apiUrl, kept.creator),
    sha: createHash('sha1').update(kept.ref).digest('hex'),
    ref: kept.ref,
    payload: kept.payload,
    transient_environment: kept.transient_environment,
    production_environment: kept.production_environment,
    performed_via_github_app: null,
  });
  const status = (kept: KeptDeployment, of: KeptStatus): object => ({
    url: `${urlOf(kept)}/statuses/${of.id}`,
    id: of.id,
    node_id: `DES_${of.id}`,
    state: of.state,
    creator: userView(apiUrl, 'github-actions[bot]'),
    description: of.description,
    environment: kept.environment,
    target_url: of.log_url,
    ...times,
    deployment_url: urlOf(kept),
    repository_url: repositoryUrl,
    environment_url: of.environment_url,
    log_url: of.log_url,
    performed_via_github_app: null,
  });
  return { deployment, status };
}
