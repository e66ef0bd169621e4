import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fieldsOf, readProjectFile } from '../../repository/project.ts';
import { type Recording, recordedEvent } from '../../core/github/recorded-events.ts';
import { type TwoServers, startTwoServers } from './recorded-jobs.ts';
import { remarksOf } from './steps-in-process.ts';
import { nameOf } from './sweep/fleet.ts';

const auto = { operation: 'auto' };

/** The inputs of the only step of the example that uses the action, and its events. */
function readExample(): { readonly inputs: Record<string, string>; readonly events: unknown } {
  const text = readProjectFile('examples/pull-request-database.yml');
  const workflow = fieldsOf(parse(text));
  const { steps } = fieldsOf(fieldsOf(workflow['jobs'])['database']);
  const using = (steps as readonly object[])
    .map(fieldsOf)
    .filter(({ uses }) => String(uses).startsWith('aura-action/'));
  expect(using).toHaveLength(1);
  const given = fieldsOf(using[0]?.['with']) as Record<string, string>;
  const inputs = Object.fromEntries(
    Object.entries(given).filter(([name]) => !name.startsWith('client-')),
  );
  return { inputs, events: workflow['on'] };
}

describe('the example with one step for all events', () => {
  it('creates, reuses and deletes the instance of a pull request, and leaves nothing', async () => {
    const { inputs, events } = readExample();
    expect(events).toMatchObject({
      pull_request: { types: ['opened', 'synchronize', 'reopened', 'closed'] },
      delete: null,
      schedule: [expect.anything()],
    });
    await using world = await startTwoServers();
    const { server, scenario, run, ids } = world;
    const outputsAfter = async (recording: Recording) => {
      const result = await run(recording, inputs);
      remarksOf(result);
      return result.outputs;
    };
    server.putPullRequest({ number: 42, branch: 'feature/cart' });
    server.putBranch('feature/cart');
    const opened = await outputsAfter('pull-request-opened');
    expect(opened).toMatchObject({ operation: 'create', skipped: 'false', created: 'true' });
    const { 'instance-id': id, password } = opened;
    for (const recording of ['pull-request-synchronize', 'pull-request-reopened'] as const) {
      const same = { operation: 'create', created: 'false', 'instance-id': id, password };
      expect(await outputsAfter(recording)).toMatchObject(same);
    }
    // The night comes before the pull request is closed: its instance stays.
    world.seed(nameOf('left-behind'));
    expect(await outputsAfter('schedule')).toMatchObject({ operation: 'sweep', changed: 'true' });
    expect(ids()).toEqual([id]);
    server.putPullRequest({ number: 42, branch: 'feature/cart', state: 'closed' });
    const closed = await outputsAfter('pull-request-closed');
    expect(closed).toMatchObject({ operation: 'delete', 'instance-id': id, status: 'deleted' });
    server.removeBranch('feature/cart');
    const deleted = await outputsAfter('delete-branch');
    expect(deleted).toMatchObject({ operation: 'delete', changed: 'false', status: 'deleted' });
    expect(await outputsAfter('schedule')).toMatchObject({ operation: 'sweep', changed: 'false' });
    expect(scenario.simulator.instances()).toEqual([]);
    expect(server.deployments()).toEqual([]);
  });

  it('deletes at night what a missed teardown has left', async () => {
    const { inputs } = readExample();
    await using world = await startTwoServers();
    const { server, run, ids } = world;
    server.putPullRequest({ number: 42, branch: 'feature/cart' });
    remarksOf(await run('pull-request-opened', inputs));
    server.putPullRequest({ number: 42, branch: 'feature/cart', state: 'closed' });
    const result = await run('schedule', inputs);
    expect(remarksOf(result)).toEqual([expect.stringMatching(/^notice: Deleted 1 instance: /)]);
    expect(ids()).toEqual([]);
    expect(server.deployments()).toEqual([]);
  });

  it('is skipped for a fork, without any request', async () => {
    const { inputs } = readExample();
    await using world = await startTwoServers();
    const empty = { ...inputs, 'client-id': '', 'client-secret': '' };
    for (const recording of ['pull-request-fork', 'pull-request-dependabot'] as const) {
      const result = await world.run(recording, empty);
      expect(remarksOf(result)).toEqual([expect.stringMatching(/^notice: Skipped: /)]);
      expect(result.outputs).toEqual({ operation: 'create', skipped: 'true' });
    }
    expect(requestsTo(world)).toEqual([]);
  });
});

/** All requests of the steps, to Aura and to GitHub. */
function requestsTo({ scenario, server }: TwoServers): readonly string[] {
  return [...scenario.simulator.exchanges, ...server.exchanges].map(({ path }) => path);
}

describe("a step with 'auto'", () => {
  it.each([
    ['pull-request-closed-labeled', { skipped: 'true' }, 'pull request #42 is closed'],
    ['delete-tag', { skipped: 'false' }, "Tag 'v1.2.0' was deleted"],
    ['push-tag-deleted', { skipped: 'false' }, "Tag 'v1.2.0' was deleted"],
    [
      'pull-request-closed-main',
      { operation: 'delete', skipped: 'true' },
      "'main' is the default branch",
    ],
  ] as const)('does nothing but say so, for %s', async (recording, outputs, text) => {
    await using world = await startTwoServers();
    const seeded = [world.seed(nameOf('main')), world.seed(nameOf('feature/cart'))];
    const result = await world.run(recording, auto);
    expect(remarksOf(result)).toEqual([expect.stringContaining(`notice: `)]);
    expect(remarksOf(result)[0]).toContain(text);
    expect(result.outputs).toEqual(outputs);
    expect(requestsTo(world)).toEqual([]);
    expect(world.ids()).toEqual(seeded);
  });

  it.each(['release', 'issue-comment', 'workflow-dispatch', 'pull-request-review'] as const)(
    'fails before any request, for %s',
    async (recording) => {
      await using world = await startTwoServers();
      const result = await world.run(recording, auto);
      expect(result.exitCode).toBe(1);
      expect(result.annotations).toEqual([
        expect.objectContaining({
          level: 'error',
          message: expect.stringContaining("Input 'operation' is 'auto', and event '") as string,
        }),
      ]);
      expect(result.outputs).toEqual({ skipped: 'false' });
      expect(requestsTo(world)).toEqual([]);
    },
  );

  it.each(['push-deleted', 'delete-branch'] as const)(
    'deletes all instances of the branch and no other, for %s',
    async (recording) => {
      await using world = await startTwoServers();
      const kept = [world.seed(nameOf('main')), world.seed(nameOf('feature/cart', 'mona'))];
      world.seed(nameOf('feature/cart'));
      world.seed(nameOf('feature/cart', undefined, 'ds'));
      const result = await world.run(recording, { ...auto, 'name-pattern': '*', 'max-age': '1h' });
      remarksOf(result);
      expect(result.outputs['operation']).toBe('delete');
      expect(world.ids()).toEqual(kept);
    },
  );

  it('creates one instance for a push to the default branch, which no event deletes', async () => {
    await using world = await startTwoServers();
    const { name, ...event } = recordedEvent('push');
    const payload = { ...Object(event.payload), ref: 'refs/heads/main' } as object;
    const result = await world.run('push', auto, { event: { name, payload } });
    expect(result.outputs).toMatchObject({ operation: 'create', name: nameOf('main') });
    remarksOf(await world.run('schedule', auto));
    expect(world.ids()).toEqual([result.outputs['instance-id']]);
  });
});
