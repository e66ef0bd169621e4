import { inWords } from '../../api/advice.ts';
import { label } from '../../api/label.ts';
import type { Instance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { formatDuration } from '../../../core/time/clock.ts';
import type { Patience } from '../../../core/time/patience.ts';
import { change } from '../../instances/change/change.ts';
import { requestsOf } from '../../instances/change/resize-requests.ts';
import type { NewValues } from '../../instances/change/resize-values.ts';
import type { Meant } from '../../session/guard.ts';
import type { Session } from '../../session/session.ts';
import { type Outcome, compare } from './compare.ts';
import type { Plan } from './plan.ts';

/**
 * The values that Aura does not accept in a create, by input; they are set as a resize sets them.
 * Source: clients of the Aura API.
 */
function laterValues({
  secondaries,
  cdcEnrichmentMode,
}: Plan): readonly (readonly [input: string, values: NewValues])[] {
  return [
    ['secondaries', { secondaries }],
    ['cdc-enrichment-mode', { cdcEnrichmentMode }],
  ];
}

/**
 * The last part of a copy that runs: sets what a create cannot set, then compares. A refusal is only
 * a warning, because the instance exists and can be used.
 *
 * @throws ActionError if the instance cannot be changed for another reason.
 */
export async function finishCopy(
  session: Session,
  plan: Plan,
  { instance, meant }: { readonly instance: Instance; readonly meant: Meant },
): Promise<void> {
  const { patience } = session;
  const outcomes = new Map<string, Outcome>();
  let current = instance;
  for (const [input, values] of laterValues(plan)) {
    for (const { spec } of requestsOf(values, session.report.info)) {
      if (spec.done(current)) continue;
      try {
        current = await change(session, { instance: current, meant }, { spec, wait: true });
        outcomes.set(input, 'accepted');
      } catch (error) {
        if (!isRefusal(error)) throw inWords(`set '${input}' of ${label(current)}`, error);
        // The warning names the instance.
        outcomes.set(input, { refusal: refusalOf(input, error, patience) });
      }
    }
  }
  const advice = `Set it with operation 'resize' and instance-id '${meant.id}'.`;
  compare(session, { plan, instance: current }, { outcomes, advice });
}

/** Why a value is not set. At the timeout Aura may still be busy with another operation. */
function refusalOf(input: string, error: unknown, { clock, deadline, begin }: Patience): string {
  const refusal = error instanceof ActionError ? error.cause : error;
  const isBusy = refusal instanceof RequestError && refusal.status === 409;
  if (!isBusy || clock.now() < deadline) return inWords(`set '${input}'`, error).message;
  const waited = formatDuration(clock.now() - begin);
  return `It was not set within ${waited} (input 'timeout'): ${refusal.message}.`;
}

/** Aura has refused the value, and the instance is as before. An instance that does not exist has another cause. */
function isRefusal(error: unknown): boolean {
  const refusal = error instanceof ActionError ? error.cause : error;
  if (!(refusal instanceof RequestError)) return false;
  const { status = 0, policy } = refusal;
  // Not a read that failed after Aura had accepted.
  return (
    policy === 'once' && status >= 400 && status < 500 && ![404, 408, 410, 429].includes(status)
  );
}

/** Says which values a copy that is not awaited lacks. */
export function sayWhatIsLeft({ report }: Pick<Session, 'report'>, plan: Plan): void {
  const left = laterValues(plan).flatMap(([, values]) =>
    requestsOf(values, report.info).map(({ words }) => words),
  );
  if (left.length > 0) {
    report.warning(
      `Not set, because this needs a running instance and 'wait' is 'false': ${left.join(', ')}. Use operation 'resize' once it is running.`,
    );
  }
  if (plan.isCopy) report.info("The instance was not compared, because 'wait' is 'false'.");
}
