import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { fieldsOf } from '../../repository/project.ts';
import { claimOf } from '../../../scripts/examples/claims.ts';
import { dispatched, pullRequest, push, scheduled } from '../../../scripts/examples/events.ts';
import { scenesFor } from '../../../scripts/examples/scenes.ts';
import {
  permissionsOf,
  readWorkflows,
  starts,
  type Workflow,
} from '../../../scripts/examples/workflows.ts';

function workflow(text: string): Workflow {
  return { place: 'a.yml', text, isRecipe: true, parsed: fieldsOf(parse(text)) };
}

describe('whether an event starts a workflow', () => {
  it.each([
    ['on: push', push('main'), true],
    ['on: [push, delete]', push('main'), true],
    ['on: pull_request', push('main'), false],
    ['on: pull_request', pullRequest('synchronize', 'cart'), true],
    ['on: pull_request', pullRequest('closed', 'cart'), false],
    ['on: { pull_request: { types: [closed] } }', pullRequest('closed', 'cart'), true],
    ['on: { pull_request: { types: [closed] } }', pullRequest('opened', 'cart'), false],
    ['on: { push: { branches-ignore: [main] } }', push('main'), false],
    ['on: { push: { branches-ignore: [main] } }', push('feature/cart'), true],
    ['on: { push: { branches: [main] } }', push('feature/cart'), false],
    ["on: { schedule: [{ cron: '0 1 * * *' }] }", scheduled('0 1 * * *'), true],
    ['on: workflow_dispatch', dispatched({}), true],
  ])('%s', (text, happening, expected) => {
    expect(starts(workflow(text), happening)).toBe(expected);
  });

  it.each([
    "on: { push: { branches: ['**'] } }",
    'on: { push: { paths: [src] } }',
    "on: { push: { branches-ignore: ['release/*'] } }",
  ])('is not guessed for %s', (text) => {
    expect(() => starts(workflow(text), push('main'))).toThrow("Event 'push' has a filter");
  });
});

describe('the claim of a workflow', () => {
  it.each([
    ['# A database. No instance is left when the run ends.', true],
    ['# No instance is left when the run ends.', false],
    ['# A database. It is left.', false],
    ['name: A database. No instance is left when the run ends.', false],
  ])('%s: %s', (line, expected) => {
    expect(claimOf(workflow(`${line}\non: push\n`)) !== undefined).toBe(expected);
  });
});

it('the token of the jobs has the most that one of them asks for', () => {
  const text =
    'jobs: { a: { permissions: { contents: read, deployments: write } }, b: { permissions: { deployments: read } } }';
  expect([...permissionsOf(workflow(text))]).toEqual([
    ['contents', 'read'],
    ['deployments', 'write'],
  ]);
});

it('every example meets each event that it asks for', () => {
  const lacking = readWorkflows().flatMap((one) => {
    const started = scenesFor(one)
      .flatMap(({ happenings }) => happenings)
      .filter((happening) => starts(one, happening))
      .map(({ name }) => name);
    const { on } = one.parsed;
    return Object.keys(fieldsOf(on))
      .filter((name) => !started.includes(name))
      .map((name) => `${one.place}: ${name}`);
  });
  expect(lacking).toEqual([]);
});
