import { describe, expect, it } from 'vitest';
import { onWindows } from '../../../harness/runner/platform.ts';
import { type Aftermath, type Moment, cancelStep } from './cancelled-step.ts';

const count = 30;
const changes = [
  { operation: 'pause', from: 'running', via: 'pausing', to: 'paused', lasts: 120_000 },
  { operation: 'resume', from: 'paused', via: 'resuming', to: 'running', lasts: 240_000 },
  { operation: 'delete', from: 'running', via: 'destroying', to: 'deleted', lasts: 60_000 },
] as const;

/** During the first reads, in the middle of the changes, during the wait, and at its end. */
const moments: readonly Moment[] = [
  { method: 'GET', path: /^\/v1\/instances$/ },
  { method: 'GET', path: /^\/v1\/instances\/./ },
  { method: 'POST', path: /(pause|resume)$/ },
  { method: 'DELETE', path: /./ },
  3_000,
  9_000,
  15_000,
  50_000,
  62_000,
  125_000,
  245_000,
];
const table = changes.flatMap((change) =>
  moments
    .filter((moment) =>
      typeof moment === 'number'
        ? moment < change.lasts + 10_000
        : moment.method === 'GET' ||
          (moment.method === 'DELETE') === (change.operation === 'delete'),
    )
    .map((moment) => ({ ...change, moment })),
);

interface Entry {
  readonly id: string;
  readonly status?: string;
  readonly changed: boolean;
  readonly error?: string;
}

function run(
  { operation, from, moment }: { operation: string; from: string; moment: Moment },
  kill?: 'SIGKILL' | 'SIGTERM',
  bundle?: true,
): Promise<Aftermath> {
  return cancelStep({
    inputs: {
      operation,
      'name-pattern': 'ours-*',
      ...(operation === 'delete' && { 'max-deletions': String(count) }),
    },
    moment,
    ...(bundle && { bundle }),
    ...(kill && { kill }),
    prepare: ({ simulator }) => {
      for (let nr = 1; nr <= count; nr += 1) {
        simulator.seedInstance({ name: `ours-${nr}`, status: from });
      }
      simulator.seedInstance({ name: 'theirs', status: from });
    },
  });
}

/** What is wrong with the world and the outputs after a cancelled step. */
function problemsOf(
  { scenario: { simulator }, step, posts }: Aftermath,
  { from, via, to }: (typeof changes)[number],
): readonly string[] {
  const problems: string[] = [];
  const statusOf = new Map(simulator.instances().map(({ id, status }) => [id, status]));
  const truth = (id: string): string => statusOf.get(id) ?? 'deleted';
  const order: readonly string[] = [from, via, to];
  const entries = JSON.parse(step.outputs['instances'] ?? '[]') as readonly Entry[];
  const ours = simulator.history().filter(({ name }) => name !== 'theirs');
  const theirs = simulator.history().find(({ name }) => name === 'theirs');
  if (truth(theirs?.id ?? '') !== from) problems.push('another instance was changed');
  const sent = simulator.exchanges.filter(
    ({ method, path, status }) => method !== 'GET' && path !== '/oauth/token' && status === 202,
  );
  if (sent.length > 0 && entries.length !== ours.length) problems.push('not all are named');
  for (const { id, status, changed, error } of entries) {
    // Nobody reads the instance any more, so it may have come further since.
    if (status !== undefined && order.indexOf(status) > order.indexOf(truth(id))) {
      problems.push(`${id} is not yet ${status}`);
    }
    const accepted = sent.some(({ path }) => path.includes(id));
    if (changed && !accepted) problems.push(`${id} was not changed`);
    if (error !== undefined) problems.push(`${id} has an error: ${error}`);
  }
  if (step.outputs['changed'] === 'true' && sent.length === 0) problems.push('nothing was changed');
  if (posts.some(({ conclusion }) => conclusion !== 'success')) problems.push('post fails');
  return problems;
}

describe.skipIf(onWindows)('a step with several instances that is cancelled', () => {
  it.each(table)('says where each is: $operation at $moment', async (row) => {
    await using aftermath = await run(row);
    expect(problemsOf(aftermath, row)).toEqual([]);
    const { step, lingered, scenario } = aftermath;
    expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 1, signal: null });
    expect(lingered).toBeLessThan(2_000);
    const messages = step.annotations.map(({ message }) => message);
    expect(messages.at(-1)).toMatch(/^The step was cancelled \(SIGINT\)\. /);
    // By then, one of them may be done: polls come at random times.
    const verbs: Readonly<Record<string, RegExp>> = {
      pause: /^Paused 1 instance: /,
      resume: /^Resumed 1 instance: /,
      delete: /^Deleted 1 instance: /,
    };
    for (const done of messages.slice(0, -1)) expect(done).toMatch(verbs[row.operation] ?? /^$/);
    expect(messages.length).toBeLessThanOrEqual(2);
    // Without a kill, it also knows about each request that Aura has accepted and answered.
    const sent = scenario.simulator.exchanges.filter(
      ({ method, status }) => method !== 'GET' && status === 202,
    );
    const entries = JSON.parse(step.outputs['instances'] ?? '[]') as readonly Entry[];
    const known = entries.filter(({ changed }) => changed).length;
    expect(sent.length - known).toBeLessThanOrEqual(20);
    if (typeof row.moment === 'number') expect(known).toBe(sent.length);
  });

  it.each(changes.map((change) => ({ ...change, moment: 50_000 })))(
    'says the same after a real signal, and names all after a kill: $operation',
    async (row) => {
      await using stopped = await run(row, 'SIGTERM', true);
      expect(problemsOf(stopped, row)).toEqual([]);
      expect(stopped.step.annotations).toHaveLength(1);
      await using killed = await run(row, 'SIGKILL');
      expect(problemsOf(killed, row)).toEqual([]);
      expect(killed.step).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
      expect(JSON.parse(killed.step.outputs['instances'] ?? '')).toHaveLength(count);
    },
  );
});
