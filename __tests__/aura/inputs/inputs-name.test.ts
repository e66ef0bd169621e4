import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/github/event.ts';
import {
  type Recording,
  eventFor,
  recordedEvent,
  recordings,
} from '../../core/github/recorded-events.ts';
import { problemsOf, readStep } from './step-inputs.ts';

const id = '1a2b3c4d';
const given = [{ name: 'shop' }, { 'instance-id': id }] as const;
/** The operations that take a name from the event, each with a different guard. */
const operations = ['create', 'get', 'poll', 'pause', 'resume', 'snapshot', 'delete'];

const emptyFor = (operation: string): string =>
  operation === 'create'
    ? "Input 'name' is empty or not set"
    : "Inputs 'instance-id' and 'name' are both empty or not set";
const setFor = (operation: string): string =>
  operation === 'create' ? "Set 'name'." : "Set 'name' or 'instance-id'.";

describe('an event without a branch', () => {
  it.each<Recording>([
    'issue-comment',
    'issues',
    'repository-dispatch',
    'release',
    'deployment-status',
    'status',
    'check-run-fork',
    'check-suite-fork',
    'create-tag',
    'push-tag',
    'workflow-dispatch-tag',
  ])('such as %s requires a name, and never means the default branch', (recording) => {
    const event = recordedEvent(recording);
    for (const operation of operations) {
      expect(problemsOf({ operation }, event)).toEqual([
        `${emptyFor(operation)}, and event '${event.name}' on '${event.ref}' has no branch to build a name from. ${setFor(operation)}`,
      ]);
      expect(problemsOf({ operation, name: 'shop' }, event)).toEqual([]);
    }
  });

  it.each<Recording>(['pull-request-fork-ghost', 'workflow-run-fork-deleted'])(
    'such as %s causes an error that the owner of the fork is unknown',
    (recording) => {
      const event = recordedEvent(recording);
      for (const operation of operations) {
        expect(problemsOf({ operation }, event)).toEqual([
          `${emptyFor(operation)}, and event '${event.name}' on '${event.ref}' does not say whose fork the branch 'feature/cart' is in. ${setFor(operation)}`,
        ]);
      }
    },
  );
});

describe('the default branch', () => {
  const onDefault: readonly Recording[] = [
    'schedule',
    'workflow-dispatch-main',
    'workflow-run-issue-comment',
    'pull-request-closed-main',
  ];

  it.each(onDefault)('is not deleted because of %s', (recording) => {
    const event = recordedEvent(recording);
    const problem = `Input 'name' is not set, and operation 'delete' does not take the name from event '${event.name}': 'main' is the default branch. Set 'name' or 'instance-id' to select the instance.`;
    expect(problemsOf({ operation: 'delete' }, event)).toEqual([problem]);
    expect(problemsOf({ operation: 'delete', 'name-suffix': 'ds' }, event)).toEqual([problem]);
    expect(problemsOf({ operation: 'delete', 'dry-run': 'true' }, event)).toEqual([problem]);
    expect(problemsOf({ operation: 'DELETE' }, event)).toEqual([problem]);
    for (const inputs of given) {
      expect(problemsOf({ operation: 'delete', ...inputs }, event)).toEqual([]);
    }
  });

  it('is allowed for operations that delete nothing, and for a replace', () => {
    for (const recording of onDefault.filter((one) => one !== 'pull-request-closed-main')) {
      for (const operation of operations.filter((one) => one !== 'delete')) {
        expect(readStep({ operation }, recordedEvent(recording))).toMatchObject(
          operation === 'create'
            ? { name: 'shop-main-610v7-1ln40' }
            : { target: { name: 'shop-main-610v7-1ln40' } },
        );
      }
      const replace = { operation: 'create', 'if-exists': 'replace' };
      expect(problemsOf(replace, recordedEvent(recording))).toEqual([]);
    }
  });

  it('is named in the error for its push or deletion', () => {
    for (const recording of ['push', 'push-deleted', 'delete-branch', 'create-branch'] as const) {
      const event = eventFor(recording, { branch: 'main' });
      expect(problemsOf({ operation: 'delete' }, event).join()).toContain("'main' is the default");
    }
  });

  it('is assumed if the payload does not name it', () => {
    const event: RunEvent = { ...recordedEvent('push'), payload: { ref: 'refs/heads/topic' } };
    expect(problemsOf({ operation: 'delete' }, event)).toEqual([
      "Input 'name' is not set, and operation 'delete' does not take the name from event 'push': the event does not say whether 'topic' is the default branch. Set 'name' or 'instance-id' to select the instance.",
    ]);
    expect(problemsOf({ operation: 'create' }, event)).toEqual([]);
  });

  it('is not the branch of a fork with the same name', () => {
    for (const recording of ['pull-request-fork-closed', 'workflow-run-fork'] as const) {
      const event = eventFor(recording, { branch: 'main' });
      expect(readStep({ operation: 'delete' }, event)).toMatchObject({
        ofBranch: { branch: { name: 'main', owner: 'contributor' } },
      });
    }
  });
});

describe('a closed pull request', () => {
  it.each<Recording>(['pull-request-closed', 'pull-request-closed-labeled'])(
    'sets no name for a create in %s',
    (recording) => {
      const event = recordedEvent(recording);
      const problem =
        "Input 'name' is not set, and pull request #42 is closed: nothing would delete the instance of its branch. Set 'name' to create one anyway.";
      for (const inputs of [{}, { 'if-exists': 'replace' }, { 'name-suffix': 'a' }]) {
        expect(problemsOf({ operation: 'create', ...inputs }, event)).toEqual([problem]);
      }
      expect(problemsOf({ operation: 'Create' }, event)).toEqual([problem]);
      expect(readStep({ operation: 'create', name: 'shop' }, event)).toHaveProperty('name', 'shop');
    },
  );

  it('sets the name for every other operation', () => {
    const event = recordedEvent('pull-request-closed');
    for (const operation of operations.filter((one) => one !== 'create')) {
      expect(readStep({ operation }, event)).toHaveProperty(
        'target.name',
        'shop-feature-cart-610v7-oefkr',
      );
    }
  });

  it('without a number is also refused', () => {
    const event = recordedEvent('pull-request-opened');
    const { pull_request } = event.payload as { pull_request: object };
    const payload = { pull_request: { ...pull_request, number: undefined, state: 'closed' } };
    expect(problemsOf({ operation: 'create' }, { ...event, payload }).join()).toMatch(
      /and pull request is closed: /,
    );
  });

  it('is passed to a delete', () => {
    const event = recordedEvent('pull-request-closed');
    const closed = { number: 42, closedAt: Date.parse('2026-03-03T16:40:12Z') };
    expect(readStep({ operation: 'delete' }, event)).toMatchObject({ ofBranch: { closed } });
    for (const inputs of given) {
      expect(readStep({ operation: 'delete', ...inputs }, event)).toHaveProperty(
        'ofBranch',
        undefined,
      );
    }
  });
});

describe('the suffix of a name', () => {
  it('is appended to the name from the event for every operation', () => {
    const name = 'shop-feature-ca-610v7-oefkr-ds';
    for (const operation of operations) {
      expect(readStep({ operation, 'name-suffix': 'DS' })).toMatchObject(
        operation === 'create' ? { name } : { target: { name } },
      );
    }
    expect(readStep({ operation: 'delete', 'name-suffix': 'DS' })).toMatchObject({
      ofBranch: { suffix: 'ds' },
    });
  });

  it.each([
    ['name', { name: 'shop' }],
    ['instance-id', { 'instance-id': id }],
    ['name-pattern', { 'name-pattern': 'shop*' }],
  ])('cannot be used with %s: %o', (input, inputs) => {
    expect(problemsOf({ operation: 'delete', 'name-suffix': 'ds', ...inputs })).toEqual([
      `Input 'name-suffix' cannot be used with '${input}': it is appended to the name from the event.`,
    ]);
  });
});

describe('a deleted tag', () => {
  it.each<Recording>(['delete-tag', 'push-tag-deleted'])(
    'leaves a delete without a name nothing to do in %s',
    (recording) => {
      const event = recordedEvent(recording);
      expect(readStep({ operation: 'Delete' }, event)).toMatchObject({
        operation: 'delete',
        nothingToDo:
          "Tag 'v1.2.0' was deleted. Only branches have instances, so there is nothing to delete.",
      });
      expect(readStep({ operation: 'delete', name: 'shop' }, event)).toMatchObject({
        operation: 'delete',
        target: { name: 'shop' },
        nothingToDo: undefined,
      });
      expect(readStep({ operation: 'delete', 'instance-id': id }, event)).toMatchObject({
        target: { id },
        nothingToDo: undefined,
      });
      expect(problemsOf({ operation: 'create' }, event)).toHaveLength(1);
      // The other inputs still have to be valid.
      expect(problemsOf({ operation: 'delete', 'client-id': '' }, event)).toHaveLength(1);
    },
  );

  it('is the only event that leaves nothing to do', () => {
    const idle = recordings.filter((recording) => {
      try {
        const step = readStep({ operation: 'delete' }, recordedEvent(recording));
        return 'nothingToDo' in step && step.nothingToDo !== undefined;
      } catch {
        return false;
      }
    });
    expect(idle).toEqual(['push-tag-deleted', 'delete-tag']);
  });
});
