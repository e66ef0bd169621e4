import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveBranches } from '../../../../src/core/github/live-branches.ts';
import { instanceName } from '../../../../src/aura/inputs/naming.ts';
import type { SweepRequest } from '../../../../src/aura/inputs/request.ts';
import { createJudge, isConsidered } from '../../../../src/aura/operations/sweep/judge.ts';
import { nameOf } from './fleet.ts';

const day = 24 * 3600 * 1000;
const now = Date.parse('2026-03-02T12:00:00Z');
const none: LiveBranches = { pullRequests: [], branches: [], defaultBranches: ['main'] };

function request(changes: Partial<SweepRequest> = {}): SweepRequest {
  return {
    repository: 'octo/shop',
    defaultBranches: ['main'],
    keep: 'pull-requests',
    namePattern: undefined,
    maxAge: undefined,
    wait: true,
    ...changes,
  };
}

/** Whether a sweep would delete an instance. */
function isSwept(
  name: string,
  asked: SweepRequest,
  live: LiveBranches,
  createdAt: number | undefined,
): boolean {
  return isConsidered(name, asked) && createJudge(asked, { live, now })({ name, createdAt }).stale;
}

/** Branch names that try to look like another branch, a suffix or a hash. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('a', 'A', 'x', '0', '-', '/', '_', '.'), minLength: 1 }),
  fc.constantFrom(
    'main',
    'Main',
    'MAIN',
    'feature/cart',
    'feature-cart',
    'feature/cart-ds',
    'shop-main-610v7-1ln40',
    'main-610v7-1ln40',
    '610v7-1ln40',
    'mona:main',
    'x'.repeat(200),
    '-',
    '🐘',
    'gh-readonly-queue/main/pr-1-aa',
  ),
);
const owners = fc.option(fc.constantFrom('mona', 'Mona', 'octo', 'x', 'a-b'), { nil: undefined });
const branches = fc.record({ name: hostile, owner: owners });
const suffixes = fc.option(fc.stringMatching(/^[a-zA-Z0-9]{1,6}$/), { nil: undefined });
const repositories = fc.constantFrom(
  'octo/shop',
  'octo/a-very-long-repository-name',
  'o/-',
  'o/🐘x',
);
const keeps = fc.constantFrom('pull-requests' as const, 'branches' as const);
const patterns = fc.constantFrom(undefined, '*', 'shop*', '*-ds');
const ages = fc.option(fc.integer({ min: 1_000, max: 10 * day }), { nil: undefined });

describe('a sweep', () => {
  it('never deletes what the name of a live branch would give', () => {
    const world = fc.record({
      repository: repositories,
      live: branches,
      others: fc.array(branches, { maxLength: 10 }),
      suffix: suffixes,
      keep: keeps,
      namePattern: patterns,
      maxAge: ages,
      by: fc.constantFrom('pull request', 'branch', 'default branch', 'merge queue'),
    });
    fc.assert(
      fc.property(world, ({ repository, live, others, suffix, keep, namePattern, maxAge, by }) => {
        const isOwn = by !== 'pull request';
        const queued = by === 'merge queue' ? `gh-readonly-queue/${live.name}` : live.name;
        const branch = isOwn ? { name: queued, owner: undefined } : live;
        const pulls = [...others, ...(by === 'pull request' ? [branch] : [])];
        const asked = request({
          repository,
          keep: by === 'branch' ? 'branches' : keep,
          namePattern,
          maxAge,
        });
        const state = {
          pullRequests: pulls.map((each, index) => ({ number: index + 1, branch: each })),
          branches: by === 'branch' || by === 'merge queue' ? [branch.name] : [],
          defaultBranches: by === 'default branch' ? [branch.name] : ['main'],
        };
        expect(isSwept(instanceName(repository, branch, suffix), asked, state, 0)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('deletes what belongs to no live branch, whatever its name', () => {
    fc.assert(
      fc.property(repositories, branches, suffixes, (repository, branch, suffix) => {
        fc.pre(branch.name !== 'main' || branch.owner !== undefined);
        const name = instanceName(repository, branch, suffix);
        expect(isSwept(name, request({ repository }), none, 0)).toBe(true);
      }),
    );
  });

  it('never deletes an instance of another repository, whatever the pattern and age', () => {
    fc.assert(
      fc.property(branches, suffixes, patterns, (branch, suffix, namePattern) => {
        const name = instanceName('other/shop', branch, suffix);
        const asked = request({ namePattern, maxAge: 1_000 });
        expect(isSwept(name, asked, none, 0)).toBe(false);
      }),
    );
  });

  it('never deletes an instance that may be too young', () => {
    const times = fc.option(fc.integer({ min: -day, max: 20 * day }), { nil: undefined });
    fc.assert(
      fc.property(branches, times, patterns, (branch, age, namePattern) => {
        const asked = request({ maxAge: 3 * day, namePattern });
        const createdAt = age === undefined ? undefined : now - age;
        const name = instanceName('octo/shop', branch);
        if (age === undefined || age <= 3 * day) {
          expect(isSwept(name, asked, none, createdAt)).toBe(false);
        }
      }),
    );
  });
});

describe('with a pattern, a sweep', () => {
  const asked = request({ namePattern: 'ci-*', maxAge: 3 * day });
  const old = now - 4 * day;

  it('judges other names only by their age', () => {
    expect(isSwept('ci-nightly', asked, none, old)).toBe(true);
    expect(isSwept('ci-nightly', asked, none, now - 3 * day)).toBe(false);
    expect(isSwept('CI-nightly', asked, none, old)).toBe(false);
    expect(isSwept('production', asked, none, old)).toBe(false);
  });

  it('judges names of this repository as always, if they match', () => {
    const all = request({ namePattern: '*', maxAge: 3 * day });
    const live = {
      ...none,
      pullRequests: [{ number: 7, branch: { name: 'open', owner: 'mona' } }],
    };
    expect(isSwept(nameOf('open', 'mona'), all, live, old)).toBe(false);
    expect(isSwept(nameOf('open'), all, live, old)).toBe(true);
    expect(isSwept(nameOf('open'), all, live, now - day)).toBe(false);
    expect(isSwept(nameOf('open'), asked, live, old)).toBe(false);
  });

  it('keeps names that look like those of another repository', () => {
    const all = request({ namePattern: '*', maxAge: 3 * day });
    expect(isSwept('shop-gone-a0b1c-g6rfi', all, none, old)).toBe(false);
    expect(isSwept('other-gone-610v7-g6rfi', all, none, old)).toBe(false);
  });
});

describe('the reason of a judgement', () => {
  const live: LiveBranches = {
    defaultBranches: ['main'],
    pullRequests: [{ number: 7, branch: { name: 'topic', owner: undefined } }],
    branches: ['main', 'topic', 'idle', 'gh-readonly-queue/main/pr-9-aa'],
  };

  it.each<[name: string, changes: Partial<SweepRequest>, createdAt: number | undefined, string]>([
    [nameOf('main'), {}, 0, "'main' is the default branch"],
    [nameOf('topic', undefined, 'ds'), {}, 0, 'pull request #7 is open'],
    [
      nameOf('gh-readonly-queue/main/pr-9-aa'),
      {},
      0,
      "branch 'gh-readonly-queue/main/pr-9-aa' exists",
    ],
    [nameOf('idle'), {}, 0, 'no open pull request needs it'],
    [nameOf('idle'), { keep: 'branches' }, 0, "branch 'idle' exists"],
    [nameOf('gone'), { keep: 'branches' }, 0, 'no open pull request and no branch needs it'],
    [
      nameOf('gone'),
      { maxAge: 3 * day },
      0,
      'no open pull request needs it, and it is older than 3d',
    ],
    [nameOf('gone'), { maxAge: 3 * day }, now - day, 'it is not older than 3d'],
    [nameOf('gone'), { maxAge: 3 * day }, undefined, 'Aura does not say when it was created'],
    ['ci-1', { maxAge: 3 * day, namePattern: 'ci-*' }, 0, 'it is older than 3d'],
  ])('of %s with %o is told', (name, changes, createdAt, reason) => {
    const judge = createJudge(request(changes), { live, now });
    expect(judge({ name, createdAt }).reason).toBe(reason);
  });

  it("is that Aura's time is unknown, if no answer had a date", () => {
    const judge = createJudge(request({ maxAge: day }), { live, now: undefined });
    expect(judge({ name: nameOf('gone'), createdAt: 0 })).toEqual({
      stale: false,
      reason: "Aura's answers do not say the time to compute its age",
    });
  });
});
