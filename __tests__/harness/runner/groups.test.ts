import { describe, expect, it } from 'vitest';
import { GroupCheck } from '../../../harness/runner/groups.ts';

describe('the check of groups', () => {
  it('accepts groups one after the other', () => {
    const check = new GroupCheck();
    for (const title of ['a', 'b']) {
      check.begin(title);
      check.end();
    }
    check.annotation('outside');
    expect(check.problems(false)).toEqual([]);
  });

  it.each<[string, (check: GroupCheck) => void, string]>([
    [
      'within another',
      (check) => {
        check.begin('a');
        check.begin('b');
        check.end();
      },
      "group 'b' begins within group 'a'",
    ],
    [
      'that was not begun',
      (check) => {
        check.end();
      },
      'a group ends that has not begun',
    ],
    [
      'that is not ended',
      (check) => {
        check.begin('a');
      },
      "group 'a' is not ended",
    ],
    [
      'around an annotation',
      (check) => {
        check.begin('a');
        check.annotation('w');
        check.end();
      },
      "'w' stands within group 'a'",
    ],
    [
      'without a title',
      (check) => {
        check.begin(' ');
        check.end();
      },
      'a group has no title',
    ],
  ])('finds one %s', (_, act, problem) => {
    const check = new GroupCheck();
    act(check);
    expect(check.problems(false)).toEqual([problem]);
  });

  it('accepts that a killed stage could not end its last group', () => {
    const check = new GroupCheck();
    check.begin('a');
    expect(check.problems(true)).toEqual([]);
  });
});
