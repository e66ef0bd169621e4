import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../simulator/aura/simulator.ts';
import { startInProcess, stepInProcess } from './in-process.ts';
import { type Trouble, faults, ruleOf, spotsOf } from './troubles.ts';
import { startWorld } from './world.ts';

const inputs = { operation: 'create', name: 'ours', 'delete-after-job': 'true' };

/** What the post step knows: the created instance, or only the intent to create one. */
const knowledge = { 'the id': true, 'the intent alone': false };

interface Outcome {
  readonly requests: readonly Exchange[];
  readonly violations: readonly string[];
}

async function runPost(knowsId: boolean, trouble?: Trouble): Promise<Outcome> {
  const { simulator, clock, violations } = await startWorld();
  const job = await startInProcess({ simulator, clock });
  try {
    const theirs = simulator.seedInstance({ name: 'theirs', status: 'running' }).id;
    const { state } = await stepInProcess(job, { simulator, inputs });
    const saved = JSON.parse(state['aura-create'] ?? '') as { created?: object };
    const known = knowsId ? saved : { ...saved, created: undefined };
    const begin = simulator.exchanges.length;
    if (trouble !== undefined) simulator.addFault(ruleOf(trouble, clock.now()));
    const [post] = await job.post(() => ({ 'aura-create': JSON.stringify(known) }));
    if (post === undefined) throw new Error('The job has no post step.');

    const alive = simulator.instances().filter(({ status }) => status !== 'destroying');
    const told = post.annotations.map(({ level, message }) => `${level}: ${message}`).join('\n');
    for (const { id, name } of alive.filter((instance) => instance.id !== theirs)) {
      const named =
        told.startsWith('warning: ') && (told.includes(id) || told.includes(`'${name}'`));
      if (!named) violations.push(`instance ${id} still exists, and no warning names it`);
    }
    if (!alive.some(({ id }) => id === theirs)) violations.push('somebody else lost an instance');
    if (post.exitCode !== 0) violations.push('the post step fails the job');
    return { requests: simulator.exchanges.slice(begin), violations };
  } finally {
    await job.dispose();
    await simulator.close();
  }
}

describe.each(Object.entries(knowledge))('the post step that knows %s', (_, knowsId) => {
  it('deletes the created instance', async () => {
    const { violations, requests } = await runPost(knowsId);
    expect(violations).toEqual([]);
    expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it.each(Object.entries(faults))(
    'names every instance that it leaves, and does not fail: %s',
    async (_label, fault) => {
      const { requests } = await runPost(knowsId);
      const violations: string[] = [];
      for (const spot of spotsOf(requests)) {
        const outcome = await runPost(knowsId, { ...spot, ...fault });
        const { method, path } = spot;
        violations.push(...outcome.violations.map((text) => `${method} ${path}: ${text}`));
      }
      expect(violations).toEqual([]);
    },
  );
});
