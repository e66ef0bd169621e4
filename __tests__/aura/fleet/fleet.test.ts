import { describe, expect, it } from 'vitest';
import { type Fleet, runFleet } from './fleet.ts';

/** How Aura may treat a client that sends too much. */
const variants = (['seconds', 'none'] as const).flatMap((retryAfter) =>
  (['free', 'counted'] as const).map((refusedRequests) => ({ retryAfter, refusedRequests })),
);
const shared = { token: 'shared' } as const;

function variantsOf(requestsPerMinute: number): readonly [string, Fleet['aura']][] {
  return variants.map((variant) => [
    `Retry-After: ${variant.retryAfter}, refused requests are ${variant.refusedRequests}`,
    { requestsPerMinute, ...variant },
  ]);
}

/** A small fleet is run several times, because its share of refused requests depends on chance. */
const fleets: readonly [what: string, jobs: number, requestsPerMinute: number, seeds: number[]][] =
  [
    ['50 jobs at 125 requests a minute', 50, 125, [1]],
    ['10 jobs at 25 requests a minute', 10, 25, [1, 2, 3]],
  ];

describe.each(fleets)('%s that start together with one token', (_, jobs, limit, seeds) => {
  it.each(variantsOf(limit))('all succeed and leave nothing behind: %s', async (__, aura) => {
    let [requests, refused] = [0, 0];
    for (const seed of seeds) {
      const result = await runFleet({ ...shared, jobs, aura, seed });
      expect(result).toMatchObject({ succeeded: jobs, leftBehind: 0, tokens: 1, problems: [] });
      requests += result.requests;
      refused += result.refused;
    }
    expect(refused / requests).toBeLessThanOrEqual(0.25);
  });
});

describe('200 jobs at 125 requests a minute that start together', () => {
  it('nearly all succeed, although seven requests of each take 11 minutes', async () => {
    const aura = { requestsPerMinute: 125, retryAfter: 'none' } as const;
    const { succeeded, tokens, leftBehind } = await runFleet({ ...shared, jobs: 200, aura });
    expect(succeeded).toBeGreaterThanOrEqual(198);
    expect([leftBehind, tokens]).toEqual([0, 1]);
  });
});

describe('50 jobs that do not share a token', () => {
  it('fail where Aura issues no more, before they create anything', async () => {
    const aura = { requestsPerMinute: 125 };
    const result = await runFleet({ jobs: 50, token: 'each', aura });
    expect(result).toMatchObject({ succeeded: 15, tokens: 15, leftBehind: 0 });
    expect(result.problems[0]).toContain('Aura issued no access token: Aura answered 429');
  });
});
