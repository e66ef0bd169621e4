import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { inline, prose } from '../../../src/core/runner/markdown.ts';
import { type Block, type Table, renderSection } from '../../../src/core/runner/summary.ts';
import { captureReport, secret, secretForms } from './captured-report.ts';

const limit = 1_024 * 1_024;
const same = (text: string): string => text;
const title = inline`What was done`;
const table: Table = {
  header: [inline`Name`, inline`Result`],
  rows: [[inline`${'shop'}`, inline`deleted`]],
};

/** The lines of a section with these blocks, below its title. */
function linesOf(...blocks: readonly Block[]): readonly string[] {
  return renderSection({ title, blocks }, { clean: same }).split('\n').slice(2);
}

/** A report whose summary goes to a new file, and what that file contains. */
function withFile() {
  const directory = mkdtempSync(join(tmpdir(), 'summary-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const file = join(directory, 'summary');
  appendFileSync(file, '');
  const captured = captureReport({ debug: true });
  vi.stubEnv('GITHUB_STEP_SUMMARY', file);
  return { ...captured, directory, file, text: () => readFileSync(file, 'utf8') };
}

describe('a section of the summary', () => {
  it('is written below what is there', () => {
    const { report, file, text } = withFile();
    appendFileSync(file, 'before\n\n');
    report.summary({ title, blocks: [{ table }] });
    report.summary({ blocks: [{ text: inline`And then.` }] });
    expect(text()).toBe(
      [
        'before',
        '',
        '### What was done',
        '',
        '| Name | Result |',
        '| :--- | :--- |',
        '| `shop` | deleted |',
        '',
        'And then.',
        '',
        '',
      ].join('\n'),
    );
  });

  it('can have paragraphs, quotes, parts and details', () => {
    const blocks = [{ text: inline`inside` }];
    expect(
      linesOf(
        { text: inline`Text of ${'shop'}.` },
        { quote: [prose('It failed.'), prose('Twice.')] },
        { section: { title: inline`Part`, blocks } },
        { details: { title: '3 others', blocks } },
      ),
    ).toEqual([
      'Text of `shop`.',
      '',
      '> It failed.',
      '>',
      '> Twice.',
      '',
      '#### Part',
      '',
      'inside',
      '',
      '<details><summary>3 others</summary>',
      '',
      'inside',
      '',
      '</details>',
      '',
      '',
    ]);
  });

  it('aligns numbers on the right, and never has another number of cells than its header', () => {
    const rows = [[], [inline`a`], [inline`a`, inline`b`, inline`c`]];
    expect(linesOf({ table: { ...table, rows, numbers: [1] } }).slice(1, 5)).toEqual([
      '| :--- | ---: |',
      '|  |  |',
      '| a |  |',
      '| a | b |',
    ]);
  });

  it('makes invisible characters visible, and cuts long values', () => {
    const { report, text } = withFile();
    const blocks = [{ text: inline`${'a\u202eb\u0007'} and ${'🐘'.repeat(151)}` }];
    report.summary({ title, blocks });
    expect(text()).toContain(`\`a\\u202eb\\u0007\` and \`${'🐘'.repeat(150)}…\``);
  });

  it('has at most 200 rows, and says how many more there are', () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => [inline`row ${index}`]);
    const lines = linesOf({ table: { ...table, rows } });
    expect(lines.filter((line) => line.startsWith('| row'))).toHaveLength(200);
    expect(lines.slice(-4)).toEqual(['', 'and 800 more', '', '']);
  });

  it.each(secretForms)('contains no secret, %s', (_, form) => {
    const { report, text } = withFile();
    report.mask(secret);
    const value = inline`${`before ${form} after`}`;
    report.summary({
      title: value,
      blocks: [
        { text: prose(`quoted '${form}', and ${form}.`) },
        { table: { header: [value], rows: [[inline`${`x${form}`}`]] } },
        { timeline: { phases: [{ label: form, from: 0 }], end: 5_000 } },
      ],
    });
    expect(text()).not.toContain(form);
    expect(text()).toContain('| `before *** after` |');
    expect(text()).toContain('| `x***` |');
    expect(text()).not.toContain(form.replace(/[^A-Za-z0-9 ().-]/g, '-').slice(0, 12));
  });
});

describe('the file of the summary', () => {
  it('never gets larger than GitHub accepts, and keeps whole tables', () => {
    const { report, file, text } = withFile();
    const wide = Array.from({ length: 20 }, () => inline`${'🐘'.repeat(299)}`);
    const large = {
      title: inline`Large`,
      blocks: [
        { table: { header: wide, rows: Array.from({ length: 200 }, () => wide) } },
        { text: inline`the end` },
      ],
    };
    for (let time = 0; time < 3; time += 1) report.summary(large);
    expect(statSync(file).size).toBeLessThan(limit);
    expect(statSync(file).size).toBeGreaterThan(limit / 2);
    expect(text()).toMatch(/^### Large\n\n\|[^]+\nand \d+ more\n\nthe end\n\n/);
    expect(text()).toMatch(/\n\n$/);
  });

  it('that is full keeps its content, and the log says that nothing was added', () => {
    const { report, file, text, lines } = withFile();
    writeFileSync(file, 'x'.repeat(limit));
    report.summary({ title: inline`Large`, blocks: [] });
    expect(text()).toBe('x'.repeat(limit));
    expect(lines()).toEqual([
      '::debug::The job summary was not written: it has no room left for more text',
    ]);
  });

  it.each<[string, (directory: string) => string]>([
    ['is not set', () => ''],
    ['is missing', (directory) => join(directory, 'missing')],
    ['is in a missing directory', (directory) => join(directory, 'missing', 'file')],
    [
      'is a directory',
      (directory) => {
        mkdirSync(join(directory, 'd'));
        return join(directory, 'd');
      },
    ],
  ])('that %s causes one line in the debug log', (_, place) => {
    const { report, directory, lines, exitCode } = withFile();
    vi.stubEnv('GITHUB_STEP_SUMMARY', place(directory));
    report.summary({ title, blocks: [] });
    expect(lines()).toEqual([
      expect.stringMatching(/^::debug::The job summary was not written: ./),
    ]);
    expect(exitCode()).toBeUndefined();
  });
});
