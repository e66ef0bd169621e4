import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultRule, SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import type { Scenario } from '../../../harness/world/scenario.ts';
import {
  addFaults,
  changesOf,
  countOf,
  errorOf,
  outputsOf,
  refusal,
  requestsOf,
  resultLinesOf,
  statesOf,
} from '../../../harness/world/support.ts';
import { startScenario } from '../in-process/scenario.ts';
import { testNotFound } from './status-changes.ts';

const inputs = { operation: 'snapshot', name: 'x', 'poll-interval': '10s' };
const posts = 'POST /v1/instances/{id}/snapshots';
const match = { operation: 'createSnapshot' };

function notAllowed(reason = 'snapshot-not-allowed'): FaultRule['fault'] {
  return { kind: 'status', status: 409, body: { errors: [{ message: 'No', reason }] } };
}

async function start(simulator: SimulatorOptions = {}, status = 'running') {
  const scenario = await startScenario({ simulator });
  onTestFinished(() => scenario.finish());
  const { id } = scenario.simulator.seedInstance({ name: 'x', status });
  return { scenario, id };
}

const taken = ({ simulator }: Scenario, id: string): readonly string[] =>
  simulator.snapshots(id).map(({ profile, status }) => `${profile} ${status}`);

test('a snapshot is taken and waited for, and its id is an output', async () => {
  const { scenario, id } = await start();
  const result = await scenario.run(inputs);
  const [snapshot] = scenario.simulator.snapshots(id);
  expect(outputsOf(result)).toMatchObject({
    'snapshot-id': snapshot?.id,
    'instance-id': id,
    status: 'running',
    created: 'false',
    changed: 'true',
  });
  expect(snapshot?.status).toBe('Completed');
  expect(statesOf(result)).toEqual([
    '0s requested',
    '10s pending',
    '20s in progress',
    '1m completed',
  ]);
  expect(resultLinesOf(result)).toEqual([
    `Snapshot ${snapshot?.id ?? ''} of instance 'x' (${id}) is completed.`,
  ]);
  expect(requestsOf(scenario).slice(3, 6)).toEqual([
    'GET /v1/instances/{id} 200',
    'GET /v1/instances/{id}/snapshots 200',
    `${posts} 202`,
  ]);
});

test('with wait: false the step ends as soon as Aura has accepted', async () => {
  const { scenario, id } = await start();
  const result = await scenario.run({ ...inputs, wait: 'false' });
  expect(outputsOf(result)).toMatchObject({
    'snapshot-id': scenario.simulator.snapshots(id)[0]?.id,
    changed: 'true',
  });
  expect(result.drivenMilliseconds).toBe(0);
});

test('a dry run takes none', async () => {
  const { scenario, id } = await start();
  const result = await scenario.run({ ...inputs, 'dry-run': 'true' });
  expect(outputsOf(result)).toMatchObject({ changed: 'false' });
  expect(resultLinesOf(result)).toEqual([
    `##[notice]Dry run: would take a snapshot of instance 'x' (${id}), which is running.`,
  ]);
  expect(changesOf(scenario)).toEqual([]);
});

test('the id is an output before the wait, and a snapshot that fails is an error at once', async () => {
  const { scenario, id } = await start();
  scenario.simulator.addFault({ fault: { kind: 'snapshot-failed' } });
  const result = await scenario.run(inputs);
  const snapshot = scenario.simulator.snapshots(id)[0]?.id ?? '';
  expect(errorOf(result)).toBe(
    `Gave up on snapshot ${snapshot} of instance 'x' (${id}) after 1m: its status is 'failed', so it cannot be used. Run the step again to take another one.`,
  );
  expect(result.outputs).toMatchObject({ 'snapshot-id': snapshot, changed: 'true' });
});

test('on a timeout the error names the snapshot and says how to go on', async () => {
  const { scenario, id } = await start({ durations: { snapshot: Infinity } });
  const result = await scenario.run({ ...inputs, timeout: '1m' });
  const snapshot = scenario.simulator.snapshots(id)[0]?.id ?? '';
  expect(errorOf(result)).toBe(
    `Gave up on snapshot ${snapshot} of instance 'x' (${id}) after 1m: it is not completed; its last status is 'pending'. Aura continues to take it: increase 'timeout', or use its id in a later step, which then waits for it.`,
  );
  expect(result.outputs['snapshot-id']).toBe(snapshot);
});

describe('a snapshot that Aura refuses', () => {
  test('is waited for while the automatic one is in progress', async () => {
    const { scenario, id } = await start({ durations: { snapshot: 120_000 } });
    scenario.simulator.seedSnapshot(id, { profile: 'Scheduled', duration: 90_000 });
    const result = await scenario.run(inputs);
    expect(outputsOf(result)).toMatchObject({ changed: 'true' });
    expect(taken(scenario, id)).toEqual(['AdHoc Completed', 'Scheduled Completed']);
    expect(changesOf(scenario)).toEqual([`${posts} 202`]);
    expect(statesOf(result)[0]).toBe(
      '0s not accepted yet: another snapshot of the instance is in progress',
    );
  });

  test('is sent again after a 409, if another one has begun since the list was read', async () => {
    const { scenario, id } = await start();
    void scenario
      .nextExchange(({ path }) => path.endsWith('/snapshots'))
      .then(() => scenario.simulator.seedSnapshot(id, { profile: 'Scheduled', duration: 30_000 }));
    const result = await scenario.run(inputs);
    outputsOf(result);
    expect(changesOf(scenario)).toEqual([`${posts} 409`, `${posts} 202`]);
    expect(taken(scenario, id)).toEqual(['AdHoc Completed', 'Scheduled Completed']);
  });

  test('that began before midnight is waited for too', async () => {
    const { scenario, id } = await start();
    const { clock, simulator } = scenario;
    const midnight = Math.ceil(clock.now() / 86_400_000) * 86_400_000;
    clock.advance(midnight - clock.now() + 20_000);
    const startedAt = midnight - 20_000;
    simulator.seedSnapshot(id, { profile: 'Scheduled', startedAt, duration: 90_000 });
    outputsOf(await scenario.run(inputs));
    expect(changesOf(scenario)).toEqual([`${posts} 202`]);
  });

  test.each([400, 404, 500])(
    'is waited for even if its list is answered %i twice in the meantime',
    async (status) => {
      const { scenario, id } = await start({ durations: { snapshot: 120_000 } });
      scenario.simulator.seedSnapshot(id, { profile: 'Scheduled', duration: 90_000 });
      const body = { errors: [{ message: 'No', reason: 'db-not-found' }] };
      const fault: FaultRule['fault'] = { kind: 'status', status, body };
      addFaults(scenario, { operation: 'listSnapshots' }, { faults: [fault, fault], from: 2 });
      expect(outputsOf(await scenario.run(inputs))).toMatchObject({ changed: 'true' });
      expect(taken(scenario, id)).toEqual(['AdHoc Completed', 'Scheduled Completed']);
    },
  );

  test('is an error at once if no other one is in progress', async () => {
    const { scenario, id } = await start();
    addFaults(scenario, match, { faults: [notAllowed(), notAllowed()] });
    const result = await scenario.run(inputs);
    expect(errorOf(result)).toBe(
      `Could not snapshot instance 'x' (${id}): Aura answered 409 'No' (snapshot-not-allowed). Aura takes no snapshot of this instance now: check its tier and its snapshots in the Aura console, and try again later.`,
    );
    expect(changesOf(scenario)).toEqual([`${posts} 409`]);
    expect(result.outputs).toMatchObject({ changed: 'false' });
    expect(result.outputs).not.toHaveProperty('snapshot-id');
  });

  test('because another operation is in progress is sent again', async () => {
    const { scenario } = await start();
    addFaults(scenario, match, { faults: [notAllowed('ongoing-database-operation')] });
    outputsOf(await scenario.run(inputs));
    expect(changesOf(scenario)).toEqual([`${posts} 409`, `${posts} 202`]);
  });

  test('with 402 says what to do', async () => {
    const { scenario, id } = await start({ billing: false });
    expect(errorOf(await scenario.run(inputs))).toBe(
      `Could not snapshot instance 'x' (${id}): Aura answered 402. Aura asks for payment: add billing details to the tenant in the Aura console, or use an instance of a tier that includes it.`,
    );
    expect(changesOf(scenario)).toHaveLength(1);
  });

  test('because the instance is paused is an error, from Aura', async () => {
    const { scenario } = await start({}, 'paused');
    expect(errorOf(await scenario.run(inputs))).toContain('(instance-action-unavailable)');
    expect(changesOf(scenario)).toHaveLength(1);
  });

  test.each(['suspended', 'loading failed', 'destroying'])(
    'is not even requested of an instance that is %s',
    async (status) => {
      const { scenario, id } = await start({}, status);
      expect(errorOf(await scenario.run(inputs))).toContain(
        `Could not snapshot instance 'x' (${id}): its status is '${status}' (`,
      );
      expect(changesOf(scenario)).toEqual([]);
    },
  );

  test('until the timeout names the refusal, and nothing was taken', async () => {
    const { scenario, id } = await start();
    scenario.simulator.seedSnapshot(id, { profile: 'Scheduled', duration: Infinity });
    expect(errorOf(await scenario.run({ ...inputs, timeout: '1m' }))).toBe(
      `Could not snapshot instance 'x' (${id}): its status is 'running' after 1m, and another snapshot of it is in progress. No snapshot was taken. Try again, or increase 'timeout'.`,
    );
    expect(changesOf(scenario)).toEqual([]);
  });
});

describe('a snapshot whose answer is lost', () => {
  test.each<FaultRule['fault']>([
    { kind: 'reset-after' },
    { kind: 'hang-after' },
    { kind: 'truncated' },
    { kind: 'not-json' },
  ])('is found by its id, which was not listed before: $kind', async (fault) => {
    const { scenario, id } = await start();
    const old = scenario.simulator.seedSnapshot(id);
    addFaults(scenario, match, { faults: [fault] });
    const { 'snapshot-id': snapshot } = outputsOf(await scenario.run(inputs));
    expect(snapshot).not.toBe(old);
    expect(scenario.simulator.snapshots(id).filter((one) => one.id !== old)).toMatchObject([
      { id: snapshot, status: 'Completed' },
    ]);
    expect(countOf(scenario, 'POST', /snapshots$/)).toBe(1);
  });

  test('is requested again if none appears, but not the automatic one is taken for it', async () => {
    const { scenario, id } = await start();
    addFaults(scenario, match, { faults: [{ kind: 'reset-before' }] });
    void scenario
      .nextExchange(({ method, path }) => method === 'POST' && path.endsWith('/snapshots'))
      .then(() => scenario.simulator.seedSnapshot(id, { profile: 'Scheduled', duration: 15_000 }));
    const { 'snapshot-id': snapshot } = outputsOf(await scenario.run(inputs));
    expect(scenario.simulator.snapshots(id)).toMatchObject([
      { id: snapshot, profile: 'AdHoc', status: 'Completed' },
      { profile: 'Scheduled' },
    ]);
    expect(countOf(scenario, 'POST', /snapshots$/)).toBe(2);
  });

  test('is not the one that another job took while this one waited', async () => {
    const { scenario, id } = await start();
    const { simulator } = scenario;
    simulator.seedSnapshot(id, { profile: 'Scheduled', duration: 45_000 });
    let theirs = '';
    void scenario
      .nextExchange(({ path }) => path.endsWith('/snapshots'))
      .then(() => {
        theirs = simulator.seedSnapshot(id, { duration: 10_000 });
      });
    addFaults(scenario, match, { faults: [{ kind: 'reset-before' }] });
    const { 'snapshot-id': snapshot } = outputsOf(await scenario.run(inputs));
    expect(snapshot).not.toBe(theirs);
    expect(simulator.snapshots(id)).toHaveLength(3);
  });

  test('is found later if the list cannot be read right after it', async () => {
    const { scenario, id } = await start();
    addFaults(scenario, match, { faults: [{ kind: 'reset-after' }] });
    const from = { operation: 'listSnapshots' };
    addFaults(scenario, from, { faults: [refusal(404), refusal(404)], from: 2 });
    const { 'snapshot-id': snapshot } = outputsOf(await scenario.run(inputs));
    expect(scenario.simulator.snapshots(id)).toMatchObject([{ id: snapshot }]);
  });

  test('is requested three times at most, and the error says that one may exist', async () => {
    const { scenario, id } = await start();
    scenario.simulator.addFault({ match, times: 'always', fault: refusal(503) });
    expect(errorOf(await scenario.run(inputs))).toBe(
      `Could not snapshot instance 'x' (${id}): Aura answered 503 'No'. Sent 3 times. A snapshot may have been taken: look at the snapshots of the instance in the Aura console.`,
    );
    expect(countOf(scenario, 'POST', /snapshots$/)).toBe(3);
  });
});

test('an instance that is busy is waited for first', async () => {
  const { scenario } = await start({}, 'updating');
  expect(outputsOf(await scenario.run(inputs))['status']).toBe('running');
  expect(changesOf(scenario)).toEqual([`${posts} 202`]);
});

test('a snapshot that Aura does not show at first is waited for', async () => {
  const { scenario } = await start();
  const missing: FaultRule['fault'] = {
    kind: 'status',
    status: 404,
    body: { errors: [{ message: 'Snapshot not found', reason: 'snapshot-not-found' }] },
  };
  addFaults(scenario, { operation: 'getSnapshot' }, { faults: [missing, missing, missing] });
  outputsOf(await scenario.run(inputs));
});

test('an instance that is deleted meanwhile ends the wait', async () => {
  const { scenario, id } = await start({ durations: { snapshot: 600_000, delete: 0 } });
  void scenario
    .nextExchange(({ path }) => /snapshots\/./.test(path))
    .then(() => {
      scenario.simulator.setStatus(id, 'destroying');
    });
  const result = await scenario.run(inputs);
  expect(errorOf(result)).toMatch(
    /^Gave up on snapshot .* after 1m( 0s)?: Aura does not find it\. Check what else may have deleted/,
  );
});

testNotFound('snapshot');
