import { drivenClock, type DrivenClock } from '../../simulator/core/clock.ts';
import {
  startSimulator,
  type Exchange,
  type Simulator,
  type SimulatorOptions,
} from '../../simulator/aura/simulator.ts';
import {
  startJob,
  type FakeJob,
  type JobOptions,
  type StageDriver,
  type StepOptions,
  type StepResult,
} from '../runner/fake-runner.ts';
import { DrivenTime } from '../time/driven-time.ts';
import { createExchangeValidator } from './validate-exchange.ts';

/** Options of a scenario. */
export interface ScenarioOptions {
  readonly simulator?: Omit<SimulatorOptions, 'clock'>;
  readonly job?: JobOptions;
}

/** Creates the driver that runs the stages of all jobs of a scenario without processes. */
export type MakeDriver = (simulator: Simulator, clock: DrivenClock) => StageDriver;

/** A simulator in driven time and a job on the fake runner that uses it. */
export interface Scenario {
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  readonly job: FakeJob;
  /** Runs a step with the simulator's URL and credentials; these inputs override them. */
  run(
    inputs: Readonly<Record<string, string>>,
    step?: Omit<StepOptions, 'inputs'>,
  ): Promise<StepResult>;
  /** Another job with the same simulator, with its own masks and files. */
  startJob(options?: JobOptions): Promise<FakeJob>;
  /** The inputs that every step needs. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Resolves right before the first answer that meets the condition: a moment to cancel at. */
  nextExchange(condition: (exchange: Exchange) => boolean): Promise<Exchange>;
  /**
   * Stops everything.
   *
   * @throws Error if a request or an answer violated the API's description
   */
  finish(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Expectation {
  readonly condition: (exchange: Exchange) => boolean;
  readonly resolve: (exchange: Exchange) => void;
}

let validator: ReturnType<typeof createExchangeValidator> | undefined;

/** Starts a simulator whose time the steps drive, and a job. Rates are unlimited by default. */
export async function startScenario(
  options: ScenarioOptions = {},
  makeDriver?: MakeDriver,
): Promise<Scenario> {
  const clock = drivenClock();
  const watch = await watchExchanges(options.simulator?.onExchange);
  const simulator = await startSimulator({
    requestsPerMinute: 'unlimited',
    tokensPerHour: 'unlimited',
    unknownFields: 'refuse',
    ...options.simulator,
    clock,
    onExchange: watch.onExchange,
  });
  const driver = makeDriver?.(simulator, clock);
  const drivenTime = new DrivenTime({ clock, held: () => simulator.held() });
  const driven = driver === undefined ? { drivenTime } : { driver };
  const jobs: FakeJob[] = [];
  const startAnother = async (jobOptions: JobOptions = {}): Promise<FakeJob> => {
    const job = await startJob({
      secrets: [simulator.clientSecret],
      forbiddenSecrets: () => simulator.secrets(),
      ...driven,
      ...jobOptions,
    });
    jobs.push(job);
    return job;
  };
  const finish = async (): Promise<void> => {
    for (const job of jobs.splice(0)) await job.dispose();
    await simulator.close();
    watch.check();
  };
  const job = await startAnother(options.job);
  const credentials = credentialsOf(simulator);
  return {
    simulator,
    clock,
    job,
    credentials,
    run: (inputs, step) => job.step({ ...step, inputs: { ...credentials, ...inputs } }),
    startJob: startAnother,
    nextExchange: watch.next,
    finish,
    [Symbol.asyncDispose]: finish,
  };
}

function credentialsOf(simulator: Simulator): Record<string, string> {
  return {
    'api-url': simulator.url,
    'client-id': simulator.clientId,
    'client-secret': simulator.clientSecret,
  };
}

interface Watch {
  readonly onExchange: (exchange: Exchange) => void;
  readonly next: Scenario['nextExchange'];
  readonly check: () => void;
}

async function watchExchanges(also: SimulatorOptions['onExchange']): Promise<Watch> {
  validator ??= createExchangeValidator();
  const validate = await validator;
  const violations: string[] = [];
  const expectations = new Set<Expectation>();
  return {
    onExchange: (exchange) => {
      const { sequence, method, path } = exchange;
      for (const violation of validate(exchange)) {
        violations.push(`request ${sequence}, ${method} ${path}: ${violation}`);
      }
      for (const expectation of expectations) {
        if (!expectation.condition(exchange)) continue;
        expectations.delete(expectation);
        expectation.resolve(exchange);
      }
      also?.(exchange);
    },
    next: (condition) =>
      new Promise((resolve) => {
        expectations.add({ condition, resolve });
      }),
    check: () => {
      if (violations.length === 0) return;
      throw new Error(`Against the description of the API:\n${violations.join('\n')}`);
    },
  };
}
