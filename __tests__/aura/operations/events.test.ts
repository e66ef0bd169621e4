import { expect, test } from 'vitest';
import type { JobOptions } from '../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { startGitHub } from '../../../harness/github/server.ts';
import { outputsOf } from '../../../harness/world/support.ts';

const branch = 'feature/JIRA-12_login';

function pullRequest(action: string, from = 'octo/shop'): JobOptions {
  const [owner = ''] = from.split('/');
  const head = { ref: branch, label: `${owner}:${branch}`, repo: { full_name: from } };
  const base = { ref: 'main', repo: { full_name: 'octo/shop' } };
  return {
    event: {
      name: 'pull_request',
      payload: { action, number: 7, pull_request: { number: 7, head, base } },
    },
  };
}

const deletion: JobOptions = {
  event: { name: 'delete', payload: { ref: branch, ref_type: 'branch', pusher_type: 'user' } },
};
const push: JobOptions = {
  event: { name: 'push', payload: { ref: `refs/heads/${branch}` } },
};
const creation: JobOptions = {
  event: { name: 'create', payload: { ref: branch, ref_type: 'branch' } },
};
const schedule: JobOptions = {
  event: { name: 'schedule', payload: { schedule: '0 19 * * 1-5' } },
  ref: `refs/heads/${branch}`,
};

/** Runs a step without a name in a new job. */
async function runIn(
  scenario: Scenario,
  options: JobOptions,
  inputs: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const job = await scenario.startJob(options);
  return outputsOf(await job.step({ inputs: { ...scenario.credentials, ...inputs } }));
}

const name = 'shop-feature-jira-610v7-1d3rn';

test('closing a pull request deletes the instance that opening it created', async () => {
  await using server = await startGitHub();
  server.putPullRequest({ number: 7, branch, state: 'closed' });
  await using scenario = await startScenario();
  const made = await runIn(scenario, pullRequest('opened'), { operation: 'create' });
  expect(made['name']).toBe(name);
  const closed = { ...pullRequest('closed'), env: { GITHUB_API_URL: server.url } };
  const gone = await runIn(scenario, closed, { operation: 'delete' });
  expect(gone).toMatchObject({ name, 'instance-id': made['instance-id'], changed: 'true' });
  expect(scenario.simulator.instances()).toEqual([]);
});

test('every event of a branch uses the same instance', async () => {
  await using scenario = await startScenario();
  const made = await runIn(scenario, creation, { operation: 'create', wait: 'false' });
  const id = made['instance-id'];
  expect(made['name']).toBe(name);
  scenario.clock.advance(5_000);
  for (const job of [push, pullRequest('synchronize'), schedule, deletion]) {
    const read = await runIn(scenario, job, { operation: 'get' });
    expect(read).toMatchObject({ name, 'instance-id': id });
  }
  const gone = await runIn(scenario, deletion, { operation: 'delete' });
  expect(gone).toMatchObject({ 'instance-id': id, status: 'deleted' });
  expect(await runIn(scenario, deletion, { operation: 'delete' })).toEqual({
    name,
    status: 'deleted',
    created: 'false',
    changed: 'false',
    instances: '[]',
  });
});

test('a fork, another repository and another branch never use that instance', async () => {
  await using scenario = await startScenario();
  const others: JobOptions[] = [
    pullRequest('opened', 'someone/shop'),
    { ...push, repository: 'octo/shop2' },
    { ...push, repository: 'other/shop' },
    { event: { name: 'push', payload: { ref: 'refs/heads/feature/jira-12-login' } } },
  ];
  const names = [name];
  for (const job of others) {
    const answer = await runIn(scenario, job, { operation: 'delete' });
    names.push(answer['name'] ?? '');
  }
  expect(new Set(names).size).toBe(5);
  for (const one of names) expect(one).toMatch(/^[a-z0-9-]{1,30}$/i);
});

test('an empty name counts as not set; a set name is used', async () => {
  await using scenario = await startScenario();
  const empty = await runIn(scenario, push, { operation: 'delete', name: '' });
  expect(empty['name']).toBe(name);
  const given = await runIn(scenario, push, { operation: 'delete', name: 'staging' });
  expect(given['name']).toBe('staging');
});
