import { CancelledError } from './cancellation.ts';
import { ActionError } from './errors.ts';
import { create } from './operations/create.ts';
import { deleteInstances } from './operations/delete.ts';
import { get } from './operations/get.ts';
import { pause } from './operations/pause.ts';
import { poll } from './operations/poll.ts';
import { resume } from './operations/resume.ts';
import { createReport } from './report.ts';
import type { Request } from './request.ts';
import { type Session, type Surroundings, openMainSession } from './session.ts';

/** Runs the step: inputs, operation, report. Never throws; a failure sets the exit code. */
export async function main(surroundings: Surroundings): Promise<void> {
  const report = createReport();
  try {
    await run(openMainSession(report, surroundings));
  } catch (error) {
    report.failure(error instanceof CancelledError ? cancelled(error) : error);
  }
}

function run({ client, request, context }: Session<Request>): Promise<void> {
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
  }
}

/** Only what the operation itself knows better is said by it. */
function cancelled(error: CancelledError): ActionError {
  return new ActionError(
    `${error.message}. What Aura has accepted goes on, nothing more is asked of it; run the step again to be sure.`,
  );
}
