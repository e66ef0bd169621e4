import {
  startScenario as start,
  type Scenario,
  type ScenarioOptions,
} from '../../../harness/world/scenario.ts';
import { inProcess } from './driver.ts';

export type { Scenario, ScenarioOptions } from '../../../harness/world/scenario.ts';

/** The same in every scenario, so that this process derives the key of sealed credentials only once. */
const clientSecret = 'the-secret-of-steps-in-process-0123456789';

/** Starts a scenario whose steps run in this process; see {@link inProcess}. */
export function startScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  return start({ ...options, simulator: { clientSecret, ...options.simulator } }, inProcess);
}
