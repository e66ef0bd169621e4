import { describe, expect, it } from 'vitest';
import { defaultBranchProblem } from '../../../src/core/github/default-branch.ts';
import { instanceName } from '../../../src/aura/inputs/naming.ts';
import { type RunEvent, branchOf } from '../../../src/core/github/event.ts';
import { type Recording, recordedEvent, recordings } from './recorded-events.ts';

function problemOf(event: RunEvent): string | undefined {
  const branch = branchOf(event);
  if (branch === undefined) throw new Error(`${event.name} has no branch`);
  return defaultBranchProblem(event, branch, instanceName);
}

/** The event without the field `default_branch` anywhere. */
function without(recording: Recording): RunEvent {
  const event = recordedEvent(recording);
  const text = JSON.stringify(event.payload);
  const payload = JSON.parse(text, (key, value: unknown) =>
    key === 'default_branch' ? undefined : value,
  ) as unknown;
  return { ...event, payload };
}

/** The events that are about the default branch of octo/shop. */
const onDefault: readonly Recording[] = [
  'schedule',
  'workflow-dispatch-main',
  'workflow-run-issue-comment',
  'pull-request-closed-main',
];
const withBranch = recordings.filter((one) => branchOf(recordedEvent(one)) !== undefined);

describe('the default branch', () => {
  it.each(withBranch)('is known in %s', (recording) => {
    const problem = onDefault.includes(recording) ? "'main' is the default branch" : undefined;
    expect(problemOf(recordedEvent(recording))).toBe(problem);
  });

  it.each<Recording>(['push', 'create-branch', 'delete-branch', 'check-suite', 'push-deleted'])(
    'is the one that the payload of %s names, whatever it is called',
    (recording) => {
      const event = recordedEvent(recording);
      const payload = {
        ...(event.payload as object),
        repository: { default_branch: 'feature/cart' },
      };
      expect(problemOf({ ...event, payload })).toBe("'feature/cart' is the default branch");
    },
  );

  it('is the one that a schedule runs on, even if the payload names another or none', () => {
    const event = recordedEvent('schedule');
    for (const payload of [undefined, {}, { repository: { default_branch: 'trunk' } }]) {
      expect(problemOf({ ...event, payload })).toBe("'main' is the default branch");
    }
  });

  it('may be any if the payload does not name it', () => {
    const sure: Recording[] = ['schedule'];
    for (const recording of withBranch) {
      const event = without(recording);
      const free = event.name.startsWith('pull_request') || branchOf(event)?.owner !== undefined;
      const problem = problemOf(event);
      if (free) expect(problem, recording).toBeUndefined();
      else if (sure.includes(recording)) expect(problem).toBe("'main' is the default branch");
      else
        expect(problem, recording).toMatch(/^the event does not say whether '.+' is the default/);
    }
  });

  it.each([
    ['equal', { head: 'main', base: 'main' }, "the event does not say whether 'main' is"],
    ['without a base', { head: 'main', base: undefined }, "the event does not say whether 'main'"],
  ])('may be the head of a pull request whose head and base are %s', (_what, refs, problem) => {
    const repo = { full_name: 'octo/shop' };
    const pull_request = { head: { ref: refs.head, repo }, base: { ref: refs.base } };
    const event = { ...recordedEvent('pull-request-closed'), payload: { pull_request } };
    expect(problemOf(event)).toContain(problem);
  });

  it('is the one that the base of a pull request names, if nothing else does', () => {
    const head = { ref: 'main', repo: { full_name: 'octo/shop' } };
    const base = { ref: 'release', repo: { full_name: 'octo/shop', default_branch: 'main' } };
    const event = recordedEvent('pull-request-closed');
    const payload = { pull_request: { head, base } };
    expect(problemOf({ ...event, payload })).toBe("'main' is the default branch");
  });

  it('is never a branch of a fork, whatever its name', () => {
    const event = recordedEvent('schedule');
    expect(
      defaultBranchProblem(event, { name: 'main', owner: 'contributor' }, instanceName),
    ).toBeUndefined();
    expect(
      defaultBranchProblem(event, { name: 'main', owner: 'octo' }, instanceName),
    ).toBeUndefined();
  });
});
