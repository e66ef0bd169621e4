import { listed } from '../api/label.ts';
import type { Instance } from '../api/types.ts';
import { ActionError } from '../../core/errors.ts';
import { matchesGlobInAnyCase } from '../../core/inputs/glob.ts';
import type { GuardSettings } from '../inputs/request.ts';

/** The intended instance. Unknown fields are not compared. */
export interface Meant {
  readonly id: string;
  readonly name?: string | undefined;
  readonly tenantId?: string | undefined;
  /** By Aura's clock, in epoch milliseconds: for a minute after it a 404 means "not yet". */
  readonly createdAt?: number | undefined;
  /** By this process's clock: when Aura returned its id. Used if Aura returns no creation time. */
  readonly knownSince?: number | undefined;
}

/** What was read is not the instance that is meant. */
export class OtherInstanceError extends ActionError {}

/** Decides what this step may change; no other code does. */
export interface Guard extends Pick<GuardSettings, 'dryRun' | 'tenant'> {
  /**
   * Compares an instance that was read with the intended one. Call it right before a change, and
   * again after every wait.
   *
   * @param advice the end of the error; default: that it was not changed.
   * @throws {@link OtherInstanceError}
   */
  readonly expect: (meant: Meant, read: Instance, advice?: string) => void;
  /**
   * @param what what the step would have done, to follow "Nothing was"; default: `deleted`.
   * @throws {@link ActionError} if a pattern protects instances of this name.
   */
  readonly assertUnprotected: (name: string, what?: string) => void;
  /** The pattern of `protected-names` that matches the name. */
  readonly protectingPattern: (name: string) => string | undefined;
  /**
   * Stops a step that would delete too many instances: probably something is wrong.
   *
   * @param instances each as the error names it.
   * @throws {@link ActionError} if they are more than `max-deletions`.
   */
  readonly assertFew: (instances: readonly string[]) => void;
}

/** The guard of a step. */
export function createGuard({
  dryRun,
  tenant,
  protectedNames,
  maxDeletions,
}: GuardSettings): Guard {
  const protectingPattern = (name: string): string | undefined =>
    protectedNames.find((pattern) => matchesGlobInAnyCase(pattern, name));
  return {
    dryRun,
    tenant,
    expect: assertMeant,
    protectingPattern,
    assertUnprotected: (name, what = 'deleted') => {
      const pattern = protectingPattern(name);
      if (pattern === undefined) return;
      throw new ActionError(
        `Instance '${name}' is protected: its name matches '${pattern}' of input 'protected-names'. Nothing was ${what}.`,
        { next: "Remove the pattern from 'protected-names' only if nobody needs the instance." },
      );
    },
    assertFew: (instances) => {
      if (instances.length <= maxDeletions) return;
      throw new ActionError(
        `This would delete ${instances.length} instances (${listed(instances)}), more than 'max-deletions: ${maxDeletions}'. Nothing was deleted.`,
        { next: "Check the instances, and increase 'max-deletions' only if nobody needs them." },
      );
    },
  };
}

function assertMeant(
  { name, tenantId }: Meant,
  read: Instance,
  advice = 'It was not changed; check the inputs.',
): void {
  if (name !== undefined && read.name !== name) {
    throw new OtherInstanceError(
      `Instance ${read.id} is named '${read.name}', not '${name}'. ${advice}`,
    );
  }
  if (tenantId !== undefined && read.tenantId !== tenantId) {
    throw new OtherInstanceError(
      `Instance ${read.id} belongs to tenant ${read.tenantId}, not to ${tenantId}. ${advice}`,
    );
  }
}
