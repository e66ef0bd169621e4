/** A table row: the text of each cell by the heading of its column. */
export type Row = Record<string, string>;

/** A fenced block of YAML and its place. */
export interface Snippet {
  /** File and line of the fence. */
  place: string;
  text: string;
}

/** A fenced block. */
interface Block {
  language: string;
  /** Line of the fence. */
  line: number;
  text: string;
}

/** The fenced blocks, without the indentation of their fences. */
export function fencedBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: (Block & { indent: string }) | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^(\s*)```(\w*)/.exec(line);
    if (open === undefined) {
      const [, indent = '', language = ''] = fence ?? [];
      open = fence ? { indent, language, line: index + 1, text: '' } : undefined;
    } else if (fence) {
      const { language, line: at, text } = open;
      blocks.push({ language, line: at, text });
      open = undefined;
    } else {
      const inner = line.startsWith(open.indent) ? line.slice(open.indent.length) : line;
      open.text += `${inner}\n`;
    }
  }
  return blocks;
}

/** The text between a second-level heading and the next one; empty without such a heading. */
export function section(markdown: string, heading: string): string {
  const parts = markdown.split(/^## +/m);
  return parts.find((part) => part.split('\n', 1)[0]?.trim() === heading) ?? '';
}

/** The rows of all tables in a text whose first heading is `Name`. */
export function tableRows(markdown: string): Row[] {
  const rows: Row[] = [];
  let heads: string[] | undefined;
  for (const line of markdown.split('\n')) {
    const cells = cellsOf(line);
    if (cells === undefined) {
      heads = undefined;
    } else if (heads === undefined) {
      heads = cells;
    } else if (heads[0] === 'Name' && !cells.every((cell) => /^:?-+:?$/.test(cell))) {
      rows.push(Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? ''])));
    }
  }
  return rows;
}

function cellsOf(line: string): string[] | undefined {
  const inner = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  return inner?.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** The text of a cell without the backticks around it. */
export function unquoted(cell: string): string {
  return /^`([^`]*)`$/.exec(cell)?.[1] ?? cell;
}

/** The blocks fenced as `yaml` or `yml`. */
export function yamlSnippets(path: string, markdown: string): Snippet[] {
  return fencedBlocks(markdown)
    .filter(({ language }) => /^ya?ml$/.test(language))
    .map(({ line, text }) => ({ place: `${path}:${line}`, text }));
}

/** The targets of the links in a text, without code. */
export function links(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors of the headings, as GitHub builds them. */
export function anchors(markdown: string): string[] {
  const headings = [...withoutCode(markdown, /```[^]*?```/g).matchAll(/^#+ +(.+)$/gm)];
  const seen = new Map<string, number>();
  return headings.map(([, heading = '']) => {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** The sentences of the paragraphs and lists, without headings, tables and code. */
export function sentences(markdown: string): string[] {
  const prose = withoutCode(markdown, /```[^]*?```/g)
    .split('\n')
    .filter((line) => !/^\s*(#|\||<!--)/.test(line))
    .join('\n');
  return prose
    .split(/\n\s*\n|\n\s*(?:[-*]|\d+\.) /)
    .flatMap((paragraph) =>
      paragraph
        .replaceAll(/\s+/g, ' ')
        .trim()
        .split(/(?<=\.) /),
    )
    .filter((sentence) => sentence !== '');
}

function withoutCode(markdown: string, code = /```[^]*?```|`[^`\n]*`/g): string {
  return markdown.replaceAll(code, '');
}
