import { expect, test } from 'vitest';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';
import { startScenario as startBundle, type Scenario } from '../../../harness/world/scenario.ts';
import { prepare, subjects, theInstance } from '../../../harness/world/subjects.ts';
import { outputsOf } from '../../../harness/world/support.ts';
import { startScenario } from '../in-process/scenario.ts';

interface Run {
  readonly result: StepResult;
  readonly scenario: Scenario;
}

/** The results of a stage, without the values that differ in each run. */
function outlineOf({ result, scenario }: Run): string {
  const { exitCode, conclusion, annotations, outputs, exportedEnv, state, summary } = result;
  const { id, password } = theInstance(scenario);
  const outline = {
    ...{ exitCode, conclusion, annotations, outputs, exportedEnv },
    // Polls come at random times, so a status is seen sooner or later.
    summary: summary
      .replaceAll(/\d+[hms](?: \d+[ms])*\b/g, '(duration)')
      .replaceAll(/\d+ requests/g, '(count) requests')
      .replaceAll(/, \d+/g, ', (milliseconds)'),
    stateKeys: Object.keys(state),
    masks: scenario.job.masks.values.length,
    logged: result.log.some((line) => line.includes(id)),
    tookTime: result.drivenMilliseconds > 0,
  };
  return JSON.stringify(outline, null, 1)
    .replaceAll(id, '(id)')
    .replaceAll(password, '(password)')
    .replaceAll(scenario.simulator.tenantId, '(tenant)')
    .replaceAll(/("snapshot-id": ")[^"]*/g, '$1(snapshot)')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '(snapshot)')
    .replaceAll(/(created_at\W+)[\d:.TZ-]+/g, '$1(time)')
    .replaceAll(/("sealed-credentials": ")[^"]*/g, '$1(sealed)');
}

/**
 * Most tests of whole steps run the sources in the test process. These tests show that the bundle does
 * the same, so that those results also apply to the code that users run.
 */
test.each(Object.values(subjects))('the bundle does the same as its sources: $operation', async (subject) => {
  await using bundle = await startBundle();
  await using sources = await startScenario();
  const runs: Run[] = [];
  for (const scenario of [bundle, sources]) {
    runs.push({ scenario, result: await scenario.run(prepare(subject, scenario)) });
  }
  const left = subject.after === 'deleted' ? [] : [subject.after];
  for (const { result, scenario } of runs) {
    expect(outputsOf(result)['status']).toBe(subject.after);
    expect(scenario.simulator.instances().map(({ status }) => status)).toEqual(left);
  }
  const [outline, same] = runs.map(outlineOf);
  expect(outline).toBe(same);
});

test('the bundle does the same as its sources with several instances', async () => {
  await using bundle = await startBundle();
  await using sources = await startScenario();
  const results: string[] = [];
  for (const scenario of [bundle, sources]) {
    const { simulator } = scenario;
    const ids = ['ci-1', 'ci-2'].map((name) => simulator.seedInstance({ name }).id);
    const { annotations, outputs, exitCode } = await scenario.run({
      operation: 'pause',
      'name-pattern': 'ci-?',
    });
    expect(exitCode).toBe(0);
    expect(simulator.instances().map(({ status }) => status)).toEqual(['paused', 'paused']);
    const text = JSON.stringify({ annotations, outputs });
    const known = ids.reduce((all, id, nr) => all.replaceAll(id, `(id ${nr})`), text);
    results.push(known.replaceAll(simulator.tenantId, '(tenant)'));
  }
  expect(results[0]).toBe(results[1]);
  expect(results[0]).toContain('Paused 2 instances');
});

test('the bundle of the post step does the same as its sources', async () => {
  await using bundle = await startBundle();
  await using sources = await startScenario();
  const runs: Run[] = [];
  for (const scenario of [bundle, sources]) {
    outputsOf(
      await scenario.run({ operation: 'create', name: 'x', 'delete-after-job': 'true' }),
    );
    const [result] = await scenario.job.post();
    if (result === undefined) throw new Error('The job has no post step.');
    expect(result).toMatchObject({ conclusion: 'success', annotations: [], stderr: '' });
    expect(theInstance(scenario).status).toBe('destroying');
    runs.push({ scenario, result });
  }
  const [outline, same] = runs.map(outlineOf);
  expect(outline).toBe(same);
});

test('the bundle creates a copy from a configuration as its sources do', async () => {
  await using bundle = await startBundle();
  await using sources = await startScenario();
  const config = {
    type: 'business-critical',
    ...{ cloud_provider: 'gcp', region: 'us-east1', memory: '4GB', secondaries_count: 2 },
  };
  const runs: Run[] = [];
  for (const scenario of [bundle, sources]) {
    const inputs = { operation: 'create', name: 'x', config: JSON.stringify(config) };
    const result = await scenario.run(inputs);
    expect(outputsOf(result)['status']).toBe('running');
    expect(theInstance(scenario)).toMatchObject({ memory: '4GB', secondariesCount: 2 });
    expect(result.summary).toContain('| `secondaries` | `2` | `2` |');
    runs.push({ scenario, result });
  }
  const [outline, same] = runs.map(outlineOf);
  expect(outline).toBe(same);
});
