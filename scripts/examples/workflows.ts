import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'yaml';

import { yamlSnippets } from '../../__tests__/repository/markdown.ts';
import { fieldsOf, itemsOf } from '../../__tests__/repository/project.ts';
import type { Happening } from './events.ts';

/** The root of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A whole workflow: a file in `examples`, or a recipe in a document. */
export interface Workflow {
  /** Path of the file, or of the document with the line of the recipe. */
  readonly place: string;
  readonly text: string;
  readonly isRecipe: boolean;
  readonly parsed: Readonly<Record<string, unknown>>;
}

/** All whole workflows that users are told to copy. */
export function readWorkflows(): readonly Workflow[] {
  const listing = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = listing.split('\0');
  const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
  const examples = paths
    .filter((path) => /^examples\/[\w-]+\.ya?ml$/.test(path))
    .map((path) => ({ place: path, text: read(path), isRecipe: false }));
  const recipes = paths
    .filter((path) => /^(README|docs\/[\w-]+)\.md$/.test(path))
    .flatMap((path) => yamlSnippets(path, read(path)))
    .map((snippet) => ({ ...snippet, isRecipe: true }));
  return [...examples, ...examples.flatMap(inheriting), ...recipes]
    .map((one) => ({ ...one, parsed: fieldsOf(parse(one.text)) }))
    .filter(({ parsed }) => 'on' in parsed && 'jobs' in parsed);
}

/** The example that calls the reusable workflow, as it looks if it passes all secrets of the caller. */
function inheriting({ place, text }: Pick<Workflow, 'place' | 'text'>) {
  const explicit = / {4}secrets:\n {6}client-secret: .+\n/;
  if (!explicit.test(text)) return [];
  const inherited = text.replace(explicit, '    secrets: inherit\n');
  return [{ place: `${place}, inherit`, text: inherited, isRecipe: true }];
}

/** The events of a workflow: their names with their filters. */
export function eventsOf({ parsed }: Pick<Workflow, 'parsed'>): Readonly<Record<string, unknown>> {
  const { on } = parsed;
  if (typeof on === 'string') return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((name) => [String(name), null]));
  return fieldsOf(on);
}

/** The times at which a workflow starts. */
export function cronsOf(workflow: Workflow): readonly string[] {
  return itemsOf(eventsOf(workflow)['schedule']).map((entry) => String(fieldsOf(entry)['cron']));
}

/** The defaults of the inputs that a person is asked for. */
export function dispatchInputsOf(workflow: Workflow): Record<string, string> {
  const { inputs } = fieldsOf(eventsOf(workflow)['workflow_dispatch']);
  return Object.fromEntries(
    Object.entries(fieldsOf(inputs)).map(([name, input]) => {
      const { default: value = '' } = fieldsOf(input);
      return [name, typeof value === 'string' ? value : JSON.stringify(value)];
    }),
  );
}

/**
 * Whether GitHub starts a run of the workflow; act would, whatever the filters.
 *
 * @throws Error for a filter that this does not understand
 */
export function starts(
  workflow: Pick<Workflow, 'parsed'>,
  { name, action, branch }: Pick<Happening, 'name' | 'action' | 'branch'>,
): boolean {
  const events = eventsOf(workflow);
  if (!(name in events)) return false;
  const filters = fieldsOf(events[name]);
  if (name.startsWith('pull_request')) {
    const types = filters['types'] ?? ['opened', 'synchronize', 'reopened'];
    return itemsOf(types).includes(action);
  }
  const { branches, 'branches-ignore': ignored, ...others } = filters;
  const patterns = [...itemsOf(branches), ...itemsOf(ignored)].map(String);
  const unknown = [...Object.keys(others), ...patterns.filter((text) => /[*?+![]/.test(text))];
  if (name !== 'schedule' && name !== 'workflow_dispatch' && unknown.length > 0) {
    throw new Error(`Event '${name}' has a filter that is more than this can do: ${unknown[0]}`);
  }
  if (branches !== undefined && !itemsOf(branches).includes(branch)) return false;
  return !itemsOf(ignored).includes(branch);
}

/** The highest level of each permission that any job of a workflow has. */
export function permissionsOf({ parsed }: Workflow): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const job of Object.values(fieldsOf(parsed['jobs']))) {
    for (const [name, level] of Object.entries(fieldsOf(fieldsOf(job)['permissions']))) {
      if (found.get(name) !== 'write') found.set(name, level);
    }
  }
  return found;
}
