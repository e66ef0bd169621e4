import { describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../simulator/aura/simulator.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { prepare, subjects, theInstance } from '../../../harness/world/subjects.ts';
import {
  addFaults,
  changesOf,
  countOf,
  errorOf,
  forbidden,
  linesOf,
  outputsOf,
  refusal,
  timesOf,
  tooMany,
} from '../../../harness/world/support.ts';

type Fault = FaultRule['fault'];

/** A step that waits before or between its own requests, not for the change that it requested. */
interface Wait {
  readonly run: (scenario: Scenario) => Promise<StepResult>;
  /** The read of the wait. */
  readonly read: { readonly operation: 'getInstance' | 'listInstances' };
  /** The number of the first read of its kind after a pause. */
  readonly nth: number;
  readonly durations?: Partial<Record<'listAfterCreate' | 'readAfterCreate', number>>;
  /** The task in the error if Aura keeps refusing. */
  readonly tried: string;
  /** The changes until then. */
  readonly changed: readonly string[];
}

const read = { operation: 'getInstance' } as const;
const list = { operation: 'listInstances' } as const;

function seedBusy({ simulator }: Scenario): void {
  simulator.seedInstance({ name: 'x', status: 'updating' });
}

/** Creates an instance that Aura does not show at first, and works on it in another step. */
async function afterCreate(scenario: Scenario, operation: string): Promise<StepResult> {
  const made = await scenario.run({ operation: 'create', name: 'x', wait: 'false' });
  const id = made.outputs['instance-id'] ?? '';
  return scenario.run({ operation, 'instance-id': id });
}

const created = 'POST /v1/instances 202';
const waits: Readonly<Record<string, Wait>> = {
  'delete, for a busy instance': {
    run: (scenario) => {
      seedBusy(scenario);
      return scenario.run({ operation: 'delete', name: 'x' });
    },
    read,
    nth: 2,
    tried: "delete instance 'x'",
    changed: [],
  },
  'pause, for a busy instance': {
    run: (scenario) => {
      seedBusy(scenario);
      return scenario.run({ operation: 'pause', name: 'x' });
    },
    read,
    nth: 2,
    tried: "pause instance 'x'",
    changed: [],
  },
  'get, for a new instance to be shown': {
    run: (scenario) => afterCreate(scenario, 'get'),
    read,
    nth: 2,
    durations: { readAfterCreate: 50_000 },
    tried: 'get instance ',
    changed: [created],
  },
  'delete, for a new instance to be shown, looking at the list': {
    run: (scenario) => afterCreate(scenario, 'delete'),
    // Two lists by the create itself, and one right after the first 404.
    read: list,
    nth: 4,
    durations: { readAfterCreate: 50_000 },
    tried: 'delete instance ',
    changed: [created],
  },
  'create, for what it may have made to be listed': {
    run: (scenario) => {
      const match = { operation: 'createInstance' };
      scenario.simulator.addFault({ match, fault: { kind: 'reset-after' } });
      return scenario.run({ operation: 'create', name: 'x' });
    },
    read: list,
    nth: 3,
    durations: { listAfterCreate: 20_000 },
    tried: "look for instance 'x'",
    changed: ['POST /v1/instances 0'],
  },
};

const accidents: readonly (readonly [what: string, fault: Fault])[] = [
  ['400', refusal(400)],
  ['401', refusal(401)],
  ['a temporarily missing permission', forbidden],
  ['a 404 that is not from Aura', refusal(404, { error: 'Not Found' })],
  ['409', refusal(409)],
  ['a redirect', { kind: 'status', status: 302, headers: { location: '/login' }, body: {} }],
  ['503', refusal(503)],
  ['a page instead of JSON', { kind: 'not-json' }],
  ['a reset', { kind: 'reset-before' }],
];

describe.each(Object.entries(waits))('a wait of %s,', (_, wait) => {
  const { run, durations = {} } = wait;
  const start = () => startScenario({ simulator: { durations } });

  test.each(accidents)('continues after %s', async (_what, fault) => {
    await using scenario = await start();
    // Two in a row are still temporary.
    addFaults(scenario, wait.read, { faults: [fault, fault], from: wait.nth });
    outputsOf(await run(scenario));
  });

  test('ends when Aura refuses three times in a row, and names the task', async () => {
    await using scenario = await start();
    const rule = { match: wait.read, nth: wait.nth, fault: refusal(400) };
    scenario.simulator.addFault({ ...rule, times: 'always' });
    expect(errorOf(await run(scenario))).toContain(wait.tried);
    const asked = scenario.simulator.exchanges.filter(({ status }) => status === 400);
    expect(asked).toHaveLength(3);
    expect(changesOf(scenario)).toHaveLength(wait.changed.length);
  });

  test('retries when Aura says, and logs it', async () => {
    await using scenario = await start();
    const since = scenario.clock.now();
    scenario.simulator.addFault({ match: wait.read, nth: wait.nth, fault: tooMany(45) });
    const result = await run(scenario);
    outputsOf(result);
    const path = wait.read === read ? /^\/v1\/instances\/[0-9a-f]{8}$/ : /^\/v1\/instances$/;
    const times = timesOf(scenario, { method: 'GET', path, since });
    const [refused = 0, next = 0] = times.slice(wait.nth - 1);
    expect(next - refused).within(45_000, 46_000);
    expect(linesOf(result).join('\n')).toMatch(/Aura answered 429 .*; retrying in 4[56]s\./);
  });
});

describe('the first read, before any wait,', () => {
  test.each([
    ['delete', read],
    ['pause', read],
    ['get', list],
  ] as const)('fails immediately if Aura refuses it: %s', async (operation, match) => {
    await using scenario = await startScenario();
    seedBusy(scenario);
    scenario.simulator.addFault({ match, fault: refusal(400) });
    expect(errorOf(await scenario.run({ operation, name: 'x' }))).toContain('Aura answered 400');
  });

  test('also fails immediately for an instance that a create may have created', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match: list, nth: 2, fault: refusal(400) });
    const match = { operation: 'createInstance' };
    scenario.simulator.addFault({ match, fault: { kind: 'reset-after' } });
    const result = await scenario.run({ operation: 'create', name: 'x' });
    expect(errorOf(result)).toContain(
      "An instance 'x' may still exist, and its password is lost. ",
    );
  });
});

describe('a wait in which Aura fails to the end', () => {
  test.each(['pause', 'delete'])('ends with the timeout and says so: %s', async (operation) => {
    await using scenario = await startScenario();
    seedBusy(scenario);
    scenario.simulator.addFault({ match: read, nth: 2, times: 'always', fault: refusal(503) });
    const result = await scenario.run({ operation, name: 'x', timeout: '2m' });
    expect(errorOf(result)).toMatch(
      new RegExp(`^Could not ${operation} instance 'x' \\(\\w+\\): .*Aura answered 503 'No'`),
    );
    expect(result.drivenMilliseconds).within(120_000, 121_500);
    // An instance is deleted only right after a read.
    expect(changesOf(scenario)).toEqual([]);
  });

  test('names the last failure and the goal of the wait', async () => {
    await using scenario = await startScenario();
    seedBusy(scenario);
    scenario.simulator.addFault({ match: read, nth: 2, times: 'always', fault: refusal(503) });
    const result = await scenario.run({ operation: 'pause', name: 'x', timeout: '2m' });
    expect(errorOf(result)).toBe(
      `Could not pause instance 'x' (${theInstance(scenario).id}): its status is 'updating' after 2m; the last request failed: Aura answered 503 'No'. The instance was not changed. Try again, or increase 'timeout'.`,
    );
  });
});

describe('in a wait for a busy instance', () => {
  const gone: Fault = {
    kind: 'status',
    status: 404,
    body: { errors: [{ message: 'DB not found', reason: 'db-not-found' }] },
  };

  test('pause does not treat it as deleted after two 404 in a row', async () => {
    await using scenario = await startScenario();
    seedBusy(scenario);
    addFaults(scenario, read, { faults: [gone, gone], from: 2 });
    const result = await scenario.run({ operation: 'pause', name: 'x' });
    expect(outputsOf(result)).toMatchObject({ status: 'paused', changed: 'true' });
  });

  test('pause treats it as deleted after the third one', async () => {
    await using scenario = await startScenario();
    seedBusy(scenario);
    scenario.simulator.addFault({ match: read, nth: 2, times: 'always', fault: gone });
    const result = await scenario.run({ operation: 'pause', name: 'x' });
    expect(errorOf(result)).toBe(
      `Could not pause instance 'x' (${theInstance(scenario).id}): it was deleted in the meantime.`,
    );
    expect(countOf(scenario, 'GET', /^\/v1\/instances\/\w+$/)).toBe(4);
  });

  test('pause treats it as deleted immediately after a 410', async () => {
    await using scenario = await startScenario();
    seedBusy(scenario);
    scenario.simulator.addFault({ match: read, nth: 2, fault: { ...gone, status: 410 } });
    const result = await scenario.run({ operation: 'pause', name: 'x' });
    expect(errorOf(result)).toContain(': it was deleted in the meantime.');
    expect(countOf(scenario, 'GET', /^\/v1\/instances\/\w+$/)).toBe(2);
  });
});

describe('in the wait for the end of a change', () => {
  const gone: Fault = {
    kind: 'status',
    status: 404,
    body: { errors: [{ message: 'DB not found', reason: 'db-not-found' }] },
  };
  const changes = ['pause', 'resume', 'resize', 'restore', 'overwrite'] as const;

  test.each(changes)('%s does not treat two 404 right after it as a deletion', async (name) => {
    await using scenario = await startScenario();
    const subject = subjects[name];
    const inputs = prepare(subject, scenario);
    // For a minute after its creation, a 404 means nothing.
    scenario.clock.advance(60_000);
    addFaults(scenario, read, { faults: [gone, gone], from: subject.readsBeforeWait + 1 });
    const result = await scenario.run(inputs);
    expect(outputsOf(result)).toMatchObject({ status: subject.after, changed: 'true' });
  });

  test.each(changes)('%s ends with the third one, and suggests no deletion', async (name) => {
    await using scenario = await startScenario();
    const subject = subjects[name];
    const inputs = prepare(subject, scenario);
    scenario.clock.advance(60_000);
    const nth = subject.readsBeforeWait + 1;
    scenario.simulator.addFault({ match: read, nth, times: 'always', fault: gone });
    const result = await scenario.run({ ...inputs, 'poll-interval': '10s' });
    expect(errorOf(result)).toBe(
      `Gave up on instance 'x' (${theInstance(scenario).id}) after 30s: Aura has no instance with this id. Check what else may have deleted it.`,
    );
  });
});

test('an unreadable list does not end the search for an instance that a create may have created', async () => {
  // The search takes 90 seconds. At their end the list is refused; the instance is visible later.
  const durations = { listAfterCreate: 95_000 };
  await using scenario = await startScenario({ simulator: { durations } });
  const match = { operation: 'createInstance' };
  scenario.simulator.addFault({ match, fault: { kind: 'reset-after' } });
  scenario.simulator.addFault({ match: list, nth: 4, fault: refusal(400) });
  const result = await scenario.run({ operation: 'create', name: 'x', 'poll-interval': '45s' });
  const [first, second, ...others] = scenario.simulator.history();
  expect(others).toEqual([]);
  expect(outputsOf(result)).toMatchObject({ 'instance-id': second?.id, status: 'running' });
  expect(scenario.simulator.instances().map(({ id }) => id)).not.toContain(first?.id);
});
