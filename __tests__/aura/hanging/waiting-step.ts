import { setTimeout as sleepReally } from 'node:timers/promises';
import { startJob, type JobOptions, type StepResult } from '../../../harness/runner/fake-runner.ts';
import type { RunningStep } from '../../../harness/runner/types.ts';

/** The time that a step is given here, as its input says it. */
export const timeout = 5_000;
/** How much longer than its time a step may take in all, its end included. */
export const overrun = 2_000;
/** Between the sign that a step is about to wait and the signal, so that it really waits. */
const settling = 300;

/** How often this process looks whether it stands still, and from when on it does. */
const tick = 20;
const stillFrom = 100;
/** When this process stood still, because others used the machine or because it worked itself. */
const stills: { readonly from: number; readonly to: number }[] = [];
let lastTick = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - lastTick > stillFrom) stills.push({ from: lastTick, to: now });
  lastTick = now;
}, tick).unref();

/** How long this process stood still within a time; a step that hangs meanwhile is not seen late. */
function stillBetween(begin: number, end: number): number {
  // It may stand still up to this moment.
  return [...stills, { from: lastTick, to: Date.now() }]
    .map(({ from, to }) => Math.min(to, end) - Math.max(from, begin))
    .filter((milliseconds) => milliseconds > stillFrom)
    .reduce((sum, milliseconds) => sum + milliseconds, 0);
}

/** A step that waits for somebody silent. */
export interface WaitingStep {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Resolves when it waits, or is about to. */
  readonly reached: Promise<unknown>;
  readonly job?: JobOptions;
  /** Called with the workspace before the step begins. */
  readonly prepare?: (workspace: string) => void;
}

/** A step, and what it took. */
export interface Ended {
  readonly result: StepResult;
  /**
   * Real milliseconds, from the moment on at which its time runs, or from its signal on. Without
   * those after its end was due in which this process stood still and could not see its end.
   */
  readonly took: number;
}

/**
 * Runs a step to its end. Its time runs from about its first word on, whatever it took to load.
 *
 * @param limit when it is to end, in milliseconds.
 */
export async function runOut(step: WaitingStep, limit = timeout): Promise<Ended> {
  const { result, endedAt } = await run(step);
  const begun = result.trace.find(({ kind }) => kind === 'stdout')?.at ?? Number.NaN;
  const took = endedAt - begun - stillBetween(begun + limit, endedAt);
  return { result, took };
}

/**
 * Runs a step, and has it told to end while it waits.
 *
 * @param grace when it is to end after that, in milliseconds.
 */
export async function interrupt(step: WaitingStep, grace = 0): Promise<Ended> {
  let signalledAt = Number.NaN;
  const { result, endedAt } = await run(step, async (running) => {
    // Its first word: from here on it listens to signals.
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
      // As slow as a runner: what the signal does not end is not killed before the test has failed.
      ...(when === undefined ? {} : { cancel: { when, scale: 1 } }),
    });
    // What the fake runner does afterwards is no concern of the step.
    return { result, endedAt: startedAt + result.milliseconds };
  } finally {
    await started.dispose();
  }
}
