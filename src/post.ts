import { getState } from '@actions/core';
import { expectMatch } from './operations/locate.ts';
import { lookForNew } from './operations/look-for-new.ts';
import { removeInstance } from './operations/remove.ts';
import { createReport } from './report.ts';
import type { CommonRequest } from './request.ts';
import { type Session, type Surroundings, openPostSession } from './session.ts';
import { type CreateState, parseState, stateKey } from './state.ts';

/** Time for Aura to accept the deletion: the runner kills a cancelled job before long. */
const timeoutMilliseconds = 60_000;

/**
 * The post step: with `delete-after-job` it deletes what the step has made, or may have made. It
 * never fails the job; what it could not do is a warning that names the instance.
 */
export async function post(surroundings: Surroundings): Promise<void> {
  const state = parseState(getState(stateKey));
  if (!state?.deleteAfterJob) return;
  const report = createReport();
  try {
    await clear(state, openPostSession(report, surroundings, timeoutMilliseconds));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report.warning(
      state.id === undefined
        ? `It could not be settled after the job whether instance '${state.name}' is left: ${why} Delete it with operation 'delete' and name '${state.name}'.`
        : `Instance '${state.name}' (${state.id}) could not be deleted after the job: ${why} Delete it with operation 'delete' and instance-id '${state.id}'.`,
    );
  }
}

async function clear(
  state: CreateState,
  { client, request, context }: Session<CommonRequest>,
): Promise<void> {
  const { name, tenantId, begunAt } = state;
  const ids =
    state.id === undefined
      ? (await lookForNew(client, { name, tenantId, since: begunAt, request }, context)).map(
          ({ id }) => id,
        )
      : [state.id];
  if (ids.length === 0) context.report.info(`No instance '${name}' was made.`);
  for (const id of ids) {
    const order = {
      id,
      check: expectMatch(name, tenantId),
      request,
      wait: false,
    };
    await removeInstance(client, order, context);
  }
}
