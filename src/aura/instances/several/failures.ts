import { inWords } from '../../api/advice.ts';
import { countOf, cutMessage } from '../../api/label.ts';
import { ActionError, CancelledError } from '../../../core/errors.ts';
import type { Meant } from '../../session/guard.ts';
import type { Session } from '../../session/session.ts';

/** GitHub cuts an annotation at 4096 characters; each of these has up to 300. */
const mostTold = 10;

/** The failures with several instances; one does not stop the work on the others. */
export interface Failures {
  /** Works on one instance, and records a failure instead of throwing it. */
  readonly attempt: (one: Meant, work: () => Promise<void>) => Promise<void>;
  readonly note: (one: Meant, error: unknown) => void;
  /**
   * Ends the work on `all` instances.
   *
   * @throws a single failure unchanged, or one ActionError with all of them; a cancellation, or an
   *   error that is about the whole step, comes first.
   */
  readonly raise: (all: number) => void;
}

/** @param verb follows "Could not": `pause`. */
export function collectFailures({ ledger, report }: Session, verb: string): Failures {
  const reasons: Error[] = [];
  const note = (one: Meant, error: unknown): void => {
    const told = inWords(ledger.task(one), error);
    reasons.push(told);
    // A cancelled step says where each instance is, and fails as a whole.
    if (!(told instanceof CancelledError)) ledger.failed(one.id, told.message);
  };
  return {
    note,
    attempt: async (one, work) => {
      try {
        await work();
      } catch (error) {
        note(one, error);
      }
    },
    raise: (all) => {
      const [first] = reasons;
      if (first === undefined) return;
      const telling = reasons.find((reason) => !(reason instanceof ActionError)) ?? first;
      if (reasons.length === 1 || !(telling instanceof ActionError)) throw telling;
      const messages = reasons.map(({ message }) => message);
      const cut = messages.slice(0, mostTold).filter((message) => cutMessage(message) !== message);
      for (const message of [...cut, ...messages.slice(mostTold)]) report.info(message);
      const more = messages.length - mostTold;
      const end = more > 0 ? [`The log and the output 'instances' name ${more} more.`] : [];
      throw new ActionError(
        [
          `Could not ${verb} ${reasons.length} of ${countOf(all)}:`,
          ...messages.slice(0, mostTold).map(cutMessage),
          ...end,
        ].join('\n'),
        { cause: first },
      );
    },
  };
}
