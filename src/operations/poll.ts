import type { AuraClient } from '../aura/client.ts';
import type { Goal } from '../aura/wait.ts';
import type { PollRequest } from '../inputs.ts';
import { awaitGoal, deletedGoal, newborn, settledGoal, statusGoal } from './await.ts';
import { type Context, instanceOutputs, label } from './context.ts';
import { locate, notFound } from './locate.ts';

/**
 * Waits for a status and sets the outputs. It always waits: that is what it is for.
 *
 * @throws ActionError where the instance is not there, can't get there, or time is over.
 */
export async function poll(
  client: AuraClient,
  request: PollRequest,
  context: Context,
): Promise<void> {
  const { report } = context;
  const { id, check } = await locate(client, request);
  report.outputs({ created: false, changed: false });
  if (id === undefined) {
    if (request.waitFor !== 'deleted') throw notFound('poll', request);
    report.outputs({ status: 'deleted' });
    report.info('The tenant has no instance of that name: it is deleted.');
    return;
  }
  report.outputs({ 'instance-id': id });
  const goal = goalOf(request);
  const instance = await awaitGoal(
    client,
    {
      id,
      what: `instance ${id}`,
      goal: {
        ...goal,
        reachedBy: (read) => {
          check(read);
          return goal.reachedBy(read);
        },
      },
      pollIntervalMilliseconds: request.pollIntervalMilliseconds,
      readAtOnce: true,
    },
    context,
  );
  report.outputs(instance === undefined ? { status: 'deleted' } : instanceOutputs(instance));
  report.info(
    instance === undefined
      ? `Instance ${id} is deleted.`
      : `Status of ${label(instance)}: ${instance.status}.`,
  );
}

/** An earlier step may have created the instance with `wait: false` a moment ago. */
function goalOf({ waitFor }: PollRequest): Goal {
  switch (waitFor) {
    case 'deleted':
      return deletedGoal;
    case undefined:
      return newborn(settledGoal);
    case 'running':
    case 'paused':
      return newborn(statusGoal(waitFor));
  }
}
