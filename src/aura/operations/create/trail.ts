import type { CreatedInstance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { CreateRequest } from '../../inputs/request.ts';
import { type CreateState, createKey, leftKey } from './state.ts';
import type { PostAccess } from '../../session/post-access.ts';
import type { Context, MainContext } from '../../session/context.ts';
import type { Attempt } from '../../instances/find-new.ts';
import type { Known } from '../../instances/read-listed.ts';
import { capitalized, label } from '../../api/label.ts';

/** GitHub keeps no more of a step's state than this for sure. */
const largestStateBytes = 16 * 1024;

/** Tells the post step what a create may have made, in case this process is killed. */
export interface Trail {
  /**
   * To be called right before each POST.
   *
   * @throws {@link ActionError} if it cannot be told: then nothing may be sent.
   */
  readonly posting: (attempt: Attempt) => void;
  /** To be called as soon as the id is known. */
  readonly created: (created: CreatedInstance) => void;
  /** To be called where certainly nothing is left. */
  readonly clear: () => void;
  /** To be called when the create has ended without being killed: it has told everything itself. */
  readonly end: () => void;
}

/** With `delete-after-job` the post step deletes; else it warns of what a killed step has left. */
export function createTrail(request: CreateRequest, context: MainContext): Trail {
  return request.deleteAfterJob ? deletingTrail(context) : warningTrail(context);
}

function deletingTrail({ report, patience, openPostAccess }: MainContext): Trail {
  let access: PostAccess | undefined;
  let attempt: Attempt | undefined;
  const save = (created?: Known): void => {
    if (attempt === undefined || access === undefined) return;
    const state: CreateState = { ...attempt, access, ...(created && { created }) };
    const text = JSON.stringify(state);
    // Only before the POST: afterwards the id must be saved, and adds little.
    if (created === undefined && Buffer.byteLength(text) > largestStateBytes) {
      throw new ActionError(
        `Could not create instance '${state.name}': ${state.knownIds.length} instances have that name, which is too much for 'delete-after-job' to remember. Give another 'name'. Nothing was created.`,
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

function warningTrail({ report }: Context): Trail {
  const how = (target: string): string =>
    `It will not be deleted automatically: use operation 'delete' with ${target}, or give 'delete-after-job'.`;
  const clear = (): void => {
    report.saveState(leftKey, '');
  };
  return {
    posting: ({ name }) => {
      report.saveWarning(
        leftKey,
        `The step was stopped while it created instance '${name}', so the instance may exist. ${how(`name '${name}'`)}`,
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
        // The post step then only says again what this step has said.
      }
    },
  };
}
