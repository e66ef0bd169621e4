import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTimeline } from '../../../src/core/runner/timeline.ts';

const same = (text: string): string => text;
const lines = (labels: readonly string[], end?: number): readonly string[] =>
  renderTimeline(
    {
      phases: labels.map((label, index) => ({ label, from: 1_000_000 + index * 60_000 })),
      end: end ?? 1_000_000 + (labels.length - 1) * 60_000,
    },
    same,
  ).split('\n');

describe('a timeline', () => {
  it('counts from its first phase, and ends with a milestone without a duration', () => {
    expect(lines(['creating', 'running'])).toEqual([
      '```mermaid',
      expect.stringMatching(/^%%\{init: .*\}%%$/),
      'gantt',
      '    dateFormat x',
      '    axisFormat %s s',
      '    todayMarker off',
      '    creating - 1m :active, 0, 60000',
      '    running :milestone, 60000, 0ms',
      '```',
    ]);
  });

  it('shows how long the last phase lasts, if it does', () => {
    expect(lines(['creating'], 1_005_000).at(-2)).toBe('    creating - 5s :done, 0, 5000');
  });

  it.each(['section x', 'Title', 'click a href b', 'includes', '2024-01-01', 'axisFormat %d'])(
    'does not read a status as a statement of the chart: %s',
    (label) => {
      expect(lines([label, 'running'])[6]).toMatch(/^ {4}status /);
    },
  );

  it('shows something for a status without any plain character', () => {
    expect(lines(['\n', 'x'])[6]).toBe('    - - 1m :active, 0, 60000');
  });

  it('has the same lines for any text from outside, which cannot end or change it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('```\n# x', '%%{init: {}}%%', 'a:done,0,1', 'x;y', '<script>', 'a\n    b :1'),
    );
    fc.assert(
      fc.property(text, (label) => {
        const shown = lines([label, 'running']);
        expect(shown).toHaveLength(9);
        expect(shown[6]).toMatch(/^ {4}[A-Za-z0-9 ().-]+ - 1m :active, 0, 60000$/);
      }),
    );
  });
});
