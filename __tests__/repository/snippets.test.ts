import { describe, expect, it } from 'vitest';

import { fencedBlocks, type Snippet, yamlSnippets } from './markdown.ts';
import { listProjectFiles, type Manifest, readManifest, readProjectFile } from './project.ts';
import { asWorkflow, workflowErrors } from './workflow-check.ts';

const snippets = listProjectFiles()
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) => yamlSnippets(path, readProjectFile(path)))
  .map((snippet): [string, Snippet] => [snippet.place, snippet]);

/** A line of a step that uses an action. */
const isStep = /^\s*(- )?uses: \S/m;

const examples = listProjectFiles().filter((path) => /^examples\/.+\.ya?ml$/.test(path));

describe('the YAML in the documents', () => {
  it('shows the action in use', () => {
    const readme = snippets.filter(([place]) => place.startsWith('README.md:'));
    expect(readme.map(([, { text }]) => text).join('')).toContain('uses: aura-action/aura-action@');
  });

  it('is marked as YAML wherever it contains a step', () => {
    const unmarked = listProjectFiles()
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        fencedBlocks(readProjectFile(path))
          .filter(({ language, text }) => isStep.test(text) && !/^ya?ml$/.test(language))
          .map(({ text }) => `${path}: ${text}`),
      );
    expect(unmarked).toEqual([]);
  });

  it.each(snippets)(
    '%s is valid and uses the action as action.yml declares it',
    async (_, snippet) => {
      const workflow = asWorkflow(snippet.text);
      expect(workflow, 'is neither a workflow nor a part of one').toBeDefined();
      expect(await workflowErrors(workflow ?? '', readManifest())).toEqual([]);
    },
  );

  it.each(examples)('%s is valid', async (path) => {
    expect(await workflowErrors(readProjectFile(path), readManifest())).toEqual([]);
  });
});

describe('the check of snippets', () => {
  const manifest: Manifest = {
    name: 'Example',
    description: 'An action with two inputs and an output.',
    inputs: {
      operation: { description: 'What to do.', required: true },
      name: { description: 'On what.', required: false },
    },
    outputs: { status: { description: 'How it went.' } },
    raw: {},
  };
  const step = '- id: aura\n  uses: aura-action/aura-action@v1\n';

  async function errorsOf(snippet: string): Promise<string[]> {
    return workflowErrors(asWorkflow(snippet) ?? 'not a workflow', manifest);
  }

  it('accepts a valid step', async () => {
    const rest = '  with:\n    operation: get\n- run: echo ${{ steps.aura.outputs.status }}\n';
    expect(await errorsOf(step + rest)).toEqual([]);
  });

  it('finds an input that does not exist', async () => {
    const errors = await errorsOf(`${step}  with:\n    operation: get\n    nmae: x\n`);
    expect(errors).toEqual(["line 10: Invalid action input 'nmae'"]);
  });

  it('knows the simulator action', async () => {
    const start = '- id: sim\n  uses: aura-action/aura-action/simulator@v1\n  with:\n';
    expect(await errorsOf(`${start}    speed: 60\n`)).toEqual([]);
    expect(await errorsOf(`${start}    sped: 60\n`)).toEqual([
      "line 9: Invalid action input 'sped'",
    ]);
    const use = '- run: echo ${{ steps.sim.outputs.url }}\n';
    expect(await errorsOf(`${start}    speed: 60\n${use}`)).toEqual([
      "'steps.sim.outputs.url' is not an output of this action",
    ]);
  });

  it('finds that a required input is missing', async () => {
    const errors = await errorsOf(`${step}  with:\n    name: x\n`);
    expect(errors).toEqual(['line 8: Missing required input `operation`']);
  });

  it('finds an output that does not exist', async () => {
    const rest = '  with:\n    operation: get\n- run: echo ${{ steps.aura.outputs.uri }}\n';
    const errors = await errorsOf(step + rest);
    expect(errors).toEqual(["'steps.aura.outputs.uri' is not an output of this action"]);
  });

  it.each([
    ['steps', '- run: make\n'],
    ['one step', 'uses: actions/checkout@v7\n'],
    ['the steps of a job', 'steps:\n  - run: make\n'],
    ['jobs', 'build:\n  runs-on: ubuntu-latest\n  steps:\n    - run: make\n'],
    ['settings', 'permissions:\n  contents: read\n'],
    ['events', 'on:\n  pull_request:\n    types: [closed]\n'],
  ])('turns %s into a workflow', async (_, snippet) => {
    expect(await errorsOf(snippet)).toEqual([]);
  });

  it('ignores YAML that is not part of a workflow', () => {
    expect(asWorkflow('colour: red\n')).toBeUndefined();
  });

  it('does not check the outputs of an action outside this repository', async () => {
    const other = '- id: a\n  uses: aura-action/aura-action/no-such-folder@v1\n';
    expect(await errorsOf(`${other}- run: echo \${{ steps.a.outputs.b }}\n`)).toEqual([]);
  });

  it('reads fenced blocks, including indented ones', () => {
    const markdown =
      'a\n\n```yaml\nx: 1\n```\n\n- b\n\n  ```yml\n  y:\n    - 2\n  ```\n\n```sh\nls\n```\n';
    expect(yamlSnippets('a.md', markdown)).toEqual([
      { place: 'a.md:3', text: 'x: 1\n' },
      { place: 'a.md:9', text: 'y:\n  - 2\n' },
    ]);
  });
});
