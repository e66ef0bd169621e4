import { type Branch, headBranch, isFromFork, runBranch } from './branch.ts';
import { field, textField } from './payload.ts';

/** The facts about a run that names and messages depend on. */
export interface RunEvent {
  /** Such as `pull_request`; empty outside of a run. */
  readonly name: string;
  /** `owner/repo`. */
  readonly repository: string;
  /** `GITHUB_REF`, such as `refs/heads/main`. */
  readonly ref: string;
  /** Who started the run. */
  readonly actor: string;
  /** The webhook's payload; its shape is not trusted. */
  readonly payload: unknown;
}

/** A pull request that an event says is closed. */
export interface ClosedPullRequest {
  /** Undefined if the payload does not say; then GitHub cannot be asked about it. */
  readonly number: number | undefined;
  /** Epoch milliseconds. */
  readonly closedAt: number | undefined;
}

/**
 * The branch of an event; all events of a branch have the same one. It comes from the payload:
 * GitHub runs many events on the default branch, although they belong to another branch.
 *
 * @returns undefined if the event has no branch, or does not say whose fork the branch is in.
 */
export function branchOf(event: RunEvent): Branch | undefined {
  const { name, payload, ref, repository } = event;
  if (isAboutPullRequest(event)) return headBranch(field(payload, 'pull_request'), repository);
  switch (name) {
    case 'push':
      return own(branchIn(pushedRef(event)));
    case 'create':
    case 'delete':
      return textField(payload, 'ref_type') === 'branch'
        ? own(textField(payload, 'ref'))
        : undefined;
    case 'workflow_run': {
      const within = textField(field(payload, 'repository'), 'full_name') ?? repository;
      return runBranch(field(payload, 'workflow_run'), within);
    }
    // For a commit of a fork, GitHub passes no branch here, and so no head repository.
    case 'check_run':
      return own(textField(field(field(payload, 'check_run'), 'check_suite'), 'head_branch'));
    case 'check_suite':
      return own(textField(field(payload, 'check_suite'), 'head_branch'));
    case 'merge_group':
      return own(branchIn(textField(field(payload, 'merge_group'), 'head_ref') ?? ref));
    case 'schedule':
    case 'workflow_dispatch':
      return own(branchIn(ref));
    default:
      return undefined;
  }
}

/** Why {@link branchOf} returns no branch, to follow the name of the event. */
export function whyNoBranch(event: RunEvent): string {
  const { payload } = event;
  const head = field(field(payload, 'pull_request'), 'head');
  const branch = isAboutPullRequest(event)
    ? textField(head, 'ref')
    : textField(field(payload, 'workflow_run'), 'head_branch');
  return branch === undefined
    ? 'has no branch to build a name from'
    : `does not say whose fork the branch '${branch}' is in`;
}

/** The pull request of an event, if it is closed: by the event's action, or by its state. */
export function closedPullRequest(event: RunEvent): ClosedPullRequest | undefined {
  if (!isAboutPullRequest(event)) return undefined;
  const pullRequest = field(event.payload, 'pull_request');
  const states = [textField(event.payload, 'action'), textField(pullRequest, 'state')];
  if (!states.includes('closed')) return undefined;
  const number = field(pullRequest, 'number') ?? field(event.payload, 'number');
  const closedAt = Date.parse(textField(pullRequest, 'closed_at') ?? '');
  return {
    number: Number.isSafeInteger(number) ? Number(number) : undefined,
    closedAt: Number.isNaN(closedAt) ? undefined : closedAt,
  };
}

/** The tag whose deletion started the run. */
export function deletedTag(event: RunEvent): string | undefined {
  const { name, payload } = event;
  if (name === 'delete') {
    return textField(payload, 'ref_type') === 'tag' ? textField(payload, 'ref') : undefined;
  }
  const prefix = 'refs/tags/';
  const ref = textField(payload, 'ref');
  const deleted = name === 'push' && field(payload, 'deleted') === true;
  return deleted && ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : undefined;
}

/**
 * Why secrets are empty in this run, if GitHub withholds them: pull requests from forks and runs
 * started by Dependabot get no secrets.
 */
export function secretsWithheld(event: RunEvent): 'fork' | 'dependabot' | undefined {
  if (event.actor === 'dependabot[bot]') return 'dependabot';
  // pull_request_target runs with the secrets of the base repository.
  const limited = isAboutPullRequest(event) && event.name !== 'pull_request_target';
  const pullRequest = field(event.payload, 'pull_request');
  return limited && isFromFork(pullRequest, event.repository) ? 'fork' : undefined;
}

/** `pull_request`, `pull_request_target`, and those of reviews and their comments. */
function isAboutPullRequest({ name }: RunEvent): boolean {
  return name.startsWith('pull_request');
}

/** After a push that has deleted its branch, `GITHUB_REF` is the default branch. */
function pushedRef({ payload, ref }: RunEvent): string | undefined {
  return textField(payload, 'ref') ?? (field(payload, 'deleted') === true ? undefined : ref);
}

function branchIn(ref: string | undefined): string | undefined {
  const prefix = 'refs/heads/';
  return ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : undefined;
}

function own(name: string | undefined): Branch | undefined {
  return name === undefined || name === '' ? undefined : { name, owner: undefined };
}
