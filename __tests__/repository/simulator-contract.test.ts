import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { inputNames, table } from '../../src/simulator/inputs.ts';
import { outputNames } from '../../src/simulator/report.ts';
import { section, tableRows, unquoted } from './markdown.ts';
import { fieldsOf, readManifest, readProjectFile } from './project.ts';
import { manifestErrors } from './workflow-check.ts';

const text = readProjectFile('simulator/action.yml');
const manifest = readManifest(text);
const page = readProjectFile('docs/simulator.md');
const inputRows = tableRows(section(page, 'Inputs'));
const outputRows = tableRows(section(page, 'Outputs'));

function named(rows: typeof inputRows, name: string): (typeof inputRows)[number] | undefined {
  return rows.find((row) => unquoted(row['Name'] ?? '') === name);
}

describe('the inputs of the simulator action', () => {
  it('are the same in action.yml, in the docs and in the code', () => {
    const declared = Object.keys(manifest.inputs);
    expect(declared).not.toHaveLength(0);
    expect(inputNames).toEqual(declared);
    expect(inputRows.map((row) => unquoted(row['Name'] ?? ''))).toEqual(declared);
  });

  it.each(Object.entries(manifest.inputs))('%s has one default and is optional', (name, input) => {
    const row = inputNames.find((each) => each === name);
    expect(row && table[row].default).toBe(input.default);
    expect(input.required).toBe(false);
    expect(input.description).not.toBe('');
    const shown = named(inputRows, name);
    expect(shown?.['Default']).toBe(input.default === undefined ? '' : `\`${input.default}\``);
    expect(shown?.['Description']).not.toBe('');
  });
});

describe('the outputs of the simulator action', () => {
  it('are the same in action.yml, in the docs and in the code', () => {
    const declared = Object.keys(manifest.outputs);
    expect(declared).not.toHaveLength(0);
    expect(outputNames).toEqual(declared);
    expect(outputRows.map((row) => unquoted(row['Name'] ?? ''))).toEqual(declared);
  });
});

describe('simulator/action.yml', () => {
  it('is valid', async () => {
    expect(await manifestErrors(text)).toEqual([]);
  });

  it('runs the committed bundle on Node 24', () => {
    const { using, main, post } = fieldsOf(manifest.raw['runs']);
    expect({ using, main, post }).toEqual({
      using: 'node24',
      main: '../dist/simulator/index.js',
      post: '../dist/simulator/post.js',
    });
  });
});

describe('the bundle of the simulator', () => {
  it.each([
    ['index.js', 100_000],
    ['post.js', 100_000],
    ['server.js', 200_000],
  ])('%s is one small file that needs only Node.js', (name, bytes) => {
    const code = readProjectFile(path.posix.join('dist/simulator', name));
    expect(code.length).toBeLessThan(bytes);
    const imported = [...code.matchAll(/^import .* from "(.+)";$/gm)].map(([, from]) => from);
    expect(imported).not.toHaveLength(0);
    const builtins = /^(node:\w+|os|crypto|fs|path|events|timers|child_process)$/;
    expect(imported.filter((from) => !builtins.test(from ?? ''))).toEqual([]);
    expect(code).not.toMatch(/\bimport\(/);
  });
});
