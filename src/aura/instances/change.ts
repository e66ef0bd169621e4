import type { AuraClient } from '../api/client.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { deadEnd } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import { maxAttempts } from '../../core/http/retry.ts';
import { attempting } from '../api/attempting.ts';
import { ActionError } from '../../core/errors.ts';
import type { CommonRequest, TargetRequest } from '../inputs/request.ts';
import { awaitGoal, statusGoal } from './await.ts';
import type { Context } from '../session/context.ts';
import { instanceOutputs, withStatus, workedOn } from '../session/outputs.ts';
import { readWithin } from './pace.ts';
import { capitalized, label, sayOnce } from '../api/label.ts';
import { type Found, notFound, readTarget, targetOutputs } from './find.ts';

/** A change from one final status to the other. */
export interface StatusChange {
  readonly verb: 'pause' | 'resume';
  readonly from: 'running' | 'paused';
  /** The status during the change; it shows that Aura has accepted the change. */
  readonly via: 'pausing' | 'resuming';
  readonly to: 'running' | 'paused';
  readonly send: (id: string) => Promise<void>;
}

/**
 * Brings an instance from one final status to the other. It first waits for other operations in
 * progress. If a response does not show what happened, it reads the instance.
 *
 * @throws ActionError if the instance does not exist or cannot reach the goal.
 */
export async function changeStatus(
  client: AuraClient,
  request: TargetRequest,
  { change, context }: { readonly change: StatusChange; readonly context: Context },
): Promise<void> {
  const first = await readForChange(client, request, { change, context });
  await changeUnlessDry(client, first, { change, request, context });
}

/**
 * The part of {@link changeStatus} before it changes anything.
 *
 * @throws ActionError if the instance does not exist.
 */
export async function readForChange(
  client: AuraClient,
  request: TargetRequest,
  { change, context }: { readonly change: StatusChange; readonly context: Context },
): Promise<Found> {
  const { report } = context;
  report.outputs(targetOutputs(request));
  const first = await readTarget(client, request, { tried: change.verb, context });
  if (first === undefined) throw notFound(change.verb, request);
  report.outputs(instanceOutputs(first.instance));
  report.worked([workedOn(first.instance, false)]);
  return first;
}

/**
 * The part of {@link changeStatus} after it has read the instance.
 *
 * @returns the instance as it was read last; undefined in a dry run, which only logs.
 * @throws ActionError if the instance cannot reach the goal.
 */
export async function changeUnlessDry(
  client: AuraClient,
  found: Found,
  { change, request, context }: Situation,
): Promise<Instance | undefined> {
  if (!request.dryRun) return reachStatus(client, found, { change, request, context });
  const { verb } = change;
  const { instance } = found;
  context.report.info(`Dry run: would ${verb} ${label(instance)}, which is ${instance.status}.`);
  return undefined;
}

/**
 * Brings an instance that has been read to the goal of a change.
 *
 * @returns the instance as it was read last: at the goal, or still changing with `wait: false`.
 * @throws ActionError if the instance cannot reach the goal.
 */
export async function reachStatus(
  client: AuraClient,
  found: Found,
  { change, request, context }: Situation,
): Promise<Instance> {
  const { report } = context;
  const first = found.instance;
  if (first.status === change.to) {
    report.info(`${capitalized(label(first))} is ${change.to} already; nothing to do.`);
    return first;
  }
  const { instance, sent } = await getAccepted(client, found, { change, request, context });
  report.outputs(instanceOutputs(instance));
  report.worked([workedOn(instance, sent)]);
  if (!request.wait) {
    report.info(
      sent
        ? `Aura has accepted to ${change.verb} ${label(first)}.`
        : `${capitalized(label(first))} is ${instance.status} already, by another request.`,
    );
    return instance;
  }
  const done = await awaitGoal(
    client,
    {
      id: first.id,
      what: label(first),
      goal: statusGoal(change.to),
      pollIntervalMilliseconds: request.pollIntervalMilliseconds,
      readAtOnce: !sent,
      onStatus: (status) => {
        report.worked([workedOn(withStatus(instance, status), sent)]);
      },
    },
    context,
  );
  const final = done ?? instance;
  report.outputs(instanceOutputs(final));
  report.worked([workedOn(final, sent)]);
  report.info(`${capitalized(label(first))} is ${change.to}.`);
  return final;
}

interface Acceptance {
  readonly instance: Instance;
  /** Whether this step requested the change; otherwise another process did. */
  readonly sent: boolean;
}

interface Situation {
  readonly change: StatusChange;
  readonly request: CommonRequest;
  readonly context: Context;
}

/** Requests the change until the status shows that it has started. */
async function getAccepted(
  client: AuraClient,
  { instance: first, check }: Found,
  { change, request, context }: Situation,
): Promise<Acceptance> {
  const tried = `${change.verb} ${label(first)}`;
  const say = sayOnce(context.report.info);
  let instance = first;
  for (let asked = 0; ;) {
    const { status } = instance;
    if (status === change.via || status === change.to) return { instance, sent: asked > 0 };
    const why = deadEnd(status);
    if (why !== undefined) {
      throw new ActionError(
        `Could not ${tried}: its status is '${status}': ${why}. Look at it in the Aura console.`,
      );
    }
    if (status === change.from) {
      asked += 1;
      const refusal = await ask(change, first.id, { tried, last: asked >= maxAttempts });
      if (refusal === undefined) return { instance: withStatus(instance, change.via), sent: true };
      say(`Not accepted yet: ${refusal.message}. Looking again.`);
    } else {
      say(`Waiting, because its status is '${status}'.`);
    }
    const reading = await readWithin(context, {
      read: () => client.getInstance(first.id, 'once'),
      tried,
      timing: request,
      requests: status === change.from ? 2 : 1,
      doubts: (seen) => seen === 'missing',
      situation: `Could not ${tried}: its status is '${status}'`,
    });
    if (typeof reading === 'string') {
      throw new ActionError(`Could not ${tried}: it was deleted meanwhile. Nothing of it is left.`);
    }
    check(reading);
    instance = reading;
  }
}

/**
 * Sends the request once.
 *
 * @returns undefined if Aura accepted it, otherwise an error after which reading the instance again
 *   makes sense.
 */
async function ask(
  change: StatusChange,
  id: string,
  { tried, last }: { readonly tried: string; readonly last: boolean },
): Promise<RequestError | undefined> {
  return attempting(tried, async () => {
    try {
      await change.send(id);
      return undefined;
    } catch (error) {
      if (!(error instanceof RequestError) || last) throw error;
      // 409: another operation is in progress, or the status has just changed. Unknown: Aura may
      // have accepted the request.
      if (error.status === 409 || (error.transient && error.effect === 'unknown')) return error;
      throw error;
    }
  });
}

/** The change to `running`, for every operation that needs a running instance. */
export function resuming(client: AuraClient): StatusChange {
  return {
    verb: 'resume',
    from: 'paused',
    via: 'resuming',
    to: 'running',
    send: (id) => client.resumeInstance(id),
  };
}
