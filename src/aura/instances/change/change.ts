import { capitalized, label } from '../../api/label.ts';
import type { Instance } from '../../api/types.ts';
import type { Session } from '../../session/session.ts';
import { getAccepted } from './acceptance.ts';
import { awaitGoal, statusGoal } from '../await.ts';
import type { ChangeSpec, StatusChange } from './spec.ts';
import { isAtRest, resumeFirst, watchReturn } from './at-rest.ts';
import type { Found } from '../find.ts';

/** A change from one status to another. */
export function statusChange({
  verb,
  from,
  via,
  to,
  send,
}: Pick<StatusChange, 'verb' | 'via' | 'to' | 'send'> & { readonly from: string }): StatusChange {
  return {
    verb,
    via,
    to,
    result: to,
    scope: 'instance',
    done: ({ status }) => status === to,
    ready: ({ status }) => status === from,
    underWay: ({ status }) => status === via,
    joins: true,
    onLost: 'watch',
    send,
    accepted: (instance) => ({ ...instance, status: via }),
    goal: () => statusGoal(to),
  };
}

/** The change to `running`, for every operation that needs a running instance. */
export const resuming = statusChange({
  verb: 'resume',
  from: 'paused',
  via: 'resuming',
  to: 'running',
  send: (client, { id }) => client.resumeInstance(id),
});

/** A change of the data; the instance runs before it and after it. */
export function dataChange({
  via,
  ...own
}: Pick<ChangeSpec, 'verb' | 'result' | 'assertAllowed' | 'send'> & {
  /** The statuses during the change, the first one first. */
  readonly via: readonly [string, ...string[]];
}): ChangeSpec {
  return {
    ...own,
    scope: 'instance',
    // No status shows which data an instance has.
    done: () => false,
    ready: ({ status }) => isAtRest(status),
    underWay: ({ status }) => via.includes(status),
    joins: false,
    onLost: 'watch',
    ifPaused: resumeFirst,
    accepted: (instance) => ({ ...instance, status: via[0] }),
    goal: (clock, before) => {
      const look = watchReturn(clock, before);
      const isReached = (instance: Instance): boolean => look(instance) === 'back';
      return { ...statusGoal('running'), also: ' again', isReached };
    },
  };
}

interface ChangeOptions {
  readonly spec: ChangeSpec;
  readonly wait: boolean;
  /** The caller says the result. */
  readonly quiet?: boolean;
}

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
  { spec, wait, quiet = false }: ChangeOptions,
): Promise<Instance> {
  const { ledger, patience } = session;
  const say = (line: string): void => {
    if (!quiet) session.report.info(line);
  };
  const what = label(found.instance);
  if (spec.done(found.instance)) {
    say(`${capitalized(what)} is already ${spec.result}; nothing to do.`);
    return found.instance;
  }
  const { instance, before, sent, seen } = await getAccepted(session, found, spec);
  ledger.saw(instance);
  if (sent) ledger.changed(instance.id, instance.status);
  const goal = spec.goal?.(patience.clock, before);
  if (goal === undefined) {
    say(`${capitalized(what)} is ${spec.result}.`);
    return instance;
  }
  if (!wait) {
    say(
      sent
        ? `Aura has accepted the request to ${spec.verb} ${what}.`
        : `${capitalized(what)} is already ${instance.status}, by another request.`,
    );
    return instance;
  }
  // What was read already counts, for a goal that depends on the statuses before.
  if (seen) goal.isReached(instance);
  const afterwards = `Aura had already accepted the request to ${spec.verb} ${what}.`;
  const from = instance.status;
  const options = { what, goal, from, now: !sent, shown: instance, change: { afterwards } };
  const final = (await awaitGoal(session, found.meant, options)) ?? instance;
  ledger.saw(final);
  say(`${capitalized(what)} is ${spec.result}.`);
  return final;
}
