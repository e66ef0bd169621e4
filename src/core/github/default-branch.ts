import type { Branch } from './branch.ts';
import { type RunEvent, branchOf } from './event.ts';
import { field, textField } from './payload.ts';

/**
 * The guard for everything that destroys data: a name from an event must not be the name of the
 * default branch. Many events run on the default branch although they do not belong to it, so a
 * step must name the default branch's instance to destroy it.
 *
 * @param branch the result of {@link branchOf} for the event.
 * @param nameOf returns the name for a branch.
 * @returns why the name is refused; undefined if it may be used.
 */
export function defaultBranchProblem(
  event: RunEvent,
  branch: Branch,
  nameOf: (repository: string, branch: Branch) => string,
): string | undefined {
  if (branch.owner !== undefined) return undefined;
  const defaultBranch = defaultBranchOf(event);
  // A schedule always runs on the default branch.
  if (event.name === 'schedule' || defaultBranch === branch.name) {
    return `'${branch.name}' is the default branch`;
  }
  if (defaultBranch !== undefined) {
    const other = { name: defaultBranch, owner: undefined };
    const same = nameOf(event.repository, other) === nameOf(event.repository, branch);
    return same ? `it is the name of the default branch '${defaultBranch}', too` : undefined;
  }
  const base = textField(field(field(event.payload, 'pull_request'), 'base'), 'ref');
  if (event.name.startsWith('pull_request') && base !== undefined && base !== branch.name) {
    return undefined;
  }
  return `the event does not say whether '${branch.name}' is the default branch`;
}

/**
 * The branches that may be the default branch, according to an event: its payload's, and on a
 * schedule the branch of the run.
 *
 * @returns an empty list if the event does not say.
 */
export function defaultBranchesOf(event: RunEvent): readonly string[] {
  const onSchedule = event.name === 'schedule' ? branchOf(event)?.name : undefined;
  const names = [defaultBranchOf(event), onSchedule].filter((name) => name !== undefined);
  return [...new Set(names)];
}

function defaultBranchOf({ name, payload }: RunEvent): string | undefined {
  const named = textField(field(payload, 'repository'), 'default_branch');
  if (named !== undefined || !name.startsWith('pull_request')) return named;
  const base = field(field(payload, 'pull_request'), 'base');
  return textField(field(base, 'repo'), 'default_branch');
}
