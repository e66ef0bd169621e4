/** The run that a step belongs to, as far as names and messages depend on it. */
export interface RunEvent {
  /** Such as `pull_request`; empty outside of a run. */
  readonly name: string;
  /** `owner/repo`. */
  readonly repository: string;
  /** `GITHUB_REF`, such as `refs/heads/main`. */
  readonly ref: string;
  /** Who started the run. */
  readonly actor: string;
  /** The webhook's payload; shape not trusted. */
  readonly payload: unknown;
}

/** The branch that a run is about; `owner` only for a branch of a fork. */
export interface Branch {
  readonly name: string;
  readonly owner: string | undefined;
}

/**
 * The branch an event is about: for a pull request its head, for `create` and `delete` the branch
 * made or removed, else that of the ref. So all events in the life of a branch give the same one.
 *
 * @returns undefined when the event is about no branch, a tag for example.
 */
export function branchOf(event: RunEvent): Branch | undefined {
  const head = field(field(event.payload, 'pull_request'), 'head');
  if (head !== undefined) {
    const name = textField(head, 'ref');
    return name === undefined ? undefined : { name, owner: forkOwner(event) };
  }
  if (event.name === 'create' || event.name === 'delete') {
    const name = textField(event.payload, 'ref');
    const isBranch = textField(event.payload, 'ref_type') === 'branch';
    return isBranch && name !== undefined ? { name, owner: undefined } : undefined;
  }
  const prefix = 'refs/heads/';
  const name = event.ref.startsWith(prefix) ? event.ref.slice(prefix.length) : '';
  return name === '' ? undefined : { name, owner: undefined };
}

/**
 * Why secrets are empty in this run, if GitHub withholds them: pull requests from forks and runs
 * started by Dependabot get none.
 */
export function secretsWithheld(event: RunEvent): 'fork' | 'dependabot' | undefined {
  if (event.actor === 'dependabot[bot]') return 'dependabot';
  // pull_request_target runs with the secrets of the base repository.
  const limited = event.name.startsWith('pull_request') && event.name !== 'pull_request_target';
  return limited && forkOwner(event) !== undefined ? 'fork' : undefined;
}

/** The owner of the fork that a pull request comes from; undefined within one repository. */
function forkOwner(event: RunEvent): string | undefined {
  const pullRequest = field(event.payload, 'pull_request');
  const head = field(pullRequest, 'head');
  const base = textField(field(field(pullRequest, 'base'), 'repo'), 'full_name');
  const source = textField(field(head, 'repo'), 'full_name');
  if (head === undefined || source === (base ?? event.repository)) return undefined;
  // The repository is null once the fork is deleted; the label `owner:branch` stays.
  const [owner, ...branch] = (textField(head, 'label') ?? '').split(':');
  return source?.split('/')[0] ?? (branch.length > 0 && owner ? owner : 'unknown');
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return found ?? undefined;
}

function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
