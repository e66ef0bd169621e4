import type { AuraClient, Reading } from '../api/client.ts';
import { RequestError } from '../../core/http/request-error.ts';
import type { Instance } from '../api/types.ts';
import type { Goal } from '../instances/wait.ts';
import { publishCredentials } from '../credentials/hand-over.ts';
import type { AuraReport } from '../session/report.ts';
import type { PollRequest } from '../inputs/request.ts';
import { awaitGoal, deletedGoal, settledGoal, statusGoal } from '../instances/await.ts';
import type { Context } from '../session/context.ts';
import { instanceOutputs, workedOn } from '../session/outputs.ts';
import { label } from '../api/label.ts';
import { locate, notFound, readTarget, targetOutputs } from '../instances/find.ts';
import { handOver } from '../instances/hand-over-recovered.ts';
import {
  type Recovered,
  mayKnowPassword,
  takeCredentials,
} from '../instances/recover-credentials.ts';
import { birthOfSealed, otherOwner } from '../instances/sealed-target.ts';

/**
 * Waits for a status and sets the outputs. It always waits. If the instance stays and its password
 * is known, it outputs the credentials.
 *
 * @throws ActionError if the instance does not exist, cannot reach the status, the timeout is
 *   reached, or its password is needed and not known.
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
  const found = { id, check };
  const early = await takeEarly(client, found, { request, context });
  const instance = await awaitStatus(client, found, { request, context });
  conclude(instance, { id, name: request.target.name }, report);
  if (instance === undefined) return;
  const { recovered } = early ?? (await take(instance, { request, context }));
  // A paused database cannot be used: its credentials are only outputs, for a later resume.
  if (recovered === undefined || request.waitFor === 'paused') return;
  await handOver(instance, recovered, { request, context });
}

interface Situation {
  readonly request: PollRequest;
  readonly context: Context;
}

/** The instance, and the guard against waiting for a wrong one. */
interface Found {
  readonly id: string;
  readonly check: (instance: Instance) => void;
}

/** The result of looking for the credentials. */
interface Taken {
  readonly recovered: Recovered | undefined;
}

async function awaitStatus(
  client: AuraClient,
  { id, check }: Found,
  { request, context }: Situation,
): Promise<Instance | undefined> {
  const goal = goalOf(request);
  return awaitGoal(
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
        const { name } = request.target;
        context.report.worked([{ id, name, status, changed: false }]);
      },
    },
    context,
  );
}

/**
 * Looks for the credentials before the wait: they are outputs even if the wait fails, and the step
 * does not wait if a needed password is missing.
 *
 * @returns undefined if it did not look and must look after the wait.
 */
async function takeEarly(
  client: AuraClient,
  { id, check }: Found,
  { request, context }: Situation,
): Promise<Taken | undefined> {
  if (request.waitFor === 'deleted' || !mayKnowPassword({ request })) return undefined;
  const reading = await readOrLeave(client, id);
  // An instance that was created a moment ago may not be visible yet.
  if (typeof reading !== 'object') return undefined;
  check(reading);
  return take(reading, { request, context });
}

/** The wait handles a failed read: it reads again and reports the problem. */
async function readOrLeave(client: AuraClient, id: string): Promise<Reading | undefined> {
  try {
    return await client.getInstance(id);
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

async function take(instance: Instance, { request, context }: Situation): Promise<Taken> {
  const recovered = await takeCredentials(instance, { tried: 'poll', request, context });
  if (recovered !== undefined) publishCredentials(recovered.credentials, { request, context });
  return { recovered };
}

/** The outputs and the last line of a poll that reached its goal. */
function conclude(
  instance: Instance | undefined,
  target: { readonly id: string; readonly name: string | undefined },
  report: AuraReport,
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
