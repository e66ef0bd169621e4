import { readFile, writeFile } from 'node:fs/promises';

import { documents, readSources, updated } from './docs/documents.ts';

// Writes the tables of the documents: inputs and outputs from action.yml, and the list of examples.
const root = new URL('../', import.meta.url);
const sources = await readSources(root);
for (const document of documents) {
  const file = new URL(document.path, root);
  const before = await readFile(file, 'utf8');
  const after = await updated(document, before, sources);
  if (after !== before) await writeFile(file, after);
  console.log(`${document.path}: ${after === before ? 'already up to date' : 'updated'}`);
}
