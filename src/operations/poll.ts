import type { AuraClient } from '../aura/client.ts';
import type { Instance } from '../aura/types.ts';
import type { Goal } from '../aura/wait.ts';
import type { Report } from '../report.ts';
import type { PollRequest } from '../request.ts';
import { awaitGoal, deletedGoal, settledGoal, statusGoal } from './await.ts';
import type { Context } from './context.ts';
import { instanceOutputs, workedOn } from './outputs.ts';
import { label } from './words.ts';
import { locate, notFound, readTarget, targetOutputs } from './locate.ts';
import { birthOfSealed, otherOwner } from './sealed-target.ts';

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
  if (otherOwner(request) !== undefined) {
    const seen = await readTarget(client, request, { tried: 'poll', context });
    if (seen === undefined) throw notFound('poll', request);
  }
  const { id, check } = await locate(client, request);
  if (id === undefined) {
    if (request.waitFor !== 'deleted') throw notFound('poll', request);
    report.worked([]);
    report.outputs({ status: 'deleted' });
    report.info('The tenant has no instance of that name: it is deleted.');
    return;
  }
  report.outputs({ 'instance-id': id });
  report.worked([{ id, name: request.target.name, changed: false }]);
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
      // An earlier step may have created it with `wait: false` a moment ago.
      newborn: { createdAt: birthOfSealed(request) },
      onStatus: (status) => {
        report.worked([{ id, name: request.target.name, status, changed: false }]);
      },
    },
    context,
  );
  conclude(instance, { id, name: request.target.name }, report);
}

/** The outputs and the last line of a poll that reached its goal. */
function conclude(
  instance: Instance | undefined,
  target: { readonly id: string; readonly name: string | undefined },
  report: Report,
): void {
  if (instance === undefined) {
    report.worked([{ ...target, status: 'deleted', changed: false }]);
    report.info(`Instance ${target.id} is deleted.`);
    return;
  }
  report.outputs(instanceOutputs(instance));
  report.worked([workedOn(instance, false)]);
  report.info(`Status of ${label(instance)}: ${instance.status}.`);
}

function goalOf({ waitFor }: PollRequest): Goal {
  switch (waitFor) {
    case 'deleted':
      return deletedGoal;
    case undefined:
      return settledGoal;
    case 'running':
    case 'paused':
      return statusGoal(waitFor);
  }
}
