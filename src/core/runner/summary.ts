import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { shortened } from './report-text.ts';

/** A table for the job summary. Title and header are the action's own words. */
export interface SummaryTable {
  readonly title: string;
  readonly header: readonly string[];
  /** Text from outside: it is shown as it is, and nothing in it is markdown, HTML or a mention. */
  readonly rows: readonly (readonly string[])[];
}

/** GitHub refuses a larger summary of a step; 1 KiB is left for the last lines. */
const mostBytes = 1_023 * 1_024;
const mostRows = 200;
const longestCell = 300;

/**
 * Appends a table to the file of the job summary. It never waits and never opens anything but a
 * regular file.
 *
 * @param file `GITHUB_STEP_SUMMARY`.
 * @param table a table without secrets.
 * @throws the error of the file system.
 */
export function appendTable(file: string, table: SummaryTable): void {
  const { O_APPEND, O_NONBLOCK, O_WRONLY } = constants;
  const descriptor = openSync(file, O_WRONLY | O_APPEND | orNothing(O_NONBLOCK));
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Error('it is not a regular file');
    writeSync(descriptor, renderTable(table, mostBytes - found.size));
  } finally {
    closeSync(descriptor);
  }
}

/** On Windows the constant is undefined. */
function orNothing(flag: number | undefined): number {
  return flag ?? 0;
}

/**
 * The markdown of a table.
 *
 * @param room how many bytes it may have; empty if there is no room for a row.
 */
export function renderTable({ title, header, rows }: SummaryTable, room = mostBytes): string {
  const head = [
    `### ${ownWords(title)}`,
    '',
    line(header.map(ownWords)),
    line(header.map(() => '---')),
  ];
  const lines: string[] = [];
  let bytes = Buffer.byteLength(head.join('\n'));
  for (const row of rows.slice(0, mostRows)) {
    const next = line(header.map((_, index) => inCode(row[index] ?? '')));
    bytes += Buffer.byteLength(next) + 1;
    if (bytes > room) break;
    lines.push(next);
  }
  if (lines.length === 0 && (rows.length > 0 || bytes > room)) return '';
  const left = rows.length - lines.length;
  const end = left === 0 ? [] : ['', `and ${left} more`];
  return `${[...head, ...lines, ...end, ''].join('\n')}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** In a code span GitHub reads no markdown, no HTML, no link and no mention. */
function inCode(text: string): string {
  const shown = shortened(text.replace(/\s+/g, ' ').trim(), longestCell);
  if (shown === '') return '';
  const longestRun = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  // A pipe ends a cell, even in code. A backslash before it would make its escape ambiguous.
  const safe = shown.replace(/(\\*)\|/g, (_, slashes: string) =>
    slashes === '' ? '\\|' : `${slashes} \\|`,
  );
  return `${fence}${space}${safe}${space}${fence}`;
}

function ownWords(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~&!@]/g, '\\$&');
}
