import { getState } from '@actions/core';
import { inWords } from '../../api/advice.ts';
import { label } from '../../api/label.ts';
import { inline, prose } from '../../../core/runner/markdown.ts';
import { findNew, listedOnly } from '../../instances/find-new.ts';
import { readInstance } from '../../instances/read.ts';
import { removeInstance } from '../../instances/remove.ts';
import { OtherInstanceError } from '../../session/guard.ts';
import { createAuraReport } from '../../session/report.ts';
import { withoutTask } from '../../session/summary/failure.ts';
import { summarizeLine } from '../../session/summary/line.ts';
import type { Surroundings } from '../../session/read-step.ts';
import { type PostSession, openPostSession } from './post-session.ts';
import { type CreateState, createKey, parseState } from './state.ts';

/**
 * The statuses of a new instance until its create is complete; a copy is loaded, and then gets what
 * only an update can set.
 */
const ofCreation = ['creating', 'loading', 'updating', 'resizing'];

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
    await clear(openPostSession(state, { report, surroundings }), state);
  } catch (error) {
    const { name, created } = state;
    const task =
      created === undefined
        ? `look for instance '${name}'`
        : `delete ${label({ name, id: created.id })}`;
    const message = withoutTask(inWords(task, error).message, task);
    const isOther = error instanceof OtherInstanceError;
    const left = whatIsLeft(state, isOther ? message : `${message} ${adviceFor(state)}`);
    report.warning(left);
    summarizeLine(report, inline`**Neo4j Aura, after the job:** ${prose(left)}`);
  }
}

async function clear(session: PostSession, state: CreateState): Promise<void> {
  const { name, tenantId, created } = state;
  const found = created ?? (await findNew(session, state));
  if (found === undefined) {
    session.report.info(`No instance '${name}' was created.`);
    return;
  }
  session.allow('acceptance');
  const { id, createdAt } = found;
  const knownSince = created?.knownSince;
  // An id is certain: a later step may have renamed the instance.
  const expected = created === undefined ? { name, tenantId } : { tenantId };
  const meant = { id, ...expected, createdAt, knownSince };
  const instance = await readInstance(session, meant);
  if (instance === undefined && created === undefined) throw listedOnly();
  // Aura refuses to delete an instance that is still being created, so wait for the creation to end.
  const isOpen = state.updates === true || ofCreation.includes(instance?.status ?? '');
  if (instance !== undefined && isOpen) session.allow('creation');
  await removeInstance(session, meant, { wait: false, read: { instance } });
  if (instance === undefined) return;
  const what = prose(label(instance));
  summarizeLine(
    session.report,
    inline`**Neo4j Aura, after the job:** ${what} is being deleted (${'delete-after-job'}).`,
  );
}

function whatIsLeft({ name, tenantId, created }: CreateState, why: string): string {
  return created === undefined
    ? `Could not determine after the job whether instance '${name}' of tenant ${tenantId} still exists: ${why}`
    : `Could not delete ${label({ name, id: created.id })} of tenant ${tenantId} after the job: ${why}`;
}

/** Not for another instance than the one of this step: it may be in use. */
function adviceFor({ name, created }: CreateState): string {
  const target = created === undefined ? `name '${name}'` : `instance-id '${created.id}'`;
  return `Delete it with operation 'delete' and ${target}.`;
}
