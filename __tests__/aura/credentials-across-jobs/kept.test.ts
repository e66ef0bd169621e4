import { describe, expect, test } from 'vitest';
import { startProxy } from '../../../harness/network/connect-proxy.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import type { OrderedAnswer } from '../../../harness/github/server.ts';
import { startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { changesOf, outputsOf } from '../../../harness/world/support.ts';
import { credentialNames, failureOf, gitHubRequestsOf, warningsOf } from './support.ts';
import { startKeeping, whileGitHubHangs, type Keeping } from './with-github.ts';

const listing = 'GET deployments 200';
const making = ['POST deployments 201', 'POST deployments/{id}/statuses 201'];
const retiring = ['POST deployments/{id}/statuses 201', 'DELETE deployments/{id} 204'];
const permission = /GitHub answered 403 .*'permissions: deployments: write'/;

const couldNot = (verb: string): RegExp =>
  new RegExp(`^Could not ${verb} the credentials of 'shop' \\(GitHub deployments\\): `);

/** Failures of GitHub for any request, and the warnings about them. */
const troubles: readonly (readonly [string, OrderedAnswer['answer'], RegExp])[] = [
  [
    'denies all permissions',
    { status: 403, body: { message: 'Resource not accessible by integration' } },
    permission,
  ],
  [
    'applies a rate limit',
    {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1785751200' },
      body: { message: 'API rate limit exceeded for installation.' },
    },
    /rate limit exceeded.*Try again later/,
  ],
  [
    'applies another rate limit',
    { status: 429, headers: { 'retry-after': '60' }, body: { message: 'Slow down' } },
    /GitHub answered 429/,
  ],
  [
    'has an internal error',
    { status: 500, body: { message: 'Server Error' } },
    /GitHub answered 500/,
  ],
  ['breaks the connection', 'reset', /: (?!GitHub answered)[^:]*(socket|ECONNRESET|closed)/],
];

describe('a create that cannot store its credentials succeeds with a warning', () => {
  /** All outputs of a create are set although nothing is stored. */
  function expectMade(aura: Keeping, made: StepResult): void {
    const [instance] = aura.scenario.simulator.instances();
    expect(Object.keys(made.outputs)).toEqual(
      expect.arrayContaining([...credentialNames, 'sealed-credentials']),
    );
    expect(made.outputs).toMatchObject({ password: instance?.password, created: 'true' });
  }

  test.each(troubles)('if GitHub %s', async (_what, answer, warning) => {
    await using aura = await startKeeping();
    aura.server.order({ answer, times: 9 });
    const made = await aura.create({ wait: 'false' });
    expect(warningsOf(made)).toEqual([expect.stringMatching(warning)]);
    expect(warningsOf(made)[0]).toMatch(couldNot('store'));
    expectMade(aura, made);
  });

  test('if the token has only read access, which the warning says', async () => {
    await using aura = await startKeeping({ permission: 'read' });
    const made = await aura.create({ wait: 'false' });
    expect(warningsOf(made)).toEqual([expect.stringMatching(permission)]);
    expect(gitHubRequestsOf(aura.server)).toEqual([listing, 'POST deployments 403']);
    expectMade(aura, made);
    const sealed = made.outputs['sealed-credentials'] ?? '';
    const reused = await aura.create({ 'sealed-credentials': sealed, 'credentials-store': 'none' });
    expect(outputsOf(reused)).toMatchObject({ password: made.outputs['password'] });
  });

  test('if the branch no longer exists', async () => {
    await using aura = await startKeeping({ refs: ['other'] });
    const made = await aura.create({ wait: 'false' });
    expect(warningsOf(made)).toEqual([expect.stringContaining('No ref found for: main')]);
    expectMade(aura, made);
  });

  test('if GitHub does not answer within half a minute', async () => {
    await using aura = await startKeeping();
    const made = await whileGitHubHangs(aura, () => aura.create({ wait: 'false' }));
    expect(warningsOf(made)).toEqual([expect.stringMatching(/no answer within 30s/)]);
    expectMade(aura, made);
  });
});

describe('a delete', () => {
  test.each([
    ['by name', {}],
    ['without waiting', { wait: 'false' }],
  ])('%s marks the deployment inactive and then deletes it', async (_what, inputs) => {
    await using aura = await startKeeping();
    aura.keep(aura.seed());
    outputsOf(await aura.run({ operation: 'delete', name: 'shop', ...inputs }));
    expect(aura.server.deployments()).toEqual([]);
    expect(gitHubRequestsOf(aura.server)).toEqual([listing, ...retiring]);
    expect(aura.server.exchanges[1]?.body).toContain('"inactive"');
  });

  test('by id, for a deleted branch, deletes the stored credentials', async () => {
    await using aura = await startKeeping({ refs: [] });
    const instance = aura.seed();
    aura.keep(instance);
    outputsOf(await aura.run({ operation: 'delete', 'instance-id': instance.id }));
    expect(aura.server.deployments()).toEqual([]);
  });

  test.each(troubles)(
    'deletes the instance if GitHub %s, and warns',
    async (_what, answer, warning) => {
      await using aura = await startKeeping();
      aura.keep(aura.seed());
      aura.server.order({ answer, times: 9 });
      const deleted = await aura.run({ operation: 'delete', name: 'shop', wait: 'false' });
      expect(warningsOf(deleted)).toEqual([expect.stringMatching(warning)]);
      expect(warningsOf(deleted)[0]).toMatch(couldNot('delete'));
      expect(deleted.outputs).toMatchObject({ status: 'destroying', changed: 'true' });
    },
  );

  test('of an instance that no longer exists deletes its stored credentials', async () => {
    await using aura = await startKeeping();
    const instance = aura.seed('destroying');
    aura.keep(instance);
    aura.scenario.clock.advance(10 * 60_000);
    outputsOf(await aura.run({ operation: 'delete', name: 'shop' }));
    expect(changesOf(aura.scenario)).toEqual([]);
    expect(aura.server.deployments()).toEqual([]);
  });

  test('of several instances with the name deletes the stored credentials without a warning', async () => {
    await using aura = await startKeeping();
    for (const instance of [aura.seed(), aura.seed()]) aura.keep(instance);
    outputsOf(await aura.run({ operation: 'delete', name: 'shop', wait: 'false' }));
    expect(aura.server.deployments()).toEqual([]);
  });

  test('by id, of another instance with the name, keeps the stored credentials of the first', async () => {
    await using aura = await startKeeping();
    const first = aura.seed();
    const second = aura.seed();
    aura.keep(first);
    outputsOf(await aura.run({ operation: 'delete', 'instance-id': second.id }));
    expect(aura.server.deployments()).toHaveLength(1);
    expect(outputsOf(await aura.create())).toMatchObject({ password: first.password });
  });

  test.each([
    ['that is refused', { 'protected-names': 'shop*' }],
    ['in a dry run', { 'dry-run': 'true' }],
    ['that does not use the store', { 'credentials-store': 'none', wait: 'false' }],
  ])('%s keeps the stored credentials', async (_what, inputs) => {
    await using aura = await startKeeping();
    aura.keep(aura.seed());
    await aura.run({ operation: 'delete', name: 'shop', ...inputs });
    expect(aura.server.exchanges).toEqual([]);
    expect(aura.server.deployments()).toHaveLength(1);
  });
});

describe('the post step', () => {
  test('deletes the credentials that its create stored', async () => {
    await using aura = await startKeeping();
    const job = await aura.startJob();
    outputsOf(await aura.create({ 'delete-after-job': 'true' }, job));
    expect(aura.server.deployments()).toHaveLength(1);
    const [post] = await job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [], stderr: '' });
    expect(aura.scenario.simulator.instances()).toMatchObject([{ status: 'destroying' }]);
    expect(aura.server.deployments()).toEqual([]);
  });

  test('deletes them too after it has waited for minutes until the creation ended', async () => {
    await using aura = await startKeeping();
    const { scenario, server } = aura;
    const { simulator } = scenario;
    const job = await aura.startJob();
    const inputs = { 'credentials-store': 'deployment', 'delete-after-job': 'true' };
    const made = await job.step({
      inputs: { ...scenario.credentials, ...inputs, operation: 'create', name: 'shop' },
      cancel: { when: ({ sleep }) => sleep(10_000) },
    });
    expect(made.conclusion).toBe('cancelled');
    expect(simulator.instances()).toMatchObject([{ status: 'creating' }]);
    expect(server.deployments()).toHaveLength(1);
    const [post] = await job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(post?.drivenMilliseconds).toBeGreaterThan(100_000);
    expect(server.deployments()).toEqual([]);
  });

  test('deletes the instance and warns if GitHub now denies all permissions', async () => {
    await using aura = await startKeeping();
    const job = await aura.startJob();
    outputsOf(await aura.create({ 'delete-after-job': 'true' }, job));
    aura.server.permit('none');
    const [post] = await job.post();
    expect(post).toMatchObject({ conclusion: 'success', stderr: '' });
    expect(post?.annotations).toMatchObject([
      { level: 'warning', message: expect.stringMatching(permission) as string },
    ]);
    expect(aura.scenario.simulator.instances()).toMatchObject([{ status: 'destroying' }]);
  });
});

describe('a create that replaces an instance', () => {
  test('deletes the stored credentials of the old one and stores its own', async () => {
    await using aura = await startKeeping();
    const old = aura.seed();
    aura.keep(old);
    const made = await aura.create({ 'if-exists': 'replace' });
    expect(outputsOf(made)).toMatchObject({ created: 'true', changed: 'true' });
    expect(gitHubRequestsOf(aura.server)).toEqual([listing, ...retiring, listing, ...making]);
    const reused = await aura.create();
    expect(outputsOf(reused)).toMatchObject({ password: made.outputs['password'] });
    expect(reused.outputs['password']).not.toBe(old.password);
  });

  test('keeps the stored credentials if it is refused', async () => {
    await using aura = await startKeeping();
    aura.keep(aura.seed());
    const refused = await aura.create({ 'if-exists': 'fail' });
    expect(failureOf(refused).error).toContain("Could not create instance 'shop'");
    expect(aura.server.exchanges).toEqual([]);
  });

  test('keeps the credentials that the winner stored if it loses a race', async () => {
    await using aura = await startKeeping();
    const winner = aura.seed();
    const { id } = aura.keep(winner);
    aura.scenario.clock.advance(1_000);
    // The winner is created right after the check of this step.
    const body = { data: [] };
    const fault = { kind: 'status', status: 200, body } as const;
    aura.scenario.simulator.addFault({ match: { operation: 'listInstances' }, fault });
    const lost = await aura.create();
    expect(failureOf(lost).error).toContain(`another step created ${winner.id} with this name`);
    expect(aura.server.deployments().map((kept) => kept.id)).toEqual([id]);
    expect(outputsOf(await aura.create())).toMatchObject({ password: winner.password });
  });
});

test('a step that is cancelled during a request to GitHub ends immediately', async () => {
  // Only a process can receive a signal.
  await using aura = await startKeeping({}, startBundle);
  const job = await aura.startJob();
  aura.server.order({ answer: 'hang' });
  const inputs = { operation: 'create', name: 'shop', 'credentials-store': 'deployment' };
  const result = await job.step({
    inputs: { ...aura.scenario.credentials, ...inputs },
    cancel: { when: aura.server.nextRequest() },
  });
  expect(result).toMatchObject({ conclusion: 'cancelled', exitCode: 1, stderr: '' });
  expect(result.annotations).toMatchObject([{ level: 'error' }]);
  expect(result.annotations[0]?.message).toMatch(/^The step was cancelled .* was created\./);
  expect(result.outputs).toMatchObject({ 'instance-id': expect.any(String) as string });
  expect(result.drivenMilliseconds).toBeLessThan(2_000);
});

test('requests to GitHub use the proxy of the runner', async () => {
  // Node.js reads the proxy settings when a process starts.
  await using aura = await startKeeping({}, startBundle);
  const { port } = aura.server;
  const target = `github.test:${port}`;
  const proxy = await startProxy({ hosts: { [target]: `127.0.0.1:${port}` } });
  try {
    const env = { GITHUB_API_URL: `http://${target}`, http_proxy: proxy.url };
    const made = await aura.create({ wait: 'false' }, await aura.startJob({ env }));
    expect(warningsOf(made)).toEqual([]);
    expect(proxy.requests).toContainEqual(expect.objectContaining({ method: 'CONNECT', target }));
    expect(aura.server.deployments()).toHaveLength(1);
  } finally {
    await proxy.close();
  }
});
