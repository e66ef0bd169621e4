import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../simulator/aura/simulator.ts';
import { runInProcess } from './in-process.ts';
import { type Trouble, faults, ruleOf, spotsOf } from './troubles.ts';
import { startWorld } from './world.ts';

const inputs = { operation: 'create', name: 'ours', 'delete-after-job': 'true' };

/** What the post step knows: the instance that was made, or only that one was to be made. */
const knowledge = { 'the id': true, 'the intent alone': false };

interface Outcome {
  readonly requests: readonly Exchange[];
  readonly violations: readonly string[];
}

async function runPost(knowsId: boolean, trouble?: Trouble): Promise<Outcome> {
  const { simulator, clock, violations } = await startWorld();
  const temp = mkdtempSync(path.join(tmpdir(), 'aura-post-'));
  try {
    const theirs = simulator.seedInstance({ name: 'theirs', status: 'running' }).id;
    const main = await runInProcess({ simulator, clock, temp, inputs });
    const saved = JSON.parse(main.state['aura-create'] ?? '') as { created?: object };
    const known = knowsId ? saved : { ...saved, created: undefined };
    const begin = simulator.exchanges.length;
    if (trouble !== undefined) simulator.addFault(ruleOf(trouble, clock.now()));
    const state = { 'aura-create': JSON.stringify(known) };
    const post = await runInProcess({ simulator, clock, temp, inputs, state });

    const alive = simulator.instances().filter(({ status }) => status !== 'destroying');
    const told = post.annotations.map(({ level, message }) => `${level}: ${message}`).join('\n');
    for (const { id, name } of alive.filter((instance) => instance.id !== theirs)) {
      const named =
        told.startsWith('warning: ') && (told.includes(id) || told.includes(`'${name}'`));
      if (!named) violations.push(`instance ${id} lives, and no warning names it`);
    }
    if (!alive.some(({ id }) => id === theirs)) violations.push('somebody else lost an instance');
    if (post.exitCode !== 0) violations.push('the post step fails the job');
    violations.push(...post.leaks.map((place) => `a secret is in ${place}`));
    return { requests: simulator.exchanges.slice(begin), violations };
  } finally {
    await simulator.close();
    rmSync(temp, { recursive: true });
  }
}

describe.each(Object.entries(knowledge))('the post step that knows %s', (_, knowsId) => {
  it('deletes what was made', async () => {
    const { violations, requests } = await runPost(knowsId);
    expect(violations).toEqual([]);
    expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it.each(Object.entries(faults))(
    'leaves nothing unnamed and fails nothing: %s',
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
