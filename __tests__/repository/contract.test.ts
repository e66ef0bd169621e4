import { describe, expect, it } from 'vitest';

import { inputNames } from '../../src/aura/inputs/table.ts';
import { outputNames } from '../../src/aura/session/report.ts';
import { section, tableRows, unquoted } from './markdown.ts';
import { fieldsOf, readManifest, readProjectFile } from './project.ts';
import { manifestErrors } from './workflow-check.ts';

const manifest = readManifest();
const readme = readProjectFile('README.md');
const inputRows = tableRows(section(readme, 'Inputs'));
const outputRows = tableRows(section(readme, 'Outputs'));

/** The only output that a runner hides. */
const maskedOutputs = ['password'];

describe('the inputs', () => {
  it('are the same in action.yml, in the README and in the code', () => {
    const declared = Object.keys(manifest.inputs).toSorted();
    expect(declared).not.toHaveLength(0);
    expect(inputRows.map((row) => unquoted(row['Name'] ?? '')).toSorted()).toEqual(declared);
    expect(inputNames.toSorted()).toEqual(declared);
  });

  it.each(Object.entries(manifest.inputs))('%s is documented as declared', (name, input) => {
    const row = inputRows.find((candidate) => unquoted(candidate['Name'] ?? '') === name);
    expect(row?.['Name']).toBe(`\`${name}\``);
    expect(row?.['Required']).toMatch(input.required ? /^yes$/i : /^(no)?$/i);
    expect(row?.['Default']).toBe(input.default ? `\`${input.default}\`` : '');
    expect(row?.['Description']).not.toBe('');
    expect(input.description).not.toBe('');
  });

  it.each(Object.entries(manifest.inputs))('%s is not both required and defaulted', (_, input) => {
    expect(input.required && input.default !== undefined).toBe(false);
  });
});

describe('the outputs', () => {
  it('are the same in action.yml, in the README and in the code', () => {
    const declared = Object.keys(manifest.outputs).toSorted();
    expect(declared).not.toHaveLength(0);
    expect(outputRows.map((row) => unquoted(row['Name'] ?? '')).toSorted()).toEqual(declared);
    expect(outputNames.toSorted()).toEqual(declared);
  });

  it.each(Object.entries(manifest.outputs))('%s is documented', (name, output) => {
    const row = outputRows.find((candidate) => candidate['Name'] === `\`${name}\``);
    expect(row?.['Masked']).toMatch(maskedOutputs.includes(name) ? /^yes$/i : /^(no)?$/i);
    expect(row?.['Description']).not.toBe('');
    expect(output.description).not.toBe('');
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
