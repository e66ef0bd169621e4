import { readFileSync } from 'node:fs';
import type { RunEvent } from '../../src/github/event.ts';

/** What the runner says beside each payload of `fixtures/`: name of the event, ref and actor. */
const surroundings = {
  'pull-request-opened': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-synchronize': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-closed': ['pull_request', 'refs/pull/42/merge', 'mona'],
  'pull-request-fork': ['pull_request', 'refs/pull/43/merge', 'contributor'],
  'pull-request-fork-deleted': ['pull_request', 'refs/pull/43/merge', 'mona'],
  'pull-request-target': ['pull_request_target', 'refs/heads/main', 'contributor'],
  'pull-request-dependabot': ['pull_request', 'refs/pull/44/merge', 'dependabot[bot]'],
  push: ['push', 'refs/heads/feature/cart', 'mona'],
  'push-tag': ['push', 'refs/tags/v1.2.0', 'mona'],
  'create-branch': ['create', 'refs/heads/feature/cart', 'mona'],
  'create-tag': ['create', 'refs/tags/v1.2.0', 'mona'],
  'delete-branch': ['delete', 'refs/heads/main', 'mona'],
  'delete-tag': ['delete', 'refs/heads/main', 'mona'],
  schedule: ['schedule', 'refs/heads/main', 'mona'],
  'workflow-dispatch': ['workflow_dispatch', 'refs/heads/feature/cart', 'mona'],
  'issue-comment': ['issue_comment', 'refs/heads/main', 'mona'],
} as const;

/** The name of a recorded event. */
export type Recording = keyof typeof surroundings;

/** A run of octo/shop as the runner describes it for a recorded event. */
export function recordedEvent(recording: Recording): RunEvent {
  const [name, ref, actor] = surroundings[recording];
  return { name, repository: 'octo/shop', ref, actor, payload: readPayload(recording) };
}

function readPayload(recording: Recording): unknown {
  const url = new URL(`fixtures/${recording}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as unknown;
}

/** The recorded event as it would be for another branch or repository of the same shape. */
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
