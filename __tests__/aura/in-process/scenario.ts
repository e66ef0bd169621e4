import {
  startScenario as start,
  type Scenario,
  type ScenarioOptions,
} from '../../../harness/world/scenario.ts';
import { inProcess } from './driver.ts';

export type { Scenario, ScenarioOptions } from '../../../harness/world/scenario.ts';

/** Starts a scenario whose steps run in this process; see {@link inProcess}. */
export function startScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  return start(options, inProcess);
}
