import type { InstanceSummary } from '../../api/types.ts';
import { countOf } from '../../api/label.ts';
import { formatAge } from '../../../core/time/clock.ts';
import type { MainSession } from '../../session/session.ts';
import type { Judgement } from './judge.ts';

/** An instance of the tenant, and the judgement on it. */
export interface Judged {
  readonly instance: InstanceSummary;
  readonly judgement: Judgement;
}

/** What happened to an instance, in the order of the rows. */
const decisions = ['failed', 'deleted', 'being deleted', 'would be deleted', 'kept'] as const;

/** Writes a table of all judged instances to the job summary: what was deleted, what stays and why. */
export function summarize(session: MainSession, judged: readonly Judged[]): void {
  const { report, guard, client } = session;
  const now = client.serverClock.now();
  const rows = judged.map(({ instance, judgement }) => {
    const { decision, reason } = resultOf(session, { instance, judgement });
    const { name, id, createdAt } = instance;
    const age = now === undefined || createdAt === undefined ? '' : formatAge(now - createdAt);
    return { decision, cells: [name, id, age, decision, reason] };
  });
  const deleted = rows.filter(({ decision }) => decision !== 'kept' && decision !== 'failed');
  const verb = guard.dryRun ? 'would delete' : 'deleted';
  report.summary({
    title: `Neo4j Aura: sweep ${verb} ${deleted.length} of ${countOf(rows.length)}`,
    header: ['Instance', 'Id', 'Age', 'Decision', 'Reason'],
    rows: decisions.flatMap((decision) =>
      rows.filter((row) => row.decision === decision).map(({ cells }) => cells),
    ),
  });
}

function resultOf(
  { ledger, guard }: MainSession,
  { instance: { id, name }, judgement }: Judged,
): { readonly decision: (typeof decisions)[number]; readonly reason: string } {
  const { reason } = judgement;
  const { error, status, changed = false } = ledger.resultOf(id) ?? {};
  if (error !== undefined) return { decision: 'failed', reason: error };
  if (!judgement.stale) return { decision: 'kept', reason };
  const pattern = guard.protectingPattern(name);
  if (pattern !== undefined) {
    return { decision: 'kept', reason: `its name matches '${pattern}' of 'protected-names'` };
  }
  if (status === 'deleted') return { decision: 'deleted', reason };
  if (changed) return { decision: 'being deleted', reason };
  return { decision: guard.dryRun ? 'would be deleted' : 'kept', reason };
}
