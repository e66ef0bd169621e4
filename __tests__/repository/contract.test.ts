import { describe, expect, it } from 'vitest';

import { inputNames } from '../../src/aura/inputs/table.ts';
import { outputNames } from '../../src/aura/session/report.ts';
import { documents, readSources, updated } from '../../scripts/docs/documents.ts';
import { fieldsOf, readManifest, readProjectFile } from './project.ts';
import { manifestErrors } from './workflow-check.ts';

const manifest = readManifest();

describe('the inputs', () => {
  it('are the same in action.yml and in the code', () => {
    const declared = Object.keys(manifest.inputs).toSorted();
    expect(declared).not.toHaveLength(0);
    expect(inputNames.toSorted()).toEqual(declared);
  });

  it.each(Object.entries(manifest.inputs))('%s is not both required and defaulted', (_, input) => {
    expect(input.required && input.default !== undefined).toBe(false);
  });
});

describe('the outputs', () => {
  it('are the same in action.yml and in the code', () => {
    const declared = Object.keys(manifest.outputs).toSorted();
    expect(declared).not.toHaveLength(0);
    expect(outputNames.toSorted()).toEqual(declared);
  });

  it('say of the password alone that it is masked', () => {
    const masked = Object.entries(manifest.outputs).filter(([, { description }]) =>
      description.endsWith(' Masked.'),
    );
    expect(masked.map(([name]) => name)).toEqual(['password']);
  });
});

const root = new URL('../../', import.meta.url);

describe('the tables of the documents', () => {
  it.each(documents)('in $path are up to date', async (document) => {
    const text = readProjectFile(document.path);
    const current = await updated(document, text, await readSources(root));
    expect(text === current, `${document.path} is out of date: run 'npm run docs'.`).toBe(true);
  });
});

describe('action.yml', () => {
  it('is valid', async () => {
    expect(await manifestErrors(readProjectFile('action.yml'))).toEqual([]);
  });

  it('runs the committed bundle on Node 24', () => {
    const runs = fieldsOf(manifest.raw['runs']);
    expect(runs['using']).toBe('node24');
    expect(runs['main']).toBe('dist/index.js');
    expect(runs['post']).toBe('dist/post.js');
    // Both only load the one bundle.
    // The first one starts to derive a key before it loads the action.
    for (const [entry, bytes] of [
      ['dist/index.js', 5_000],
      ['dist/post.js', 1_000],
    ] as const) {
      expect(readProjectFile(entry)).toContain('./action.js');
      expect(readProjectFile(entry).length).toBeLessThan(bytes);
    }
  });

  it('names inputs and outputs in kebab-case', () => {
    for (const name of [...Object.keys(manifest.inputs), ...Object.keys(manifest.outputs)]) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });

  it('is reported as invalid if a field is wrong', async () => {
    const wrong = "name: a\ndescription: b\nruns:\n  using: node99\n  main: 'dist/index.js'\n";
    expect(await manifestErrors(wrong)).toEqual(["line 4: Unexpected value 'node99'"]);
  });
});
