import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { yamlSnippets } from '../../__tests__/repository/markdown.ts';

/** The files for each of the two programs. */
export interface Files {
  readonly workflows: readonly string[];
  /** Other files that only zizmor reads: actions, and the settings of Dependabot. */
  readonly others: readonly string[];
}

/**
 * All workflows of the project: those of this repository, the examples, and the whole workflows in
 * the documents, which are written into `folder`.
 */
export function projectFiles(folder: string): Files {
  const listing = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    encoding: 'utf8',
  });
  const files = listing.split('\0').filter((file) => file !== '');
  const documents = files.filter((file) => file.endsWith('.md'));
  return {
    workflows: [
      ...files.filter((file) => /^(\.github\/workflows|examples)\/.+\.ya?ml$/.test(file)),
      ...documents.flatMap((file) => snippetFiles(file, folder)),
    ],
    others: files.filter((file) => /(^|\/)action\.ya?ml$|^\.github\/dependabot\.yml$/.test(file)),
  };
}

/** A part of a workflow refers to steps and jobs outside it, which would be called undefined. */
function snippetFiles(document: string, folder: string): string[] {
  return yamlSnippets(document, readFileSync(document, 'utf8'))
    .filter(({ text }) => /^on:/m.test(text) && /^jobs:/m.test(text))
    .map(({ place, text }) => {
      const file = path.join(folder, `${place.replace(':', '-line-')}.yml`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    });
}
