import type { Branch } from '../../core/github/branch.ts';
import { defaultBranchProblem } from '../../core/github/default-branch.ts';
import {
  type RunEvent,
  branchOf,
  closedPullRequest,
  deletedTag,
  whyNoBranch,
} from '../../core/github/event.ts';
import { messages } from './messages.ts';
import { instanceName } from './naming.ts';
import { describeEvent, emptyInputs } from './remarks.ts';
import type { Reader } from './table.ts';
import type { BranchInstances, Operation } from './request.ts';

/**
 * Operations that destroy data; they refuse the default branch's instance unless the step names it.
 */
const destructive: readonly Operation[] = ['delete', 'overwrite', 'restore'];

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
    const operation = read.value('operation');
    const set = operation === 'create' ? "Set 'name'" : "Set 'name' or 'instance-id'";
    const why = whyNoBranch(event);
    read.problem(
      messages.noBranch(emptyInputs(operation), { event: describeEvent(event), why, set }),
    );
    return undefined;
  }
  const closed = closedPullRequest(event);
  const problem = refusal(read.value('operation'), { event, branch });
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
    read.problem(messages.suffixBeside(`'${beside}'`));
  }
  return suffix.toLowerCase();
}

/** Why a `delete` without a name has nothing to do: only branches have instances. */
export function nothingToDelete(read: Reader, event: RunEvent): string | undefined {
  if (read.value('operation') !== 'delete') return undefined;
  if (read.given('name') || read.given('instance-id') || read.given('name-pattern')) {
    return undefined;
  }
  const tag = deletedTag(event);
  return tag === undefined
    ? undefined
    : `Tag '${tag}' was deleted. Only branches have instances, so there is nothing to delete.`;
}

function refusal(
  operation: Operation | undefined,
  { event, branch }: { readonly event: RunEvent; readonly branch: Branch },
): string | undefined {
  const closed = closedPullRequest(event);
  if (operation === 'create' && closed !== undefined) {
    const which = closed.number === undefined ? '' : ` #${closed.number}`;
    return messages.closedPullRequest(which);
  }
  if (operation === undefined || !destructive.includes(operation)) return undefined;
  const why = defaultBranchProblem(event, branch, instanceName);
  return why === undefined
    ? undefined
    : messages.defaultBranch({ operation, event: event.name, why });
}
