import { setTimeout as sleepReally } from 'node:timers/promises';
import { startJob, type JobOptions, type StepResult } from '../helpers/fake-runner.ts';
import type { RunningStep } from '../helpers/runner-types.ts';

/** The time that a step is given here, as its input says it. */
export const timeout = 3_000;
/** How much longer than its time a step may take in all, its end included. */
export const overrun = 2_000;
/** Between the sign that a step is about to wait and the signal, so that it really waits. */
const settling = 300;

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
  /** Real milliseconds, from the moment on at which its time runs, or from its signal on. */
  readonly took: number;
}

/** Runs a step to its end. Its time runs from about its first word on, whatever it took to load. */
export async function runOut(step: WaitingStep): Promise<Ended> {
  const { result, endedAt } = await run(step);
  const begun = result.trace.find(({ kind }) => kind === 'stdout')?.at ?? Number.NaN;
  return { result, took: endedAt - begun };
}

/** Runs a step, and has it told to end while it waits. */
export async function interrupt(step: WaitingStep): Promise<Ended> {
  let signalledAt = Number.NaN;
  const { result, endedAt } = await run(step, async (running) => {
    // Its first word: from here on it listens to signals.
    await Promise.all([running.line('::add-mask::'), step.reached]);
    await sleepReally(settling);
    signalledAt = Date.now();
  });
  return { result, took: endedAt - signalledAt };
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
