import { type Recording, eventFor } from '../../__tests__/core/github/recorded-events.ts';
import type { PullRequestSeed } from '../../harness/github/pull-requests.ts';

/** What an event means for the repository, beside the run that it may start. */
export type Effect =
  | ({ readonly kind: 'pull-request' } & PullRequestSeed)
  | { readonly kind: 'branch'; readonly branch: string; readonly exists: boolean };

/** Something that happens on GitHub. */
export interface Happening {
  readonly title: string;
  /** Name of the event. */
  readonly name: string;
  /** Of a pull request: what happened to it. */
  readonly action?: string;
  readonly branch?: string;
  /** Of a schedule. */
  readonly cron?: string;
  /** Of a start by hand: whether it says that a sweep may delete. */
  readonly sweeps?: boolean;
  /** Of a push: whether it deletes the branch. */
  readonly deletes?: boolean;
  readonly actor: string;
  readonly ref: string;
  readonly payload: object;
  readonly effects: readonly Effect[];
  /** Whether GitHub passes no secrets to the run. */
  readonly withheld: boolean;
  /** Whether it comes from a fork, so that GitHub passes no variables either. */
  readonly isForeign: boolean;
}

/** A pull request of this repository, unless a fork is named. */
interface PullRequest {
  readonly number: number;
  readonly branch: string;
  readonly from?: string;
  readonly withheld?: boolean;
}

/** The pull requests of the scenes. */
export const pullRequests = {
  cart: { number: 42, branch: 'feature/cart' },
  search: { number: 45, branch: 'feature/search' },
  payment: { number: 46, branch: 'feature/payment' },
  /** Closed with merge conflicts: GitHub starts no run, so its instance is left behind. */
  conflicting: { number: 47, branch: 'feature/conflicting' },
  fork: { number: 43, branch: 'feature/cart', from: 'contributor/shop', withheld: true },
  /** Of a fork that was deleted. */
  'deleted fork': { number: 48, branch: 'feature/cart', from: 'gone/shop', withheld: true },
  dependabot: { number: 44, branch: 'dependabot/npm_and_yarn/left-pad-1.3.0', withheld: true },
} as const satisfies Record<string, PullRequest>;

type Action = 'opened' | 'synchronize' | 'reopened' | 'closed';

/** Something that happens to a pull request. */
export function pullRequest(action: Action, which: keyof typeof pullRequests): Happening {
  const it: PullRequest = pullRequests[which];
  const { payload, ...rest } = recorded(recordingOf(action, which), it.branch);
  const state = action === 'closed' ? 'closed' : 'open';
  const { number, branch, from } = it;
  return {
    ...rest,
    ref: `refs/pull/${number}/merge`,
    payload: numbered(payload, number),
    title: which === 'cart' ? action : `${action}, ${which}`,
    action,
    branch,
    withheld: it.withheld === true,
    isForeign: from !== undefined,
    effects: [
      { kind: 'pull-request', number, branch, state, ...(from !== undefined && { from }) },
      ...(from === undefined ? [{ kind: 'branch', branch, exists: true } as const] : []),
    ],
  };
}

function recordingOf(action: Action, which: keyof typeof pullRequests): Recording {
  if (which === 'deleted fork') return 'pull-request-fork-deleted';
  if (which === 'fork')
    return action === 'closed' ? 'pull-request-fork-closed' : 'pull-request-fork';
  return which === 'dependabot' ? 'pull-request-dependabot' : `pull-request-${action}`;
}

/** A push to a branch, by a person or by Dependabot. */
export function push(branch: string, actor = 'mona'): Happening {
  const event = recorded('push', branch);
  return {
    ...event,
    actor,
    title: `push, ${branch}`,
    branch,
    withheld: actor === 'dependabot[bot]',
    effects: [{ kind: 'branch', branch, exists: true }],
  };
}

/** A branch is deleted: GitHub has an event of its own for it, and sends a push too. */
export function branchDeleted(branch: string, as: 'delete' | 'push' = 'delete'): Happening {
  return {
    ...recorded(as === 'delete' ? 'delete-branch' : 'push-deleted', branch),
    title: `${as === 'delete' ? 'delete' : 'push of nothing'}, ${branch}`,
    branch,
    deletes: true,
    effects: [{ kind: 'branch', branch, exists: false }],
  };
}

/** A tag is deleted. */
export function tagDeleted(): Happening {
  return { ...recorded('delete-tag'), title: 'delete, a tag' };
}

/** A time of day has come. */
export function scheduled(cron: string): Happening {
  const event = recorded('schedule');
  return {
    ...event,
    title: `schedule, ${cron}`,
    cron,
    payload: { ...event.payload, schedule: cron },
  };
}

/** A person starts the workflow on the default branch. */
export function dispatched(inputs: Readonly<Record<string, string>>): Happening {
  const event = recorded('workflow-dispatch-main');
  const sweeps = inputs['dry-run'] === 'false';
  return { ...event, title: 'workflow_dispatch', payload: { ...event.payload, inputs }, sweeps };
}

function recorded(recording: Recording, branch = 'feature/cart'): Omit<Happening, 'title'> {
  const { name, actor, ref, payload } = eventFor(recording, { branch });
  return {
    name,
    actor,
    ref,
    payload: Object(payload) as object,
    effects: [],
    withheld: false,
    isForeign: false,
  };
}

/** The payload with another number for its pull request. */
function numbered(payload: object, number: number): object {
  return JSON.parse(JSON.stringify(payload), (key, value: unknown) =>
    key === 'number' ? number : value,
  ) as object;
}
