import { describe, expect, it } from 'vitest';

import { type Document, updated } from '../../scripts/docs/documents.ts';
import { examplesTable, isExample } from '../../scripts/docs/examples.ts';
import { inputsTable, outputsTable, withTable } from '../../scripts/docs/tables.ts';

const actionYml = `name: Example
inputs:
  # What to do
  operation:
    description: 'What to do: \`get\` or \`set\`. More about it, in a sentence that is so long that it fits into no table for readers who are in a hurry.'
    required: true
  # How
  mode:
    description: How to do it. Fast | slow.
    default: fast
  dry-run:
    description: Change nothing.
    default: 'false'
outputs:
  status:
    description: How it went.
  password:
    description: The password. Masked.
`;

const options: Document = { path: 'A.md', detail: 'short', examples: false };
const places = '<!-- inputs -->\n<!-- /inputs -->\n\n<!-- outputs -->\n<!-- /outputs -->\n';
const document = `# A\n\n${places}`;
const sources = { actionYml, examples: [] };

describe('the table of inputs', () => {
  it('has a row for each group and input, in the order of action.yml', () => {
    expect(inputsTable(actionYml, 'short').split('\n')).toEqual([
      '| Name | Default | Description |',
      '| --- | --- | --- |',
      '| **What to do** |  |  |',
      '| `operation` | _required_ | What to do: `get` or `set`. |',
      '| **How** |  |  |',
      '| `mode` | `fast` | How to do it. Fast \\| slow. |',
      '| `dry-run` | `false` | Change nothing. |',
    ]);
  });

  it('has all sentences in its full form', () => {
    expect(inputsTable(actionYml, 'full')).toContain('or `set`. More about it, in a sentence');
  });

  it.each([
    ['has no inputs', 'name: A\n', 'action.yml has no inputs.'],
    [
      'begins with an input outside the groups',
      'inputs:\n  a:\n    description: A.\n',
      'The first input of action.yml has no group.',
    ],
    [
      'does not describe an input',
      'inputs:\n  # A\n  a:\n    required: true\n',
      "'a' has no description in action.yml.",
    ],
  ])('is refused if action.yml %s', (_, text, message) => {
    expect(() => inputsTable(text, 'short')).toThrow(message);
  });
});

describe('the table of outputs', () => {
  it('marks the masked ones', () => {
    expect(outputsTable(actionYml, 'full').split('\n').slice(2)).toEqual([
      '| `status` |  | How it went. |',
      '| `password` | yes | The password. |',
    ]);
  });
});

describe('the table of examples', () => {
  const first = { path: 'examples/b.yml', text: '# Deletes |\n# all. Take care.\nname: B\n' };
  const other = { path: '.github/workflows/a.yml', text: '# Calls.\non:\n  workflow_call:\n' };

  it('has the first sentence of each workflow, in the order of their paths', () => {
    expect(examplesTable([first, other]).split('\n').slice(2)).toEqual([
      '| [a.yml](.github/workflows/a.yml) | Calls. |',
      '| [b.yml](examples/b.yml) | Deletes \\| all. |',
    ]);
  });

  it('is refused if a workflow does not begin with what it is for', () => {
    expect(() => examplesTable([{ path: 'examples/c.yml', text: 'name: C\n' }])).toThrow(
      'examples/c.yml does not begin with what it is for.',
    );
  });

  it('has workflows to copy and to call, but none of this repository alone', () => {
    const own = { path: '.github/workflows/ci.yml', text: 'on:\n  push:\n' };
    const data = { path: 'examples/event.json', text: '{}' };
    expect([first, other, own, data].filter(isExample)).toEqual([first, other]);
  });
});

describe('a document', () => {
  it('gets its tables between the markers, and keeps all other text', async () => {
    const text = await updated(options, document, sources);
    expect(text).toMatch(/^# A\n\n<!-- inputs -->\n\n\| Name /);
    expect(text).toMatch(/\n\n<!-- \/outputs -->\n$/);
    expect(text).toContain('| `password` | yes    | The password. |');
  });

  it('changes if action.yml does, and otherwise never again', async () => {
    const once = await updated(options, document, sources);
    expect(await updated(options, once, sources)).toBe(once);
    const other = await updated(options, once, {
      ...sources,
      actionYml: actionYml.replace('default: fast', 'default: slow'),
    });
    expect(other).not.toBe(once);
    expect(other).toContain('| `mode`         | `slow`');
  });

  it('without a place for a table is named', async () => {
    const text = document.replace('<!-- /outputs -->', '');
    await expect(updated(options, text, sources)).rejects.toThrow(
      "A.md has no place for a table. It has no '<!-- outputs -->' before '<!-- /outputs -->'.",
    );
  });

  it('whose markers are in the wrong order has no place for a table', () => {
    expect(() => withTable('<!-- /inputs --><!-- inputs -->', 'inputs', '')).toThrow(
      "It has no '<!-- inputs -->' before '<!-- /inputs -->'.",
    );
  });
});
