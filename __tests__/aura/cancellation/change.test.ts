import { describe, expect, it } from 'vitest';
import { onWindows } from '../../../harness/runner/platform.ts';
import type { Scenario } from '../../../harness/world/scenario.ts';
import { type Moment, cancelStep } from './cancelled-step.ts';

const requests: readonly Moment[] = [
  { method: 'POST', path: /^\/oauth\/token$/ },
  { method: 'GET', path: /^\/v1\/instances$/ },
  { method: 'GET', path: /^\/v1\/instances\/./ },
];

interface Change {
  readonly operation: string;
  readonly from: string;
  /** The inputs besides operation and name. */
  readonly inputs?: (scenario: Scenario) => Readonly<Record<string, string>>;
  readonly at: readonly Moment[];
  readonly leaves: readonly string[];
}

/** A change, how long it takes, and the statuses that the instance may have afterwards. */
const changes: readonly Change[] = [
  {
    operation: 'resume',
    from: 'paused',
    at: [
      ...requests,
      { method: 'POST', path: /resume$/ },
      5_000,
      30_000,
      100_000,
      200_000,
      235_000,
    ],
    leaves: ['paused', 'resuming', 'running'],
  },
  {
    operation: 'pause',
    from: 'running',
    at: [...requests, { method: 'POST', path: /pause$/ }, 5_000, 60_000, 115_000],
    leaves: ['running', 'pausing', 'paused'],
  },
  {
    operation: 'resize',
    from: 'running',
    inputs: () => ({ memory: '4GB', 'vector-optimized': 'true', 'new-name': 'renamed' }),
    at: [
      ...requests,
      { method: 'PATCH', path: /./ },
      5_000,
      60_000,
      // During the second kind.
      200_000,
    ],
    leaves: ['running', 'updating'],
  },
  {
    operation: 'snapshot',
    from: 'running',
    at: [...requests, { method: 'POST', path: /snapshots$/ }, 5_000, 30_000, 55_000],
    leaves: ['running'],
  },
  {
    operation: 'restore',
    from: 'running',
    inputs: ({ simulator }: Scenario) => {
      const [ours] = simulator.instances();
      return { 'snapshot-id': simulator.snapshots(ours?.id ?? '')[0]?.id ?? '' };
    },
    at: [...requests, { method: 'POST', path: /restore$/ }, 5_000, 60_000, 175_000],
    leaves: ['running', 'restoring'],
  },
  {
    operation: 'overwrite',
    from: 'running',
    inputs: ({ simulator }: Scenario) => ({
      'source-instance-id': simulator.instances()[1]?.id ?? '',
    }),
    at: [...requests, { method: 'POST', path: /overwrite$/ }, 5_000, 60_000, 235_000],
    leaves: ['running', 'overwriting', 'loading'],
  },
  {
    operation: 'delete',
    from: 'running',
    at: [...requests, { method: 'DELETE', path: /./ }, 5_000, 20_000, 40_000, 55_000],
    leaves: ['running', 'destroying'],
  },
];

/**
 * Real signals and kills come during the change and during the wait for it: at other moments they have
 * the same result as in the sources, or nothing was done yet (see `post/killed-early`).
 */
const table = changes.flatMap(({ operation, from, inputs, at, leaves }) =>
  at.flatMap((moment, index) => {
    const really = index === requests.length || moment === 5_000;
    const ways = [
      { by: 'SIGINT', bundle: false },
      ...(really
        ? [
            { by: 'SIGINT', bundle: true },
            { by: 'SIGKILL', bundle: true },
          ]
        : []),
    ] as const;
    return ways.map((way) => ({ operation, from, inputs, moment, leaves, ...way }));
  }),
);

describe.skipIf(onWindows)('a change that is cancelled', () => {
  it.each(table)(
    '$operation at $moment, $by, in a process $bundle: names the instance and touches no other',
    async ({ operation, from, inputs, moment, by, bundle, leaves }) => {
      await using aftermath = await cancelStep({
        inputs: { operation, name: 'ours' },
        ...(inputs && { more: inputs }),
        moment,
        bundle,
        ...(by === 'SIGKILL' ? { kill: by } : {}),
        prepare: ({ simulator }) => {
          const { id } = simulator.seedInstance({ name: 'ours', status: from });
          simulator.seedSnapshot(id);
          simulator.seedInstance({ name: 'theirs', status: 'running', type: 'professional-db' });
        },
      });
      const { scenario, step, posts, lingered } = aftermath;
      const byName = new Map(scenario.simulator.instances().map((one) => [one.name, one.status]));
      const others = scenario.simulator.instances().filter(({ name }) => name === 'theirs');
      for (const { id } of others) {
        const changed = scenario.simulator.exchanges.filter(
          ({ method, path }) => method !== 'GET' && path.includes(id),
        );
        expect(changed).toEqual([]);
      }
      expect(byName.get('theirs')).toBe('running');
      expect(leaves).toContain(byName.get('ours'));
      if (step.outputs['name'] !== undefined) expect(step.outputs['name']).toBe('ours');
      expect(posts.map(({ conclusion }) => conclusion)).toEqual(['success']);
      if (by === 'SIGINT') {
        expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 1, signal: null });
        expect(lingered).toBeLessThan(2_000);
        expect(step.outputs['name']).toBe('ours');
        expect(step.annotations[0]?.message).toMatch(/^The step was cancelled \(SIGINT\)\. /);
      }
    },
  );
});
