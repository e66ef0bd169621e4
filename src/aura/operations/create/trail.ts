import type { CreatedInstance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { CreateRequest } from '../../inputs/request.ts';
import { type CreateState, createKey, leftKey } from './state.ts';
import type { PostAccess } from '../../session/post-access.ts';
import type { Meant } from '../../session/guard.ts';
import type { MainSession } from '../../session/session.ts';
import type { Attempt } from '../../instances/find-new.ts';
import { capitalized, label } from '../../api/label.ts';

/** GitHub certainly stores state of this size. */
const largestStateBytes = 16 * 1024;

/** Saves for the post step what a create may have created, in case this process is killed. */
export interface Trail {
  /**
   * Call it right before each POST.
   *
   * @throws {@link ActionError} if the state cannot be saved: then nothing may be sent.
   */
  readonly posting: (attempt: Attempt) => void;
  /** Call it as soon as the id is known. */
  readonly created: (created: CreatedInstance) => void;
  /** Call it if certainly no instance is left. */
  readonly clear: () => void;
  /** Call it when the create ends without being killed: it has then reported everything. */
  readonly end: () => void;
}

/**
 * With `delete-after-job` the post step deletes; otherwise it warns about what a killed step has
 * left behind.
 */
export function createTrail(session: MainSession, request: CreateRequest): Trail {
  const { deleteAfterJob, config, sourceInstanceId } = request;
  const updates = config !== undefined || sourceInstanceId !== undefined;
  return deleteAfterJob ? deletingTrail(session, updates) : warningTrail(session);
}

/** @param updates whether the step changes the instance after it has created it. */
function deletingTrail({ report, patience, openPostAccess }: MainSession, updates: boolean): Trail {
  let access: PostAccess | undefined;
  let attempt: Attempt | undefined;
  const save = (created?: Meant): void => {
    if (attempt === undefined || access === undefined) return;
    const state: CreateState = {
      ...attempt,
      access,
      ...(created && { created }),
      ...(updates && { updates }),
    };
    const text = JSON.stringify(state);
    // Only before the POST: afterwards the id must be saved, which adds little.
    if (created === undefined && Buffer.byteLength(text) > largestStateBytes) {
      throw new ActionError(
        `Could not create instance '${state.name}': ${state.knownIds.length} instances have this name, too many for 'delete-after-job'. Set another 'name'. Nothing was created.`,
      );
    }
    report.saveState(createKey, text);
  };
  return {
    posting: (made) => {
      access ??= openPostAccess();
      attempt = made;
      save();
    },
    created: ({ id, createdAt }) => {
      save({ id, createdAt, knownSince: patience.clock.now() });
    },
    clear: () => {
      report.saveState(createKey, '');
    },
    end: () => undefined,
  };
}

function warningTrail({ report }: MainSession): Trail {
  const how = (target: string): string =>
    `It will not be deleted automatically: use operation 'delete' with ${target}, or set 'delete-after-job'.`;
  const clear = (): void => {
    report.saveState(leftKey, '');
  };
  return {
    posting: ({ name }) => {
      report.saveWarning(
        leftKey,
        `The step was stopped while it created instance '${name}', so the instance may exist. ${how(`name '${name}', if no other job uses this name`)}`,
      );
    },
    created: (created) => {
      report.saveWarning(
        leftKey,
        `The step was stopped after it created an instance. ${capitalized(label(created))} exists. ${how(`instance-id '${created.id}'`)}`,
      );
    },
    clear,
    end: () => {
      try {
        clear();
      } catch {
        // The post step then only repeats what this step has reported.
      }
    },
  };
}
