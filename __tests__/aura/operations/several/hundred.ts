import type { StepResult } from '../../../../harness/runner/fake-runner.ts';
import { type Scenario, startScenario } from '../../in-process/scenario.ts';

const seconds = 1_000;
/** How many instances there are. */
export const count = 100;
/** How long each change takes. */
export const lasts = 90 * seconds;

/** An operation on all instances, and what it needed. */
export interface Cost {
  readonly result: StepResult;
  readonly requests: number;
  /** Answers 429. */
  readonly refused: number;
  /** Simulated milliseconds. */
  readonly milliseconds: number;
}

/** Starts a world with 100 running instances, at Aura's limit of 125 requests a minute. */
export async function startHundred(): Promise<Scenario> {
  const durations = { pause: lasts, resume: lasts, delete: lasts };
  const scenario = await startScenario({ simulator: { requestsPerMinute: 125, durations } });
  for (let nr = 1; nr <= count; nr += 1) scenario.simulator.seedInstance({ name: `ci-${nr}` });
  return scenario;
}

/** Runs a step, and counts its requests. */
export async function costOf(
  scenario: Scenario,
  inputs: Readonly<Record<string, string>>,
): Promise<Cost> {
  const { simulator } = scenario;
  const before = simulator.exchanges.length;
  const result = await scenario.run(inputs);
  const sent = simulator.exchanges.slice(before);
  return {
    result,
    requests: sent.length,
    refused: sent.filter(({ status }) => status === 429).length,
    milliseconds: result.drivenMilliseconds,
  };
}

/** The inputs of a step for all of them. */
export function forAll(operation: string): Readonly<Record<string, string>> {
  const limit = operation === 'delete' ? { 'max-deletions': String(count) } : {};
  return { operation, 'name-pattern': 'ci-*', ...limit };
}
