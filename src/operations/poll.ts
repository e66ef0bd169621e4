import type { AuraClient } from '../aura/client.ts';
import type { Goal } from '../aura/wait.ts';
import type { PollRequest } from '../request.ts';
import { awaitGoal, deletedGoal, newborn, settledGoal, statusGoal } from './await.ts';
import type { Context } from './context.ts';
import { instanceOutputs, workedOn } from './outputs.ts';
import { label } from './words.ts';
import { locate, notFound, targetOutputs } from './locate.ts';

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
  report.outputs(targetOutputs(request));
  const { id, check } = await locate(client, request);
  if (id === undefined) {
    if (request.waitFor !== 'deleted') throw notFound('poll', request);
    report.outputs({ status: 'deleted', instances: '[]' });
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
  if (instance === undefined) {
    const deleted = { id, name: request.target.name, status: 'deleted', changed: false };
    report.outputs({ status: 'deleted', instances: JSON.stringify([deleted]) });
    report.info(`Instance ${id} is deleted.`);
    return;
  }
  report.outputs({ ...instanceOutputs(instance), ...workedOn(instance, false) });
  report.info(`Status of ${label(instance)}: ${instance.status}.`);
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
