import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { readWorkflows, starts, type Workflow } from '../../scripts/examples/workflows.ts';
import { eventFor, type Recording } from '../core/github/recorded-events.ts';
import { fieldsOf, readProjectFile } from './project.ts';

const reusable = '.github/workflows/pull-request-database.yml';
const branch = 'feature/cart';
const workflows = readWorkflows();
const called = fieldsOf(parse(readProjectFile(reusable)));
const caller = 'examples/pull-request-reusable.yml';
/** Each workflow to copy, and the reusable one with the events of its caller. */
const all = [
  ...workflows.map((one): [string, Workflow, unknown] => [one.place, one, one.parsed]),
  ...workflows
    .filter(({ place }) => place === caller)
    .map((one): [string, Workflow, unknown] => [reusable, one, called]),
];

const ofPullRequest = [
  'pull-request-opened',
  'pull-request-synchronize',
  'pull-request-reopened',
  'pull-request-closed',
] as const;
const ofFork = [
  'pull-request-fork',
  'pull-request-fork-closed',
  'pull-request-fork-deleted',
  'pull-request-fork-ghost',
  'pull-request-fork-same-owner',
] as const;

/** The concurrency group of a run; undefined if the event starts none. */
function groupOf(recording: Recording, workflow: Workflow, parsed: unknown): string | undefined {
  const { name, ref, payload, actor } = eventFor(recording, { branch });
  const { action, pull_request: pullRequest } = fieldsOf(payload);
  const happening = {
    name,
    branch,
    ...(typeof action === 'string' && { action }),
  };
  if (!starts(workflow, happening)) return undefined;
  const github = {
    event: payload,
    event_name: name,
    ref,
    ref_name: ref.replace(/^refs\/\w+\//, ''),
    head_ref: fieldsOf(fieldsOf(pullRequest)['head'])['ref'] ?? '',
    repository: 'octo/shop',
    repository_owner: 'octo',
    actor,
  };
  const { group } = fieldsOf(fieldsOf(parsed)['concurrency']);
  return evaluate(String(group), { github, inputs: { 'name-suffix': '', name: 'staging' } });
}

function evaluate(template: string, contexts: Readonly<Record<string, object>>): string {
  const known = toData(contexts);
  if (!(known instanceof data.Dictionary)) throw new Error('The contexts are no object.');
  return template.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const { tokens } = new Lexer(expression).lex();
    const parsed = new Parser(tokens, Object.keys(contexts), []).parse();
    return new Evaluator(parsed, known).evaluate().coerceString();
  });
}

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}

function groupsOf(
  recordings: readonly Recording[],
  workflow: Workflow,
  parsed: unknown,
): readonly string[] {
  return recordings.flatMap((recording) => groupOf(recording, workflow, parsed) ?? []);
}

describe('the concurrency group', () => {
  it.each(all)('of %s is the same for everything about a branch', (_, workflow, parsed) => {
    const groups = groupsOf([...ofPullRequest, 'push', 'delete-branch'], workflow, parsed);
    expect(new Set(groups).size).toBeLessThanOrEqual(1);
  });

  // A run that waits is cancelled when the next one of its group arrives, also one that deletes.
  it.each(all)('of %s is out of reach of forks', (_, workflow, parsed) => {
    const own = groupsOf([...ofPullRequest, 'push', 'delete-branch', 'schedule'], workflow, parsed);
    const forks = groupsOf(ofFork, workflow, parsed);
    expect(own.filter((group) => forks.includes(group))).toEqual([]);
  });

  it('is checked for pull requests, pushes, deletions and schedules', () => {
    const counts = all.map(([, workflow, parsed]) => [
      groupsOf(ofPullRequest, workflow, parsed).length,
      groupsOf(ofFork, workflow, parsed).length,
    ]);
    expect(counts.filter(([own = 0, forks = 0]) => own > 0 && forks > 0).length).toBeGreaterThan(8);
  });

  it('is evaluated as GitHub does it', () => {
    const contexts = { github: { a: { b: null }, c: 'x' } };
    const text = "a-${{ github.a.b.d || github.c == 'X' && format('{0}:{1}', github.c, 1) }}-b";
    expect(evaluate(text, contexts)).toBe('a-x:1-b');
  });
});
