import { format, resolveConfig } from 'prettier';

import { type Detail, inputsTable, MissingMarkers, outputsTable, withTable } from './tables.ts';

/** The documents with tables from action.yml. */
export const documents: readonly { readonly path: string; readonly detail: Detail }[] = [
  { path: 'README.md', detail: 'short' },
  { path: 'docs/inputs.md', detail: 'full' },
];

/**
 * A document with up-to-date tables, formatted as all documents are.
 *
 * @param path - of the document, for the format
 * @throws Error if action.yml or the document lacks something; it names the document
 */
export async function updated(
  { path, detail }: (typeof documents)[number],
  document: string,
  actionYml: string,
): Promise<string> {
  try {
    const inputs = withTable(document, 'inputs', inputsTable(actionYml, detail));
    const outputs = withTable(inputs, 'outputs', outputsTable(actionYml, detail));
    return await format(outputs, { ...(await resolveConfig(path)), filepath: path });
  } catch (error) {
    if (!(error instanceof MissingMarkers)) throw error;
    throw new Error(`${path} has no place for a table. ${error.message}`, { cause: error });
  }
}
