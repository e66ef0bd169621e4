import { closeSync, constants, fstatSync, openSync, writeFileSync } from 'node:fs';
import { type Clean, type Inline, renderInline } from './markdown.ts';
import { type Timeline, renderTimeline } from './timeline.ts';

/** A part of the job summary. */
export interface Section {
  readonly title?: Inline;
  readonly blocks: readonly Block[];
}

/** A table; its rows are cut where there are too many. */
export interface Table {
  /** The first row, which GitHub shows in bold type. */
  readonly header: readonly Inline[];
  readonly rows: readonly (readonly Inline[])[];
  /** The columns with numbers, which are aligned on the right. */
  readonly numbers?: readonly number[];
}

/** What a section consists of. */
export type Block =
  | { readonly text: Inline }
  /** A paragraph each. */
  | { readonly quote: readonly Inline[] }
  | { readonly table: Table }
  | { readonly timeline: Timeline }
  | { readonly section: Section }
  /** The title is in the action's own words. */
  | { readonly details: { readonly title: string; readonly blocks: readonly Block[] } };

/** GitHub refuses a larger summary of a step; 1 KiB is left for the last lines. */
const mostBytes = 1_023 * 1_024;
/** Tables leave so much room for the text after them. */
const textBytes = 16 * 1_024;
const mostRows = 200;

/**
 * Appends a section to the file of the job summary. It never waits and never opens anything but a
 * regular file.
 *
 * @param file `GITHUB_STEP_SUMMARY`.
 * @param clean prepares text from outside.
 * @throws the error of the file system.
 */
export function appendSection(file: string, section: Section, clean: Clean): void {
  const { O_APPEND, O_NONBLOCK, O_WRONLY } = constants;
  const descriptor = openSync(file, O_WRONLY | O_APPEND | orNothing(O_NONBLOCK));
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Error('it is not a regular file');
    const text = renderSection(section, { clean, room: mostBytes - found.size });
    if (text === '') throw new Error('it has no room left for more text');
    // Unlike one write, this continues until everything is written.
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** On Windows the constant is undefined. */
function orNothing(flag: number | undefined): number {
  return flag ?? 0;
}

interface Rendering {
  readonly clean: Clean;
  /** How many bytes the section may have. */
  readonly room?: number;
}

/** The markdown of a section; empty if there is no room for it. */
export function renderSection(
  { title, blocks }: Section,
  { clean, room = mostBytes }: Rendering,
): string {
  const paper = new Paper(clean, room);
  if (title !== undefined && !paper.add(`### ${renderInline(title, clean)}`)) return '';
  for (const block of blocks) paper.block(block);
  return paper.text();
}

/** Paragraphs, as long as there is room. */
class Paper {
  readonly #clean: Clean;
  readonly #paragraphs: string[] = [];
  #room: number;

  constructor(clean: Clean, room: number) {
    this.#clean = clean;
    this.#room = room;
  }

  text(): string {
    return this.#paragraphs.map((paragraph) => `${paragraph}\n\n`).join('');
  }

  /** @returns whether there was room for it. */
  add(paragraph: string): boolean {
    const bytes = Buffer.byteLength(paragraph) + 2;
    if (bytes > this.#room) return false;
    this.#room -= bytes;
    this.#paragraphs.push(paragraph);
    return true;
  }

  block(block: Block): void {
    if ('text' in block) this.add(this.#inline(block.text));
    else if ('quote' in block)
      this.add(block.quote.map((text) => `> ${this.#inline(text)}`).join('\n>\n'));
    else if ('table' in block) this.#table(block.table);
    else if ('timeline' in block) this.add(renderTimeline(block.timeline, this.#clean));
    else if ('section' in block) this.#section(block.section);
    else this.#details(block.details.title, block.details.blocks);
  }

  #section({ title, blocks }: Section): void {
    if (title !== undefined) this.add(`#### ${this.#inline(title)}`);
    for (const block of blocks) this.block(block);
  }

  #details(title: string, blocks: readonly Block[]): void {
    const end = '</details>';
    this.#room -= end.length + 2;
    const begun = this.add(`<details><summary>${title}</summary>`);
    if (begun) for (const block of blocks) this.block(block);
    this.#room += end.length + 2;
    if (begun) this.add(end);
  }

  /** A table without any of its rows would say that there is nothing. */
  #table({ header, rows, numbers = [] }: Table): void {
    const lines = [
      line(header.map((cell) => this.#cell(cell))),
      line(header.map((_, index) => (numbers.includes(index) ? '---:' : ':---'))),
    ];
    let bytes = Buffer.byteLength(lines.join('\n')) + textBytes;
    for (const row of rows.slice(0, mostRows)) {
      const next = line(header.map((_, index) => this.#cell(row[index] ?? [])));
      bytes += Buffer.byteLength(next) + 1;
      if (bytes > this.#room) break;
      lines.push(next);
    }
    const shown = lines.length - 2;
    if (shown === 0 && rows.length > 0) return;
    this.add(lines.join('\n'));
    if (shown < rows.length) this.add(`and ${rows.length - shown} more`);
  }

  #inline(inline: Inline): string {
    return renderInline(inline, this.#clean);
  }

  #cell(inline: Inline): string {
    return renderInline(inline, this.#clean, 'cell');
  }
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
