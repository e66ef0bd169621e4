import { describe, expect, it } from 'vitest';
import { readInstance } from '../../../src/aura/api/types.ts';
import { type Meant, createGuard } from '../../../src/aura/session/guard.ts';
import { openGuard } from './made-session.ts';

const id = '1a2b3c4d';
const read = readInstance({ id, name: 'shop', tenant_id: 'ours', status: 'running' }, id);

describe('the instance that was read', () => {
  const { expect: assertMeant } = createGuard(openGuard);

  it.each<[string, Omit<Meant, 'id'>]>([
    ['only the id', {}],
    ['its name', { name: 'shop' }],
    ['its tenant', { tenantId: 'ours' }],
    ['both', { name: 'shop', tenantId: 'ours' }],
    ['both, and when it was created', { name: 'shop', tenantId: 'ours', createdAt: 1 }],
  ])('is the requested one if these are known: %s', (_, meant) => {
    expect(() => {
      assertMeant({ id, ...meant }, read);
    }).not.toThrow();
  });

  it.each<[Omit<Meant, 'id'>, string]>([
    [{ name: 'Shop' }, "is named 'shop', not 'Shop'."],
    [{ name: '' }, "is named 'shop', not ''."],
    [{ tenantId: 'theirs' }, 'belongs to tenant ours, not to theirs.'],
    [{ name: 'shop', tenantId: 'theirs' }, 'belongs to tenant ours, not to theirs.'],
    [{ name: 'x', tenantId: 'theirs' }, "is named 'shop', not 'x'."],
  ])('is not the requested one: %o', (meant, why) => {
    expect(() => {
      assertMeant({ id, ...meant }, read);
    }).toThrow(`Instance 1a2b3c4d ${why} It was not changed; check the inputs.`);
  });
});

describe('the protected names', () => {
  const guard = createGuard({ ...openGuard, protectedNames: ['main', 'prod-*', '*-keep'] });

  it.each([
    ['main', 'main'],
    ['MAIN', 'main'],
    ['prod-1', 'prod-*'],
    ['Prod-keep', 'prod-*'],
    ['x-keep', '*-keep'],
  ])('include %s because of %s', (name, pattern) => {
    expect(guard.protectingPattern(name)).toBe(pattern);
    expect(() => {
      guard.assertUnprotected(name);
    }).toThrow(
      `Instance '${name}' is protected: its name matches '${pattern}' of input 'protected-names'. Nothing was deleted. Remove the pattern from 'protected-names' only if nobody needs the instance.`,
    );
  });

  it.each(['main-2', 'production', '', 'keep'])('do not include %j', (name) => {
    expect(guard.protectingPattern(name)).toBeUndefined();
    expect(() => {
      guard.assertUnprotected(name);
    }).not.toThrow();
  });

  it('include nothing without a pattern', () => {
    expect(createGuard(openGuard).protectingPattern('main')).toBeUndefined();
  });
});

describe('deletions', () => {
  const guard = createGuard({ ...openGuard, maxDeletions: 2 });

  it.each([[[]], [['0000000a']], [['0000000a', '0000000b']]])(
    'are allowed up to the limit: %j',
    (ids) => {
      expect(() => {
        guard.assertFew(ids);
      }).not.toThrow();
    },
  );

  it('are refused above the limit', () => {
    expect(() => {
      guard.assertFew(['0000000a', '0000000b', '0000000c']);
    }).toThrow(
      "This would delete 3 instances (0000000a, 0000000b, 0000000c), more than 'max-deletions: 2'. Nothing was deleted. Check the instances, and increase 'max-deletions' only if nobody needs them.",
    );
  });
});

describe('a guard', () => {
  it('knows the tenant and whether changes are allowed', () => {
    const tenant = { wanted: 'Shop', lentBy: undefined };
    expect(createGuard({ ...openGuard, tenant, dryRun: true })).toMatchObject({
      tenant,
      dryRun: true,
    });
    expect(createGuard(openGuard).dryRun).toBe(false);
  });
});
