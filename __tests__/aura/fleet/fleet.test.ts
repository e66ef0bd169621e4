import { describe, expect, it } from 'vitest';
import { type Fleet, runFleet } from './fleet.ts';

const shared = { token: 'shared' } as const;
const usual = { requestsPerMinute: 125, retryAfter: 'seconds', refusedRequests: 'free' } as const;
/** The kindest and the harshest way to treat a client that sends too much; the bench runs all four. */
const variants = [usual, { ...usual, retryAfter: 'none', refusedRequests: 'counted' }] as const;

function variantsOf(requestsPerMinute: number): readonly [string, Fleet['aura']][] {
  return variants.map((variant) => [
    `Retry-After: ${variant.retryAfter}, refused requests are ${variant.refusedRequests}`,
    { ...variant, requestsPerMinute },
  ]);
}

/** A small fleet is run several times, because its share of refused requests depends on chance. */
const fleets: readonly [what: string, jobs: number, requestsPerMinute: number, seeds: number[]][] =
  [
    ['50 jobs at 125 requests a minute', 50, 125, [1, 2]],
    ['10 jobs at 25 requests a minute', 10, 25, [1, 2, 3, 4, 5]],
  ];

describe.each(fleets)('%s that start together and share a token', (_, jobs, limit, seeds) => {
  it.each(variantsOf(limit))('all succeed and leave nothing behind: %s', async (__, aura) => {
    let [requests, refused] = [0, 0];
    for (const seed of seeds) {
      const result = await runFleet({ ...shared, jobs, aura, seed });
      expect(result).toMatchObject({ succeeded: jobs, leftBehind: 0, stored: 1, problems: [] });
      expect(result.tokens).toBeLessThanOrEqual(10);
      requests += result.requests;
      refused += result.refused;
    }
    expect(refused / requests).toBeLessThanOrEqual(0.25);
  });
});

describe('50 jobs that start together and share a token all succeed', () => {
  const fleet = { ...shared, jobs: 50, aura: usual };
  const succeeded = { succeeded: 50, leftBehind: 0 };

  it('with few more tokens if it is revoked while they wait', async () => {
    const { tokens, ...result } = await runFleet({
      ...fleet,
      happens: ({ secrets, tokens: valid }) => {
        for (const secret of secrets) valid.revoke(secret);
      },
    });
    expect(result).toMatchObject({ ...succeeded, stored: 1, problems: [] });
    expect(tokens).toBeLessThanOrEqual(15);
  });

  it('if it ends after twelve minutes, and is replaced before', async () => {
    const { tokens, ...result } = await runFleet({
      ...fleet,
      aura: { ...usual, tokenLifetimeSeconds: 720 },
    });
    expect(result).toMatchObject({ ...succeeded, stored: 1, problems: [] });
    expect(tokens).toBeLessThanOrEqual(15);
  });

  it('if GitHub fails for 20 seconds, although Aura gives no more than 15 tokens', async () => {
    const failure = { status: 502, body: '<html>Bad gateway</html>' };
    const { tokens, ...result } = await runFleet({
      ...fleet,
      github: (second) => (second >= 1.5 && second < 20 ? failure : undefined),
    });
    expect(result).toMatchObject(succeeded);
    expect(tokens).toBe(15);
  });

  it('if GitHub shows late what is stored', async () => {
    const { tokens, ...result } = await runFleet({
      ...fleet,
      github: (second, { method }) =>
        method === 'GET' && second < 5 ? { status: 200, body: [] } : undefined,
    });
    expect(result).toMatchObject({ ...succeeded, problems: [] });
    expect(tokens).toBe(15);
  });
});

describe('50 jobs at a GitHub that stores nothing', () => {
  it('do not use up the requests that it allows a repository in an hour', async () => {
    const refusal = { status: 409, body: { message: 'Conflict' } };
    const result = await runFleet({
      ...shared,
      jobs: 50,
      aura: usual,
      github: (_, { method }) => (method === 'POST' ? refusal : undefined),
    });
    expect(result).toMatchObject({ succeeded: 15, tokens: 15, leftBehind: 0 });
    expect(result.gitHubRequests).toBeLessThan(1_000);
  });
});

describe('200 jobs at 125 requests a minute that start together', () => {
  it.each(['seconds', 'none'] as const)(
    'nearly all succeed, although seven requests of each take 11 minutes; Retry-After: %s',
    async (retryAfter) => {
      const aura = { ...usual, retryAfter };
      const { succeeded, tokens, leftBehind } = await runFleet({ ...shared, jobs: 200, aura });
      expect(succeeded).toBeGreaterThanOrEqual(198);
      expect(leftBehind).toBe(0);
      expect(tokens).toBeLessThanOrEqual(15);
    },
  );

  // The jobs that do not succeed reach their timeout of 20 minutes.
  it('most succeed if refused requests count, and hardly anything is left behind', async () => {
    const aura = { ...usual, retryAfter: 'none', refusedRequests: 'counted' } as const;
    const { succeeded, leftBehind } = await runFleet({ ...shared, jobs: 200, aura });
    expect(succeeded).toBeGreaterThanOrEqual(170);
    expect(leftBehind).toBeLessThanOrEqual(2);
  });
});

describe('50 jobs that do not share a token', () => {
  it('fail where Aura issues no more, before they create anything', async () => {
    const aura = { requestsPerMinute: 125 };
    const result = await runFleet({ jobs: 50, token: 'each', aura });
    expect(result).toMatchObject({ succeeded: 15, tokens: 15, leftBehind: 0 });
    expect(result.problems[0]).toContain('Could not sign in to Aura: it answered 429');
  });
});
