import { getInput } from '@actions/core';
import { cancellation } from '../core/runner/cancellation.ts';
import { CancelledError, ActionError, asError } from '../core/errors.ts';
import { loadHttpClient } from '../core/http/transport.ts';
import { type DerivedKey, keepKey } from '../core/secrets/seal.ts';
import { systemClock } from '../core/time/clock.ts';
import { exit } from '../core/runner/exit.ts';
import { inWords } from './api/advice.ts';
import type { Operation, Requests, Task } from './inputs/request.ts';
import { cleanUp } from './operations/create/clean-up.ts';
import { create } from './operations/create/create.ts';
import { deleteInstances } from './operations/delete/delete.ts';
import { get } from './operations/get.ts';
import { pause } from './operations/pause.ts';
import { poll } from './operations/poll.ts';
import { overwrite } from './operations/overwrite.ts';
import { resize } from './operations/resize/resize.ts';
import { restore } from './operations/restore.ts';
import { resume } from './operations/resume.ts';
import { snapshot } from './operations/snapshot.ts';
import { sweep } from './operations/sweep/sweep.ts';
import { type Opened, openSession } from './session/open.ts';
import type { Surroundings } from './session/read-step.ts';
import { type AuraReport, createAuraReport } from './session/report.ts';
import type { MainSession } from './session/session.ts';
import { summarizeNoStart } from './session/summary/line.ts';

/** What each operation does. */
const operations: {
  readonly [O in Operation]: (session: MainSession, request: Requests[O]) => Promise<void>;
} = {
  create,
  get,
  poll,
  pause,
  resume,
  resize,
  snapshot,
  restore,
  overwrite,
  delete: deleteInstances,
  sweep,
};

/**
 * Runs a stage of the step and ends the process. The entry file says which stage it is.
 *
 * @param key of sealed credentials, while it is being derived.
 */
export async function run(
  stage: 'main' | 'post',
  key?: Promise<DerivedKey | undefined>,
): Promise<void> {
  // The proxy library of @actions/http-client uses deprecated Node APIs; users need no warning
  // about it.
  process.noDeprecation = true;
  const stages = { main: runOperation, post: cleanUp };
  const ready = key === undefined ? undefined : receive(key);
  await stages[stage]({ clock: systemClock, signal: cancellation(), ready });
  // By then the runner has everything that was printed.
  process.stdout.write('', exit);
}

/** Waits for the key, and loads what requests need in the meantime. */
async function receive(key: Promise<DerivedKey | undefined>): Promise<void> {
  const [derived] = await Promise.all([key, loadHttpClient()]);
  if (derived !== undefined) keepKey(derived);
}

/** Runs the step: inputs, operation, report. Never throws; a failure sets the exit code. */
export async function runOperation(surroundings: Surroundings): Promise<void> {
  const report = createAuraReport();
  let opened: Opened | undefined;
  let failure: Error | undefined;
  try {
    opened = await openSession(report, surroundings);
    if (opened !== undefined) await perform(opened.session, opened.task);
  } catch (error) {
    failure =
      error instanceof CancelledError
        ? cancelled(error)
        : inWords(opened?.session.ledger.task() ?? '', error);
    const operation = opened?.task.operation ?? wantedOperation();
    const what = `${operation} ${isCancelled(error) ? 'cancelled' : 'failed'}`;
    noteFailure(opened?.session, report.failure(failure, what));
  }
  summarize(report, opened, failure);
}

/** The summary is the last thing that a step writes: a failure of it must not hide the result. */
function summarize(
  report: AuraReport,
  opened: Opened | undefined,
  failure: Error | undefined,
): void {
  try {
    if (opened !== undefined) opened.summarize(failure);
    else if (failure !== undefined) summarizeNoStart(report, failure);
  } catch (error) {
    report.debug(`The job summary was not written: ${asError(error).message}`);
  }
}

/** The operation of the inputs, before they were checked. */
function wantedOperation(): string {
  const wanted = getInput('operation').toLowerCase();
  return Object.hasOwn(operations, wanted) ? wanted : 'step';
}

/** Operations may add a text to a cancellation. */
function isCancelled(error: unknown): boolean {
  return (
    error instanceof CancelledError ||
    (error instanceof ActionError && error.cause instanceof CancelledError)
  );
}

function perform<O extends Operation>(
  session: MainSession,
  { operation, request }: Task<O>,
): Promise<void> {
  return operations[operation](session, request);
}

function noteFailure(session: MainSession | undefined, message: string): void {
  try {
    session?.ledger.stepFailed(message);
  } catch {
    // The step fails with the error itself; there may be no file to write any output to.
  }
}

/** The operation itself adds a text only if it knows more. */
function cancelled(error: CancelledError): ActionError {
  return new ActionError(
    `${error.message}. Requests that Aura has already accepted continue; no new ones are sent.`,
    { next: 'Run the step again to be sure of the result.' },
  );
}
