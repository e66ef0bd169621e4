import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JobOptions } from './types.ts';

const server = 'https://github.com';
const defaultBranch = 'main';
const workflowFile = '.github/workflows/test.yml';

/** The environment that all steps of a job share. */
export interface JobContext {
  readonly workspace: string;
  readonly temp: string;
  readonly home: string;
  readonly githubToken: string;
  /** Marks all processes of the job. */
  readonly trackingId: string;
  readonly options: JobOptions;
}

interface PullRequestPayload {
  readonly number?: number;
  readonly ref?: string;
  readonly pull_request?: {
    readonly head?: { readonly ref?: string };
    readonly base?: { readonly ref?: string };
  };
}

/** Writes the event payload where the runner does and returns its path. */
export function writeEvent(context: JobContext): string {
  const directory = path.join(context.temp, '_github_workflow');
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, 'event.json');
  const repository = repositoryOf(context.options);
  const [owner = '', name = ''] = repository.split('/');
  const payload = {
    repository: { full_name: repository, name, owner: { login: owner }, default_branch: 'main' },
    sender: { login: context.options.actor ?? 'octocat' },
    ...(context.options.event === undefined ? { ref: refsOf(context.options).ref } : {}),
    ...context.options.event?.payload,
  };
  writeFileSync(file, JSON.stringify(payload));
  return file;
}

/** The variables of a step; from this process, only those that any program needs. */
export function buildEnvironment(context: JobContext, eventPath: string): Record<string, string> {
  return {
    ...essentials(context.home),
    ...githubVariables(context.options),
    ...runnerVariables(context),
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_WORKSPACE: context.workspace,
  };
}

function essentials(home: string): Record<string, string> {
  const names =
    process.platform === 'win32'
      ? ['PATH', 'SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'windir']
      : ['PATH', 'LANG'];
  const kept = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), HOME: home, CI: 'true', GITHUB_ACTIONS: 'true' };
}

function githubVariables(options: JobOptions): Record<string, string> {
  const repository = repositoryOf(options);
  const { ref, headRef, baseRef } = refsOf(options);
  const actor = options.actor ?? 'octocat';
  const sha = createHash('sha1').update(`${repository} ${ref}`).digest('hex');
  return {
    GITHUB_ACTION: '__aura-action_aura-action',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTION_REPOSITORY: 'aura-action/aura-action',
    GITHUB_ACTOR: actor,
    GITHUB_ACTOR_ID: '583231',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: baseRef,
    GITHUB_EVENT_NAME: options.event?.name ?? 'push',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: headRef,
    GITHUB_JOB: 'test',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: '1296269',
    GITHUB_REPOSITORY_OWNER: repository.split('/')[0] ?? '',
    GITHUB_REPOSITORY_OWNER_ID: '583231',
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '17432612345',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SERVER_URL: server,
    GITHUB_SHA: sha,
    GITHUB_TRIGGERING_ACTOR: actor,
    GITHUB_WORKFLOW: 'Test',
    GITHUB_WORKFLOW_REF: `${repository}/${workflowFile}@${ref}`,
    GITHUB_WORKFLOW_SHA: sha,
  };
}

function runnerVariables(context: JobContext): Record<string, string> {
  const systems: Partial<Record<NodeJS.Platform, string>> = { win32: 'Windows', darwin: 'macOS' };
  return {
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: systems[process.platform] ?? 'Linux',
    RUNNER_TEMP: context.temp,
    RUNNER_TRACKING_ID: context.trackingId,
    RUNNER_TOOL_CACHE: path.join(context.home, 'tools'),
    RUNNER_WORKSPACE: path.dirname(context.workspace),
    ...(context.options.debug === true ? { RUNNER_DEBUG: '1' } : {}),
  };
}

function repositoryOf(options: JobOptions): string {
  return options.repository ?? 'octo/shop';
}

/** The refs that GitHub sets for the event, unless a test sets others. */
function refsOf(options: JobOptions): { ref: string; headRef: string; baseRef: string } {
  const payload = (options.event?.payload ?? {}) as PullRequestPayload;
  const event = options.event?.name ?? 'push';
  const { head, base } = payload.pull_request ?? {};
  const refs: Partial<Record<string, string>> = {
    push: payload.ref,
    create: payload.ref === undefined ? undefined : `refs/heads/${payload.ref}`,
    pull_request: `refs/pull/${payload.number ?? 1}/merge`,
    pull_request_target: `refs/heads/${base?.ref ?? defaultBranch}`,
  };
  return {
    ref: options.ref ?? refs[event] ?? `refs/heads/${defaultBranch}`,
    headRef: options.headRef ?? head?.ref ?? '',
    baseRef: options.baseRef ?? base?.ref ?? '',
  };
}
