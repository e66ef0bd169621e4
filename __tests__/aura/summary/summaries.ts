/** The paragraphs of a summary. */
export function blocksOf(summary: string): readonly string[] {
  return summary.trimEnd().split('\n\n');
}

/** The heading of a summary that has one, as its first line. */
export function headingOf(summary: string): string {
  const [first = ''] = blocksOf(summary);
  if (!first.startsWith('### ')) throw new Error(`No heading: ${first}`);
  return first.slice(4);
}

/** The rows of the first table, if it is about one instance. */
export function factsOf(summary: string): Readonly<Record<string, string>> {
  const table = blocksOf(summary).find((block) => /^\| Instance \| [^|]* \|\n/.test(block));
  const rows = (table ?? '').split('\n').flatMap((line) => {
    const [, title, value] = /^\| ([^|:]+) \| (.*) \|$/.exec(line) ?? [];
    return title === undefined || value === undefined
      ? []
      : [[title.replaceAll('\u00a0', ' '), value]];
  });
  return Object.fromEntries(rows) as Record<string, string>;
}

/** The cells of the first table of several instances, without its header. */
export function rowsOf(summary: string): readonly (readonly string[])[] {
  const table = blocksOf(summary).find((block) => block.startsWith('| Instance | Id |')) ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((line) => line.slice(2, -2).replaceAll('\u00a0', ' ').split(' | '));
}

/** The tasks of the chart; none without a chart. */
export function charted(summary: string): readonly string[] {
  const [, chart = ''] = /\n {4}todayMarker off\n([^]*?)\n```/.exec(summary) ?? [];
  return chart.split('\n').flatMap((line) => (line === '' ? [] : [line.trim()]));
}

/** The small line at the end. */
export function lastLineOf(summary: string): string {
  const [, text] = /^<sub>(.*)<\/sub>$/.exec(blocksOf(summary).at(-1) ?? '') ?? [];
  if (text === undefined) throw new Error(`No last line: ${summary}`);
  return text;
}
