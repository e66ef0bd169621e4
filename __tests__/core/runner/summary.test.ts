import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { renderTable } from '../../../src/core/runner/summary.ts';
import { captureReport, secret, secretForms } from './captured-report.ts';

const limit = 1_024 * 1_024;
const table = { title: 'What was done', header: ['Name', 'Result'], rows: [['shop', 'deleted']] };

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

const cell = (text: string): string | undefined =>
  /^\| (.*) \|$/.exec(
    renderTable({ ...table, header: ['One'], rows: [[text]] }).split('\n')[4] ?? '',
  )?.[1];

describe('a table of the summary', () => {
  it('has a title, a header and a row for each entry, below what is there', () => {
    const { report, file, text } = withFile();
    appendFileSync(file, 'before\n\n');
    report.summary(table);
    report.summary({ ...table, title: 'And then', rows: [] });
    expect(text()).toBe(
      [
        'before',
        '',
        '### What was done',
        '',
        '| Name | Result |',
        '| --- | --- |',
        '| `shop` | `deleted` |',
        '',
        '### And then',
        '',
        '| Name | Result |',
        '| --- | --- |',
        '',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\ \\|b`'],
    ['one\r\ntwo\n\nthree\tfour', '`one two three four`'],
    ['<img src=x onerror=alert(1)>', '`<img src=x onerror=alert(1)>`'],
    ['`code`', '`` `code` ``'],
    ['a``b', '```a``b```'],
    ['@octocat see https://example.com or #1', '`@octocat see https://example.com or #1`'],
    ['[x](https://example.com) **b**', '`[x](https://example.com) **b**`'],
    ['ends with \\', '`ends with \\`'],
    ['', ''],
    [' \n ', ''],
  ])('shows %j as it is and interprets nothing', (value, shown) => {
    expect(cell(value)).toBe(shown);
  });

  it('never has another number of cells than its header', () => {
    const text = renderTable({ ...table, rows: [[], ['a'], ['a', 'b', 'c']] });
    expect(text.split('\n').slice(4, 7)).toEqual(['|  |  |', '| `a` |  |', '| `a` | `b` |']);
  });

  it('makes invisible characters visible, and cuts long values', () => {
    const { report, text } = withFile();
    report.summary({ ...table, header: ['One'], rows: [['a\u202eb\u0007'], ['🐘'.repeat(151)]] });
    expect(text()).toContain('| `a\\u202eb\\u0007` |');
    expect(text()).toContain(`| \`${'🐘'.repeat(150)}…\` |`);
  });

  it('has at most 200 rows, and says how many more there are', () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => [`row ${index}`, '']);
    const lines = renderTable({ ...table, rows }).split('\n');
    expect(lines.filter((line) => line.startsWith('| `row'))).toHaveLength(200);
    expect(lines.slice(-3)).toEqual(['and 800 more', '', '']);
  });

  it.each(secretForms)('contains no secret, %s', (_, form) => {
    const { report, text } = withFile();
    report.mask(secret);
    report.summary({ ...table, rows: [[`before ${form} after`, `x${form}`]] });
    expect(text()).toContain('| `before *** after` | `x***` |');
  });
});

describe('the file of the summary', () => {
  it('never gets larger than GitHub accepts, and keeps whole tables', () => {
    const { report, file, text } = withFile();
    const wide = Array.from({ length: 20 }, () => '🐘'.repeat(299));
    const large = {
      title: 'Large',
      header: wide.map(() => 'x'),
      rows: Array.from({ length: 200 }, () => wide),
    };
    for (let time = 0; time < 3; time += 1) report.summary(large);
    expect(statSync(file).size).toBeLessThan(limit);
    expect(statSync(file).size).toBeGreaterThan(limit / 2);
    expect(text()).toMatch(/\nand \d+ more\n\n$/);
    expect(text().match(/### Large/g)).toHaveLength(1);
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
    report.summary(table);
    expect(lines()).toEqual([
      expect.stringMatching(/^::debug::The job summary was not written: ./),
    ]);
    expect(exitCode()).toBeUndefined();
  });
});
