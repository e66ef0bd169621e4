import { isTooSmall, saidOf } from '../../api/advice.ts';
import { label } from '../../api/label.ts';
import { deadEnd } from '../../api/statuses.ts';
import type { Instance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { maxAttempts } from '../../../core/http/retry.ts';
import { createTolerance } from '../../../core/http/tolerance.ts';
import { formatDuration } from '../../../core/time/clock.ts';
import { type Verdict, again, done, poll } from '../../../core/time/patience.ts';
import type { Progress } from '../../../core/time/progress.ts';
import type { Session } from '../../session/session.ts';
import type { ChangeSpec } from './spec.ts';
import type { Found } from '../find.ts';
import { inPhase } from '../phase.ts';
import { type Sight, watch } from '../watch.ts';

/** How long after a lost answer the status may still not show that Aura has accepted. */
const showsWithinMilliseconds = 60_000;

/** Aura has accepted a change, or it was not needed. */
export interface Acceptance {
  readonly instance: Instance;
  /** The instance as it was read before the change. */
  readonly before: Instance;
  /** Whether this step requested the change; otherwise another process did. */
  readonly sent: boolean;
  /** Whether `instance` was read; otherwise it follows from Aura's answer. */
  readonly seen: boolean;
}

/**
 * Requests a change until Aura has accepted it.
 *
 * @throws ActionError if the instance cannot be changed; RequestError if Aura refuses.
 */
export function getAccepted(
  session: Session,
  { instance: first, meant }: Found,
  spec: ChangeSpec,
): Promise<Acceptance> {
  const { patience, guard } = session;
  const title = `Waiting until Aura accepts the request to ${spec.verb} ${label(first)}`;
  return inPhase(session, title, (progress) => {
    const trial = new Trial(session, { spec, first, progress });
    return poll<Sight, Acceptance, RequestError>(patience, {
      first: { reading: first },
      read: watch(session, { id: meant.id }, first),
      judge: (sight) => {
        if (sight === 'unclear') return again();
        if (sight === 'gone') throw trial.failed('it was deleted in the meantime.');
        guard.expect(trial.isRenamed(sight) ? { ...meant, name: sight.name } : meant, sight);
        return trial.judge(sight);
      },
      overdue: (trouble) => {
        throw trial.overdue(trouble);
      },
      tolerance: createTolerance(patience),
      beat: progress.beat,
    });
  });
}

interface TrialOptions {
  readonly spec: ChangeSpec;
  /** The instance as it was read first. */
  readonly first: Instance;
  readonly progress: Progress;
}

/** A request without a readable answer: Aura may have accepted it. */
interface Lost {
  /** When the answer was lost, in epoch milliseconds. */
  readonly at: number;
  readonly error: RequestError;
  readonly times: number;
}

/** The requests for one change, and what became of them. */
class Trial {
  readonly #session: Session;
  readonly #spec: ChangeSpec;
  readonly #task: string;
  readonly #say: (state: string) => void;
  #last: Instance;
  #lost: Lost | undefined;
  /** The last refusal after which it makes sense to try again, and how many there were. */
  #refusal: RequestError | undefined;
  #refusals = 0;

  constructor(session: Session, { spec, first, progress }: TrialOptions) {
    this.#session = session;
    this.#spec = spec;
    this.#task = `${spec.verb} ${label(first)}`;
    this.#say = progress.note;
    this.#last = first;
  }

  failed(why: string, more: { next?: string; cause?: Error | undefined } = {}): ActionError {
    return new ActionError(`Could not ${this.#task}: ${why}`, more);
  }

  /** Whether it shows the new name, after a request for it. */
  isRenamed({ name }: Instance): boolean {
    return this.#lost !== undefined && name === this.#spec.newName;
  }

  async judge(sight: Instance): Promise<Verdict<Acceptance>> {
    const spec = this.#spec;
    const before = this.#last;
    this.#last = sight;
    const isLost = this.#lost !== undefined;
    if (spec.done(sight) || (spec.underWay(sight) && (spec.joins || isLost))) {
      return done({ instance: sight, before, sent: isLost, seen: true });
    }
    const why = deadEnd(sight.status);
    if (why !== undefined) {
      throw this.failed(`its status is '${sight.status}' (${why}).`, {
        next: 'Look at it in the Aura console.',
      });
    }
    if (!spec.ready(sight)) {
      this.#say(`waiting, because its status is '${sight.status}'`);
      return again();
    }
    if (this.#mayStillShow()) return again();
    return this.#send(sight);
  }

  /** Whether the status may still show that Aura accepted the request whose answer was lost. */
  #mayStillShow(): boolean {
    const lost = this.#lost;
    if (lost === undefined || this.#spec.onLost === 'repeat') return false;
    if (this.#session.patience.clock.now() - lost.at < showsWithinMilliseconds) return true;
    if (lost.times > 1) throw lost.error;
    return false;
  }

  async #send(sight: Instance): Promise<Verdict<Acceptance>> {
    const spec = this.#spec;
    spec.assertAllowed?.(sight);
    try {
      await spec.send(this.#session.client, sight);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.transient && error.effect === 'unknown') return this.#noteLost(error);
      if (!this.#meansAccepted(error)) return this.#noteRefusal(error, sight);
    }
    return done({ instance: spec.accepted(sight), before: sight, sent: true, seen: false });
  }

  #noteLost(error: RequestError): Verdict<Acceptance> {
    const times = (this.#lost?.times ?? 0) + 1;
    if (isTooSmall(error) || times >= maxAttempts) throw error;
    this.#lost = { at: this.#session.patience.clock.now(), error, times };
    this.#say(`unclear whether Aura has accepted: ${error.message}`);
    return again();
  }

  /** After a lost answer, Aura refuses a second request because it has accepted the first. */
  #meansAccepted(error: RequestError): boolean {
    const isRepeated = this.#lost !== undefined && this.#spec.onLost === 'watch';
    return isRepeated && error.status === 409 && !error.hasReason('snapshot-not-allowed');
  }

  /** @throws the refusal, unless Aura may accept the same request later. */
  #noteRefusal(error: RequestError, sight: Instance): Verdict<Acceptance> {
    const { ifPaused } = this.#spec;
    const { status = 0 } = error;
    const aboutAccess = [401, 403, 404, 429].includes(status);
    const isBusy = error.hasReason('ongoing-database-operation');
    if (sight.status === 'paused' && ifPaused !== undefined && !aboutAccess && !isBusy) {
      throw this.failed(`${error.message}. The instance is paused.`, {
        next: ifPaused,
        cause: error,
      });
    }
    if (status !== 409) throw error;
    // Another operation is in progress, or the status has just changed.
    if (!isBusy) this.#refusals += 1;
    if (this.#refusals >= maxAttempts) throw error;
    this.#refusal = error;
    this.#say(`not accepted yet: ${error.message}`);
    return again(2);
  }

  overdue(trouble: RequestError | undefined): ActionError {
    const { patience } = this.#session;
    const waited = formatDuration(patience.clock.now() - patience.begin);
    const is = `its status is '${this.#last.status}' after ${waited}`;
    const lost = this.#lost;
    if (lost === undefined) {
      const said = saidOf(trouble ?? this.#refusal);
      return this.failed(`${is}${said}. The ${this.#spec.scope} was not changed.`, {
        next: "Try again, or increase 'timeout'.",
        cause: trouble ?? this.#refusal,
      });
    }
    const next = `Aura may have accepted the request: look at the instance with operation 'poll' and instance-id '${this.#last.id}', or increase 'timeout'.`;
    return this.failed(`${is}, and no answer was clear: ${lost.error.message}.`, {
      next,
      cause: lost.error,
    });
  }
}
