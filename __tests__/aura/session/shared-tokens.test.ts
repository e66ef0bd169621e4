// Loaded now: otherwise the first request would wait for them in real time.
import '@actions/github/lib/utils';
import '@actions/http-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aura } from '../../../src/aura/api/service.ts';
import { connect } from '../../../src/aura/session/connect.ts';
import { openSharedTokens } from '../../../src/aura/session/shared-tokens.ts';
import { type OrderedAnswer, startGitHub } from '../../../harness/github/server.ts';
import { DrivenTime } from '../../../harness/time/driven-time.ts';
import { startSimulator } from '../../../simulator/aura/simulator.ts';
import { drivenClock } from '../../../simulator/core/clock.ts';
import { recordedEvent } from '../../core/github/recorded-events.ts';
import { captureReport } from '../../core/runner/captured-report.ts';
import { secretOf } from '../../core/secrets/secret-of.ts';
import { patienceOn, seededRandom } from '../../core/time/clocks.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Jobs that start together and send one request each, with a limit of 15 tokens an hour. */
async function runFleet(jobs: number, order?: OrderedAnswer) {
  const clock = drivenClock();
  const simulator = await startSimulator({ clock, requestsPerMinute: 'unlimited' });
  await using github = await startGitHub();
  vi.stubEnv('GITHUB_API_URL', github.url);
  if (order !== undefined) github.order(order);
  const held = (): number => simulator.held() + github.held();
  const time = new DrivenTime({ clock, held }).joinHere();
  const { clientId, clientSecret } = simulator;
  const credentials = { clientId, clientSecret: secretOf(clientSecret) };
  const apiUrl = new URL(simulator.url);
  const warnings: string[] = [];
  const job = async (seed: number): Promise<unknown> => {
    const captured = captureReport();
    const patience = patienceOn(time.clock, { random: seededRandom(seed) });
    const parts = { patience, report: captured.report };
    const githubToken = secretOf('ghs_0123456789');
    const sharing = { githubToken, account: { credentials, apiUrl }, dryRun: false };
    const shared = openSharedTokens(sharing, recordedEvent('push'), parts);
    const { client } = connect({ apiUrl, credentials, place: undefined, shared }, parts);
    const tenants = await client.listTenants();
    warnings.push(...captured.lines().filter((line) => line.startsWith('::warning::')));
    return tenants;
  };
  try {
    const results = await Promise.all(Array.from({ length: jobs }, (_, seed) => job(seed)));
    const answers = simulator.exchanges
      .filter(({ path }) => path === '/oauth/token')
      .map(({ status }) => status);
    return {
      results,
      warnings,
      given: answers.filter((status) => status === 200).length,
      refused: answers.filter((status) => status === 429).length,
      shared: github.deployments().length,
      requestsToGitHub: github.exchanges.length,
    };
  } finally {
    time.leave();
    await simulator.close();
  }
}

describe(`50 jobs that start together (${aura.name})`, () => {
  it('need few tokens if GitHub shows at once what is stored', async () => {
    const { results, warnings, given, refused, shared } = await runFleet(50);
    expect(results).toHaveLength(50);
    expect(given).toBeLessThanOrEqual(3);
    expect(refused).toBe(0);
    expect(shared).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('all get a token if none finds the first ones, and 35 are refused', async () => {
    // Each of them looks twice before it requests a token, and each writer looks for older ones.
    const late = { method: 'GET', times: 115, answer: { status: 200, body: [] } } as const;
    const { results, warnings, given, refused, shared } = await runFleet(50, late);
    expect(results).toHaveLength(50);
    expect(given).toBe(15);
    expect(refused).toBe(35);
    expect(shared).toBeGreaterThanOrEqual(1);
    expect(warnings).toEqual([]);
  });
});
