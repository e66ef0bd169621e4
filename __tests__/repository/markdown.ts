/** A table row: the text of each cell by the heading of its column. */
export type Row = Record<string, string>;

/** A fenced block of YAML and its place. */
export interface Snippet {
  /** File and line of the fence. */
  place: string;
  text: string;
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

/** The blocks fenced as `yaml` or `yml`, without the indentation of the fence. */
export function yamlSnippets(path: string, markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { indent: string; line: number; text: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open === undefined) {
      const fence = /^(\s*)```ya?ml\b/.exec(line);
      open = fence ? { indent: fence[1] ?? '', line: index + 1, text: [] } : undefined;
    } else if (/^\s*```\s*$/.test(line)) {
      snippets.push({ place: `${path}:${open.line}`, text: open.text.join('\n') + '\n' });
      open = undefined;
    } else {
      open.text.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  return snippets;
}
