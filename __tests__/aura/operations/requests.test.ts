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

/** The most requests in any stretch of 60 seconds. */
function busiestMinute(scenario: Scenario, from = 0): number {
  const times = scenario.simulator.exchanges.slice(from).map(({ at }) => at);
  const counts = times.map((begin) => times.filter((at) => at >= begin && at < begin + 60_000));
  return Math.max(0, ...counts.map(({ length }) => length));
}

describe('a whole create', () => {
  test('makes no more requests than it needs', async () => {
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
    // In the end the name is looked for once more: another step may have been faster.
    expect(requests.at(-1)).toBe('GET /v1/instances 200');
    const polls = requests.slice(6, -1);
    expect(new Set(polls)).toEqual(new Set(['GET /v1/instances/{id} 200']));
    // Three minutes at 5.1 seconds at the least, 9.8 at the most.
    expect(polls.length).within(19, 35);
    expect(busiestMinute(scenario, 5)).toBeLessThanOrEqual(12);
  });

  test('reads neither the tenants nor an offer where nothing is left to default', async () => {
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
    ['a whole place saves the offer', () => place, ['GET /v1/tenants 200']],
  ])('%s alone, too', async (_what, given, left) => {
    await using scenario = await startScenario();
    const inputs = { operation: 'create', name: 'x', wait: 'false' };
    outputsOf(await scenario.run({ ...inputs, ...given(scenario.simulator.tenantId) }));
    const tenants = requestsOf(scenario).filter((line) => line.startsWith('GET /v1/tenants'));
    expect(tenants).toEqual(left);
    expect(requestsOf(scenario)).toHaveLength(5);
  });
});

describe('at most twelve requests a minute', () => {
  test.each(['poll', 'pause', 'delete'])(
    'go out while a busy instance is waited for: %s',
    async (operation) => {
      await using scenario = await startScenario();
      const { id } = scenario.simulator.seedInstance({ name: 'x', status: 'updating' });
      outputsOf(await scenario.run({ operation, 'instance-id': id }));
      // Token, first look and first try come on top of the polls.
      expect(busiestMinute(scenario, 3)).toBeLessThanOrEqual(12);
    },
  );
});

describe('the token', () => {
  test('is asked for once in a job of several steps', async () => {
    await using scenario = await startScenario();
    for (const operation of ['create', 'get', 'pause', 'resume', 'delete']) {
      outputsOf(await scenario.run({ operation, name: 'x' }));
    }
    expect(tokensOf(scenario)).toBe(1);
  });

  test('serves for 58 minutes and is renewed before it expires', async () => {
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

  test('is renewed in the middle of a long wait, and the next step has the new one', async () => {
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

  test('is no use to other credentials', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    outputsOf(await scenario.run(get));
    const advice =
      "Check 'client-id' and 'client-secret': they are created together in the Aura console under API keys, and the secret is shown only once.";
    for (const other of [
      { 'client-secret': 'another-secret-of-the-same-client' },
      { 'client-id': 'another-client' },
    ]) {
      const result = await scenario.run({ ...get, ...other });
      expect(errorOf(result)).toMatch(
        /^Could not get instance 'x': Aura issued no access token: Aura answered 401/,
      );
      expect(errorOf(result)).toContain(advice);
    }
    expect(tokensOf(scenario)).toBe(3);
    outputsOf(await scenario.run(get));
    expect(tokensOf(scenario)).toBe(3);
  });

  test('that can not be kept costs a request for each step, no more', async () => {
    await using scenario = await startScenario();
    scenario.simulator.seedInstance({ name: 'x' });
    const env = { RUNNER_TEMP: path.join(scenario.job.temp, 'nowhere') };
    for (let step = 0; step < 2; step += 1) outputsOf(await scenario.run(get, { env }));
    expect(tokensOf(scenario)).toBe(2);
    expect(tokenFilesOf(scenario.job)).toEqual([]);
  });

  test('that Aura never gives is asked for eight times, not more', async () => {
    await using scenario = await startScenario();
    const match = { operation: 'getToken' };
    scenario.simulator.addFault({ match, times: 'always', fault: refusal(503) });
    const result = await scenario.run({ ...get, timeout: '1h' });
    expect(errorOf(result)).toBe(
      "Could not get instance 'x': Aura issued no access token: Aura answered 503 'No'. This is a problem on Aura's side; try again later.",
    );
    expect(tokensOf(scenario)).toBe(8);
  });

  test('whose requests are used up says how to share one', async () => {
    await using scenario = await startScenario({ simulator: { tokensPerHour: 0 } });
    const result = await scenario.run(get);
    expect(errorOf(result)).toBe(
      "Could not get instance 'x': Aura issued no access token: Aura answered 429 'Rate limit exceeded'. Aura allows few token requests per hour (about 15 for each client): wait, or use separate API credentials for each workflow. Steps of one job share a token automatically.",
    );
  });
});
