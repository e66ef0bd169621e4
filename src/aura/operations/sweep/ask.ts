import { label } from '../../api/label.ts';
import { ActionError } from '../../../core/errors.ts';
import type { SweepRequest } from '../../inputs/request.ts';
import type { WhyKept } from '../../instances/remove.ts';
import type { MainSession } from '../../session/session.ts';
import { type Judge, createJudge } from './judge.ts';
import type { Judged } from './summary.ts';

/** A deletion asks GitHub again if the last answer is older than this. */
const usualMilliseconds = 60_000;
/** The same if the step has waited for the instance; deletions of the same moment share an answer. */
const lateMilliseconds = 5_000;

/**
 * Asks GitHub completely which branches are needed.
 *
 * @returns judges instances by the answer.
 * @throws ActionError if GitHub does not answer completely.
 */
export async function askGitHub(
  { liveBranches, client }: MainSession,
  request: SweepRequest,
): Promise<Judge> {
  const live = await liveBranches(request.defaultBranches);
  return createJudge(request, { live, now: client.serverClock.now() });
}

/**
 * The check right before each deletion: a pull request can be opened while the step waits for a busy
 * instance or deletes many others. It asks GitHub only if the last answer is old.
 *
 * @param askedAt when the last question began, in epoch milliseconds by the step's clock.
 * @param judged by id; a changed judgement is recorded in it.
 */
export function createLastCheck(
  session: MainSession,
  request: SweepRequest,
  { askedAt, judged }: { readonly askedAt: number; readonly judged: Map<string, Judged> },
): WhyKept {
  const { clock } = session.patience;
  let last: { readonly at: number; readonly judge?: Promise<Judge> } = { at: askedAt };
  return async (read, late) => {
    const now = clock.now();
    if (now - last.at > (late ? lateMilliseconds : usualMilliseconds)) {
      last = { at: now, judge: askGitHub(session, request) };
    }
    const instance = judged.get(read.id)?.instance ?? read;
    const judgement = (await heard(last.judge, label(instance)))?.(instance);
    if (judgement === undefined || judgement.stale) return undefined;
    judged.set(instance.id, { instance, judgement });
    return judgement.reason;
  };
}

/** @param what the instance that is not deleted without an answer. */
async function heard(answer: Promise<Judge> | undefined, what: string): Promise<Judge | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    throw new ActionError(
      `Could not delete ${what}: GitHub could not be asked again whether it is needed. ${error.message}`,
      { cause: error },
    );
  }
}
