import { readFileSync } from 'node:fs';
import type { RunEvent } from '../../../src/core/github/event.ts';

/** The runner's values for each payload of `fixtures/`: name of the event, ref and actor. */
const surroundings = {
  'pull-request-opened': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-synchronize': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-reopened': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-closed': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-closed-labeled': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-closed-main': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-fork': ['pull_request', 'refs/pull/43/merge', 'contributor'],
  'pull-request-fork-closed': ['pull_request', 'refs/pull/43/merge', 'mona'],
  'pull-request-fork-deleted': ['pull_request', 'refs/pull/43/merge', 'mona'],
  'pull-request-fork-ghost': ['pull_request', 'refs/pull/43/merge', 'mona'],
  'pull-request-fork-same-owner': ['pull_request', 'refs/pull/43/merge', 'mona'],
  'pull-request-target': ['pull_request_target', 'refs/heads/main', 'contributor'],
  'pull-request-dependabot': ['pull_request', 'refs/pull/44/merge', 'dependabot[bot]'],
  'pull-request-review': ['pull_request_review', 'refs/pull/42/merge', 'mona'],
  'pull-request-review-comment': ['pull_request_review_comment', 'refs/pull/42/merge', 'mona'],
  'pull-request-review-fork': ['pull_request_review', 'refs/pull/43/merge', 'mona'],
  push: ['push', 'refs/heads/feature/cart', 'mona'],
  'push-deleted': ['push', 'refs/heads/main', 'mona'],
  'push-tag': ['push', 'refs/tags/v1.2.0', 'mona'],
  'push-tag-deleted': ['push', 'refs/heads/main', 'mona'],
  'create-branch': ['create', 'refs/heads/feature/cart', 'mona'],
  'create-tag': ['create', 'refs/tags/v1.2.0', 'mona'],
  'delete-branch': ['delete', 'refs/heads/main', 'mona'],
  'delete-tag': ['delete', 'refs/heads/main', 'mona'],
  schedule: ['schedule', 'refs/heads/main', 'mona'],
  'workflow-dispatch': ['workflow_dispatch', 'refs/heads/feature/cart', 'mona'],
  'workflow-dispatch-main': ['workflow_dispatch', 'refs/heads/main', 'mona'],
  'workflow-dispatch-tag': ['workflow_dispatch', 'refs/tags/v1.2.0', 'mona'],
  'workflow-run': ['workflow_run', 'refs/heads/main', 'mona'],
  'workflow-run-fork': ['workflow_run', 'refs/heads/main', 'mona'],
  'workflow-run-fork-deleted': ['workflow_run', 'refs/heads/main', 'mona'],
  'workflow-run-issue-comment': ['workflow_run', 'refs/heads/main', 'mona'],
  'workflow-run-tag': ['workflow_run', 'refs/heads/main', 'mona'],
  'check-run': ['check_run', 'refs/heads/main', 'mona'],
  'check-run-fork': ['check_run', 'refs/heads/main', 'mona'],
  'check-suite': ['check_suite', 'refs/heads/main', 'mona'],
  'check-suite-fork': ['check_suite', 'refs/heads/main', 'mona'],
  'merge-group': [
    'merge_group',
    'refs/heads/gh-readonly-queue/main/pr-42-929f8209d40f77f4abc87f3c2c0e1d0a5a3f8d77',
    'mona',
  ],
  'issue-comment': ['issue_comment', 'refs/heads/main', 'mona'],
  issues: ['issues', 'refs/heads/main', 'mona'],
  'repository-dispatch': ['repository_dispatch', 'refs/heads/main', 'mona'],
  release: ['release', 'refs/tags/v1.2.0', 'mona'],
  'deployment-status': ['deployment_status', 'refs/heads/feature/cart', 'mona'],
  status: ['status', 'refs/heads/main', 'mona'],
} as const;

/** The name of a recorded event. */
export type Recording = keyof typeof surroundings;

/** All recorded events. */
export const recordings = Object.keys(surroundings) as readonly Recording[];

/** A run of octo/shop as the runner describes it for a recorded event. */
export function recordedEvent(recording: Recording): RunEvent {
  const [name, ref, actor] = surroundings[recording];
  return { name, repository: 'octo/shop', ref, actor, payload: readPayload(recording) };
}

function readPayload(recording: Recording): unknown {
  const url = new URL(`fixtures/${recording}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as unknown;
}

/** The recorded event for another branch or repository of the same form. */
export function eventFor(
  recording: Recording,
  { branch, repository = 'octo/shop' }: { branch: string; repository?: string },
): RunEvent {
  const event = recordedEvent(recording);
  return {
    ...event,
    repository,
    ref: renamed(event.ref, branch, repository),
    payload: JSON.parse(JSON.stringify(event.payload), (_, value: unknown) =>
      typeof value === 'string' ? renamed(value, branch, repository) : value,
    ) as unknown,
  };
}

function renamed(text: string, branch: string, repository: string): string {
  if (text === 'octo/shop') return repository;
  return /^(refs\/heads\/|\w+:)?feature\/cart$/.test(text)
    ? text.replace('feature/cart', () => branch)
    : text;
}
