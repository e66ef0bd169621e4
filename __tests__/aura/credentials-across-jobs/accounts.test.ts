import { copyFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tokenFilePath } from '../../../src/core/oauth/token-file.ts';
import type { FakeJob, StepResult } from '../../../harness/runner/fake-runner.ts';
import type { Scenario } from '../../../harness/world/scenario.ts';
import { changesOf, countOf, errorOf, outputsOf } from '../../../harness/world/support.ts';
import { credentialsOf, handedOver, newestTokenOf, tokenRequestsOf } from './support.ts';
import {
  clients,
  createAsA,
  sealingKey,
  startAccounts,
  startOtherJob,
  tenantOfB,
  tokensSent,
} from './two-accounts.ts';

const operations = ['create', 'get', 'poll', 'pause', 'resume', 'delete'] as const;

/** Runs a step as another client with the credentials that client A sealed. */
async function stepAs(
  client: keyof typeof clients,
  { scenario, job }: { readonly scenario: Scenario; readonly job: FakeJob },
  inputs: Readonly<Record<string, string>>,
): Promise<StepResult> {
  const { url } = scenario.simulator;
  return job.step({
    inputs: { 'api-url': url, 'sealing-key': sealingKey, ...clients[client], ...inputs },
  });
}

/** The instances in the tenant of client A. */
function instancesOfA({ simulator }: Scenario): readonly string[] {
  return simulator
    .instances()
    .filter(({ tenantId }) => tenantId === simulator.tenantId)
    .map(({ name, status }) => `${name} ${status}`);
}

function filesOfTokens(job: FakeJob): readonly string[] {
  return readdirSync(job.temp).filter((name) => name.startsWith('aura-action-token-'));
}

describe.each(operations)('client B with the credentials that client A sealed: %s', (operation) => {
  test('never sends the token of A, or keeps it for a step with only the inputs of B', async () => {
    await using scenario = await startAccounts();
    const { id, sealed } = await createAsA(scenario);
    const tokenOfA = newestTokenOf(scenario);
    const since = scenario.simulator.exchanges.length;
    const job = await startOtherJob(scenario);
    for (const inputs of [{ 'sealed-credentials': sealed }, {}]) {
      await stepAs('b', { scenario, job }, { operation, name: 'shop', ...inputs });
    }
    for (const other of ['delete', 'create'] as const) {
      await stepAs('b', { scenario, job }, { operation: other, name: 'shop', wait: 'false' });
    }
    const sent = tokensSent(scenario, since).map(({ token }) => token);
    expect(sent).not.toHaveLength(0);
    expect(sent).not.toContain(tokenOfA);
    expect(filesOfTokens(job)).toHaveLength(1);
    expect(instancesOfA(scenario)).toEqual(['shop running']);
    const touched = scenario.simulator.exchanges
      .slice(since)
      .filter(({ path }) => path.includes(id));
    expect(touched.filter(({ method, status }) => method !== 'GET' || status === 200)).toEqual([]);
    expect(scenario.simulator.instances().map(({ tenantId }) => tenantId)).toContain(tenantOfB);
  });

  test('never sends it if the token file of A replaces the one of B', async () => {
    await using scenario = await startAccounts();
    await createAsA(scenario);
    const tokenOfA = newestTokenOf(scenario);
    const since = scenario.simulator.exchanges.length;
    const job = await startOtherJob(scenario);
    const [file = ''] = filesOfTokens(scenario.job);
    const owner = { clientId: clients.b['client-id'], apiOrigin: scenario.simulator.url };
    copyFileSync(join(scenario.job.temp, file), tokenFilePath(job.temp, 'aura-action', owner));
    await stepAs('b', { scenario, job }, { operation, name: 'shop', wait: 'false' });
    expect(tokensSent(scenario, since).map(({ token }) => token)).not.toContain(tokenOfA);
    expect(instancesOfA(scenario)).toEqual(['shop running']);
  });
});

describe('client B with the instance of client A', () => {
  test.each([
    ['get', {}],
    ['poll', {}],
    ['poll', { 'wait-for': 'deleted' }],
    ['poll', { 'wait-for': 'running' }],
    ['pause', {}],
    ['resume', {}],
  ])(
    'does not find it, names the client that sealed it and sets no outputs: %s %j',
    async (...step) => {
      const [operation, inputs] = step;
      await using scenario = await startAccounts();
      const { id, sealed } = await createAsA(scenario);
      const job = await startOtherJob(scenario);
      const given = { operation, 'sealed-credentials': sealed, ...inputs };
      const result = await stepAs('b', { scenario, job }, given);
      const { clientId, url } = scenario.simulator;
      expect(errorOf(result)).toBe(
        `Could not ${operation} instance ${id}: client 'client-b' of ${url} does not find it. The 'sealed-credentials' were sealed by client '${clientId}' of ${url}. Set 'client-id', 'client-secret' and 'api-url' to those that they were sealed with; the instance may also have been deleted.`,
      );
      for (const name of ['password', 'connection-uri', 'sealed-credentials', 'status']) {
        expect(result.outputs).not.toHaveProperty(name);
      }
      expect(instancesOfA(scenario)).toEqual(['shop running']);
    },
  );

  test('names the client that sealed it if Aura forbids access', async () => {
    await using scenario = await startAccounts();
    const { id, sealed } = await createAsA(scenario);
    const job = await startOtherJob(scenario);
    scenario.simulator.addFault({
      match: { operation: 'getInstance' },
      fault: { kind: 'status', status: 403 },
      times: 9,
    });
    const given = { operation: 'get', 'sealed-credentials': sealed };
    const error = errorOf(await stepAs('b', { scenario, job }, given));
    expect(error).toMatch(new RegExp(`^Could not get instance ${id}: Aura answered 403`));
    expect(error).toContain(`were sealed by client '${scenario.simulator.clientId}' of `);
  });

  test.each(['create', 'delete'])('does not work in its tenant: %s', async (operation) => {
    await using scenario = await startAccounts();
    const { sealed } = await createAsA(scenario);
    const job = await startOtherJob(scenario);
    const changes = changesOf(scenario).length;
    const given = { operation, name: 'other', 'sealed-credentials': sealed };
    const error = errorOf(await stepAs('b', { scenario, job }, given));
    const { tenantId, clientId, url } = scenario.simulator;
    expect(error).toContain(
      `The tenant of 'sealed-credentials', which were sealed by client '${clientId}' of ${url}, is '${tenantId}', but these credentials can access no tenant (project) with this id. These credentials can access: 'Tenant of B'`,
    );
    expect(changesOf(scenario)).toHaveLength(changes);
    const own = { ...given, tenant: 'Tenant of B', wait: 'false' };
    outputsOf(await stepAs('b', { scenario, job }, own));
    expect(instancesOfA(scenario)).toEqual(['shop running']);
  });
});

test('another client of the same account gets the credentials, with its own token', async () => {
  await using scenario = await startAccounts();
  const { result: made, sealed } = await createAsA(scenario);
  const tokenOfA = newestTokenOf(scenario);
  const since = scenario.simulator.exchanges.length;
  const job = await startOtherJob(scenario);
  const given = { operation: 'get', 'sealed-credentials': sealed };
  const got = await stepAs('c', { scenario, job }, given);
  outputsOf(got);
  expect(credentialsOf(got)).toEqual(credentialsOf(made));
  expect(tokensSent(scenario, since).map(({ token }) => token)).not.toContain(tokenOfA);
  // It seals its own token now, so the next job of this client requests none.
  const third = await startOtherJob(scenario);
  const resealed = handedOver(job, got, 'sealed-credentials');
  const again = { operation: 'get', 'sealed-credentials': resealed };
  outputsOf(await stepAs('c', { scenario, job: third }, again));
  expect(tokenRequestsOf(scenario)).toBe(2);
});

describe('a token of one API', () => {
  /** The same simulator under another host name, which the action treats as another API. */
  function otherUrl({ simulator }: Scenario): string {
    return simulator.url.replace('127.0.0.1', 'localhost');
  }

  test.each(operations)('is never sent to another API by %s', async (operation) => {
    await using scenario = await startAccounts();
    const { sealed } = await createAsA(scenario);
    const since = scenario.simulator.exchanges.length;
    // In the same job, the token file exists too.
    for (const job of [scenario.job, await scenario.startJob()]) {
      await job.step({
        inputs: {
          ...scenario.credentials,
          'api-url': otherUrl(scenario),
          'sealing-key': sealingKey,
          'sealed-credentials': sealed,
          operation,
          name: 'shop',
          wait: 'false',
        },
      });
    }
    const sent = tokensSent(scenario, since);
    expect(sent).not.toHaveLength(0);
    expect(new Set(sent.map(({ host }) => host.split(':')[0]))).toEqual(new Set(['localhost']));
    const before = tokensSent(scenario).slice(0, -sent.length);
    const earlier = new Set(before.map(({ token }) => token));
    expect(earlier.size).toBe(1);
    expect(sent.filter(({ token }) => earlier.has(token))).toEqual([]);
  });

  test('is not used with credentials from there', async () => {
    await using scenario = await startAccounts();
    const { result: made, sealed } = await createAsA(scenario);
    const job = await scenario.startJob();
    const inputs = { ...scenario.credentials, 'api-url': otherUrl(scenario), operation: 'get' };
    const handed = { 'sealing-key': sealingKey, 'sealed-credentials': sealed };
    const got = await job.step({ inputs: { ...inputs, ...handed } });
    outputsOf(got);
    expect(credentialsOf(got)).toEqual(credentialsOf(made));
    expect(tokenRequestsOf(scenario)).toBe(2);
  });

  test('is not read from a file that replaced the other', async () => {
    await using scenario = await startAccounts();
    await createAsA(scenario);
    const since = scenario.simulator.exchanges.length;
    const [file = ''] = filesOfTokens(scenario.job);
    const owner = { clientId: scenario.simulator.clientId, apiOrigin: otherUrl(scenario) };
    renameSync(
      join(scenario.job.temp, file),
      tokenFilePath(scenario.job.temp, 'aura-action', owner),
    );
    const inputs = { 'api-url': otherUrl(scenario), operation: 'get', name: 'shop' };
    outputsOf(await scenario.run(inputs));
    expect(tokenRequestsOf(scenario)).toBe(2);
    const tokens = new Set(tokensSent(scenario, since).map(({ token }) => token));
    expect(tokens).toEqual(new Set([newestTokenOf(scenario)]));
  });
});

describe('jobs that pass on sealed credentials', () => {
  test('share one token: create, pause, poll, resume, get and delete', async () => {
    await using scenario = await startAccounts();
    const { id, sealed } = await createAsA(scenario);
    const steps = [
      ['pause', 'paused'],
      ['poll', 'paused'],
      ['resume', 'running'],
      ['get', 'running'],
    ] as const;
    for (const [operation, status] of steps) {
      const job = await scenario.startJob();
      const handed = { 'sealing-key': sealingKey, 'sealed-credentials': sealed };
      const result = await job.step({ inputs: { ...scenario.credentials, ...handed, operation } });
      expect(outputsOf(result)).toMatchObject({ 'instance-id': id, status });
    }
    const job = await scenario.startJob();
    const handed = { 'sealing-key': sealingKey, 'sealed-credentials': sealed };
    const inputs = { ...scenario.credentials, ...handed, operation: 'delete', name: 'shop' };
    expect(outputsOf(await job.step({ inputs }))).toMatchObject({ status: 'deleted' });
    expect(tokenRequestsOf(scenario)).toBe(1);
    const tenants = scenario.simulator.exchanges.filter(({ path }) => path === '/v1/tenants');
    expect(tenants).toHaveLength(1);
  });

  test.each(['get', 'poll'])(
    'pass on when the instance was created, so that a 404 does not end the step: %s',
    async (operation) => {
      await using scenario = await startAccounts();
      const { id, sealed } = await createAsA(scenario, { wait: 'false' });
      const asked = countOf(scenario, 'GET', /^\/v1\/instances$/);
      scenario.simulator.addFault({
        match: { operation: 'getInstance' },
        fault: {
          kind: 'status',
          status: 404,
          body: { errors: [{ message: 'Not found', reason: 'db-not-found' }] },
        },
        times: 2,
      });
      const job = await scenario.startJob();
      const handed = { 'sealing-key': sealingKey, 'sealed-credentials': sealed };
      const result = await job.step({ inputs: { ...scenario.credentials, ...handed, operation } });
      expect(outputsOf(result)).toMatchObject({ 'instance-id': id });
      expect(countOf(scenario, 'GET', /^\/v1\/instances$/)).toBe(asked);
    },
  );

  test.each(['pause', 'resume', 'poll', 'get'])(
    'do not change another instance with the name from the input: %s',
    async (operation) => {
      await using scenario = await startAccounts();
      const { sealed } = await createAsA(scenario);
      scenario.simulator.seedInstance({ name: 'other' });
      const changes = changesOf(scenario).length;
      const job = await scenario.startJob();
      const handed = { 'sealing-key': sealingKey, 'sealed-credentials': sealed };
      const inputs = { ...scenario.credentials, ...handed, operation, name: 'other' };
      const error = errorOf(await job.step({ inputs }));
      expect(error).toMatch(/^Instance \w{8} is named 'shop', not 'other'\./);
      expect(changesOf(scenario)).toHaveLength(changes);
    },
  );
});
