import { readdir, readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

import { type Example, examplesTable, isExample } from './examples.ts';
import { type Detail, inputsTable, MissingMarkers, outputsTable, withTable } from './tables.ts';

/** A document with tables. */
export interface Document {
  readonly path: string;
  /** How much the tables of inputs and outputs say. */
  readonly detail: Detail;
  /** It lists the workflows to copy. */
  readonly examples: boolean;
}

/** Everything that the tables are made from. */
export interface Sources {
  readonly actionYml: string;
  readonly examples: readonly Example[];
}

/** The documents of this repository. */
export const documents: readonly Document[] = [
  { path: 'README.md', detail: 'short', examples: true },
  { path: 'docs/inputs.md', detail: 'full', examples: false },
];

/** Reads the sources of the tables below the root of the repository. */
export async function readSources(root: URL): Promise<Sources> {
  const folders = ['examples', '.github/workflows'];
  const paths = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(new URL(folder, root))).map((name) => `${folder}/${name}`),
    ),
  );
  const files = await Promise.all(
    paths.flat().map(async (path) => ({ path, text: await readFile(new URL(path, root), 'utf8') })),
  );
  return {
    actionYml: await readFile(new URL('action.yml', root), 'utf8'),
    examples: files.filter(isExample),
  };
}

/**
 * A document with up-to-date tables, formatted as all documents are.
 *
 * @throws Error if a source or the document lacks something; it names the file
 */
export async function updated(
  { path, detail, examples }: Document,
  text: string,
  sources: Sources,
): Promise<string> {
  const tables: (readonly [string, string])[] = [
    ['inputs', inputsTable(sources.actionYml, detail)],
    ['outputs', outputsTable(sources.actionYml, detail)],
  ];
  if (examples) tables.push(['examples', examplesTable(sources.examples)]);
  try {
    const filled = tables.reduce((whole, [name, table]) => withTable(whole, name, table), text);
    return await format(filled, { ...(await resolveConfig(path)), filepath: path });
  } catch (error) {
    if (!(error instanceof MissingMarkers)) throw error;
    throw new Error(`${path} has no place for a table. ${error.message}`, { cause: error });
  }
}
