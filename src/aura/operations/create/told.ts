import type { CreatedInstance, InstanceSummary } from '../../api/types.ts';
import { asError, ActionError } from '../../../core/errors.ts';
import { RunnerFileError } from '../../../core/runner/report.ts';
import { capitalized, label } from '../../api/label.ts';

interface Telling {
  /** Saves information for the post step. */
  readonly saveState: () => void;
  /** Sets the outputs. */
  readonly publish: () => void;
  readonly deleteAfterJob: boolean;
}

/**
 * Reports a new instance to the runner. If one file cannot be written, it still writes the other
 * one.
 *
 * @throws {@link ActionError} that names the instance, because nothing else does.
 */
export function tellCreated(
  created: CreatedInstance,
  { saveState, publish, deleteAfterJob }: Telling,
): void {
  const unsaved = failureOf(saveState);
  const unpublished = failureOf(publish);
  const failure = unpublished ?? unsaved;
  if (failure === undefined) return;
  throw unwritten(created, failure, deleteAfterJob && unsaved === undefined);
}

/** Runs the rest of a create, and names the instance if a file can no longer be written. */
export async function namingCreated(
  created: CreatedInstance,
  deleteAfterJob: boolean,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof RunnerFileError)) throw error;
    throw unwritten(created, error, deleteAfterJob);
  }
}

function failureOf(write: () => void): Error | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

function unwritten(created: CreatedInstance, error: Error, deleted: boolean): ActionError {
  const what = capitalized(label(created));
  const next = deleted
    ? 'The post step of this step deletes it'
    : `Delete it with operation 'delete' and instance-id '${created.id}'`;
  return new ActionError(
    `${error.message}. ${what} was created, but later steps may not get its password, which Aura shows only once. ${next}.`,
    { cause: error.cause },
  );
}

/**
 * Says in an error what `replace` has deleted where no other instance takes its place.
 *
 * @throws {@link ActionError} in place of one of `run`; other errors as they are.
 */
export async function tellingReplaced(
  replaced: readonly InstanceSummary[],
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (replaced.length === 0 || !(error instanceof ActionError)) throw error;
    const ids = replaced.map(label).join(', ');
    throw new ActionError(`${error.message} Deleted before, for 'if-exists: replace': ${ids}.`, {
      cause: error.cause,
    });
  }
}
