import { describe, expect, test } from 'vitest';
import type { SimulatedInstance } from '../../../simulator/aura/simulator.ts';
import { changesOf, errorOf, refusal } from '../../../harness/world/support.ts';
import { type Scenario, startScenario } from '../in-process/scenario.ts';

const elsewhere = '11111111-2222-4333-8444-555555555555';
const create = { operation: 'create', name: 'ours', 'delete-after-job': 'true', wait: 'false' };

/** How an instance differs from the intended one, and the error message. */
const others = [
  ['one with another name', { name: 'theirs' }, /is named 'theirs', not 'ours'/],
  [
    'one of another tenant',
    { tenant_id: elsewhere },
    /belongs to tenant 1{8}-.*, not to .*\. It was not/,
  ],
] as const;

interface Twist {
  /** The number of the read, counted from now. */
  readonly nth?: number;
  readonly changes: Readonly<Record<string, string>>;
}

/** Makes one read return the instance with changes, for example another name. */
function twistRead(
  { simulator }: Scenario,
  { id, name, tenantId, cloudProvider, region }: SimulatedInstance,
  { nth = 1, changes }: Twist,
): void {
  const place = { tenant_id: tenantId, cloud_provider: cloudProvider, region };
  const data = { id, name, status: 'running', ...place, ...changes };
  const headers = { 'content-type': 'application/json' };
  const fault = { kind: 'status', status: 200, headers, body: { data } } as const;
  simulator.addFault({ match: { operation: 'getInstance' }, nth, fault });
}

/** The instances that exist and are not being deleted. */
function alive({ simulator }: Scenario): readonly string[] {
  const staying = simulator.instances().filter(({ status }) => status !== 'destroying');
  return staying.map(({ id }) => id).toSorted();
}

/** Adds another job's instance with the same name as soon as the create was sent. */
function addRival(scenario: Scenario): void {
  const posted = scenario.nextExchange(
    ({ method, path }) => method === 'POST' && path === '/v1/instances',
  );
  void posted.then(() => scenario.simulator.seedInstance({ name: 'ours', status: 'running' }));
}

describe.each(others)('an instance that turns out to be %s', (_what, changes, why) => {
  test.each([
    // An id is certain: the instance was renamed.
    ...('name' in changes ? [] : [['the id', (state: object) => state] as const]),
    ['only the intent', (state: object) => ({ ...state, created: undefined })] as const,
  ])('is not deleted by a post step that knows %s', async (_known, edit) => {
    await using scenario = await startScenario({ simulator: { durations: { create: 1_000 } } });
    await scenario.run(create);
    const [made] = scenario.simulator.instances();
    if (made === undefined) throw new Error('The create left no instance.');
    scenario.clock.advance(5_000);
    twistRead(scenario, made, { changes });
    const [post] = await scenario.job.post((state) => ({
      'aura-create': JSON.stringify(edit(JSON.parse(state['aura-create'] ?? '') as object)),
    }));
    expect(post).toMatchObject({ conclusion: 'success', annotations: [{ level: 'warning' }] });
    expect(post?.annotations[0]?.message).toMatch(why);
    expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
    expect(alive(scenario)).toEqual([made.id]);
  });

  test('is not deleted after the wait for a busy one', async () => {
    await using scenario = await startScenario();
    const busy = scenario.simulator.seedInstance({ name: 'ours', status: 'updating' });
    twistRead(scenario, busy, { nth: 2, changes });
    const result = await scenario.run({ operation: 'delete', name: 'ours' });
    expect(errorOf(result)).toMatch(why);
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is not deleted after Aura has refused a first DELETE that came too early', async () => {
    await using scenario = await startScenario();
    const ours = scenario.simulator.seedInstance({ name: 'ours', status: 'running' });
    scenario.simulator.addFault({ match: { operation: 'deleteInstance' }, fault: refusal(409) });
    twistRead(scenario, ours, { nth: 2, changes });
    const result = await scenario.run({ operation: 'delete', name: 'ours' });
    expect(errorOf(result)).toMatch(why);
    expect(changesOf(scenario)).toEqual(['DELETE /v1/instances/{id} 409']);
  });

  test.each<[string, string, Readonly<Record<string, string>>?]>([
    ['pause', 'updating'],
    ['pause', 'resuming'],
    ['resume', 'pausing'],
    ['resize', 'updating', { memory: '4GB' }],
    ['resize', 'restoring', { 'new-name': 'renamed' }],
    ['restore', 'updating', { 'snapshot-id': 'latest' }],
    ['overwrite', 'pausing', { 'source-instance-id': '(other)' }],
  ])(
    'is not changed after the wait for a busy one: %s while %s',
    async (operation, status, more = {}) => {
      await using scenario = await startScenario();
      const { simulator } = scenario;
      const busy = simulator.seedInstance({ name: 'ours', status });
      simulator.seedSnapshot(busy.id);
      const other = simulator.seedInstance({ name: 'theirs' }).id;
      const source = 'source-instance-id' in more ? { 'source-instance-id': other } : {};
      // An overwrite reads its source in between; restore and overwrite read the target once more.
      const nth = { restore: 3, overwrite: 4 }[operation] ?? 2;
      twistRead(scenario, busy, { nth, changes });
      const { password } = busy;
      const result = await scenario.run({
        operation,
        name: 'ours',
        ...more,
        ...source,
        ...(operation === 'resume' && { password }),
      });
      expect(errorOf(result)).toMatch(why);
      expect(changesOf(scenario)).toEqual([]);
    },
  );

  test('is not reused after the wait for a busy one', async () => {
    await using scenario = await startScenario();
    const busy = scenario.simulator.seedInstance({ name: 'ours', status: 'pausing' });
    twistRead(scenario, busy, { nth: 2, changes });
    const result = await scenario.run({ ...create, wait: 'true', password: busy.password });
    expect(errorOf(result)).toMatch(why);
    expect(changesOf(scenario)).toEqual([]);
  });

  test('is not reused', async () => {
    await using scenario = await startScenario();
    const ours = scenario.simulator.seedInstance({ name: 'ours', status: 'paused' });
    twistRead(scenario, ours, { changes });
    const { password } = ours;
    const result = await scenario.run({ ...create, password, 'if-exists': 'reuse' });
    expect(errorOf(result)).toMatch(why);
    expect(result.outputs).not.toHaveProperty('password');
    expect(changesOf(scenario)).toEqual([]);
  });
});

test('an instance that a later step has renamed is deleted by a post step that knows its id', async () => {
  await using scenario = await startScenario({ simulator: { durations: { create: 1_000 } } });
  await scenario.run({ ...create, tier: 'professional', region: 'europe-west1' });
  scenario.clock.advance(5_000);
  const other = scenario.simulator.seedInstance({ name: 'theirs' }).id;
  const renamed = await scenario.run({ operation: 'resize', name: 'ours', 'new-name': 'renamed' });
  expect(renamed).toMatchObject({ conclusion: 'success', outputs: { name: 'renamed' } });
  const posts = await scenario.job.post();
  expect(posts.map(({ conclusion, annotations }) => [conclusion, annotations])).toEqual([
    ['success', []],
    ['success', []],
  ]);
  expect(changesOf(scenario)).toEqual([
    'POST /v1/instances 202',
    'PATCH /v1/instances/{id} 200',
    'DELETE /v1/instances/{id} 202',
  ]);
  expect(alive(scenario)).toEqual([other]);
});

describe('of several new instances with the same name', () => {
  test('none is deleted by the create whose answer was lost', async () => {
    await using scenario = await startScenario();
    addRival(scenario);
    const match = { operation: 'createInstance' };
    scenario.simulator.addFault({ match, fault: { kind: 'reset-after' } });
    const result = await scenario.run(create);
    expect(errorOf(result)).toContain('Several new instances have this name: ');
    expect(changesOf(scenario)).toEqual(['POST /v1/instances reset']);
    expect(alive(scenario)).toHaveLength(2);
    for (const id of alive(scenario)) expect(errorOf(result)).toContain(id);
  });

  test('none is deleted by a post step that knows only the intent', async () => {
    await using scenario = await startScenario();
    await scenario.run(create);
    scenario.simulator.seedInstance({ name: 'ours', status: 'running' });
    const [post] = await scenario.job.post((state) => {
      const saved = JSON.parse(state['aura-create'] ?? '') as object;
      return { 'aura-create': JSON.stringify({ ...saved, created: undefined }) };
    });
    expect(post?.annotations).toMatchObject([{ level: 'warning' }]);
    expect(post?.annotations[0]?.message).toContain('Several new instances have this name: ');
    expect(changesOf(scenario)).toEqual(['POST /v1/instances 202']);
    expect(alive(scenario)).toHaveLength(2);
  });
});

test.each([400, 403, 405])(
  'a create that Aura refuses with %i leaves nothing to do for the post step',
  async (status) => {
    await using scenario = await startScenario();
    const match = { operation: 'createInstance' };
    scenario.simulator.addFault({ match, times: 'always', fault: refusal(status) });
    const result = await scenario.run(create);
    expect(errorOf(result)).toContain(`Aura answered ${status}`);
    expect(result.state['aura-create']).toBe('');
    // An instance that another job creates with this name must not be deleted in its place.
    scenario.simulator.seedInstance({ name: 'ours', status: 'running' });
    const before = scenario.simulator.exchanges.length;
    const [post] = await scenario.job.post();
    expect(post).toMatchObject({ conclusion: 'success', stdout: '', annotations: [] });
    expect(scenario.simulator.exchanges).toHaveLength(before);
  },
);

describe('a secret that the runner may not have masked', () => {
  const value = 'not-known-to-the-runner-0123';

  test.each(['client-secret', 'password', 'sealing-key', 'github-token'])(
    'is masked before anything else is printed: %s',
    async (name) => {
      await using scenario = await startScenario();
      const result = await scenario.run({ operation: 'nonsense', [name]: value });
      expect(scenario.job.masks.values).toContain(value);
      const [message = ''] = result.stdout
        .split('\n')
        .filter((line) => !line.startsWith('::add-mask::'));
      expect(message).toMatch(/^::error title=Neo4j Aura%3A [a-z]+ failed::/);
    },
  );

  test("is masked where it is the default: the job's own token", async () => {
    await using scenario = await startScenario({ job: { githubToken: value } });
    const result = await scenario.run({ operation: 'get', name: 'nobody' });
    expect(result.stdout).toContain(`::add-mask::${value}\n`);
  });
});
