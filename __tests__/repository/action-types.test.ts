import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { table as auraTable } from '../../src/aura/inputs/table.ts';
import type { Parser } from '../../src/core/inputs/parser.ts';
import { table as simulatorTable } from '../../src/simulator/inputs.ts';
import { fieldsOf, readManifest, readProjectFile } from './project.ts';

type Rows = Readonly<Record<string, { readonly parse: Parser<unknown> }>>;

/** Words that stand for a number, and times: who takes one of them takes more than a number. */
const notNumbers = ['seven', '20m', 'unlimited', 'never'];

/** The type of an input, from what its parser does. */
function typeOf(read: Parser<unknown>): object {
  const accepts = (text: string): boolean => 'value' in read(text);
  const value = (text: string): unknown => Object.assign({ value: undefined }, read(text)).value;
  if (value('true') === true) return { type: 'boolean' };
  const refused = read('\0');
  const words = 'expected' in refused ? /^one of (.+)$/.exec(refused.expected)?.[1] : undefined;
  if (words !== undefined) {
    const [listed = '', codes] = words.split(', or an API code such as ');
    const names = listed.split(', ');
    // Some names are the same in the API: their code is not listed twice.
    const values = codes === undefined ? [] : names.map(value);
    return { type: 'enum', 'allowed-values': [...new Set([...names, ...values])] };
  }
  if (['11111111,22222222', 'a,b'].some((text) => Array.isArray(value(text)))) {
    return { type: 'list', separator: ',', 'list-item': { type: 'string' } };
  }
  const isNumber = accepts('7') && !notNumbers.some(accepts);
  return { type: isNumber ? (accepts('0.5') ? 'float' : 'integer') : 'string' };
}

describe.each<[string, Rows]>([
  ['', auraTable],
  ['simulator/', simulatorTable],
])('%saction-types.yml', (directory, rows) => {
  const manifest = readManifest(readProjectFile(`${directory}action.yml`));
  const types = fieldsOf(parse(readProjectFile(`${directory}action-types.yml`)));
  const inputs = fieldsOf(types['inputs']);
  const outputs = fieldsOf(types['outputs']);

  it('names exactly the inputs and outputs of action.yml, in the same order', () => {
    expect(Object.keys(types)).toEqual(['inputs', 'outputs']);
    expect(Object.keys(inputs)).toEqual(Object.keys(manifest.inputs));
    expect(Object.keys(outputs)).toEqual(Object.keys(manifest.outputs));
  });

  it.each(Object.keys(manifest.inputs))('gives input %s the type that the code reads', (name) => {
    const row = rows[name];
    expect(row && typeOf(row.parse)).toEqual(inputs[name]);
  });

  it.each(Object.entries(manifest.outputs))('gives output %s its type', (name, output) => {
    const isBoolean = output.description.startsWith('`true` if ');
    expect(outputs[name]).toEqual({ type: isBoolean ? 'boolean' : 'string' });
  });
});

describe('the type of an input', () => {
  it.each<[string, Parser<unknown>, string]>([
    ['any text', (text) => ({ value: text }), 'string'],
    [
      'a number or a word',
      (text) => (/^(\d+|never)$/.test(text) ? { value: text } : { expected: 'x' }),
      'string',
    ],
    [
      'a whole number',
      (text) => (/^\d+$/.test(text) ? { value: text } : { expected: 'x' }),
      'integer',
    ],
    ['a number', (text) => (/^[\d.]+$/.test(text) ? { value: text } : { expected: 'x' }), 'float'],
  ])('that takes %s', (_, parser, type) => {
    expect(typeOf(parser)).toEqual({ type });
  });
});
