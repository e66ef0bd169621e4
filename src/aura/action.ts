import { cancellation } from '../core/runner/cancellation.ts';
import { CancelledError, ActionError } from '../core/errors.ts';
import { systemClock } from '../core/time/clock.ts';
import { exit } from '../core/runner/exit.ts';
import { cleanUp } from './operations/create/clean-up.ts';
import { create } from './operations/create/create.ts';
import { deleteInstances } from './operations/delete/delete.ts';
import { get } from './operations/get.ts';
import { pause } from './operations/pause.ts';
import { poll } from './operations/poll.ts';
import { resume } from './operations/resume.ts';
import { createAuraReport } from './session/report.ts';
import type { Request } from './inputs/request.ts';
import { type MainSession, type Surroundings, openMainSession } from './session/open.ts';

/** Runs a stage of the step and ends the process. The entry file says which stage it is. */
export async function run(stage: 'main' | 'post'): Promise<void> {
  // The proxy library of @actions/http-client uses deprecated Node APIs; users need no warning
  // about it.
  process.noDeprecation = true;
  const stages = { main: runOperation, post: cleanUp };
  await stages[stage]({ clock: systemClock, signal: cancellation() });
  // By then the runner has everything that was printed.
  process.stdout.write('', exit);
}

/** Runs the step: inputs, operation, report. Never throws; a failure sets the exit code. */
export async function runOperation(surroundings: Surroundings): Promise<void> {
  const report = createAuraReport();
  try {
    const session = await openMainSession(report, surroundings);
    if (session !== undefined) await operate(session);
  } catch (error) {
    report.failure(error instanceof CancelledError ? cancelled(error) : error);
  }
}

function operate({ client, request, context }: MainSession<Request>): Promise<void> {
  switch (request.operation) {
    case 'create':
      return create(client, request, context);
    case 'get':
      return get(client, request, context);
    case 'poll':
      return poll(client, request, context);
    case 'pause':
      return pause(client, request, context);
    case 'resume':
      return resume(client, request, context);
    case 'delete':
      return deleteInstances(client, request, context);
    case 'none':
      context.report.outputs({ created: false, changed: false });
      context.report.notice(request.why);
      return Promise.resolve();
  }
}

/** The operation itself adds only what it knows better. */
function cancelled(error: CancelledError): ActionError {
  return new ActionError(
    `${error.message}. Requests that Aura has already accepted continue; no new ones are sent. Run the step again to be sure of the result.`,
  );
}
