import type { Exchange, SimulatorOptions } from '../../../simulator/aura/simulator.ts';
import type { Cancellation, StepResult } from '../../../harness/runner/types.ts';
import { type Scenario, startScenario as startBundle } from '../../../harness/world/scenario.ts';
import { startScenario } from '../in-process/scenario.ts';

/** When a step is cancelled: some time after its start, or at one of its requests. */
export type Moment = number | { readonly method: string; readonly path: RegExp };

/** A step that is cancelled, and what exists when it begins. */
export interface CancelledStep {
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs that depend on what exists. */
  readonly more?: (scenario: Scenario) => Readonly<Record<string, string>>;
  readonly moment: Moment;
  readonly kill?: 'SIGKILL' | 'SIGTERM';
  /** Run the bundle and use real signals, as for every killed step. Else call the sources' handlers. */
  readonly bundle?: boolean;
  readonly prepare?: (scenario: Scenario) => void;
  readonly simulator?: Omit<SimulatorOptions, 'clock'>;
}

/** The result of a cancelled step and its post step. */
export interface Aftermath extends AsyncDisposable {
  readonly scenario: Scenario;
  readonly step: StepResult;
  readonly posts: readonly StepResult[];
  /** Simulated milliseconds between the signal and the end of the step. */
  readonly lingered: number;
}

/** Runs a step, cancels it, and runs the post steps as a runner does. */
export async function cancelStep(options: CancelledStep): Promise<Aftermath> {
  const { simulator = {}, bundle = options.kill === 'SIGKILL' } = options;
  const scenario = bundle
    ? await startBundle({ simulator, job: { quickKeys: true } })
    : await startScenario({ simulator });
  options.prepare?.(scenario);
  let signalledAt = Number.NaN;
  const when: Cancellation['when'] = async ({ sleep }) => {
    if (typeof options.moment === 'number') await sleep(options.moment);
    else await scenario.nextExchange(isAt(options.moment));
    signalledAt = scenario.clock.now();
  };
  const kill = options.kill === undefined ? {} : { kill: options.kill };
  const inputs = { ...options.inputs, ...options.more?.(scenario) };
  const step = await scenario.run(inputs, { cancel: { when, ...kill } });
  const lingered = scenario.clock.now() - signalledAt;
  const posts = await scenario.job.post();
  const end = async (): Promise<void> => scenario.finish();
  return { scenario, step, posts, lingered, [Symbol.asyncDispose]: end };
}

function isAt({ method, path }: Exclude<Moment, number>) {
  return (exchange: Exchange): boolean => exchange.method === method && path.test(exchange.path);
}
