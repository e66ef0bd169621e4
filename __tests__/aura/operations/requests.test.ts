import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FakeJob } from '../../../harness/runner/fake-runner.ts';
import {
  countOf,
  errorOf,
  outputsOf,
  refusal,
  requestsOf,
} from '../../../harness/world/support.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';

const place = { region: 'europe-west1', 'cloud-provider': 'gcp', memory: '1GB' };
const get = { operation: 'get', name: 'x' };

function tokensOf(scenario: Scenario): number {
  return countOf(scenario, 'POST', /^\/oauth\/token$/);
}

function tokenFilesOf({ temp }: FakeJob): readonly string[] {
  return readdirSync(temp)
    .filter((file) => file.startsWith('aura-action-token-'))
    .map((file) => path.join(temp, file));
}

/** The highest number of requests in any 60 seconds. */
function busiestMinute(scenario: Scenario, from = 0): number {
  const times = scenario.simulator.exchanges.slice(from).map(({ at }) => at);
  const counts = times.map((begin) => times.filter((at) => at >= begin && at < begin + 60_000));
  return Math.max(0, ...counts.map(({ length }) => length));
}

describe('a whole create', () => {
  test('sends only the requests it needs', async () => {
    await using scenario = await startScenario();
    outputsOf(await scenario.run({ operation: 'create', name: 'x' }));
    const requests = requestsOf(scenario);
    expect(requests.slice(0, 6)).toEqual([
      'POST /oauth/token 200',
      'GET /v1/tenants 200',
      'GET /v1/instances 200',
      'GET /v1/tenants/{id} 200',
      'POST /v1/instances 202',
      'GET /v1/instances 200',
    ]);
    // At the end the step looks for the name again: another step may have been faster.
    expect(requests.at(-1)).toBe('GET /v1/instances 200');
    const polls = requests.slice(6, -1);
    expect(new Set(polls)).toEqual(new Set(['GET /v1/instances/{id} 200']));
    // Three minutes, with 8.8 to 10.8 seconds between polls, after 25 to 31 seconds.
    expect(polls.length).within(15, 19);
    expect(busiestMinute(scenario, 5)).toBeLessThanOrEqual(12);
  });

  test('reads neither tenants nor configurations if no input has its default', async () => {
    await using scenario = await startScenario();
    const inputs = { operation: 'create', name: 'x', ...place };
    outputsOf(await scenario.run({ ...inputs, tenant: scenario.simulator.tenantId }));
    const requests = requestsOf(scenario);
    expect(requests.slice(0, 4)).toEqual([
      'POST /oauth/token 200',
      'GET /v1/instances 200',
      'POST /v1/instances 202',
      'GET /v1/instances 200',
    ]);
    expect(new Set(requests.slice(4, -1))).toEqual(new Set(['GET /v1/instances/{id} 200']));
    expect(requests.at(-1)).toBe('GET /v1/instances 200');
  });

  test.each<[what: string, given: (tenantId: string) => Record<string, string>, left: string[]]>([
    [
      'a tenant id saves the list of tenants',
      (tenant) => ({ tenant }),
      ['GET /v1/tenants/{id} 200'],
    ],
    ['a full configuration saves the list of configurations', () => place, ['GET /v1/tenants 200']],
  ])('%s, even alone', async (_what, given, left) => {
    await using scenario = await startScenario();
    const inputs = { operation: 'create', name: 'x', wait: 'false' };
    outputsOf(await scenario.run({ ...inputs, ...given(scenario.simulator.tenantId) }));
    const tenants = requestsOf(scenario).filter((line) => line.startsWith('GET /v1/tenants'));
    expect(tenants).toEqual(left);
    expect(requestsOf(scenario)).toHaveLength(5);
  });
});

describe('at most twelve requests per minute', () => {
  test.each(['poll', 'pause', 'delete'])(
    'are sent while the step waits for a busy instance: %s',
    async (operation) => {
      await using scenario = await startScenario();
      const { id } = scenario.simulator.seedInstance({ name: 'x', status: 'updating' });
      outputsOf(await scenario.run({ operation, 'instance-id': id }));
      // Token, first read and first attempt are in addition to the polls.
      expect(busiestMinute(scenario, 3)).toBeLessThanOrEqual(12);
    },
  );
});

describe('the token', () => {
  test('is requested once in a job with several steps', async () => {
    await using scenario = await startScenario();
    for (const operation of ['create', 'get', 'pause', 'resume', 'delete']) {
      outputsOf(await scenario.run({ operation, name: 'x' }));
    }
    expect(tokensOf(scenario)).toBe(1);
  });

  test('is used for 58 minutes and renewed before it expires', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    scenario.clock.advance(58 * 60_000);
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(1);
    scenario.clock.advance(90_000);
    outputsOf(await scenario.run(get));
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(2);
  });

  test('is renewed during a long wait, and the next step uses the new one', async () => {
    const durations = { create: 2 * 3_600_000 };
    await using scenario = await startScenario({ simulator: { durations } });
    const inputs = { operation: 'create', name: 'x', timeout: '4h', 'poll-interval': '60s' };
    outputsOf(await scenario.run(inputs));
    expect(tokensOf(scenario)).toBe(3);
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(3);
    expect(requestsOf(scenario).filter((line) => / 40[13]$/.test(line))).toEqual([]);
  });

  test('that Aura has revoked since the last step is renewed', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    scenario.simulator.addFault({ fault: { kind: 'expired-token' } });
    outputsOf(await scenario.run(get));
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(2);
  });

  test('cannot be used with other credentials', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    const advice =
      "Create a new key in the Aura console (account menu > API keys), and update both 'client-id' and 'client-secret'.";
    for (const other of [
      { 'client-secret': 'another-secret-of-the-same-client' },
      { 'client-id': 'another-client' },
    ]) {
      const result = await scenario.run({ ...get, ...other });
      expect(errorOf(result)).toMatch(/^Could not sign in to Aura: it answered 401/);
      expect(errorOf(result)).toContain(advice);
    }
    expect(tokensOf(scenario)).toBe(3);
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(3);
  });

  test('that cannot be stored costs only one request per step', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    const env = { RUNNER_TEMP: path.join(scenario.job.temp, 'nowhere') };
    for (let step = 0; step < 2; step += 1) outputsOf(await scenario.run(get, { env }));
    expect(tokensOf(scenario)).toBe(2);
    expect(tokenFilesOf(scenario.job)).toEqual([]);
  });

  test('that Aura never issues is requested at most eight times', async () => {
    await using scenario = await startScenario();
    const match = { operation: 'getToken' };
    scenario.simulator.addFault({ match, times: 'always', fault: refusal(503) });
    const result = await scenario.run({ ...get, timeout: '1h' });
    expect(errorOf(result)).toBe(
      "Could not sign in to Aura: it answered 503 'No'. This is a problem on Aura's side; try again later.",
    );
    expect(tokensOf(scenario)).toBe(8);
  });

  test('causes an error that says how to share one if the request limit is reached', async () => {
    await using scenario = await startScenario({ simulator: { tokensPerHour: 0 } });
    const result = await scenario.run(get);
    expect(errorOf(result)).toBe(
      "Could not sign in to Aura: it answered 429 'Rate limit exceeded' and asks to wait 60 minutes. Aura allows few token requests per hour (about 15 for each client id). With 'credentials-store: deployment', all jobs and runs of a repository share one token. Otherwise pass 'sealed-credentials' to other jobs, put the steps into one job, or use separate API credentials.",
    );
  });
});
