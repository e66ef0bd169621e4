import type { AuraClient } from '../api/client.ts';
import type { Instance } from '../api/types.ts';
import { deadEnd, isGoing, isSettled } from '../api/statuses.ts';
import { type Goal, WaitError, waitFor } from './wait.ts';
import { formatDuration } from '../../core/time/clock.ts';
import { attempting } from '../api/attempting.ts';
import { ActionError } from '../../core/errors.ts';
import type { Context } from '../session/context.ts';
import { type Known, isNotShownYet } from './read-listed.ts';

/** The goal of a wait for a status of an existing instance. */
export function statusGoal(status: 'running' | 'paused'): Goal {
  return {
    name: status,
    reachedBy: (instance) => instance.status === status,
    reachedByGone: false,
    deadEnd,
  };
}

/** The goal of a wait for the first status that is not transitional, suspension included. */
export const settledGoal: Goal = {
  name: 'settled',
  reachedBy: ({ status }) => isSettled(status) && status !== 'loading failed',
  reachedByGone: false,
  deadEnd: (status) => (status === 'suspending' ? undefined : deadEnd(status)),
};

/** The goal of a wait for the end of a deletion. */
export const deletedGoal: Goal = {
  name: 'deleted',
  reachedBy: () => false,
  reachedByGone: true,
  deadEnd: () => undefined,
};

interface AwaitOptions {
  readonly id: string;
  /** The name of the instance in messages. */
  readonly what: string;
  readonly goal: Goal;
  readonly pollIntervalMilliseconds: number | undefined;
  readonly readAtOnce?: boolean;
  /** Set for an instance that may have been created a moment ago: a 404 may then mean "not yet". */
  readonly newborn?: Omit<Known, 'id'>;
  /** Called with each new status, for the outputs of the step's instance. */
  readonly onStatus?: (status: string) => void;
}

/**
 * Waits for a goal and logs each change of status.
 *
 * @returns the instance, or undefined if the goal was its deletion.
 * @throws {@link ActionError} that says what still exists and what to do.
 */
export async function awaitGoal(
  client: AuraClient,
  options: AwaitOptions,
  { report, patience }: Context,
): Promise<Instance | undefined> {
  const { id, what, goal } = options;
  const begin = patience.clock.now();
  const elapsed = (): string => formatDuration(patience.clock.now() - begin);
  try {
    return await attempting(`wait for ${what} to become '${goal.name}'`, () =>
      waitFor(id, goal, {
        client,
        patience,
        intervalMilliseconds: options.pollIntervalMilliseconds,
        readAtOnce: options.readAtOnce ?? false,
        isNotShownYet: async () => {
          if (options.newborn === undefined) return false;
          const times = { now: patience.clock.now(), since: begin };
          return isNotShownYet(client, { ...options.newborn, id }, times);
        },
        onStatus: (status, milliseconds) => {
          if (status !== undefined) options.onStatus?.(status);
          const shown = status ?? 'not shown by Aura yet';
          report.info(`Status: ${shown}, after ${formatDuration(milliseconds)}.`);
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof WaitError)) throw error;
    throw new ActionError(
      `Gave up on ${what} after ${elapsed()}: ${error.message}. ${whatIsLeft(error, id)}`,
      { cause: error.cause },
    );
  }
}

function whatIsLeft(error: WaitError, id: string): string {
  const remove = `delete it with operation 'delete' and instance-id '${id}'`;
  switch (error.kind) {
    case 'timeout':
      if (error.lastStatus === undefined) {
        return `Aura has shown no such instance so far: check the id, or raise 'timeout'; ${remove} if it is to go.`;
      }
      return `The instance still exists: raise 'timeout' and run operation 'poll' on it, or ${remove}.`;
    case 'dead-end':
      return error.lastStatus !== undefined && isGoing(error.lastStatus)
        ? 'Somebody else deletes it; nothing is left to do.'
        : `The instance still exists: look at it in the Aura console, or ${remove}.`;
    case 'gone':
      return error.lastStatus === undefined
        ? `Aura has never shown it: check the id, or look for the instance in the Aura console and ${remove}.`
        : 'Nothing of it is left; check whether something else deleted it.';
  }
}
