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
