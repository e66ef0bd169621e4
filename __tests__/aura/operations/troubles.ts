import { expect, test } from 'vitest';
import { capitalized } from '../../../src/aura/api/label.ts';
import type { Durations, FaultRule } from '../../../simulator/aura/simulator.ts';
import { startScenario, type Scenario } from '../in-process/scenario.ts';
import { labelOf, prepare, theInstance, type Subject } from '../../../harness/world/subjects.ts';
import {
  addFaults,
  countOf,
  errorOf,
  forbidden,
  linesOf,
  outputsOf,
  refusal,
  statesOf,
  timesOf,
  tooMany,
} from '../../../harness/world/support.ts';

const instancePath = /^\/v1\/instances\/[0-9a-f]{8}$/;
const listPath = /^\/v1\/instances$/;
/**
 * After a second refusal, clients return spread over the gap that the first one caused, 8 s. The date
 * in `Retry-After` is compared with that of the answer, which has whole seconds.
 */
export const longestSpread = 9_000;
const slowly: Partial<Durations> = {
  create: 900_000,
  pause: 900_000,
  resume: 900_000,
  resize: 900_000,
  restore: 900_000,
  overwrite: 1_800_000,
  delete: 900_000,
};
const never: Partial<Durations> = {
  create: Infinity,
  pause: Infinity,
  resume: Infinity,
  resize: Infinity,
  restore: Infinity,
  overwrite: Infinity,
  delete: Infinity,
};

/** Temporary faults that can happen to any request. */
const passing: readonly FaultRule['fault'][] = [
  refusal(503),
  { kind: 'status', status: 500, body: '<h1>Internal Server Error</h1>' },
  { kind: 'not-json' },
  { kind: 'truncated' },
  { kind: 'reset-before' },
  { kind: 'hang' },
];

/** The tests that every operation has to pass while it looks for its instance. */
export function testLookUp(subject: Subject): void {
  test('a lookup survives 429, 5xx, garbage, a cut answer, a reset and a hang', async () => {
    await using scenario = await startScenario();
    const since = scenario.clock.now();
    const delays = [tooMany(45), tooMany(new Date(since + 120_000))];
    // Seven failures, so that the eighth attempt is the last one; a delay is not a failure.
    const faults = [...delays, ...passing, refusal(504)];
    addFaults(scenario, { operation: 'listInstances' }, { faults });
    const result = await scenario.run({ ...prepare(subject, scenario), timeout: '1h' });
    expect(outputsOf(result)['status']).toBe(subject.after);
    const [, second = 0, third = 0] = timesOf(scenario, { method: 'GET', path: listPath, since });
    expect(second).within(45_000, 46_000);
    expect(third).within(120_000, 120_000 + longestSpread);
    const tried = linesOf(result).filter((line) => line.includes('; retrying in '));
    expect(tried.filter((line) => !line.includes('attempt 5 of 8'))).toEqual(
      [
        "Aura answered 429 'Rate limit exceeded'; retrying in 4[56]s\\.",
        "Aura answered 429 'Rate limit exceeded'; retrying in 1m (?:1[3-9]|2[0-4])s\\.",
        // The waits before them are shorter, and that before the fifth attempt may be.
        'No answer from Aura: .*ECONNRESET.* \\(attempt 6 of 8\\)\\.',
        'Aura did not answer within 30s; .* \\(attempt 7 of 8\\)\\.',
        "Aura answered 504 'No'; .* \\(attempt 8 of 8\\)\\.",
      ].map((text): unknown => expect.stringMatching(`^${text}$`)),
    );
  });

  test('a lookup gives up after eight 5xx answers, and nothing was changed', async () => {
    await using scenario = await startScenario();
    const fault = refusal(502, { error: 'Bad Gateway' });
    scenario.simulator.addFault({ match: { operation: 'listInstances' }, times: 'always', fault });
    const result = await scenario.run({ ...prepare(subject, scenario), timeout: '1h' });
    expect(errorOf(result)).toBe(
      `Could not ${subject.operation} instance 'x': Aura answered 502 'Bad Gateway'. This is a problem on Aura's side; try again later.`,
    );
    expect(countOf(scenario, 'GET', listPath)).toBe(8);
    expectNothingChanged(scenario, subject);
  });

  test('a lookup is repeated within the timeout even if Aura asks to wait for an hour', async () => {
    await using scenario = await startScenario();
    const fault = tooMany(3600);
    scenario.simulator.addFault({ match: { operation: 'listInstances' }, times: 'always', fault });
    const result = await scenario.run(prepare(subject, scenario));
    expect(errorOf(result)).toBe(
      `Could not ${subject.operation} instance 'x': Aura answered 429 'Rate limit exceeded'. Aura allows 125 requests per minute and client, and 25 without billing: run fewer jobs at the same time, or try again later.`,
    );
    expect(result.drivenMilliseconds).within(1_000_000, 1_200_000);
    expect(countOf(scenario, 'GET', listPath)).toBeLessThanOrEqual(10);
    if (subject.change !== undefined) {
      expect(countOf(scenario, subject.change.method, subject.change.path)).toBe(0);
    }
  });

  test('a missing permission is an error, without another token', async () => {
    await using scenario = await startScenario();
    const match = { operation: 'listInstances' };
    scenario.simulator.addFault({ match, times: 'always', fault: forbidden });
    const result = await scenario.run(prepare(subject, scenario));
    expect(errorOf(result)).toBe(
      `Could not ${subject.operation} instance 'x': Aura answered 403 'Insufficient permissions' (unauthorized). The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).`,
    );
    expect(countOf(scenario, 'POST', /^\/oauth\/token$/)).toBe(1);
    expectNothingChanged(scenario, subject);
  });
}

/** The tests that every operation has to pass while it waits. */
export function testWait(subject: Subject): void {
  const from = subject.readsBeforeWait + 1;
  const match = { operation: 'getInstance' };

  test('a wait survives 429, 5xx, garbage, a cut answer, a reset and a hang', async () => {
    await using scenario = await startScenario({ simulator: { durations: slowly } });
    const since = scenario.clock.now();
    const delays = [tooMany(45), tooMany(new Date(since + 160_000))];
    addFaults(scenario, match, { faults: [...delays, ...passing], from });
    const result = await scenario.run({ ...prepare(subject, scenario), timeout: '1h' });
    expect(outputsOf(result)['status']).toBe(subject.after);
    const reads = timesOf(scenario, { method: 'GET', path: instancePath, since });
    const [first = 0, second = 0, third = 0] = reads.slice(subject.readsBeforeWait);
    expect(second - first).within(45_000, 46_000);
    expect(third).within(160_000, 160_000 + longestSpread);
    expect(linesOf(result).filter((line) => line.includes('; retrying in '))).toHaveLength(8);
    expect(statesOf(result)).toHaveLength(statusesOf(subject));
  });

  test.each([401, 403] as const)(
    'a token that expires during a wait (%i) is renewed once',
    async (expiredTokenStatus) => {
      const options = { expiredTokenStatus };
      await using scenario = await startScenario({ simulator: options });
      scenario.simulator.addFault({ match, nth: from + 1, fault: { kind: 'expired-token' } });
      const result = await scenario.run(prepare(subject, scenario));
      expect(outputsOf(result)['status']).toBe(subject.after);
      expect(countOf(scenario, 'POST', /^\/oauth\/token$/)).toBe(2);
    },
  );

  test('a permission that is lost during a wait ends it', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match, nth: from + 1, times: 'always', fault: forbidden });
    const result = await scenario.run(prepare(subject, scenario));
    expect(errorOf(result)).toBe(
      `Could not ${waiting(subject, labelOf(theInstance(scenario)))}: Aura answered 403 'Insufficient permissions' (unauthorized). The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).`,
    );
    expect(countOf(scenario, 'POST', /^\/oauth\/token$/)).toBe(1);
    expect(result.outputs).toMatchObject({ 'instance-id': theInstance(scenario).id });
  });

  test('a timeout error has the last status, the time waited, and what is left', async () => {
    await using scenario = await startScenario({ simulator: { durations: never } });
    const inputs = prepare(subject, scenario);
    const result = await scenario.run({ ...inputs, timeout: '2m' });
    const living = theInstance(scenario);
    expect(errorOf(result)).toBe(
      `${capitalized(labelOf(living))} ${missed(subject)} after 2m (input 'timeout'); its last status was '${subject.meanwhile ?? ''}'. ${whatNext(subject, living.id)}`,
    );
    expect(result.drivenMilliseconds).toBe(120_000);
    expect(result.outputs).toMatchObject({
      'instance-id': living.id,
      status: subject.meanwhile,
      changed: String(subject.change !== undefined),
    });
  });

  test('a wait in which Aura only answers 5xx ends with the timeout and says so', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match, nth: from + 1, times: 'always', fault: refusal(504) });
    const result = await scenario.run({ ...prepare(subject, scenario), timeout: '10m' });
    expect(errorOf(result)).toMatch(
      new RegExp(
        `^Instance .* ${missed(subject)} after 10m \\(input 'timeout'\\); its last status was '${subject.meanwhile ?? ''}'; the last request failed: Aura answered 504 'No'\\. ${whatNext(subject, theInstance(scenario).id)}$`,
      ),
    );
  });
}

/** How many statuses a wait logs: an overwrite has two before the last one. */
function statusesOf({ operation }: Subject): number {
  return operation === 'overwrite' ? 3 : 2;
}

/** What a wait tries, as errors say it. */
function waiting({ goal }: Subject, what: string): string {
  return goal === 'settled'
    ? `wait until no operation is in progress for ${what}`
    : `wait for ${what} to become '${goal}'`;
}

/** Why a wait has failed at the timeout. */
function missed({ goal, also = '' }: Subject): string {
  return goal === 'settled' ? 'still had an operation in progress' : `was not '${goal}'${also}`;
}

/** The end of the error after a timeout: nobody should delete an instance because a change of it takes long. */
function whatNext({ operation, goal }: Subject, id: string): string {
  const doing = operation === 'delete' ? 'to delete it' : 'with the change';
  return operation !== 'create' && operation !== 'poll'
    ? `Aura continues ${doing}: wait for its end with operation 'poll', instance-id '${id}' and 'wait-for: ${goal}', or increase 'timeout'.`
    : `The instance still exists: increase 'timeout' and run operation 'poll' on it, or delete it with operation 'delete' and instance-id '${id}' if no other job uses it.`;
}

/** The tests of the one request that changes something. */
export function testChange(subject: Subject & { readonly change: object }): void {
  const { method, path } = subject.change;
  const match = { method, path: path.source };

  test('the change is repeated when Aura says, in both forms of Retry-After', async () => {
    await using scenario = await startScenario();
    const since = scenario.clock.now();
    const faults = [tooMany(45), tooMany(new Date(since + 120_000))];
    addFaults(scenario, match, { faults });
    const result = await scenario.run({ ...prepare(subject, scenario), wait: 'false' });
    expect(outputsOf(result)).toMatchObject({ changed: 'true', status: subject.meanwhile });
    const [, second = 0, third = 0, ...more] = timesOf(scenario, { method, path, since });
    expect(second).within(45_000, 46_000);
    expect(third).within(120_000, 120_000 + longestSpread);
    expect(more).toEqual([]);
    // After an update, Aura shows the old status for a while.
    scenario.clock.advance(5_000);
    expect(theInstance(scenario).status).toBe(subject.meanwhile);
  });

  test('a change with an expired token is sent again with a new one', async () => {
    await using scenario = await startScenario();
    scenario.simulator.addFault({ match, fault: { kind: 'expired-token' } });
    const result = await scenario.run({ ...prepare(subject, scenario), wait: 'false' });
    expect(outputsOf(result)['changed']).toBe('true');
    expect(countOf(scenario, method, path)).toBe(2);
    expect(countOf(scenario, 'POST', /^\/oauth\/token$/)).toBe(2);
    // After an update, Aura shows the old status for a while.
    scenario.clock.advance(5_000);
    expect(theInstance(scenario).status).toBe(subject.meanwhile);
  });

  test('a viewer cannot change anything, and the error says why', async () => {
    await using scenario = await startScenario({ simulator: { role: 'viewer' } });
    const result = await scenario.run(prepare(subject, scenario));
    const what = subject.before === undefined ? "instance 'x'" : labelOf(theInstance(scenario));
    expect(errorOf(result)).toBe(
      `Could not ${subject.operation} ${what}: Aura answered 403 'Insufficient permissions' (unauthorized). The user of 'client-id' must have the role Project Member or Project Admin in the tenant (project).`,
    );
    expect(countOf(scenario, 'POST', /^\/oauth\/token$/)).toBe(1);
    expect(result.outputs['changed']).not.toBe('true');
  });
}

function expectNothingChanged(scenario: Scenario, { change, before }: Subject): void {
  if (change !== undefined) expect(countOf(scenario, change.method, change.path)).toBe(0);
  const living = scenario.simulator.instances().map(({ status }) => status);
  expect(living).toEqual(before === undefined ? [] : [before]);
}
