import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchOf, secretsWithheld } from '../../src/github/event.ts';
import { type Recording, recordedEvent } from './recorded-events.ts';

describe('the branch of an event', () => {
  it.each<[Recording, string, string | undefined]>([
    ['pull-request-opened', 'feature/cart', undefined],
    ['pull-request-synchronize', 'feature/cart', undefined],
    ['pull-request-closed', 'feature/cart', undefined],
    ['pull-request-dependabot', 'dependabot/npm_and_yarn/left-pad-1.3.0', undefined],
    ['push', 'feature/cart', undefined],
    ['create-branch', 'feature/cart', undefined],
    ['delete-branch', 'feature/cart', undefined],
    ['schedule', 'main', undefined],
    ['workflow-dispatch', 'feature/cart', undefined],
    ['issue-comment', 'main', undefined],
    ['pull-request-fork', 'feature/cart', 'contributor'],
    ['pull-request-fork-deleted', 'feature/cart', 'contributor'],
    ['pull-request-target', 'feature/cart', 'contributor'],
  ])('of %s is %s, of fork owner %s', (recording, name, owner) => {
    expect(branchOf(recordedEvent(recording))).toEqual({ name, owner });
  });

  it.each<Recording>(['push-tag', 'create-tag', 'delete-tag'])(
    'of %s is none, though the payload names a ref',
    (recording) => {
      expect(branchOf(recordedEvent(recording))).toBeUndefined();
    },
  );

  it('is told apart within one owner when the pull request comes from another repository', () => {
    const event = recordedEvent('pull-request-opened');
    const payload = {
      pull_request: {
        head: { ref: 'topic', label: 'octo:topic', repo: { full_name: 'octo/shop-copy' } },
        base: { repo: { full_name: 'octo/shop' } },
      },
    };
    expect(branchOf({ ...event, payload })).toEqual({ name: 'topic', owner: 'octo' });
  });

  it('goes by the base of the pull request where the repository was renamed meanwhile', () => {
    const event = { ...recordedEvent('pull-request-opened'), repository: 'octo/store' };
    expect(branchOf(event)).toEqual({ name: 'feature/cart', owner: undefined });
  });

  it("falls back to the run's repository when the base is missing from the payload", () => {
    const event = recordedEvent('pull-request-opened');
    const head = { ref: 'topic', repo: { full_name: 'octo/shop' } };
    const payload = { pull_request: { head } };
    expect(branchOf({ ...event, payload })).toEqual({ name: 'topic', owner: undefined });
  });

  it.each([
    ['no label', { ref: 'topic', repo: null }],
    ['a label that is no text', { ref: 'topic', repo: null, label: 7 }],
    ['a label without an owner', { ref: 'topic', repo: null, label: 'topic' }],
  ])('of a deleted fork with %s has an unknown owner', (_, head) => {
    const event = recordedEvent('pull-request-fork-deleted');
    expect(branchOf({ ...event, payload: { pull_request: { head } } })).toEqual({
      name: 'topic',
      owner: 'unknown',
    });
  });

  it.each([
    ['refs/heads/'],
    ['refs/tags/v1'],
    ['refs/pull/42/merge'],
    ['main'],
    [''],
    ['xrefs/heads/main'],
  ])('is none for ref %j outside of a pull request', (ref) => {
    const event = { ...recordedEvent('push'), ref };
    expect(branchOf(event)).toBeUndefined();
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
  ])('is none for a delete event with %s', (_, payload) => {
    expect(branchOf({ ...recordedEvent('delete-branch'), payload })).toBeUndefined();
  });

  it('is none for a pull request whose head has no ref, rather than the merge ref', () => {
    const event = recordedEvent('pull-request-opened');
    const payload = { pull_request: { head: { sha: 'a'.repeat(40) } } };
    expect(branchOf({ ...event, ref: 'refs/heads/main', payload })).toBeUndefined();
  });

  it('is looked for without a crash in whatever JSON a payload is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('push', 'delete', 'pull_request'),
        (json, name) => {
          const event = { ...recordedEvent('push'), name, payload: json };
          expect(() => [branchOf(event), secretsWithheld(event)]).not.toThrow();
        },
      ),
    );
  });
});

describe('secrets are withheld', () => {
  it.each<[Recording, ReturnType<typeof secretsWithheld>]>([
    ['pull-request-fork', 'fork'],
    ['pull-request-fork-deleted', 'fork'],
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
    'from %s of a fork as well',
    (name) => {
      expect(secretsWithheld({ ...recordedEvent('pull-request-fork'), name })).toBe('fork');
    },
  );

  it('from a push of Dependabot', () => {
    expect(secretsWithheld({ ...recordedEvent('push'), actor: 'dependabot[bot]' })).toBe(
      'dependabot',
    );
  });

  it('from nobody because of a name that only resembles the one of Dependabot', () => {
    expect(secretsWithheld({ ...recordedEvent('push'), actor: 'dependabot' })).toBeUndefined();
  });
});
