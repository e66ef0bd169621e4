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
