import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import {
  type Scenario,
  type ScenarioOptions,
  startScenario,
} from '../../../harness/world/scenario.ts';

const create = { operation: 'create', name: 'ours', 'delete-after-job': 'true' };

interface Aftermath {
  readonly post: StepResult;
  /** Names of the instances that exist in the end and are not being deleted. */
  readonly alive: readonly string[];
}

/** Creates, then runs the post step with other inputs than the main step had. */
async function postWith(
  scenario: Scenario,
  inputs: Readonly<Record<string, string>>,
  between: () => void = () => undefined,
): Promise<Aftermath> {
  const step = { ...scenario.credentials, ...create };
  const given: Record<string, string> = { ...step };
  const result = await scenario.job.step({ inputs: given });
  expect(result.conclusion).toBe('success');
  // The runner evaluates the inputs again, and in nested composite actions uses those of another step.
  for (const name of Object.keys(given)) Reflect.deleteProperty(given, name);
  Object.assign(given, inputs);
  between();
  const [post] = await scenario.job.post();
  if (post === undefined) throw new Error('There was no post step.');
  const alive = scenario.simulator.instances().filter(({ status }) => status !== 'destroying');
  return { post, alive: alive.map(({ name }) => name) };
}

function withScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  return startScenario({
    ...options,
    job: { quickKeys: true, ...options.job },
    simulator: { ...options.simulator, durations: { create: 60_000 } },
  });
}

describe('the post step deletes what its own step created', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['without any input', {}],
    ['with the inputs of another action', { 'client-id': 'of-another', name: 'theirs' }],
    ['with invalid inputs', { operation: 'none', timeout: 'soon', 'poll-interval': 'x' }],
    [
      'with the inputs of a step for another API',
      {
        operation: 'delete',
        'api-url': 'http://127.0.0.1:9',
        'client-id': 'another-client',
        'client-secret': 'another-secret-0123',
        tenant: 'another tenant',
        name: 'theirs',
        'protected-names': '*',
        'dry-run': 'true',
      },
    ],
  ])('%s', async (_what, inputs) => {
    await using scenario = await withScenario();
    scenario.simulator.seedInstance({ name: 'theirs' });
    const { post, alive } = await postWith(scenario, inputs);
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(alive).toEqual(['theirs']);
    // The post step also uses the token of the job.
    const tokens = scenario.simulator.exchanges.filter(({ path: at }) => at === '/oauth/token');
    expect(tokens).toHaveLength(1);
  });

  it('with its own credentials if the token is refused by then', async () => {
    await using scenario = await withScenario();
    const { post, alive } = await postWith(scenario, scenario.credentials, () => {
      scenario.clock.advance(2 * 3_600_000);
    });
    expect(post).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(alive).toEqual([]);
  });
});

describe('a post step without a token', () => {
  it('never sends the credentials of another client, and names the instance that is left', async () => {
    await using scenario = await withScenario();
    const { credentials } = scenario;
    const others = { ...credentials, 'client-id': 'another', 'client-secret': 'of-another-0123' };
    const before = (): number => scenario.simulator.exchanges.length;
    let asked = 0;
    const { post, alive } = await postWith(scenario, others, () => {
      scenario.clock.advance(2 * 3_600_000);
      asked = before();
    });
    expect(alive).toEqual(['ours']);
    expect(before()).toBe(asked);
    const [made] = scenario.simulator.instances();
    expect(post).toMatchObject({ conclusion: 'success', exitCode: 0 });
    expect(post.annotations).toEqual([
      {
        level: 'warning',
        message: `Could not delete instance 'ours' (${made?.id ?? ''}) of tenant ${scenario.simulator.tenantId} after the job: The step has no access token that Aura accepts, and no credentials to request one. Delete it with operation 'delete' and instance-id '${made?.id ?? ''}'.`,
      },
    ]);
  });

  it.each<[string, (temp: string) => void]>([
    [
      'is gone',
      (temp) => {
        for (const file of ownFiles(temp)) rmSync(path.join(temp, file));
      },
    ],
    [
      'was altered',
      (temp) => {
        for (const file of ownFiles(temp)) writeFileSync(path.join(temp, file), 'x');
      },
    ],
  ])('warns and succeeds if its file %s', async (_what, change) => {
    await using scenario = await withScenario();
    const { post, alive } = await postWith(scenario, {}, () => {
      change(scenario.job.temp);
    });
    expect(alive).toEqual(['ours']);
    expect(post).toMatchObject({ conclusion: 'success', exitCode: 0, stderr: '' });
    expect(post.annotations[0]?.message).toContain("Could not delete instance 'ours'");
  });

  it('uses the credentials of its own step if its file is gone', async () => {
    await using scenario = await withScenario();
    const { post, alive } = await postWith(scenario, scenario.credentials, () => {
      for (const file of ownFiles(scenario.job.temp)) rmSync(path.join(scenario.job.temp, file));
    });
    expect(post.annotations).toEqual([]);
    expect(alive).toEqual([]);
  });
});

function ownFiles(temp: string): readonly string[] {
  return readdirSync(temp).filter((name) => name.startsWith('aura-action-'));
}

describe('delete-after-job', () => {
  it('is an error before the POST if the post step could not access Aura', async () => {
    await using scenario = await withScenario();
    const inputs = { ...scenario.credentials, ...create };
    const env = { RUNNER_TEMP: path.join(scenario.job.temp, 'missing') };
    const result = await scenario.job.step({ inputs, env });
    expect(result.exitCode).toBe(1);
    expect(scenario.simulator.instances()).toEqual([]);
    expect(result.annotations[0]?.message).toContain('RUNNER_TEMP');
  });
});

describe('the post step of a step that has nothing to clean up', () => {
  it.each([
    { operation: 'get', name: 'theirs' },
    { operation: 'create', name: 'ours' },
    { operation: 'create', name: 'ours', wait: 'false' },
    { operation: 'none' },
  ])('loads nothing, prints nothing and sends nothing: %j', async (inputs) => {
    await using scenario = await withScenario();
    scenario.simulator.seedInstance({ name: 'theirs' });
    await scenario.run(inputs);
    const asked = scenario.simulator.exchanges.length;
    const [post] = await scenario.job.post();
    expect(post).toMatchObject({ conclusion: 'success', stdout: '', stderr: '' });
    expect(scenario.simulator.exchanges).toHaveLength(asked);
  });

  it('warns about what a killed step has left', async () => {
    await using scenario = await withScenario();
    const inputs = { operation: 'create', name: 'ours %0A::error::x' };
    await scenario.run(inputs, { cancel: { when: ({ sleep }) => sleep(10_000), kill: 'SIGKILL' } });
    const [made] = scenario.simulator.instances();
    const [post] = await scenario.job.post();
    expect(post?.annotations).toEqual([
      {
        level: 'warning',
        message: `The step was stopped after it created an instance. Instance 'ours %0A::error::x' (${made?.id ?? ''}) exists. It will not be deleted automatically: use operation 'delete' with instance-id '${made?.id ?? ''}', or set 'delete-after-job'.`,
      },
    ]);
  });
});

describe('several post steps of one job', () => {
  it('share the time to wait for instances that Aura still creates', async () => {
    await using scenario = await startScenario({
      simulator: { durations: { create: Infinity } },
      job: { quickKeys: true },
    });
    for (const name of ['one', 'two']) {
      const inputs = { operation: 'create', name, wait: 'false', 'delete-after-job': 'true' };
      await scenario.run({ tier: 'professional', region: 'europe-west1', ...inputs });
    }
    const posts = await scenario.job.post();
    expect(posts.map(({ annotations }) => annotations.length)).toEqual([1, 1]);
    const [first = 0, second = 0] = posts.map(({ drivenMilliseconds }) => drivenMilliseconds);
    expect(first).within(265_000, 272_000);
    expect(second).within(19_000, 24_000);
  });
});

it('the state is small and contains no secret except a masked key', async () => {
  await using scenario = await withScenario();
  const result = await scenario.run({ ...create, wait: 'false' });
  const state = result.state['aura-create'] ?? '';
  expect(Buffer.byteLength(state)).toBeLessThan(16 * 1024);
  const { access } = JSON.parse(state) as { access: { key: string } };
  expect(scenario.job.masks.apply(state)).not.toContain(access.key);
});
