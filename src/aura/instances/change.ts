import { saidOf } from '../api/advice.ts';
import type { AuraClient } from '../api/client.ts';
import { capitalized, label } from '../api/label.ts';
import { deadEnd } from '../api/statuses.ts';
import type { Instance } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { RequestError } from '../../core/http/request-error.ts';
import { maxAttempts } from '../../core/http/retry.ts';
import { createTolerance } from '../../core/http/tolerance.ts';
import { sayOnce } from '../../core/runner/say-once.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { type Verdict, again, done, poll } from '../../core/time/patience.ts';
import type { Session } from '../session/session.ts';
import { awaitGoal, statusGoal } from './await.ts';
import type { Found } from './find.ts';
import { type Sight, watch } from './watch.ts';

/** A change of an existing instance, as data. */
export interface ChangeSpec {
  readonly verb: 'pause' | 'resume';
  /** Whether Aura accepts the change now. */
  readonly ready: (instance: Instance) => boolean;
  /** Whether Aura has accepted the change. */
  readonly underWay: (instance: Instance) => boolean;
  readonly done: (instance: Instance) => boolean;
  /** The statuses during the change and after it. */
  readonly via: string;
  readonly to: 'running' | 'paused';
  readonly send: (client: AuraClient, id: string) => Promise<void>;
}

/** The change to `running`, for every operation that needs a running instance. */
export const resuming: ChangeSpec = {
  verb: 'resume',
  ready: ({ status }) => status === 'paused',
  underWay: ({ status }) => status === 'resuming',
  done: ({ status }) => status === 'running',
  via: 'resuming',
  to: 'running',
  send: (client, id) => client.resumeInstance(id),
};

/**
 * Changes an instance that has been read. It first waits for other operations in progress. If a
 * response does not show what happened, it reads the instance.
 *
 * @returns the instance as it was read last: changed, or still changing without `wait`.
 * @throws ActionError if the instance cannot reach the goal; RequestError if Aura refuses.
 */
export async function change(
  session: Session,
  found: Found,
  { spec, wait }: { readonly spec: ChangeSpec; readonly wait: boolean },
): Promise<Instance> {
  const { report, ledger } = session;
  const what = label(found.instance);
  if (spec.done(found.instance)) {
    report.info(`${capitalized(what)} is already ${spec.to}; nothing to do.`);
    return found.instance;
  }
  const { instance, sent } = await getAccepted(session, found, spec);
  ledger.saw(instance);
  if (sent) ledger.changed(instance.id, instance.status);
  if (!wait) {
    report.info(
      sent
        ? `Aura has accepted the request to ${spec.verb} ${what}.`
        : `${capitalized(what)} is already ${instance.status}, by another request.`,
    );
    return instance;
  }
  const { id } = instance;
  const goal = { ...statusGoal(spec.to), isReached: spec.done };
  const final = (await awaitGoal(session, { id }, { what, goal, now: !sent })) ?? instance;
  ledger.saw(final);
  report.info(`${capitalized(what)} is ${spec.to}.`);
  return final;
}

interface Acceptance {
  readonly instance: Instance;
  /** Whether this step requested the change; otherwise another process did. */
  readonly sent: boolean;
}

/**
 * Requests the change until the status shows that it has started.
 *
 * @throws ActionError if the instance cannot reach the goal; RequestError if Aura refuses.
 */
export async function getAccepted(
  session: Session,
  { instance: first, meant }: Found,
  spec: ChangeSpec,
): Promise<Acceptance> {
  const { patience, report, guard } = session;
  const task = `${spec.verb} ${label(first)}`;
  const say = sayOnce(report.info);
  let last = first;
  let asked = 0;
  const judge = async (sight: Sight): Promise<Verdict<Acceptance>> => {
    if (sight === 'unclear') return again();
    if (sight === 'gone') {
      throw new ActionError(`Could not ${task}: it was deleted in the meantime.`);
    }
    guard.expect(meant, sight);
    last = sight;
    if (spec.underWay(sight) || spec.done(sight)) return done({ instance: sight, sent: asked > 0 });
    assertAlive(sight, task);
    if (!spec.ready(sight)) {
      say(`Waiting, because its status is '${sight.status}'.`);
      return again();
    }
    asked += 1;
    const refusal = await ask(session, sight.id, { spec, last: asked >= maxAttempts });
    if (refusal === undefined) {
      return done({ instance: { ...sight, status: spec.via }, sent: true });
    }
    say(`Not accepted yet: ${refusal.message}. Checking again.`);
    return again(2);
  };
  return poll<Sight, Acceptance, RequestError>(patience, {
    first: { reading: first },
    read: watch(session, { id: meant.id }, first),
    judge,
    overdue: (trouble) => {
      const waited = formatDuration(patience.clock.now() - patience.begin);
      throw new ActionError(
        `Could not ${task}: its status is '${last.status}' after ${waited}${saidOf(trouble)}. The instance was not changed. Try again, or increase 'timeout'.`,
        { cause: trouble },
      );
    },
    tolerance: createTolerance(patience),
  });
}

function assertAlive({ status }: Instance, task: string): void {
  const why = deadEnd(status);
  if (why === undefined) return;
  throw new ActionError(
    `Could not ${task}: its status is '${status}': ${why}. Look at it in the Aura console.`,
  );
}

/**
 * Sends the request once.
 *
 * @returns undefined if Aura accepted it, otherwise an error after which reading the instance again
 *   makes sense.
 */
async function ask(
  { client }: Session,
  id: string,
  { spec, last }: { readonly spec: ChangeSpec; readonly last: boolean },
): Promise<RequestError | undefined> {
  try {
    await spec.send(client, id);
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestError) || last) throw error;
    // 409: another operation is in progress, or the status has just changed. Unknown: Aura may
    // have accepted the request.
    if (error.status === 409 || (error.transient && error.effect === 'unknown')) return error;
    throw error;
  }
}
