import { describe, expect, it } from 'vitest';
import { onWindows } from '../../../harness/runner/platform.ts';
import { type Aftermath, type Moment, cancelStep } from './cancelled-step.ts';

const inputs = { operation: 'create', name: 'ours', 'delete-after-job': 'true' };

const requests: readonly Moment[] = [
  { method: 'POST', path: /^\/oauth\/token$/ },
  { method: 'GET', path: /^\/v1\/tenants$/ },
  { method: 'GET', path: /^\/v1\/instances$/ },
  { method: 'GET', path: /^\/v1\/tenants\/./ },
  { method: 'POST', path: /^\/v1\/instances$/ },
  { method: 'GET', path: /^\/v1\/instances\/./ },
];
/** Seconds during the three minutes that a creation takes, more of them at its start and end. */
const seconds = [1, 2, 3, 6, 10, 15, 25, 32, 40, 50, 60, 80, 100, 120, 140, 160, 170, 175, 178];
const moments: readonly Moment[] = [...requests, ...seconds.map((second) => second * 1000)];
/**
 * Where a kill differs from all other moments: a request is in progress, or the instance is not shown
 * yet, is being created, or is almost ready. The state for the post step is the same during the whole
 * wait; `post/killed-early` kills before each action.
 */
const killed: readonly Moment[] = [...requests, 1_000, 60_000, 178_000];
/** When real signals come: during a request, during the create request, and during the wait. */
const signalled: readonly Moment[] = [
  { method: 'GET', path: /^\/v1\/instances$/ },
  { method: 'POST', path: /^\/v1\/instances$/ },
  60_000,
];

/** What is wrong with the end of a cancelled create. */
function problemsOf({ scenario, step, posts }: Aftermath): readonly string[] {
  const problems: string[] = [];
  const alive = scenario.simulator.instances().filter(({ status }) => status !== 'destroying');
  const told = posts.flatMap(({ annotations }) => annotations).map(({ message }) => message);
  for (const { id, name } of alive) {
    if (name !== 'ours') problems.push(`instance ${name} is none of ours`);
    const warned = told.some((message) => message.includes(id) || message.includes(`'${name}'`));
    if (!warned) problems.push(`instance ${id} still exists, and no warning names it`);
  }
  if (alive.length > 1) problems.push('more than one instance exists');
  const [made] = scenario.simulator.history();
  if (step.outputs['password'] !== undefined && step.outputs['password'] !== made?.password) {
    problems.push('the password is another one');
  }
  if (posts.some(({ conclusion }) => conclusion !== 'success'))
    problems.push('the post step fails');
  return problems;
}

describe.skipIf(onWindows)('a create that is cancelled', () => {
  it.each([
    ...moments.map((moment) => ({ moment, bundle: false })),
    ...signalled.map((moment) => ({ moment, bundle: true })),
  ])('ends on SIGINT without a kill and leaves nothing: %o', async ({ moment, bundle }) => {
    await using aftermath = await cancelStep({ inputs, moment, bundle });
    const { scenario } = aftermath;
    expect(problemsOf(aftermath)).toEqual([]);
    const { step, lingered } = aftermath;
    expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 1, signal: null });
    expect(lingered).toBeLessThan(2_000);
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The step was cancelled \(SIGINT\)\. /),
    ]);
    const made = scenario.simulator.history().length > 0;
    expect(step.outputs['password'] !== undefined).toBe(made);
  });

  it.each(killed)('leaves nothing when it is killed: %o', async (moment) => {
    await using aftermath = await cancelStep({ inputs, moment, kill: 'SIGKILL' });
    expect(problemsOf(aftermath)).toEqual([]);
    expect(aftermath.step).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  it.each([
    { moment: 1_000, bundle: false },
    { moment: 60_000, bundle: true },
    { moment: 170_000, bundle: false },
  ])('ends in the same way on SIGTERM: %o', async ({ moment, bundle }) => {
    await using aftermath = await cancelStep({ inputs, moment, bundle, kill: 'SIGTERM' });
    const { scenario, step, lingered } = aftermath;
    expect(problemsOf(aftermath)).toEqual([]);
    expect(step).toMatchObject({ exitCode: 1, signal: null });
    expect(lingered).toBeLessThan(2_000);
    const [made] = scenario.simulator.history();
    expect(step.outputs).toMatchObject({ 'instance-id': made?.id, password: made?.password });
    expect(step.annotations[0]?.message).toMatch(/^The step was cancelled \(SIGTERM\)\. /);
  });

  it('is deleted by the post step once Aura allows it', async () => {
    await using aftermath = await cancelStep({ inputs, moment: 170_000 });
    const { scenario } = aftermath;
    expect(scenario.simulator.instances().map(({ status }) => status)).toEqual(['destroying']);
    expect(aftermath.posts.map(({ annotations }) => annotations)).toEqual([[]]);
  });

  it('is deleted by the post step while Aura still creates it', async () => {
    await using aftermath = await cancelStep({ inputs, moment: 10_000 });
    const { scenario, posts } = aftermath;
    expect(scenario.simulator.instances().map(({ status }) => status)).toEqual(['destroying']);
    expect(posts[0]?.annotations).toEqual([]);
    // Not before the creation has finished: Aura would refuse it.
    expect(scenario.simulator.exchanges.filter(({ method }) => method === 'DELETE')).toHaveLength(
      1,
    );
  });

  it('is named by the post step if Aura does not finish the creation in time', async () => {
    await using aftermath = await cancelStep({
      inputs,
      moment: 10_000,
      simulator: { durations: { create: Infinity } },
    });
    const { step, posts } = aftermath;
    const id = step.outputs['instance-id'] ?? '';
    expect(posts[0]?.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      expect.stringMatching(
        `^warning: Could not delete instance 'ours' \\(${id}\\) of tenant .* after the job: `,
      ),
    ]);
    expect(posts[0]?.annotations[0]?.message).toContain(
      `Delete it with operation 'delete' and instance-id '${id}'.`,
    );
    expect(posts[0]?.drivenMilliseconds).within(265_000, 272_000);
  });

  it('waits for the answer to the create request, and loses nothing', async () => {
    await using aftermath = await cancelStep({
      inputs,
      moment: 500,
      prepare: ({ simulator }) => {
        const match = { operation: 'createInstance' };
        simulator.addFault({ match, fault: { kind: 'slow', milliseconds: 4_000 } });
      },
    });
    const { scenario, step, lingered } = aftermath;
    const [made] = scenario.simulator.history();
    expect(step.outputs).toMatchObject({ 'instance-id': made?.id, password: made?.password });
    expect(lingered).toBeLessThan(5_000);
    expect(step.annotations[0]?.message).toBe(
      `The step was cancelled (SIGINT). Instance 'ours' (${made?.id ?? ''}) was created. The post step of this step deletes it.`,
    );
  });

  it('waits no longer than five seconds, and the post step finds the instance by its name', async () => {
    await using aftermath = await cancelStep({
      inputs,
      moment: 500,
      prepare: ({ simulator }) => {
        simulator.addFault({
          match: { operation: 'createInstance' },
          fault: { kind: 'hang-after' },
        });
      },
    });
    const { scenario, step, posts, lingered } = aftermath;
    const [made] = scenario.simulator.history();
    expect(lingered).toBeGreaterThanOrEqual(5_000);
    expect(lingered).toBeLessThan(7_000);
    expect(step.outputs['instance-id']).toBeUndefined();
    expect(step.annotations[0]?.message).toBe(
      "The step was cancelled (SIGINT). Instance 'ours' may have been created. The post step of this step deletes it.",
    );
    expect(posts[0]?.annotations).toEqual([]);
    expect(scenario.simulator.instances().map(({ id, status }) => [id, status])).toEqual([
      [made?.id, 'destroying'],
    ]);
  });

  it('is not deleted without delete-after-job, and the error says how to delete it', async () => {
    await using aftermath = await cancelStep({
      inputs: { operation: 'create', name: 'ours' },
      moment: 60_000,
    });
    const { scenario, step, posts } = aftermath;
    expect(scenario.simulator.instances()).toHaveLength(1);
    expect(step.annotations[0]?.message).toContain(
      `It will not be deleted automatically: use operation 'delete' with instance-id '${scenario.simulator.instances()[0]?.id ?? ''}', or set 'delete-after-job'.`,
    );
    expect(posts[0]).toMatchObject({ conclusion: 'success', annotations: [] });
  });
});
