import type { Branch } from '../../core/github/branch.ts';
import { defaultBranchProblem } from '../../core/github/default-branch.ts';
import {
  type RunEvent,
  branchOf,
  closedPullRequest,
  deletedTag,
  whyNoBranch,
} from '../../core/github/event.ts';
import { instanceName } from './naming.ts';
import { describeEvent, emptyInputs } from './remarks.ts';
import type { Reader } from './table.ts';
import type { BranchInstances } from './request.ts';

/**
 * Operations that destroy data; they refuse the default branch's instance unless the step names it.
 */
const destructive = ['delete', 'overwrite', 'restore'];

/** The name from the event, for a step without `name`. */
export interface EventName {
  readonly name: string;
  /** For an operation on all instances of the branch. */
  readonly instances: BranchInstances;
}

/**
 * Builds the name from the event, with the suffix at its end. Adds a problem if the event has no
 * branch, or if the operation does not allow its branch.
 */
export function readEventName(
  read: Reader,
  event: RunEvent,
  suffix: string | undefined,
): EventName | undefined {
  const branch = branchOf(event);
  if (branch === undefined || event.repository === '') {
    const operation = read.text('operation');
    const or = operation === 'create' ? '' : ', or an instance-id';
    read.problem(
      `${emptyInputs(operation)}, and ${describeEvent(event)} ${whyNoBranch(event)}; expected a name of 1 to 30 characters${or}.`,
    );
    return undefined;
  }
  const closed = closedPullRequest(event);
  const problem = refusal(read.text('operation'), { event, branch });
  if (problem !== undefined) read.problem(problem);
  const { repository } = event;
  const name = instanceName(repository, branch, suffix);
  return { name, instances: { repository, branch, suffix, closed } };
}

/** The value of `name-suffix`, which is only used with the name from the event. */
export function readSuffix(read: Reader): string | undefined {
  const suffix = read.value('name-suffix');
  if (suffix === undefined) return undefined;
  const selectors = ['name', 'instance-id', 'name-pattern'] as const;
  const beside = selectors.find((input) => read.given(input));
  if (beside !== undefined) {
    read.problem(
      `Input 'name-suffix' cannot be used with '${beside}': it is appended to the name from the event.`,
    );
  }
  return suffix.toLowerCase();
}

/** Why a `delete` without a name has nothing to do: only branches have instances. */
export function nothingToDelete(read: Reader, event: RunEvent): string | undefined {
  if (read.text('operation') !== 'delete') return undefined;
  if (read.given('name') || read.given('instance-id') || read.given('name-pattern')) {
    return undefined;
  }
  const tag = deletedTag(event);
  return tag === undefined
    ? undefined
    : `Tag '${tag}' was deleted. Only branches have instances, so there is nothing to delete.`;
}

function refusal(
  operation: string,
  { event, branch }: { readonly event: RunEvent; readonly branch: Branch },
): string | undefined {
  const closed = closedPullRequest(event);
  if (operation === 'create' && closed !== undefined) {
    const which = closed.number === undefined ? '' : ` #${closed.number}`;
    return `Input 'name' is not set, and pull request${which} is closed: nothing would delete the instance of its branch. Set 'name' to create one anyway.`;
  }
  const why = destructive.includes(operation)
    ? defaultBranchProblem(event, branch, instanceName)
    : undefined;
  return why === undefined
    ? undefined
    : `Input 'name' is not set, and operation '${operation}' does not take the name from event '${event.name}': ${why}. Set 'name' or 'instance-id' to select the instance.`;
}
