import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchOf } from '../../src/github/event.ts';
import { instanceName, longestName } from '../../src/github/name.ts';
import { type Recording, eventFor, recordedEvent } from './recorded-events.ts';

const wellFormed = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

function digits(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 4);
}

function nameOf(recording: Recording, branch: string, repository = 'octo/shop'): string {
  const event = eventFor(recording, { branch, repository });
  const found = branchOf(event);
  if (found === undefined) throw new Error(`${recording} has no branch`);
  return instanceName(event.repository, found);
}

function own(name: string) {
  return { name, owner: undefined };
}

/** Branches as people and tools name them, and as git would still let them. */
const branches = fc.oneof(
  fc.string({ minLength: 1, maxLength: 200 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('a', 'Z', '9', '/', '-', '_', '.'),
    minLength: 1,
    maxLength: 200,
  }),
  fc.string({ unit: fc.constantFrom('-', '_', '.', '/', '#', '+', '🐘'), minLength: 1 }),
  fc.constantFrom(
    'main',
    'renovate/all-minor-patch',
    'x'.repeat(200),
    'v1...',
    '🐘🐘',
    'ünïcödé',
    '-',
  ),
);
const repositories = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9](-?[A-Za-z0-9]){0,20}$/),
    fc.stringMatching(/^[A-Za-z0-9._-]{1,60}$/),
  )
  .map((parts) => parts.join('/'));
const owners = fc.option(fc.stringMatching(/^[A-Za-z0-9](-?[A-Za-z0-9]){0,20}$/), {
  nil: undefined,
});

describe('the name of an instance', () => {
  // Written down once: a release that changed one of these would lose every instance made before.
  it.each([
    ['octo/shop', 'main', 'shop-main-3041-0d6e'],
    ['octo/shop', 'feature/cart', 'shop-feature-cart-3041-c39f'],
    ['octo/shop', 'Feature/Cart', 'shop-feature-cart-3041-f388'],
    ['octo/a-very-long-repository-name', 'main', 'a-very-long-rep-main-24f8-0d6e'],
    [
      'octo/a-very-long-repository-name',
      'feature/with-a-long-name-too',
      'a-very-l-feature-wit-24f8-3cd0',
    ],
    ['octo/shop', 'dependabot/npm_and_yarn/left-pad-1.3.0', 'shop-dependabot-npm-3041-103b'],
    ['octo/shop', '🐘', 'shop-3041-feb2'],
    ['octo/.github', 'v1.', 'github-v1-49e2-d146'],
    ['octo/---', '###', 'c075-56dc'],
  ])('of %s, %s is %s for ever', (repository, branch, name) => {
    expect(instanceName(repository, own(branch))).toBe(name);
  });

  it('of a branch in a fork is told apart from the same branch here by its owner', () => {
    const fork = instanceName('octo/shop', { name: 'main', owner: 'contributor' });
    expect(fork).toBe(`shop-main-${digits('octo/shop')}-${digits('contributor:main')}`);
    expect(fork).not.toBe(instanceName('octo/shop', own('main')));
  });

  it('is always one that Aura takes, and ends in the hashes of repository and branch', () => {
    fc.assert(
      fc.property(repositories, branches, owners, (repository, name, owner) => {
        const made = instanceName(repository, { name, owner });
        expect(made).toMatch(wellFormed);
        expect(made.length).toBeLessThanOrEqual(longestName);
        const identity = owner === undefined ? name : `${owner}:${name}`;
        expect(made.endsWith(`${digits(repository)}-${digits(identity)}`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('uses the whole length where repository and branch are long', () => {
    const made = instanceName(`octo/${'r'.repeat(50)}`, own('b'.repeat(50)));
    expect(made).toHaveLength(30);
    expect(made).toMatch(/^r{8}-b{11}-/);
  });

  it('leaves what a short branch does not need to the repository', () => {
    const made = instanceName(`octo/${'r'.repeat(50)}`, own('fix'));
    expect(made).toMatch(/^r{16}-fix-/);
  });

  it.each<[string, string]>([
    ['octo/shop', 'other/shop'],
    ['octo/shop', 'octo/Shop'],
    ['octo/shop', 'octo/shop.'],
    ['octo/repository-of-the-first', 'octo/repository-of-the-second'],
  ])('differs between the repositories %s and %s', (one, other) => {
    expect(instanceName(one, own('main'))).not.toBe(instanceName(other, own('main')));
  });

  it('differs between branches that fold or cut to the same words', () => {
    // Four hex digits: two such branches share a name with a chance of 1 in 65536. None of these do.
    const prefix = 'feature/the-same-long-beginning-';
    const names = [
      'a/b',
      'a-b',
      'a_b',
      'a.b',
      'A/B',
      'a//b',
      'a-b-',
      '🐘',
      '🐳',
      '#',
      prefix,
    ].concat(Array.from({ length: 30 }, (_, index) => `${prefix}${index}`));
    const made = names.map((name) => instanceName('octo/shop', own(name)));
    expect(new Set(made).size).toBe(names.length);
  });
});

describe('the events in the life of a branch', () => {
  it('give one name, from the first push to the deletion of the branch', () => {
    fc.assert(
      fc.property(branches, repositories, (branch, repository) => {
        const recordings: Recording[] = [
          'pull-request-opened',
          'pull-request-synchronize',
          'pull-request-closed',
          'push',
          'create-branch',
          'delete-branch',
          'workflow-dispatch',
        ];
        const names = recordings.map((recording) => nameOf(recording, branch, repository));
        expect(new Set(names)).toEqual(new Set([instanceName(repository, own(branch))]));
      }),
    );
  });

  it('of a fork give one name, even when the fork is deleted before the pull request is closed', () => {
    fc.assert(
      fc.property(branches, (branch) => {
        const opened = nameOf('pull-request-fork', branch);
        expect(nameOf('pull-request-fork-deleted', branch)).toBe(opened);
        expect(nameOf('pull-request-target', branch)).toBe(opened);
        expect(nameOf('pull-request-opened', branch)).not.toBe(opened);
      }),
      // Whether two hashes of four digits meet must not depend on the day: 1 in 65536 a branch.
      { seed: 2026, numRuns: 100 },
    );
  });

  it('give the name of the default branch on a schedule, whoever started it', () => {
    const event = recordedEvent('schedule');
    expect(branchOf({ ...event, actor: 'somebody' })).toEqual(own('main'));
  });
});
