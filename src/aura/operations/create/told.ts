import { inWords } from '../../api/advice.ts';
import { capitalized, label } from '../../api/label.ts';
import type { CreatedInstance, InstanceSummary } from '../../api/types.ts';
import { CancelledError, ActionError } from '../../../core/errors.ts';
import { RunnerFileError } from '../../../core/runner/report.ts';
import type { CreateRequest } from '../../inputs/request.ts';

/** How far a create got before it failed. */
interface Course {
  /** Undefined until Aura has returned it. */
  readonly created: CreatedInstance | undefined;
  /** Whether the post step knows the instance. */
  readonly stateSaved: boolean;
}

/**
 * The error of a create that has begun to send requests. It may be the only text that names the
 * instance: it says what still exists and how it will be deleted.
 */
export function namingWhatIsLeft(
  error: unknown,
  { name, deleteAfterJob }: CreateRequest,
  { created, stateSaved }: Course,
): unknown {
  if (error instanceof CancelledError) {
    const left =
      created === undefined
        ? `Instance '${name}' may have been created`
        : `${capitalized(label(created))} was created`;
    const how = deleteAfterJob
      ? 'The post step of this step deletes it'
      : `It will not be deleted automatically: ${howToDelete(created?.id, name)}, or set 'delete-after-job'`;
    return new ActionError(`${error.message}. ${left}. ${how}.`, { cause: error });
  }
  if (error instanceof RunnerFileError && created !== undefined) {
    const next =
      deleteAfterJob && stateSaved
        ? 'The post step of this step deletes it'
        : `Delete it with operation 'delete' and instance-id '${created.id}'`;
    return new ActionError(
      `${error.message}. ${capitalized(label(created))} was created, but later steps may not get its password, which Aura returns only once. ${next}.`,
      { cause: error.cause },
    );
  }
  return error;
}

/** By its name, an instance of another job would be deleted too. */
function howToDelete(id: string | undefined, name: string): string {
  return id === undefined
    ? `look for it in the Aura console, or use operation 'delete' with name '${name}' if no other job uses this name`
    : `use operation 'delete' with instance-id '${id}'`;
}

/** The error of a create that says what `replace` has deleted, if no instance takes its place. */
export function namingReplaced(
  error: unknown,
  task: string,
  replaced: readonly InstanceSummary[],
): unknown {
  const told = inWords(task, error);
  if (replaced.length === 0 || !(told instanceof ActionError)) return error;
  const ids = replaced.map(label).join(', ');
  const { happened, next, cause } = told;
  const deleted = `Deleted before, for 'if-exists: replace': ${ids}.`;
  return new ActionError(`${happened} ${deleted}`, { next, cause });
}
