import { describe, expect, test } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';
import { testStatusChange } from './status-changes.ts';
import { detailOutputs, prepare, subjects, theInstance } from '../../../harness/world/subjects.ts';
import {
  changesOf,
  errorOf,
  outputsOf,
  resultLinesOf,
  statesOf,
} from '../../../harness/world/support.ts';
import { testChange, testLookUp, testWait } from './troubles.ts';

describe('in trouble', () => {
  testLookUp(subjects.pause);
  testChange(subjects.pause);
  testWait(subjects.pause);
});

describe('in every status', () => {
  testStatusChange(subjects.pause);
});

test('pause waits until a running instance is paused and logs each change', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x', status: 'running' });
  const result = await scenario.run({ operation: 'pause', name: 'x' });
  expect(outputsOf(result)).toEqual(detailOutputs(scenario, { changed: true }));
  expect(theInstance(scenario).status).toBe('paused');
  expect(statesOf(result)).toEqual(['0s pausing', expect.stringMatching(/^2m( \d+s)? paused$/)]);
  expect(resultLinesOf(result)).toEqual([`Instance 'x' (${id}) is paused.`]);
  expect(changesOf(scenario)).toEqual(['POST /v1/instances/{id}/pause 202']);
});

test('the error for a Free instance that cannot be paused contains the message from Aura', async () => {
  await using scenario = await startScenario({ simulator: { pauseFree: false } });
  const { id } = scenario.simulator.seedInstance({ name: 'x', type: 'free-db' });
  const result = await scenario.run({ operation: 'pause', name: 'x' });
  expect(errorOf(result)).toBe(
    `Could not pause instance 'x' (${id}): Aura answered 400 'A Free instance can not be paused' (database-incapable-of-action). The tier of this instance does not support 'pause'. Use a paid tier, or remove this step: Aura pauses a Free instance automatically after 72 hours without use.`,
  );
  expect(theInstance(scenario).status).toBe('running');
});

test('pause with wait: false describes the same status in all outputs', async () => {
  await using scenario = await startScenario();
  const result = await scenario.run({ ...prepare(subjects.pause, scenario), wait: 'false' });
  const { instance = '{}', status } = outputsOf(result);
  expect(JSON.parse(instance)).toMatchObject({ status });
});

test('a busy instance causes one log line, not one for each poll', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'updating' });
  const result = await scenario.run({ operation: 'pause', name: 'x' });
  expect(statesOf(result)[0]).toBe("0s waiting, because its status is 'updating'");
  expect(statesOf(result).filter((line) => line.includes('updating'))).toHaveLength(1);
});
