import { describe, expect, test } from 'vitest';
import { startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { countOf, errorOf, outputsOf } from '../../../harness/world/support.ts';
import type { FakeJob, StepResult } from '../../../harness/runner/fake-runner.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';
import { doneBeforeMasks, gitHubRequestsOf, newestTokenOf, warningsOf } from './support.ts';
import { type Sharing, name, startSharing, tokenAnswersOf } from './with-shared-token.ts';
import { clients, tokensSent } from './two-accounts.ts';

const hour = 3_600_000;
const create = { operation: 'create', 'if-exists': 'replace' };

/** A token of the simulator, as another job of this client would have it. */
async function tokenFrom({ scenario, shared, server, run }: Sharing) {
  outputsOf(await run());
  for (const { id } of shared()) server.retire(id);
  return { accessToken: secretOf(newestTokenOf(scenario)), expiresAt: scenario.clock.now() + hour };
}

describe('jobs with the store', () => {
  test('share one token', async () => {
    await using aura = await startSharing();
    for (const operation of ['get', 'pause', 'resume', 'poll', 'get']) {
      outputsOf(await aura.run({ operation }));
    }
    expect(tokenAnswersOf(aura)).toEqual([200]);
    expect(new Set(tokensSent(aura.scenario).map(({ token }) => token)).size).toBe(1);
    expect(aura.shared()).toMatchObject([
      {
        task: expect.stringMatching(/^aura:token:[0-9a-f]{64}$/) as string,
        environment: 'aura',
        statuses: [{ state: 'inactive' }],
      },
    ]);
  });

  test('look for it with one request, and for a new one with five', async () => {
    await using aura = await startSharing();
    outputsOf(await aura.run({ operation: 'pause' }));
    const [look, status] = ['GET deployments 200', 'POST deployments/{id}/statuses 201'];
    const first = [look, look, 'POST deployments 201', status, look];
    expect(gitHubRequestsOf(aura.server)).toEqual(first);
    outputsOf(await aura.run({ operation: 'pause' }));
    expect(gitHubRequestsOf(aura.server)).toEqual([...first, look]);
  });

  test('50 of them need one token, although 15 an hour are given', async () => {
    await using aura = await startSharing();
    for (let job = 0; job < 50; job += 1) outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200]);
  });

  test('share it during a long wait too, and replace it before its end', async () => {
    await using aura = await startSharing();
    const { scenario } = aura;
    outputsOf(await aura.run());
    scenario.clock.advance(54.9 * 60_000);
    outputsOf(await aura.run());
    scenario.clock.advance(50_000);
    outputsOf(await aura.run());
    scenario.clock.advance(4.5 * 60_000);
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    expect(aura.shared()).toHaveLength(1);
  });

  test('replace it a few minutes before its end, and then once', async () => {
    await using aura = await startSharing();
    outputsOf(await aura.run());
    aura.scenario.clock.advance(55 * 60_000);
    for (let job = 0; job < 5; job += 1) outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    expect(aura.shared()).toHaveLength(1);
  });

  test('do not share one that is given for less than ten minutes', async () => {
    await using aura = await startSharing({ simulator: { tokenLifetimeSeconds: 599 } });
    outputsOf(await aura.run());
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    expect(aura.shared()).toEqual([]);
  });

  test('mask it before they use it', async () => {
    // Only a process leaves a complete trace.
    await using aura = await startSharing({}, startBundle);
    outputsOf(await aura.run());
    const token = newestTokenOf(aura.scenario);
    const result = await aura.run();
    outputsOf(result);
    // The requests to Aura: those to GitHub are not in the trace.
    expect(result.trace.some(({ kind }) => kind === 'request')).toBe(true);
    const requests = doneBeforeMasks(result, [token]).filter(({ kind }) => kind === 'request');
    expect(requests).toEqual([]);
    expect(tokenAnswersOf(aura)).toEqual([200]);
  });
});

describe('a token is not shared', () => {
  test('by a job without the store', async () => {
    await using aura = await startSharing();
    outputsOf(await aura.run());
    outputsOf(await aura.run({ 'credentials-store': 'none' }));
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
  });

  test('with another client', async () => {
    const { 'client-id': clientId, 'client-secret': clientSecret } = clients.c;
    const otherClients = [{ clientId, clientSecret }];
    await using aura = await startSharing({ simulator: { otherClients } });
    outputsOf(await aura.run());
    const job = await aura.scenario.startJob({
      secrets: [clientSecret],
      env: { GITHUB_API_URL: aura.server.url },
    });
    outputsOf(await aura.run(clients.c, job));
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    expect(new Set(aura.shared().map(({ task }) => task)).size).toBe(2);
  });

  test('with another API', async () => {
    await using aura = await startSharing();
    const { scenario } = aura;
    outputsOf(await aura.run());
    // The same simulator under another host name, which the action treats as another API.
    outputsOf(
      await aura.run({ 'api-url': scenario.simulator.url.replace('127.0.0.1', 'localhost') }),
    );
    const hosts = new Map(tokensSent(scenario).map(({ host, token }) => [token, host]));
    expect(new Set(hosts.values()).size).toBe(2);
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    expect(new Set(aura.shared().map(({ task }) => task)).size).toBe(2);
  });

  test.each([
    ['sealed under another client secret', (aura: Sharing) => tokenFrom(aura), 'another-secret'],
    [
      'over',
      async (aura: Sharing) => ({
        ...(await tokenFrom(aura)),
        expiresAt: aura.scenario.clock.now() - 1,
      }),
      undefined,
    ],
  ])('if it is %s', async (_, make, secret) => {
    await using aura = await startSharing();
    const token = await make(aura);
    const before = tokenAnswersOf(aura).length;
    for (const { id } of aura.shared()) aura.server.forget(id);
    await aura.share(token, secret);
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toHaveLength(before + 1);
    // The new one takes its place.
    expect(aura.shared()).toHaveLength(1);
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toHaveLength(before + 1);
  });

  test('if somebody has altered it', async () => {
    await using aura = await startSharing();
    outputsOf(await aura.run());
    const [entry] = aura.shared();
    const { shared: text } = entry?.payload as { readonly shared: string };
    if (entry !== undefined) aura.server.forget(entry.id);
    const altered = `${text.slice(0, -2)}${text.endsWith('AA') ? 'BB' : 'AA'}`;
    aura.server.seed({ ...entry, payload: { shared: altered } }, 'inactive');
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    expect(aura.shared()).toHaveLength(1);
  });
});

describe('a shared token that Aura refuses', () => {
  test('is replaced by a new one, for all jobs', async () => {
    await using aura = await startSharing();
    const { simulator } = aura.scenario;
    outputsOf(await aura.run());
    simulator.addFault({ match: { operation: 'listTenants' }, fault: { kind: 'expired-token' } });
    outputsOf(await aura.run());
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    expect(aura.shared()).toHaveLength(1);
  });

  test('is replaced by a newer one that another job has shared', async () => {
    await using aura = await startSharing();
    const { simulator } = aura.scenario;
    const job = await aura.startJob();
    outputsOf(await aura.run({}, job));
    // Another job finds it refused first.
    simulator.addFault({ match: { operation: 'listTenants' }, fault: { kind: 'expired-token' } });
    outputsOf(await aura.run());
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
    outputsOf(await aura.run({}, job));
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
  });
});

describe('when no more tokens are given', () => {
  test('a job without the store fails at once and names the ways out', async () => {
    await using aura = await startSharing();
    for (let job = 0; job < 15; job += 1)
      outputsOf(await aura.run({ 'credentials-store': 'none' }));
    const begin = aura.scenario.clock.now();
    const result = await aura.run({ 'credentials-store': 'none' });
    expect(errorOf(result)).toMatch(
      /^Could not sign in to Aura: it answered 429 .* and asks to wait 60 minutes\. Aura allows few token requests per hour \(about 15 for each client id\)\. With 'credentials-store: deployment', all jobs and runs of a repository share one token\. Otherwise pass 'sealed-credentials' to other jobs, put the steps into one job, or use separate API credentials\.$/,
    );
    expect(aura.scenario.clock.now()).toBe(begin);
  });

  test('a create without the store fails at once, and creates nothing', async () => {
    await using aura = await startSharing({ simulator: { tokensPerHour: 0 } });
    const begin = aura.scenario.clock.now();
    errorOf(await aura.run({ ...create, 'credentials-store': 'none' }));
    expect(aura.scenario.clock.now()).toBe(begin);
    expect(countOf(aura.scenario, 'POST', /^\/v1\/instances$/)).toBe(0);
  });

  test('a job with the store waits for the token of another job', async () => {
    await using aura = await startSharing({ simulator: { tokensPerHour: 1 } });
    const { scenario } = aura;
    const token = await tokenFrom(aura);
    for (const { id } of aura.shared()) aura.server.forget(id);
    const refused = scenario.nextExchange(
      ({ path, status }) => path === '/oauth/token' && status === 429,
    );
    const other = refused.then(async () => {
      await scenario.clock.sleep(30_000);
      await aura.share(token);
    });
    const begin = scenario.clock.now();
    const [result] = await Promise.all([aura.run(), other]);
    outputsOf(result);
    expect(scenario.clock.now() - begin).toBeLessThan(80_000);
    expect(tokenAnswersOf(aura)).toEqual([200, 429]);
  });

  test('a job with the store asks once a minute at most, until its deadline', async () => {
    await using aura = await startSharing({ simulator: { tokensPerHour: 0 } });
    aura.scenario.simulator.addFault({
      match: { operation: 'getToken' },
      fault: { kind: 'status', status: 429, headers: { 'Retry-After': '5' } },
      times: 'always',
    });
    const result = await aura.run({ timeout: '10m' });
    expect(errorOf(result)).toContain('Could not sign in to Aura: it answered 429');
    const times = aura.scenario.simulator.exchanges.map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(4);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60_000);
    expect(result.drivenMilliseconds).toBeLessThanOrEqual(602_000);
  });
});

describe('the store of a token', () => {
  test.each([
    ['none', 'none'],
    ['read', 'store'],
  ] as const)(
    'is optional: with permission %s there is one warning, and the step succeeds',
    async (permission, verb) => {
      await using aura = await startSharing({ github: { permission } });
      const job = await aura.startJob();
      const result = await aura.run({ operation: 'pause' }, job);
      const text = verb === 'store' ? 'store' : 'look for';
      expect(warningsOf(result)).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Could not ${text} the shared access token \\(GitHub deployments\\): GitHub answered 403 .*'permissions: deployments: write'`,
          ),
        ),
      ]);
      expect(tokenAnswersOf(aura)).toEqual([200]);
    },
  );

  test('is read by a dry run, which stores nothing', async () => {
    await using aura = await startSharing();
    outputsOf(await aura.run({ operation: 'pause', 'dry-run': 'true' }));
    expect(aura.server.deployments()).toEqual([]);
    outputsOf(await aura.run());
    outputsOf(await aura.run({ operation: 'pause', 'dry-run': 'true' }));
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
  });

  test('is not changed by operations on instances', async () => {
    await using aura = await startSharing();
    outputsOf(await aura.run());
    const before = aura.shared();
    const made = await aura.run({ ...create, 'delete-after-job': 'true' });
    expect(made).toMatchObject({ conclusion: 'success' });
    outputsOf(await aura.run({ operation: 'delete' }));
    outputsOf(await aura.run({ operation: 'delete', name: `token:${'0'.repeat(24)}` }));
    expect(aura.shared()).toEqual(before);
    expect(aura.server.deployments()).toEqual(before);
  });

  test('is not changed by the post step, which deletes the instance and its credentials', async () => {
    await using aura = await startSharing();
    const job = await aura.startJob();
    const inputs = { ...create, name: 'other', 'delete-after-job': 'true' };
    const made = await aura.run(inputs, job);
    expect(made).toMatchObject({ conclusion: 'success' });
    expect(aura.server.deployments()).toHaveLength(2);
    const [post] = await job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(aura.scenario.simulator.instances().map((instance) => instance.name)).toContain(name);
    expect(aura.server.deployments()).toEqual(aura.shared());
    expect(aura.shared()).toHaveLength(1);
    expect(tokenAnswersOf(aura)).toEqual([200]);
  });
});

describe('a job that is killed after it has requested a token', () => {
  /** What the jobs after it find, and the token requests of all. */
  async function expectUnharmed(aura: Sharing, killed: StepResult, job: FakeJob): Promise<void> {
    expect(killed.signal).toBe('SIGKILL');
    const [post] = await job.post();
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    outputsOf(await aura.run());
    outputsOf(await aura.run());
    expect(aura.shared()).toHaveLength(1);
  }

  test('before it has stored it costs one more token', async () => {
    await using trial = await startSharing({}, startBundle);
    const { trace } = await trial.run();
    const killBefore = trace.findIndex(({ kind }) => kind === 'request') + 2;
    await using aura = await startSharing({}, startBundle);
    const job = await aura.startJob();
    const killed = await aura.run({}, job, { killBefore });
    expect(aura.shared()).toEqual([]);
    await expectUnharmed(aura, killed, job);
    expect(tokenAnswersOf(aura)).toEqual([200, 200]);
  });

  test.each([
    ['before GitHub has stored it', /deployments$/, 2],
    ['before it has marked the deployment', /statuses$/, 1],
  ])('%s leaves nothing that harms others', async (_, path, tokens) => {
    await using aura = await startSharing({}, startBundle);
    const { server } = aura;
    server.order({ method: 'POST', path, answer: 'hang' });
    const when = async (): Promise<void> => {
      while (server.held() === 0) await server.nextRequest();
    };
    const job = await aura.startJob();
    const killed = await aura.run({}, job, { cancel: { when, kill: 'SIGKILL' } });
    await expectUnharmed(aura, killed, job);
    expect(tokenAnswersOf(aura)).toHaveLength(tokens);
  });
});
