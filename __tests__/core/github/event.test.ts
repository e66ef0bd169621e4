import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Branch } from '../../../src/core/github/branch.ts';
import {
  type RunEvent,
  branchOf,
  closedPullRequest,
  deletedTag,
  secretsWithheld,
  whyNoBranch,
} from '../../../src/core/github/event.ts';
import { type Recording, eventFor, recordedEvent, recordings } from './recorded-events.ts';

const queue = 'gh-readonly-queue/main/pr-42-929f8209d40f77f4abc87f3c2c0e1d0a5a3f8d77';

/** The branch that a person would name for each event; `owner:branch` for one of a fork. */
const named: Readonly<Record<Recording, string | undefined>> = {
  'pull-request-opened': 'feature/cart',
  'pull-request-synchronize': 'feature/cart',
  'pull-request-reopened': 'feature/cart',
  'pull-request-closed': 'feature/cart',
  'pull-request-closed-labeled': 'feature/cart',
  'pull-request-closed-main': 'main',
  'pull-request-fork': 'contributor:feature/cart',
  'pull-request-fork-closed': 'contributor:feature/cart',
  'pull-request-fork-deleted': 'contributor:feature/cart',
  'pull-request-fork-ghost': undefined,
  'pull-request-fork-same-owner': 'octo:feature/cart',
  'pull-request-target': 'contributor:feature/cart',
  'pull-request-dependabot': 'dependabot/npm_and_yarn/left-pad-1.3.0',
  'pull-request-review': 'feature/cart',
  'pull-request-review-comment': 'feature/cart',
  'pull-request-review-fork': 'contributor:feature/cart',
  push: 'feature/cart',
  'push-deleted': 'feature/cart',
  'push-tag': undefined,
  'push-tag-deleted': undefined,
  'create-branch': 'feature/cart',
  'create-tag': undefined,
  'delete-branch': 'feature/cart',
  'delete-tag': undefined,
  schedule: 'main',
  'workflow-dispatch': 'feature/cart',
  'workflow-dispatch-main': 'main',
  'workflow-dispatch-tag': undefined,
  'workflow-run': 'feature/cart',
  'workflow-run-fork': 'contributor:feature/cart',
  'workflow-run-fork-deleted': undefined,
  'workflow-run-issue-comment': 'main',
  // GitHub sends a tag in place of the branch, and nothing distinguishes them.
  'workflow-run-tag': 'v1.2.0',
  'check-run': 'feature/cart',
  'check-run-fork': undefined,
  'check-suite': 'feature/cart',
  'check-suite-fork': undefined,
  'merge-group': queue,
  'issue-comment': undefined,
  issues: undefined,
  'repository-dispatch': undefined,
  release: undefined,
  'deployment-status': undefined,
  status: undefined,
};

function asWritten(branch: Branch | undefined): string | undefined {
  if (branch?.owner === undefined) return branch?.name;
  return `${branch.owner}:${branch.name}`;
}

/** A pull request event with this head, in octo/shop. */
function withHead(head: object, name = 'pull_request'): RunEvent {
  const base = { ref: 'main', repo: { full_name: 'octo/shop' } };
  return {
    ...recordedEvent('pull-request-opened'),
    name,
    payload: { pull_request: { head, base } },
  };
}

describe('the branch of an event', () => {
  it.each(recordings)('of %s is the one that a person would name', (recording) => {
    expect(asWritten(branchOf(recordedEvent(recording)))).toBe(named[recording]);
  });

  it('does not depend on the ref that GitHub runs the event on if the payload names it', () => {
    const byRef = [
      'schedule',
      'workflow-dispatch',
      'workflow-dispatch-main',
      'workflow-dispatch-tag',
    ];
    for (const recording of recordings.filter((one) => !byRef.includes(one))) {
      for (const ref of ['refs/heads/main', 'refs/heads/other', 'refs/tags/v1', '']) {
        const event = { ...recordedEvent(recording), ref };
        expect(asWritten(branchOf(event)), `${recording} on ${ref}`).toBe(named[recording]);
      }
    }
  });

  it('follows the payload to whatever branch it names', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.constantFrom(...recordings.filter((one) => named[one]?.endsWith('feature/cart'))),
        (branch, recording) => {
          const found = branchOf(eventFor(recording, { branch }));
          expect(found?.name).toBe(branch);
        },
      ),
    );
  });

  it.each([
    'issue_comment',
    'discussion',
    'deployment',
    'fork',
    'gollum',
    'label',
    'milestone',
    'page_build',
    'project',
    'public',
    'registry_package',
    'watch',
    'dynamic',
    'constructor',
    '',
  ])('of %j is undefined, whatever its payload contains', (name) => {
    const { payload } = recordedEvent('pull-request-opened');
    const more = { ref: 'refs/heads/feature/cart', ref_type: 'branch', head_branch: 'x' };
    const event = {
      ...recordedEvent('issue-comment'),
      name,
      payload: { ...(payload as object), ...more },
    };
    expect(branchOf(event)).toBeUndefined();
    expect(whyNoBranch(event)).toBe('has no branch to build a name from');
  });

  it("is marked as a fork's within one owner if the pull request comes from another repository", () => {
    const event = recordedEvent('pull-request-opened');
    const payload = {
      pull_request: {
        head: { ref: 'topic', label: 'octo:topic', repo: { full_name: 'octo/shop-copy' } },
        base: { repo: { full_name: 'octo/shop' } },
      },
    };
    expect(branchOf({ ...event, payload })).toEqual({ name: 'topic', owner: 'octo' });
  });

  it('follows the base of the pull request if the repository was renamed in the meantime', () => {
    const event = { ...recordedEvent('pull-request-opened'), repository: 'octo/store' };
    expect(branchOf(event)).toEqual({ name: 'feature/cart', owner: undefined });
  });

  it("falls back to the run's repository if the base is missing from the payload", () => {
    const event = recordedEvent('pull-request-opened');
    const head = { ref: 'topic', repo: { full_name: 'octo/shop' } };
    const payload = { pull_request: { head } };
    expect(branchOf({ ...event, payload })).toEqual({ name: 'topic', owner: undefined });
  });

  it.each<[what: string, head: object, owner: string | undefined]>([
    [
      'the repository',
      { repo: { full_name: 'a/shop' }, label: 'b:topic', user: { login: 'c' } },
      'a',
    ],
    ["the repository's owner", { repo: { owner: { login: 'a' } }, label: 'b:topic' }, 'a'],
    ['the label', { repo: null, label: 'b:topic', user: { login: 'c' } }, 'b'],
    ['the user', { repo: null, label: null, user: { login: 'c' } }, 'c'],
    [
      'the user, with a label of something else',
      { repo: null, label: 7, user: { login: 'c' } },
      'c',
    ],
    [
      'the user, with a label of no owner',
      { repo: null, label: ':topic', user: { login: 'c' } },
      'c',
    ],
    ['the user, with a bare label', { repo: null, label: 'topic', user: { login: 'c' } }, 'c'],
    ['nothing', { repo: null, label: null, user: null }, undefined],
    ['nothing at all', {}, undefined],
  ])('of a fork has the owner that %s names', (_what, head, owner) => {
    const event = withHead({ ref: 'topic', ...head });
    const expected = owner === undefined ? undefined : { name: 'topic', owner };
    expect(branchOf(event)).toEqual(expected);
    // Without a known owner it is a fork too.
    expect(secretsWithheld(event)).toBe('fork');
    if (owner === undefined) {
      expect(whyNoBranch(event)).toBe("does not say whose fork the branch 'topic' is in");
    }
  });

  it('is one of this repository, however its name is written', () => {
    const event = withHead({ ref: 'topic', repo: { full_name: 'Octo/SHOP' } });
    expect(branchOf(event)).toEqual({ name: 'topic', owner: undefined });
  });

  it('of a workflow run in another repository of the same owner is that of a fork', () => {
    const head_repository = { full_name: 'octo/shop-copy' };
    const payload = { workflow_run: { head_branch: 'topic', head_repository } };
    const event = { ...recordedEvent('workflow-run'), payload };
    expect(branchOf(event)).toEqual({ name: 'topic', owner: 'octo' });
  });

  it('of a workflow run is undefined if the head repository is unknown', () => {
    const event = recordedEvent('workflow-run-fork-deleted');
    expect(whyNoBranch(event)).toBe("does not say whose fork the branch 'feature/cart' is in");
    const payload = { workflow_run: { head_branch: 'topic' } };
    expect(branchOf({ ...event, payload })).toBeUndefined();
    const nameless = {
      workflow_run: { head_branch: null, head_repository: { full_name: 'octo/shop' } },
    };
    expect(branchOf({ ...event, payload: nameless })).toBeUndefined();
  });

  it.each([{ deleted: true }, { deleted: true, ref: null }])(
    'of a deleted push without a ref is undefined, not the default branch: %o',
    (payload) => {
      expect(branchOf({ ...recordedEvent('push-deleted'), payload })).toBeUndefined();
    },
  );

  it('of a push without a payload is that of the ref', () => {
    const event = { ...recordedEvent('push'), payload: undefined };
    expect(branchOf(event)).toEqual({ name: 'feature/cart', owner: undefined });
  });

  it.each([
    ['refs/heads/'],
    ['refs/tags/v1'],
    ['refs/pull/42/merge'],
    ['main'],
    [''],
    ['xrefs/heads/main'],
  ])('is undefined for ref %j', (ref) => {
    for (const name of ['push', 'workflow_dispatch', 'schedule', 'merge_group']) {
      expect(branchOf({ ...recordedEvent('push'), name, ref, payload: {} })).toBeUndefined();
      const pushed = { ...recordedEvent('push'), name, ref, payload: { ref } };
      expect(branchOf(pushed)).toBeUndefined();
    }
  });

  it.each([
    ['no payload', undefined],
    ['a null', null],
    ['a text', 'feature/cart'],
    ['a list', ['feature/cart']],
    ['a number as ref', { ref: 7, ref_type: 'branch' }],
    ['an empty ref', { ref: '', ref_type: 'branch' }],
    ['an unknown kind of ref', { ref: 'feature/cart', ref_type: 'note' }],
    ['no kind of ref', { ref: 'feature/cart' }],
  ])('is undefined for a delete event with %s', (_, payload) => {
    expect(branchOf({ ...recordedEvent('delete-branch'), payload })).toBeUndefined();
  });

  it('is undefined for a pull request whose head has no ref, not the merge ref', () => {
    const event = recordedEvent('pull-request-opened');
    const payload = { pull_request: { head: { sha: 'a'.repeat(40) } } };
    expect(branchOf({ ...event, ref: 'refs/heads/main', payload })).toBeUndefined();
  });

  it('is determined without a crash for any JSON payload', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom(...recordings.map((recording) => recordedEvent(recording).name)),
        fc.constantFrom('pull_request', 'workflow_run', 'check_suite', 'merge_group', 'ref'),
        (json, name, key) => {
          for (const payload of [json, { [key]: json }]) {
            const event = { ...recordedEvent('push'), name, payload };
            const look = () => [
              branchOf(event),
              whyNoBranch(event),
              secretsWithheld(event),
              closedPullRequest(event),
              deletedTag(event),
            ];
            expect(look).not.toThrow();
          }
        },
      ),
    );
  });
});

describe('secrets are withheld', () => {
  it.each<[Recording, ReturnType<typeof secretsWithheld>]>([
    ['pull-request-fork', 'fork'],
    ['pull-request-fork-deleted', 'fork'],
    ['pull-request-fork-ghost', 'fork'],
    ['pull-request-fork-same-owner', 'fork'],
    ['pull-request-review-fork', 'fork'],
    ['pull-request-review', undefined],
    ['workflow-run-fork', undefined],
    ['pull-request-dependabot', 'dependabot'],
    ['pull-request-opened', undefined],
    ['pull-request-closed', undefined],
    ['pull-request-target', undefined],
    ['push', undefined],
    ['schedule', undefined],
    ['delete-branch', undefined],
  ])('from %s: %s', (recording, reason) => {
    expect(secretsWithheld(recordedEvent(recording))).toBe(reason);
  });

  it.each(['pull_request_review', 'pull_request_review_comment'])(
    'from %s of a fork too',
    (name) => {
      expect(secretsWithheld({ ...recordedEvent('pull-request-fork'), name })).toBe('fork');
    },
  );

  it('from a push of Dependabot', () => {
    expect(secretsWithheld({ ...recordedEvent('push'), actor: 'dependabot[bot]' })).toBe(
      'dependabot',
    );
  });

  it('not because of a name that only resembles the one of Dependabot', () => {
    expect(secretsWithheld({ ...recordedEvent('push'), actor: 'dependabot' })).toBeUndefined();
  });
});

describe('a closed pull request', () => {
  const closedAt = Date.parse('2026-03-03T16:40:12Z');

  it.each<[Recording, ReturnType<typeof closedPullRequest>]>([
    ['pull-request-closed', { number: 42, closedAt }],
    ['pull-request-closed-labeled', { number: 42, closedAt }],
    ['pull-request-fork-closed', { number: 43, closedAt: Date.parse('2026-03-04T08:00:31Z') }],
    ['pull-request-opened', undefined],
    ['pull-request-reopened', undefined],
    ['pull-request-review', undefined],
    ['push', undefined],
    ['issues', undefined],
    ['delete-branch', undefined],
  ])('of %s is %o', (recording, closed) => {
    expect(closedPullRequest(recordedEvent(recording))).toEqual(closed);
  });

  it.each([
    ['its action', { action: 'closed', pull_request: {} }],
    ['its state', { action: 'submitted', pull_request: { state: 'closed' } }],
  ])('is recognized by %s, for every event about pull requests', (_what, payload) => {
    for (const name of ['pull_request', 'pull_request_target', 'pull_request_review']) {
      const event = { ...recordedEvent('push'), name, payload };
      expect(closedPullRequest(event)).toEqual({ number: undefined, closedAt: undefined });
    }
  });

  it('is not one that an issue or a comment is about', () => {
    const payload = { action: 'closed', pull_request: { state: 'closed' } };
    for (const name of ['issues', 'issue_comment', 'workflow_run', 'push']) {
      expect(closedPullRequest({ ...recordedEvent('push'), name, payload })).toBeUndefined();
    }
  });

  it.each([[{ number: '42' }], [{ number: 4.2 }], [{ closed_at: 'soon' }], [{ closed_at: 1 }]])(
    'has only the fields that can be read: %o',
    (more) => {
      const payload = { action: 'closed', pull_request: more };
      const event = { ...recordedEvent('pull-request-closed'), payload };
      expect(closedPullRequest(event)).toEqual({ number: undefined, closedAt: undefined });
    },
  );
});

describe('a deleted tag', () => {
  it.each<[Recording, string | undefined]>([
    ['delete-tag', 'v1.2.0'],
    ['push-tag-deleted', 'v1.2.0'],
    ['delete-branch', undefined],
    ['push-deleted', undefined],
    ['push-tag', undefined],
    ['create-tag', undefined],
    ['release', undefined],
  ])('of %s is %s', (recording, tag) => {
    expect(deletedTag(recordedEvent(recording))).toBe(tag);
  });
});
