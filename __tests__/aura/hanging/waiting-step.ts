import { setTimeout as sleepReally } from 'node:timers/promises';
import { startJob, type JobOptions, type StepResult } from '../../../harness/runner/fake-runner.ts';
import type { RunningStep } from '../../../harness/runner/types.ts';

/** The `timeout` of a step here. */
export const timeout = 5_000;
/** How much longer than its timeout a step may take in total. */
export const overrun = 2_000;
/** From the sign that a step is about to wait to the signal, so that it really waits. */
const settling = 300;

/** How often this process checks whether it is blocked, and from which delay it counts as blocked. */
const tick = 20;
const stillFrom = 100;
/** When this process was blocked, by its own work or by other users of the machine. */
const stills: { readonly from: number; readonly to: number }[] = [];
let lastTick = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - lastTick > stillFrom) stills.push({ from: lastTick, to: now });
  lastTick = now;
}, tick).unref();

/** How long this process was blocked in a period, in which it could not see a step end. */
function stillBetween(begin: number, end: number): number {
  // It may be blocked up to this moment.
  return [...stills, { from: lastTick, to: Date.now() }]
    .map(({ from, to }) => Math.min(to, end) - Math.max(from, begin))
    .filter((milliseconds) => milliseconds > stillFrom)
    .reduce((sum, milliseconds) => sum + milliseconds, 0);
}

/** A step that waits for a partner that does not answer. */
export interface WaitingStep {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Resolves when it waits, or is about to wait. */
  readonly reached: Promise<unknown>;
  readonly job?: JobOptions;
  /** Called with the workspace before the step begins. */
  readonly prepare?: (workspace: string) => void;
}

/** A step, and how long it took. */
export interface Ended {
  readonly result: StepResult;
  /**
   * Real milliseconds, from the start of its time or from its signal. Without the time after its due
   * end in which this process was blocked and could not see it end.
   */
  readonly took: number;
}

/**
 * Runs a step to its end. Its time starts at about its first output; loading does not count.
 *
 * @param limit when it must end, in milliseconds.
 */
export async function runOut(step: WaitingStep, limit = timeout): Promise<Ended> {
  const { result, endedAt } = await run(step);
  const begun = result.trace.find(({ kind }) => kind === 'stdout')?.at ?? Number.NaN;
  const took = endedAt - begun - stillBetween(begun + limit, endedAt);
  return { result, took };
}

/**
 * Runs a step, and cancels it while it waits.
 *
 * @param grace when it must end after that, in milliseconds.
 */
export async function interrupt(step: WaitingStep, grace = 0): Promise<Ended> {
  let signalledAt = Number.NaN;
  const { result, endedAt } = await run(step, async (running) => {
    // Its first output: from here on it handles signals.
    await Promise.all([running.line('::add-mask::'), step.reached]);
    await sleepReally(settling);
    signalledAt = Date.now();
  });
  const took = endedAt - signalledAt - stillBetween(signalledAt + grace, endedAt);
  return { result, took };
}

async function run(
  { inputs, env, job, prepare }: WaitingStep,
  when?: (running: RunningStep) => Promise<void>,
): Promise<{ readonly result: StepResult; readonly endedAt: number }> {
  const started = await startJob({ allowUnknownInputs: false, ...job });
  try {
    prepare?.(started.workspace);
    const startedAt = Date.now();
    const result = await started.step({
      inputs: { 'client-id': 'the-client', 'client-secret': 'the-secret-0123', ...inputs },
      env: { no_proxy: '', ...env },
      // As slow as a runner: a step that ignores the signal is not killed before the test has failed.
      ...(when === undefined ? {} : { cancel: { when, scale: 1 } }),
    });
    // The step is not responsible for what the fake runner does afterwards.
    return { result, endedAt: startedAt + result.milliseconds };
  } finally {
    await started.dispose();
  }
}
