import type { AuraClient } from '../../api/client.ts';
import type { Instance } from '../../api/types.ts';
import type { Clock } from '../../../core/time/clock.ts';
import type { Goal } from '../await.ts';

/** A change of an existing instance, as data. */
export interface ChangeSpec {
  /** The change, to follow "Could not": `pause`, `set memory 8GB of`. */
  readonly verb: string;
  /** The instance after the change, to follow "is": `paused`, `set to memory 8GB`. */
  readonly result: string;
  /** What an error names if Aura has not accepted: the whole instance, or one of several values. */
  readonly scope: 'instance' | 'value';
  /** Whether nothing is left to do. */
  readonly done: (instance: Instance) => boolean;
  /** Whether Aura may accept the change now. */
  readonly ready: (instance: Instance) => boolean;
  /** Whether the status shows that the change has begun. */
  readonly underWay: (instance: Instance) => boolean;
  /** Whether the same change, begun by another process, is as good as this one. */
  readonly joins: boolean;
  /**
   * After a lost answer: `repeat` to send again until the values show it, or `watch` to look at the
   * status for a minute first, and send again only once.
   */
  readonly onLost: 'repeat' | 'watch';
  /** What to do if Aura refuses because the instance is paused; undefined if this cannot be why. */
  readonly ifPaused?: string;
  /** The name that the change gives to the instance. */
  readonly newName?: string;
  /** @throws ActionError if the instance, as read right before, must not be changed. */
  readonly assertAllowed?: (instance: Instance) => void;
  /** @param instance as it was read right before. */
  readonly send: (client: AuraClient, instance: Instance) => Promise<void>;
  /** The instance right after Aura has accepted, as far as it is known. */
  readonly accepted: (instance: Instance) => Instance;
  /** The end of the wait; undefined if there is nothing to wait for. */
  readonly goal: ((clock: Clock, before: Instance) => Goal) | undefined;
}

/** A change from one status to another, which can be requested for several instances at once. */
export interface StatusChange extends ChangeSpec {
  readonly verb: 'pause' | 'resume';
  /** The statuses during the change and after it. */
  readonly via: string;
  readonly to: 'running' | 'paused';
}
