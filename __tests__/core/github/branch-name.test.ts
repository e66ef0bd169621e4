import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchOf } from '../../../src/core/github/event.ts';
import {
  belongsToBranch,
  branchFinder,
  instanceName,
  longestName,
  ownerOfName,
} from '../../../src/aura/inputs/naming.ts';
import { type Recording, eventFor, recordedEvent } from './recorded-events.ts';

const wellFormed = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** The first 25 bits of SHA-256 as a number of base 32, which is how base32hex counts. */
function digits(text: string): string {
  const whole = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  return (whole >> 231n).toString(32).padStart(5, '0');
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

function fork(name: string, owner = 'contributor') {
  return { name, owner };
}

/** Branch names from people and tools, and unusual ones that git also allows. */
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

const suffixes = fc.option(fc.stringMatching(/^[a-zA-Z0-9]{1,6}$/), { nil: undefined });

describe('the name of an instance', () => {
  // Fixed values: a release that changed one of them would lose all instances created before.
  it.each([
    ['octo/shop', own('main'), 'shop-main-610v7-1ln40'],
    ['octo/shop', own('feature/cart'), 'shop-feature-cart-610v7-oefkr'],
    ['octo/shop', own('Feature/Cart'), 'shop-feature-cart-610v7-ue46e'],
    ['octo/shop', fork('main'), 'shop-main-610v7-xbra7g'],
    ['octo/a-very-long-repository-name', own('main'), 'a-very-long-r-main-4jsc4-1ln40'],
    [
      'octo/a-very-long-repository-name',
      own('feature/with-a-long-name-too'),
      'a-very-l-feature-w-4jsc4-7j86k',
    ],
    [
      'octo/a-very-long-repository-name',
      fork('feature/with-a-long-name-too'),
      'a-very-l-feature-4jsc4-xa7e2n',
    ],
    ['octo/shop', own('dependabot/npm_and_yarn/left-pad-1.3.0'), 'shop-dependabot-np-610v7-20thq'],
    ['octo/shop', own('🐘'), 'shop-610v7-vqp02'],
    ['octo/.github', own('v1.'), 'github-v1-97h0j-q53c5'],
    ['octo/---', own('###'), 'o1qll-are6q'],
  ])('of %s, %o is always %s', (repository, branch, name) => {
    expect(instanceName(repository, branch)).toBe(name);
  });

  it.each([
    ['octo/shop', own('main'), 'ds', 'shop-main-610v7-1ln40-ds'],
    ['octo/shop', own('main'), 'DS', 'shop-main-610v7-1ln40-ds'],
    ['octo/shop', fork('main'), '2', 'shop-main-610v7-xbra7g-2'],
    [
      'octo/a-very-long-repository-name',
      own('feature/with-a-long-name-too'),
      'abc123',
      'a-ver-featu-4jsc4-7j86k-abc123',
    ],
    [
      'octo/a-very-long-repository-name',
      fork('feature/with-a-long-name-too'),
      'abc123',
      'a-ver-feat-4jsc4-xa7e2n-abc123',
    ],
    ['octo/---', own('###'), 'a', 'o1qll-are6q-a'],
  ])('of %s, %o with suffix %s is always %s', (repository, branch, suffix, name) => {
    expect(instanceName(repository, branch, suffix)).toBe(name);
  });

  it('is always valid for Aura, and ends in the hashes of repository and branch', () => {
    fc.assert(
      fc.property(repositories, branches, owners, suffixes, (repository, name, owner, suffix) => {
        const made = instanceName(repository, { name, owner }, suffix);
        expect(made).toMatch(wellFormed);
        expect(made.length).toBeLessThanOrEqual(longestName);
        expect(made).not.toContain('--');
        const last =
          owner === undefined ? digits(name) : `x${digits(`${owner.toLowerCase()}:${name}`)}`;
        const end = `${digits(repository.toLowerCase())}-${last}`;
        const rest = suffix === undefined ? '' : `-${suffix.toLowerCase()}`;
        expect(made.endsWith(`${end}${rest}`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves a long repository at least 8 characters (5 with a suffix), and the branch the rest', () => {
    const repository = `octo/${'r'.repeat(50)}`;
    const long = own('b'.repeat(50));
    expect(instanceName(repository, long)).toMatch(/^r{8}-b{9}-\w{5}-\w{5}$/);
    expect(instanceName(repository, long, '123456')).toMatch(/^r{5}-b{5}-\w{5}-\w{5}-123456$/);
    expect(instanceName(repository, long, '1')).toMatch(/^r{5}-b{10}-\w{5}-\w{5}-1$/);
    expect(instanceName(repository, fork(long.name))).toMatch(/^r{8}-b{8}-\w{5}-x\w{5}$/);
    expect(instanceName(repository, fork(long.name), '123456')).toMatch(/^r{5}-b{4}-\w{5}-x/);
    expect(instanceName(repository, long)).toHaveLength(30);
  });

  it('leaves characters that a short branch does not need to the repository', () => {
    const made = instanceName(`octo/${'r'.repeat(50)}`, own('fix'));
    expect(made).toMatch(/^r{14}-fix-/);
    expect(made).toHaveLength(30);
  });

  it('is cut without a trailing dash', () => {
    expect(instanceName('octo/abcdefg-hijklmnop', own('feature/cart'))).toMatch(
      /^abcdefg-feature-ca-/,
    );
    expect(instanceName('octo/shop', own('feature/12345-x'))).toMatch(/^shop-feature-12345-\w{5}-/);
  });

  it.each<[string, string]>([
    ['octo/shop', 'other/shop'],
    ['octo/shop', 'octo/shop.'],
    ['octo/repository-of-the-first', 'octo/repository-of-the-second'],
  ])('differs between the repositories %s and %s', (one, other) => {
    expect(instanceName(one, own('main'))).not.toBe(instanceName(other, own('main')));
  });

  it('does not depend on the case of the repository or the owner, as on GitHub', () => {
    expect(instanceName('Octo/Shop', own('main'))).toBe(instanceName('octo/shop', own('main')));
    const [one, other] = ['Contributor', 'contributor'].map((owner) =>
      instanceName('octo/shop', fork('main', owner)),
    );
    expect(one).toBe(other);
  });

  it('differs between branches that are normalized or cut to the same words', () => {
    // 25 bits: two such branches share a name with a probability of 1 in 33 million. None do here.
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

describe('a branch of a fork', () => {
  it('never gets the name of a branch of this repository', () => {
    fc.assert(
      fc.property(
        fc.record({ ours: branches, theirs: branches, owner: fc.string({ minLength: 1 }) }),
        suffixes,
        suffixes,
        ({ ours, theirs, owner }, ourSuffix, theirSuffix) => {
          for (const branch of [theirs, ours, `${ours}-${digits('octo/shop')}`]) {
            const name = instanceName('octo/shop', fork(branch, owner), theirSuffix);
            expect(name).not.toBe(instanceName('octo/shop', own(ours), ourSuffix));
            expect(belongsToBranch(name, 'octo/shop', own(ours))).toBe(false);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is marked by a letter that no hash contains', () => {
    const hashes = Array.from({ length: 20_000 }, (_, index) =>
      instanceName('octo/shop', own(`branch-${index}`)).slice(-5),
    );
    expect([...new Set(hashes.join(''))].sort().join('')).toBe('0123456789abcdefghijklmnopqrstuv');
    const name = instanceName('octo/shop', fork('main'));
    expect(name.split('-').at(-1)).toMatch(/^x[0-9a-v]{5}$/);
  });

  it('cannot be found by trial: none of 20,000 gets the name of the default branch', () => {
    const wanted = new Set([
      instanceName('octo/shop', own('main')),
      instanceName('octo/shop', own('main'), 'ds'),
    ]);
    // All of them are normalized to the same words, so that only the hashes differ.
    for (let number = 0; number < 20_000; number += 1) {
      const tail = number.toString(2).replaceAll('0', '#').replaceAll('1', '+');
      const name = instanceName('octo/shop', fork(`main${tail}`));
      if (wanted.has(name)) expect.unreachable(`main${tail} gets ${name}`);
    }
  });

  it('differs between owners, and from the same branch of another repository of this owner', () => {
    const names = ['a', 'b', 'octo', 'octo-org'].map((owner) =>
      instanceName('octo/shop', fork('main', owner)),
    );
    expect(new Set([...names, instanceName('octo/shop', own('main'))]).size).toBe(5);
  });
});

describe('an instance belongs to a branch', () => {
  it('by its plain name, and with any suffix', () => {
    fc.assert(
      fc.property(repositories, branches, owners, suffixes, (repository, name, owner, suffix) => {
        const made = instanceName(repository, { name, owner }, suffix);
        expect(belongsToBranch(made, repository, { name, owner })).toBe(true);
      }),
    );
  });

  it('only if its name is exactly the one built from the branch', () => {
    const plain = instanceName('octo/shop', own('main'));
    for (const name of [
      `${plain}-`,
      `${plain}--ds`,
      `${plain}-DS`,
      `${plain}-ds-ds`,
      `${plain}-1234567`,
      `x${plain}`,
      plain.toUpperCase(),
      plain.slice(0, -1),
      plain.replace('main', 'mein'),
      instanceName('octo/shop', own('Main')),
      instanceName('octo/shop', own('main2'), 'ds'),
      instanceName('octo/shop', fork('main')),
      instanceName('octo/shop', fork('main'), 'ds'),
      instanceName('octo/shop2', own('main')),
      instanceName('other/shop', own('main'), 'ds'),
      'staging',
      '',
    ]) {
      expect(belongsToBranch(name, 'octo/shop', own('main')), name).toBe(false);
    }
  });

  it('with a suffix, although its readable part is cut shorter', () => {
    const branch = own('feature/with-a-long-name-too');
    const [plain, suffixed] = [undefined, 'ds'].map((suffix) =>
      instanceName('octo/a-very-long-repository-name', branch, suffix),
    );
    expect(suffixed?.startsWith(plain ?? '-')).toBe(false);
    expect(belongsToBranch(suffixed ?? '', 'octo/a-very-long-repository-name', branch)).toBe(true);
  });
});

describe('all events of a branch', () => {
  it('give one name, from the first push to the deletion of the branch', () => {
    fc.assert(
      fc.property(branches, repositories, (branch, repository) => {
        const own: Recording[] = [
          'pull-request-opened',
          'pull-request-synchronize',
          'pull-request-reopened',
          'pull-request-review',
          'pull-request-review-comment',
          'pull-request-closed',
          'push',
          'push-deleted',
          'create-branch',
          'delete-branch',
          'workflow-dispatch',
          'workflow-run',
          'check-run',
          'check-suite',
        ];
        const names = own.map((recording) => nameOf(recording, branch, repository));
        const expected = instanceName(repository, { name: branch, owner: undefined });
        expect(new Set(names)).toEqual(new Set([expected]));
      }),
    );
  });

  it('of a fork give one name, even if the fork is deleted before the pull request is closed', () => {
    fc.assert(
      fc.property(branches, (branch) => {
        const opened = nameOf('pull-request-fork', branch);
        const later: Recording[] = [
          'pull-request-fork-closed',
          'pull-request-fork-deleted',
          'pull-request-review-fork',
          'pull-request-target',
          'workflow-run-fork',
        ];
        for (const recording of later) expect(nameOf(recording, branch), recording).toBe(opened);
        expect(nameOf('pull-request-opened', branch)).not.toBe(opened);
        expect(nameOf('pull-request-fork-same-owner', branch)).not.toBe(opened);
      }),
    );
  });

  it('give the name of the default branch on a schedule, whoever started it', () => {
    const event = recordedEvent('schedule');
    expect(branchOf({ ...event, actor: 'somebody' })).toEqual(own('main'));
  });
});

describe('the repository that a name belongs to', () => {
  it('is this one for every branch, fork and suffix', () => {
    fc.assert(
      fc.property(repositories, branches, owners, suffixes, (repository, name, owner, suffix) => {
        const built = instanceName(repository, { name, owner }, suffix);
        expect(ownerOfName(built, repository)).toBe('this');
        expect(ownerOfName(built, repository.toUpperCase())).toBe('this');
      }),
    );
  });

  it('is another one if the hash or the beginning differs', () => {
    fc.assert(
      fc.property(repositories, branches, owners, (repository, name, owner) => {
        const other = ownerOfName(instanceName(repository, { name, owner }), 'octo/shop');
        expect(other).toBe(repository.toLowerCase() === 'octo/shop' ? 'this' : 'another');
      }),
    );
  });

  it.each([
    ['shop-feature-cart-610v7-oefkr', 'this'],
    ['shop-feature-ca-610v7-oefkr-ds', 'this'],
    ['shop-main-610v7-xbra7g', 'this'],
    ['shop-610v7-oefkr', 'this'],
    // A suffix and a branch's hash can look the same.
    ['shop-main-610v7-1ln40-large', 'this'],
    ['shopping-main-610v7-1ln40', 'another'],
    ['main-610v7-1ln40', 'another'],
    ['610v7-1ln40', 'another'],
    ['shop-main-610v8-1ln40', 'another'],
    ['tmp-large-green', 'another'],
    ['production', 'nobody'],
    ['shop-main', 'nobody'],
    ['shop-main-610v7', 'nobody'],
    ['shop-main-610v7-1ln4', 'nobody'],
    ['shop-main-610v7-1LN40', 'nobody'],
    ['shop main-610v7-1ln40', 'nobody'],
    ['shop-main-610v7-1ln40-', 'nobody'],
    ['shop-main-610v7-1ln40-toolong', 'nobody'],
    ['shop-main-610v7-yln40x', 'nobody'],
    ['', 'nobody'],
  ])('of %j is %s', (name, owner) => {
    expect(ownerOfName(name, 'octo/shop')).toBe(owner);
  });
});

describe('the branch that a name belongs to, among many', () => {
  it('is found for every branch, fork and suffix', () => {
    const any = fc.record({ name: branches, owner: owners });
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 20 }),
        any,
        suffixes,
        repositories,
        (others, branch, suffix, repository) => {
          const entries = [...others, branch].map((each) => ({ branch: each }));
          const find = branchFinder(repository, entries);
          const found = find(instanceName(repository, branch, suffix))?.branch;
          expect(found?.name).toBe(branch.name);
          expect(found?.owner?.toLowerCase()).toBe(branch.owner?.toLowerCase());
        },
      ),
    );
  });

  it('is none for a name of another branch', () => {
    const find = branchFinder('octo/shop', [{ branch: own('main') }, { branch: fork('topic') }]);
    for (const branch of [fork('main'), own('topic'), fork('topic', 'mona'), own('Main')]) {
      expect(find(instanceName('octo/shop', branch))).toBeUndefined();
    }
    expect(find('production')).toBeUndefined();
  });
});
