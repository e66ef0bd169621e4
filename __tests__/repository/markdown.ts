/** A fenced block of YAML and its place. */
export interface Snippet {
  /** File and line of the fence. */
  place: string;
  text: string;
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
