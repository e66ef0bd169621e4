import { getState } from '@actions/core';
import { asError } from '../../../core/errors.ts';
import { type PostSession, openPostSession } from './post-session.ts';
import { createAuraReport } from '../../session/report.ts';
import type { Surroundings } from '../../session/open.ts';
import { type CreateState, createKey, parseState } from './state.ts';
import { expectShown, findNew } from '../../instances/find-new.ts';
import { expectMatch } from '../../instances/find.ts';
import type { Known } from '../../instances/read-listed.ts';
import { type Removal, type RemovalOrder, removeInstance } from '../../instances/remove.ts';
import { label } from '../../api/label.ts';

/**
 * The post step: deletes what the step has created, or may have created, and nothing else. It never
 * fails the job; it reports a failure as a warning with the name of the instance.
 */
export async function cleanUp(surroundings: Surroundings): Promise<void> {
  const report = createAuraReport();
  const text = getState(createKey);
  const state = parseState(text);
  if (state === undefined) {
    if (text !== '')
      report.warning('The state of this step could not be read. Nothing was deleted.');
    return;
  }
  try {
    await clear(state, openPostSession(state, { report, surroundings }));
  } catch (error) {
    report.warning(whatIsLeft(state, asError(error).message));
  }
}

async function clear(state: CreateState, session: PostSession): Promise<void> {
  const { client, context, request } = session;
  const found = state.created ?? (await findNew(client, state, { request, context }));
  if (found === undefined) {
    context.report.info(`No instance '${state.name}' was created.`);
    return;
  }
  session.allow('acceptance');
  await removeInstance(client, orderOf(found, state, session), context);
}

function orderOf(
  found: Known,
  { name, tenantId, created }: CreateState,
  session: PostSession,
): RemovalOrder {
  return {
    ...found,
    check: expectMatch(name, tenantId),
    request: session.request,
    wait: false,
    onProgress: (removal: Removal): void => {
      if (created === undefined) expectShown(removal);
      // Aura refuses to delete an instance that is still being created, so wait for the creation to
      // end.
      if (removal.status === 'creating') session.allow('creation');
    },
  };
}

function whatIsLeft({ name, tenantId, created }: CreateState, why: string): string {
  return created === undefined
    ? `Could not determine after the job whether instance '${name}' of tenant ${tenantId} still exists: ${why} Delete it with operation 'delete' and name '${name}'.`
    : `Could not delete ${label({ name, id: created.id })} of tenant ${tenantId} after the job: ${why} Delete it with operation 'delete' and instance-id '${created.id}'.`;
}
