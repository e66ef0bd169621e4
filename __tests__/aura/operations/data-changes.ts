import { expect, test } from 'vitest';
import type { FaultRule } from '../../../simulator/aura/simulator.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import {
  afterRead,
  detailOutputs,
  prepare,
  theInstance,
  type subjects,
} from '../../../harness/world/subjects.ts';
import {
  addFaults,
  changesOf,
  errorOf,
  linesOf,
  outputsOf,
  refusal,
  requestsOf,
  resultLinesOf,
  statesOf,
  timesOf,
  without,
} from '../../../harness/world/support.ts';
import { testNotFound } from './status-changes.ts';

type Change = (typeof subjects)['restore' | 'overwrite'];

const past = { restore: 'restored', overwrite: 'overwritten' } as const;
const busy: FaultRule['fault'] = {
  kind: 'status',
  status: 409,
  body: { errors: [{ message: 'Busy', reason: 'ongoing-database-operation' }] },
};

function pathOf({ change }: Change): string {
  return change.path.source;
}

/** Answers reads with `running` from now on, as a service does that lags behind. */
function hideStatus(scenario: Scenario, times: number | 'always', nth = 1): void {
  const { id, name, tenantId, cloudProvider, region, type, memory } = theInstance(scenario);
  const place = { tenant_id: tenantId, cloud_provider: cloudProvider, region };
  const data = { id, name, status: 'running', type, memory, ...place };
  const fault = { kind: 'status', status: 200, body: { data } } as const;
  scenario.simulator.addFault({ match: { operation: 'getInstance' }, nth, times, fault });
}

/** Tests of the behavior that restore and overwrite share. */
export function testDataChange(subject: Change): void {
  const { operation, meanwhile } = subject;

  test(`${operation} waits until the instance runs again`, async () => {
    await using scenario = await startScenario();
    const result = await scenario.run(prepare(subject, scenario));
    const { id } = theInstance(scenario);
    const [{ id: snapshot } = { id: '' }] = scenario.simulator.snapshots(id);
    expect(outputsOf(result)).toEqual({
      ...detailOutputs(scenario, { changed: true }),
      'snapshot-id': snapshot,
    });
    expect(statesOf(result)[0]).toBe(`0s ${meanwhile}`);
    expect(linesOf(result).at(-1)).toMatch(
      new RegExp(`^Instance 'x' \\(${id}\\) is ${past[operation]} .*${snapshot}`),
    );
    expect(changesOf(scenario)).toHaveLength(1);
    expect(changesOf(scenario)[0]).toMatch(/ 202$/);
  });

  test(`${operation} with wait: false ends as soon as Aura has accepted`, async () => {
    await using scenario = await startScenario();
    const result = await scenario.run({ ...prepare(subject, scenario), wait: 'false' });
    expect(outputsOf(result)).toMatchObject({ status: meanwhile, changed: 'true' });
    expect(result.drivenMilliseconds).toBe(0);
    expect(resultLinesOf(result)).toEqual([
      `Aura has accepted the request to ${operation} instance 'x' (${theInstance(scenario).id}).`,
    ]);
  });

  test(`a dry run of ${operation} changes nothing`, async () => {
    await using scenario = await startScenario();
    const result = await scenario.run({ ...prepare(subject, scenario), 'dry-run': 'true' });
    expect(outputsOf(result)).toMatchObject({ changed: 'false', status: 'running' });
    expect(linesOf(result).at(-1)).toMatch(`##[notice]Dry run: would ${operation} instance 'x' (`);
    expect(changesOf(scenario)).toEqual([]);
  });

  testEnd(subject);
  testLost(subject);
  testStatuses(subject);
  testProtection(subject);
  testNotFound(operation, {
    ...(operation === 'restore'
      ? { 'snapshot-id': 'latest' }
      : { 'source-instance-id': '0a0b0c0d' }),
  });
}

function testEnd(subject: Change): void {
  const { operation, readsBeforeWait } = subject;

  test('running right after the request is not the end, running for a minute is', async () => {
    await using scenario = await startScenario({ simulator: { durations: { [operation]: 0 } } });
    const inputs = prepare(subject, scenario);
    const result = await scenario.run({ ...inputs, 'poll-interval': '5s' });
    expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'true' });
    expect(result.drivenMilliseconds).toBe(60_000);
  });

  test('running for less than a minute is not the end when the time is up', async () => {
    await using scenario = await startScenario({ simulator: { durations: { [operation]: 0 } } });
    const result = await scenario.run({ ...prepare(subject, scenario), timeout: '30s' });
    const { id } = theInstance(scenario);
    expect(errorOf(result)).toBe(
      `Instance 'x' (${id}) was not 'running' again after 30s (input 'timeout'); its last status was 'running'. Aura continues with the change: wait for its end with operation 'poll', instance-id '${id}' and 'wait-for: running', or increase 'timeout'.`,
    );
    expect(result.outputs['changed']).toBe('true');
  });

  test('running after another status is the end, even within a minute', async () => {
    const durations = { [operation]: 10_000 };
    await using scenario = await startScenario({ simulator: { durations } });
    const result = await scenario.run({ ...prepare(subject, scenario), 'poll-interval': '5s' });
    expect(outputsOf(result)['status']).toBe('running');
    expect(result.drivenMilliseconds).toBe(10_000);
  });

  test('reads that lag behind for half a minute do not end it', async () => {
    await using scenario = await startScenario();
    const inputs = prepare(subject, scenario);
    hideStatus(scenario, 6, readsBeforeWait + 1);
    const result = await scenario.run({ ...inputs, 'poll-interval': '5s' });
    expect(outputsOf(result)['status']).toBe('running');
    expect(result.drivenMilliseconds).toBeGreaterThanOrEqual(180_000);
  });

  test.each(['loading failed', 'suspended', 'destroying'])(
    'the status %s ends the wait immediately, and no deletion is suggested',
    async (status) => {
      await using scenario = await startScenario();
      const result = await afterRead(scenario, {
        nth: readsBeforeWait + 1,
        act: ({ id }) => {
          scenario.simulator.setStatus(id, status);
        },
        run: () => scenario.run({ ...prepare(subject, scenario), 'poll-interval': '10s' }),
      });
      expect(errorOf(result)).toContain(`after 20s: its status is '${status}' (`);
      expect(errorOf(result)).not.toMatch(/operation 'delete'/);
      expect(result.outputs).toMatchObject({ status, changed: 'true' });
    },
  );
}

function testLost(subject: Change): void {
  const { operation, meanwhile } = subject;
  const match = { method: 'POST', path: pathOf(subject) };

  test.each<[what: string, fault: FaultRule['fault']]>([
    ['a reset', { kind: 'reset-after' }],
    ['no answer', { kind: 'hang-after' }],
    ['a page instead of JSON', { kind: 'not-json' }],
    ['a cut answer', { kind: 'truncated' }],
  ])('after %s, with the effect, it reads the status and sends nothing again', async (_, fault) => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match, fault });
    const result = await scenario.run(prepare(subject, scenario));
    expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'true' });
    expect(changesOf(scenario)).toHaveLength(1);
  });

  test.each<[what: string, fault: FaultRule['fault']]>([
    ['a reset', { kind: 'reset-before' }],
    ['no answer', { kind: 'hang' }],
    ['503', refusal(503)],
  ])('after %s without effect it waits for a minute, then sends it again', async (_, fault) => {
    await using scenario = await startScenario();
    const since = scenario.clock.now();
    scenario.simulator.addFault({ match, fault });
    const result = await scenario.run(prepare(subject, scenario));
    expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'true' });
    const path = subject.change.path;
    const [first = 0, second = 0, ...more] = timesOf(scenario, { method: 'POST', path, since });
    // A hanging request ends after 30 s; the pause before the next one is at most 10.8 s.
    expect(second - first).within(60_000, 101_000);
    expect(more).toEqual([]);
  });

  test('a 409 after a lost answer counts as accepted', async () => {
    await using scenario = await startScenario();
    addFaults(scenario, match, { faults: [refusal(503), busy] });
    const inputs = prepare(subject, scenario);
    const refused = scenario.nextExchange(({ status }) => status === 409);
    void refused.then(() => {
      scenario.simulator.setStatus(theInstance(scenario).id, meanwhile);
    });
    const result = await scenario.run(inputs);
    expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'true' });
    expect(changesOf(scenario)).toHaveLength(2);
  });

  test('a 409 after a lost answer needs no other status, and no third request', async () => {
    await using scenario = await startScenario();
    addFaults(scenario, match, { faults: [refusal(503), busy] });
    const inputs = prepare(subject, scenario);
    hideStatus(scenario, 'always');
    const result = await scenario.run(inputs);
    expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'true' });
    expect(changesOf(scenario)).toHaveLength(2);
    expect(result.drivenMilliseconds).within(120_000, 150_000);
  });

  test('a second lost answer is an error, and no third request is sent', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match, times: 'always', fault: refusal(503) });
    const result = await scenario.run(prepare(subject, scenario));
    expect(errorOf(result)).toContain("Aura answered 503 'No'.");
    expect(changesOf(scenario)).toHaveLength(2);
    expect(result.outputs['changed']).toBe('false');
  });

  test('a lost answer just before the timeout is an error that says so', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match, fault: { kind: 'reset-before' } });
    const result = await scenario.run({ ...prepare(subject, scenario), timeout: '30s' });
    const { id } = theInstance(scenario);
    expect(errorOf(result)).toMatch(
      new RegExp(
        `^Could not ${operation} instance 'x' \\(${id}\\): its status is 'running' after 30s, and no answer was clear: .*\\. Aura may have accepted the request: look at the instance with operation 'poll' and instance-id '${id}', or increase 'timeout'\\.$`,
      ),
    );
  });

  test('a status that another operation has is not taken for an acceptance', async () => {
    await using scenario = await startScenario();
    addFaults(scenario, match, { faults: [{ kind: 'reset-before' }] });
    const result = await afterRead(scenario, {
      nth: subject.readsBeforeWait,
      act: ({ id }) => {
        const lost = scenario.nextExchange(({ path }) => subject.change.path.test(path));
        void lost.then(() => {
          scenario.simulator.setStatus(id, 'updating');
        });
      },
      run: () => scenario.run(prepare(subject, scenario)),
    });
    expect(outputsOf(result)['status']).toBe('running');
    expect(changesOf(scenario)).toHaveLength(2);
  });
}

function testStatuses(subject: Change): void {
  const { operation, meanwhile } = subject;

  test.each([meanwhile, 'updating', 'pausing'])(
    'an instance that is %s is waited for, and then the request is sent',
    async (status) => {
      await using scenario = await startScenario();
      const inputs = prepare(subject, scenario);
      const { id } = theInstance(scenario);
      scenario.simulator.setStatus(id, status);
      const result = await scenario.run(inputs);
      if (status === 'pausing') {
        expect(errorOf(result)).toBe(
          `Could not ${operation} instance 'x' (${id}): Aura answered 409 'The instance can't be ${past[operation]} while it is paused.' (instance-action-unavailable). The instance is paused. Resume it with operation 'resume', then run this step again.`,
        );
        expect(changesOf(scenario)).toHaveLength(1);
        return;
      }
      expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'true' });
      expect(changesOf(scenario)).toHaveLength(1);
    },
  );

  test.each(['suspended', 'loading failed', 'destroying'])(
    'the status %s is an error immediately, and nothing is sent',
    async (status) => {
      await using scenario = await startScenario();
      const inputs = prepare(subject, scenario);
      scenario.simulator.setStatus(theInstance(scenario).id, status);
      const result = await scenario.run(inputs);
      expect(errorOf(result)).toContain(`its status is '${status}' (`);
      expect(changesOf(scenario)).toEqual([]);
    },
  );

  test('a request that Aura refuses as busy for ten minutes is tried again', async () => {
    await using scenario = await startScenario();
    const inputs = prepare(subject, scenario);
    const end = scenario.clock.now() + 600_000;
    scenario.simulator.addFault({
      match: { method: 'POST', path: pathOf(subject) },
      times: 'always',
      fault: busy,
    });
    void scenario.clock.sleep(end - scenario.clock.now()).then(() => {
      scenario.simulator.clearFaults();
    });
    const result = await scenario.run(inputs);
    expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'true' });
  });

  test('a request that Aura always refuses as busy is an error after the timeout', async () => {
    await using scenario = await startScenario();
    const match = { method: 'POST', path: pathOf(subject) };
    scenario.simulator.addFault({ match, times: 'always', fault: busy });
    const result = await scenario.run({ ...prepare(subject, scenario), timeout: '5m' });
    expect(errorOf(result)).toBe(
      `Could not ${operation} instance 'x' (${theInstance(scenario).id}): its status is 'running' after 5m; the last request failed: Aura answered 409 'Busy' (ongoing-database-operation). The instance was not changed. Try again, or increase 'timeout'.`,
    );
    expect(result.outputs['changed']).toBe('false');
  });
}

function testProtection(subject: Change): void {
  const { operation } = subject;
  const text = (name: string, pattern: string): string =>
    `Instance '${name}' is protected: its name matches '${pattern}' of input 'protected-names'. Nothing was ${past[operation]}. Remove the pattern from 'protected-names' only if nobody needs the instance.`;

  test('a protected name is refused before any request', async () => {
    await using scenario = await startScenario();
    const inputs = { ...prepare(subject, scenario), 'protected-names': 'PROD*, X' };
    expect(errorOf(await scenario.run(inputs))).toBe(text('x', 'X'));
    expect(requestsOf(scenario)).toEqual([]);
  });

  test('a protected instance is refused by its id too', async () => {
    await using scenario = await startScenario();
    const inputs = { ...without(prepare(subject, scenario), 'name'), 'protected-names': 'X*' };
    const { id } = theInstance(scenario);
    expect(errorOf(await scenario.run({ ...inputs, 'instance-id': id }))).toBe(text('x', 'X*'));
    expect(changesOf(scenario)).toEqual([]);
  });

  test('an instance that gets a protected name during the wait is refused', async () => {
    await using scenario = await startScenario();
    const inputs = without(prepare(subject, scenario), 'name');
    const { id, tenantId, cloudProvider } = theInstance(scenario);
    scenario.simulator.setStatus(id, 'updating');
    const data = { id, name: 'production', status: 'running', tenant_id: tenantId };
    scenario.simulator.addFault({
      match: { operation: 'getInstance' },
      nth: subject.readsBeforeWait + 1,
      fault: {
        kind: 'status',
        status: 200,
        body: { data: { ...data, cloud_provider: cloudProvider } },
      },
    });
    const result = await scenario.run({
      ...inputs,
      'instance-id': id,
      'protected-names': 'prod*',
    });
    expect(errorOf(result)).toBe(text('production', 'prod*'));
    expect(changesOf(scenario)).toEqual([]);
  });
}
