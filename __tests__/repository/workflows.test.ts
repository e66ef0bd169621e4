import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { fieldsOf, listProjectFiles, readManifest, readProjectFile } from './project.ts';
import { jobsOf, stepsOf, workflowErrors } from './workflow-check.ts';

const workflowPaths = listProjectFiles().filter((path) =>
  /^\.github\/workflows\/.+\.ya?ml$/.test(path),
);
const workflows = workflowPaths.map((path): [string, string] => [path, readProjectFile(path)]);

describe('the workflows of this repository', () => {
  it('exist', () => {
    expect(workflowPaths).toContain('.github/workflows/ci.yml');
    expect(workflowPaths).toContain('.github/workflows/check-dist.yml');
  });

  it.each(workflows)('%s is valid', async (_, text) => {
    expect(await workflowErrors(text, readManifest())).toEqual([]);
  });

  it.each(workflows)('%s pins each action by commit and names its version', (_, text) => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    // A workflow that others call cannot use `./`, which would be their repository.
    const isOwn = (line: string): boolean => /uses: (\.\/|aura-action\/aura-action@v1$)/.test(line);
    for (const line of uses.filter((line) => !isOwn(line))) {
      expect(line).toMatch(/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+(\.\d+)*$/);
    }
  });

  it.each(workflows)('%s grants permissions only to jobs', (_, text) => {
    const workflow: unknown = parse(text);
    expect(fieldsOf(workflow)['permissions']).toEqual({});
    expect(jobsOf(workflow)).not.toHaveLength(0);
    for (const job of jobsOf(workflow)) {
      expect(job['permissions']).toBeTypeOf('object');
    }
  });

  it.each(workflows)('%s limits the time of each job and the runs of a branch', (_, text) => {
    const workflow: unknown = parse(text);
    expect(fieldsOf(fieldsOf(workflow)['concurrency'])['group']).toBeTypeOf('string');
    for (const job of jobsOf(workflow)) {
      expect(job['timeout-minutes']).toBeTypeOf('number');
    }
  });

  it.each(workflows)('%s leaves no token in the checkout and runs no install script', (_, text) => {
    const steps = stepsOf(parse(text));
    for (const step of steps.filter(({ uses }) => String(uses).startsWith('actions/checkout@'))) {
      expect(fieldsOf(step['with'])['persist-credentials']).toBe(false);
    }
    for (const install of text.match(/npm ci\b.*/g) ?? []) {
      expect(install).toContain('--ignore-scripts');
    }
  });

  it.each(workflows)('%s does not run code of a pull request with secrets', (_, text) => {
    expect(text).not.toContain('pull_request_target');
  });

  it('pin each action to one version', () => {
    const pins = new Map<string, Set<string>>();
    for (const [, text] of workflows) {
      for (const [, action = '', pin = ''] of text.matchAll(/uses: ([\w.-]+\/[\w.-]+).*@(.+)$/gm)) {
        pins.set(action, (pins.get(action) ?? new Set<string>()).add(pin));
      }
    }
    expect([...pins].filter(([, versions]) => versions.size > 1)).toEqual([]);
  });
});

describe('the check of workflows', () => {
  const flawed = [
    'on: push',
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - run: echo ${{ github.event.issue.title }}',
    '        shel: bash',
    '',
  ].join('\n');

  it('finds an unknown key', async () => {
    expect(await workflowErrors(flawed, readManifest())).toEqual([
      "line 7: Unexpected value 'shel'",
    ]);
  });
});
