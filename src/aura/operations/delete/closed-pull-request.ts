import type { InstanceSummary } from '../../api/types.ts';
import type { Answer } from '../../../core/github/ask.ts';
import type { BranchInstances } from '../../inputs/request.ts';
import type { MainSession } from '../../session/session.ts';
import { capitalized, label } from '../../api/label.ts';

/**
 * Says which instances of a branch stay although the event says that its pull request is closed:
 * all of them while this or another pull request of the branch is open. Runs for `closed` and
 * `reopened` can start in any order, so GitHub's answer counts, not the event.
 *
 * @returns the ids that stay; the log says why.
 */
export async function keptByPullRequest(
  { pullRequests, report }: MainSession,
  found: readonly InstanceSummary[],
  { branch, closed }: BranchInstances,
): Promise<ReadonlySet<string>> {
  if (closed === undefined || found.length === 0) return new Set();
  const { number, closedAt } = closed;
  const [state, open] = await Promise.all([
    number === undefined
      ? { problem: 'The event does not contain its number.' }
      : pullRequests.stateOf(number),
    pullRequests.openFrom(branch),
  ]);
  const why = whyNeeded(number, state, open);
  if (why !== undefined) {
    const subject = capitalized(listed(found));
    report.notice(`${subject} ${found.length > 1 ? 'are' : 'is'} kept: ${why}.`);
    return new Set(found.map(({ id }) => id));
  }
  const which = number === undefined ? 'the pull request' : `pull request #${number}`;
  // Without a creation time it may be newer too.
  const kept = found.filter(
    ({ createdAt }) =>
      'problem' in state &&
      closedAt !== undefined &&
      (createdAt === undefined || createdAt > closedAt),
  );
  for (const instance of kept) {
    const when = instance.createdAt === undefined ? 'may have been' : 'was';
    report.warning(
      `${capitalized(label(instance))} is kept: it ${when} created after ${which} was closed, and GitHub could not be asked whether it is open again. ${problemOf(state)} If the instance is not needed, delete it with operation 'delete' and instance-id '${instance.id}'.`,
    );
  }
  const questions = [
    'problem' in state ? `whether ${which} is open again` : '',
    'problem' in open ? `whether another open pull request uses branch '${branch.name}'` : '',
  ].filter((question) => question !== '');
  if (kept.length < found.length && questions.length > 0) {
    const rest = listed(found.filter((instance) => !kept.includes(instance)));
    report.warning(
      `Could not ask GitHub ${questions.join(' or ')} before deleting ${rest}. ${problemOf(state) || problemOf(open)}`,
    );
  }
  return new Set(kept.map(({ id }) => id));
}

/** Why the instances of the branch are still needed, according to GitHub. */
function whyNeeded(
  number: number | undefined,
  state: Answer<'open' | 'closed'>,
  open: Answer<readonly number[]>,
): string | undefined {
  const numbers = 'value' in open ? open.value : [];
  const isOpen = 'value' in state && state.value === 'open';
  if (number !== undefined && (isOpen || numbers.includes(number))) {
    return `pull request #${number} is open`;
  }
  const [other] = numbers;
  return other === undefined ? undefined : `open pull request #${other} has the same head branch`;
}

function problemOf(answer: Answer<unknown>): string {
  return 'problem' in answer ? answer.problem : '';
}

function listed(instances: readonly InstanceSummary[]): string {
  return instances.map(label).join(', ');
}
