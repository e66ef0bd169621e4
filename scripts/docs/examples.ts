/** A workflow to copy: its path in the repository and its text. */
export interface Example {
  readonly path: string;
  readonly text: string;
}

/** Whether a file is a workflow to copy, or one that other workflows can call. */
export function isExample({ path, text }: Example): boolean {
  if (/^examples\/[\w-]+\.ya?ml$/.test(path)) return true;
  return /^\.github\/workflows\/[\w-]+\.ya?ml$/.test(path) && /^ {2}workflow_call:/m.test(text);
}

/**
 * The table of workflows: what each is for is the first sentence of the comment that it begins with.
 *
 * @throws Error if one begins with anything else
 */
export function examplesTable(examples: readonly Example[]): string {
  const rows = examples
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
    .map((example) => `| [${nameOf(example)}](${example.path}) | ${purposeOf(example)} |`);
  return ['| Workflow | What it does |', '| --- | --- |', ...rows].join('\n');
}

function nameOf({ path }: Example): string {
  return path.split('/').at(-1) ?? path;
}

function purposeOf({ path, text }: Example): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('# '));
  const comment = lines.slice(0, end).map((line) => line.slice('# '.length));
  const sentence = /^[^]*?\.(?= |$)/.exec(comment.join(' '))?.[0];
  if (sentence === undefined) throw new Error(`${path} does not begin with what it is for.`);
  return sentence.replaceAll('|', '\\|');
}
