import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { claimOf } from '../../scripts/examples/claims.ts';
import { readWorkflows } from '../../scripts/examples/workflows.ts';
import { fieldsOf, itemsOf, listProjectFiles, readProjectFile } from './project.ts';
import { jobsOf, stepsOf } from './workflow-check.ts';

const reusable = '.github/workflows/pull-request-database.yml';
const examples = readWorkflows()
  .filter(({ isRecipe }) => !isRecipe)
  .map(({ place, text }): [string, string] => [place, text]);
const all: [string, string][] = [...examples, [reusable, readProjectFile(reusable)]];

type Fields = Record<string, unknown>;

function isOwn({ uses }: Fields): boolean {
  return uses === 'aura-action/aura-action@v1';
}

function withOf(step: Fields): Fields {
  return fieldsOf(step['with']);
}

/** What the steps of a job need from GitHub; nothing else may be granted. */
function neededBy(steps: readonly Fields[], events: readonly string[]): Fields {
  const own = steps.filter(isOwn).map(withOf);
  const operations = own.map(({ operation }) => operation);
  const does = (...names: string[]): boolean => names.some((name) => operations.includes(name));
  const isChecked = steps.some(({ uses }) => String(uses).startsWith('actions/checkout@'));
  const deletesForPullRequest = does('delete') && events.includes('pull_request');
  const stores = own.some((inputs) => inputs['credentials-store'] === 'deployment');
  return {
    ...((isChecked || does('sweep') || sweepsToo(own, events)) && { contents: 'read' }),
    ...((deletesForPullRequest || does('sweep', 'auto')) && { 'pull-requests': 'read' }),
    ...((stores || does('sweep')) && { deployments: 'write' }),
  };
}

function sweepsToo(own: readonly Fields[], events: readonly string[]): boolean {
  const isScheduled = events.includes('schedule') || events.includes('workflow_call');
  return isScheduled && own.some(({ operation }) => operation === 'auto');
}

function eventsOf(workflow: unknown): string[] {
  return Object.keys(fieldsOf(fieldsOf(workflow)['on']));
}

describe('the examples', () => {
  it('are all that the README lists, one a line', () => {
    const page = readProjectFile('README.md');
    const listed = [...page.matchAll(/^\| \[([\w-]+\.yml)\]\(examples\/\1\) +\|/gm)];
    const files = listProjectFiles().filter((path) => path.startsWith('examples/'));
    expect(listed.map(([, name]) => `examples/${name}`).toSorted()).toEqual(files.toSorted());
    expect(examples.map(([place]) => place).toSorted()).toEqual(files.toSorted());
  });

  it.each(examples)('%s says in its first line what it is for and what is left', (place, text) => {
    expect(claimOf({ place, text, isRecipe: false, parsed: {} })).toBeTypeOf('string');
  });

  it.each(all)('%s grants each job what its steps need, and nothing else', (_, text) => {
    const workflow: unknown = parse(text);
    expect(fieldsOf(workflow)['permissions']).toEqual({});
    for (const job of jobsOf(workflow)) {
      const steps = itemsOf(job['steps']).map(fieldsOf);
      const called = steps.length > 0 ? undefined : jobsOf(parse(readProjectFile(reusable)))[0];
      expect(job['permissions']).toEqual(
        called?.['permissions'] ?? neededBy(steps, eventsOf(workflow)),
      );
    }
  });

  it.each(all)('%s limits the time of each job and the runs at a time', (_, text) => {
    const workflow: unknown = parse(text);
    const concurrency = fieldsOf(fieldsOf(workflow)['concurrency']);
    expect(concurrency['group']).toBeTypeOf('string');
    // A run that is cancelled for the next one may leave an instance whose password nobody has.
    expect(concurrency['cancel-in-progress']).toBeUndefined();
    for (const job of jobsOf(workflow).filter((job) => !('uses' in job))) {
      const minutes = Number(job['timeout-minutes']);
      const own = itemsOf(job['steps']).map(fieldsOf).filter(isOwn);
      for (const { timeout = '20m' } of own.map(withOf)) {
        expect(Number(/^(\d+)m$/.exec(String(timeout))?.[1])).toBeLessThan(minutes);
      }
    }
  });

  it.each(all)('%s pins all other actions by commit, and leaves no token behind', (_, text) => {
    for (const line of text.split('\n').filter((line) => /\buses: /.test(line))) {
      const own = /uses: aura-action\/aura-action(\/\.github\/workflows\/[\w-]+\.yml)?@v1$/;
      const pinned = /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
      expect(line).toMatch(line.includes('aura-action/') ? own : pinned);
    }
    for (const step of stepsOf(parse(text))) {
      if (!String(step['uses']).startsWith('actions/')) continue;
      expect(withOf(step)['persist-credentials']).toBe(false);
    }
  });

  it.each(all)('%s is not red where GitHub withholds secrets', (_, text) => {
    const workflow: unknown = parse(text);
    const guarded = ['pull_request', 'push', 'delete', 'workflow_call'];
    if (!eventsOf(workflow).some((event) => guarded.includes(event))) return;
    for (const job of jobsOf(workflow)) {
      const steps = itemsOf(job['steps']).map(fieldsOf);
      // A job after the one that was skipped does not start at all.
      if (String(job['if']).includes("outputs.skipped != 'true'")) continue;
      for (const step of steps.filter(isOwn)) {
        expect(withOf(step)['if-no-credentials']).toBe('skip');
      }
      for (const step of steps.filter(({ run }) => run !== undefined)) {
        expect(String(step['if'])).toContain("outputs.skipped != 'true'");
      }
    }
  });

  it('describe each input, secret and output of the reusable workflow', () => {
    const page = readProjectFile('docs/examples.md');
    const described = new Map<string, readonly string[]>();
    for (const [, kind = '', names = ''] of page.matchAll(/^\| (\w+) +\| (`[^|]*`) +\|/gm)) {
      const found = [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      described.set(kind, [...(described.get(kind) ?? []), ...found]);
    }
    const { on } = fieldsOf(parse(readProjectFile(reusable)));
    const declared = fieldsOf(fieldsOf(on)['workflow_call']);
    for (const kind of ['input', 'secret', 'output']) {
      const names = Object.keys(fieldsOf(declared[`${kind}s`]));
      expect(described.get(kind)?.toSorted()).toEqual(names.toSorted());
    }
  });

  it.each(all)('%s puts no text of others into a script', (_, text) => {
    for (const { run } of stepsOf(parse(text))) {
      expect(typeof run === 'string' ? run : '').not.toContain('${{');
    }
  });
});
