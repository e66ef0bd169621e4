import { describe, expect, test } from 'vitest';
import { startScenario } from '../in-process/scenario.ts';
import { testStatusChange } from './status-changes.ts';
import { detailOutputs, subjects, theInstance } from '../../../harness/world/subjects.ts';
import {
  changesOf,
  linesOf,
  outputsOf,
  resultLinesOf,
  statesOf,
} from '../../../harness/world/support.ts';
import { testChange, testLookUp, testWait } from './troubles.ts';

describe('in trouble', () => {
  testLookUp(subjects.resume);
  testChange(subjects.resume);
  testWait(subjects.resume);
});

describe('in every status', () => {
  testStatusChange(subjects.resume);
});

test('resume waits until a paused instance is running and logs each change', async () => {
  await using scenario = await startScenario();
  const { id } = scenario.simulator.seedInstance({ name: 'x', status: 'paused' });
  const result = await scenario.run({ operation: 'resume', name: 'x' });
  expect(outputsOf(result)).toEqual(detailOutputs(scenario, { changed: true }));
  expect(theInstance(scenario).status).toBe('running');
  expect(statesOf(result)).toEqual(['0s resuming', expect.stringMatching(/^4m( \d+s)? running$/)]);
  expect(resultLinesOf(result)).toEqual([
    `##[notice]Instance 'x' (${id}) is running at neo4j+s://${id}.databases.neo4j.io. It will not be deleted automatically; use operation 'delete'.`,
  ]);
  expect(changesOf(scenario)).toEqual(['POST /v1/instances/{id}/resume 202']);
});

test('resume of an instance that is being created does not report a request', async () => {
  await using scenario = await startScenario();
  scenario.simulator.seedInstance({ name: 'x', status: 'creating' });
  const result = await scenario.run({ operation: 'resume', name: 'x', wait: 'false' });
  expect(outputsOf(result)).toMatchObject({ status: 'running', changed: 'false' });
  expect(changesOf(scenario)).toEqual([]);
  expect(linesOf(result).join('\n')).not.toContain('Aura has accepted');
});
