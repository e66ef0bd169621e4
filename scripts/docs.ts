import { readFile, writeFile } from 'node:fs/promises';

import { documents, updated } from './docs/documents.ts';

// Writes the tables of inputs and outputs into the documents, from action.yml.
const root = new URL('../', import.meta.url);
const actionYml = await readFile(new URL('action.yml', root), 'utf8');
for (const document of documents) {
  const file = new URL(document.path, root);
  const before = await readFile(file, 'utf8');
  const after = await updated(document, before, actionYml);
  if (after !== before) await writeFile(file, after);
  console.log(`${document.path}: ${after === before ? 'already up to date' : 'updated'}`);
}
