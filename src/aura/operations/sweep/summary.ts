import type { InstanceSummary } from '../../api/types.ts';
import { countOf, cutMessage } from '../../api/label.ts';
import { type Inline, inline, prose, unbroken } from '../../../core/runner/markdown.ts';
import type { Block } from '../../../core/runner/summary.ts';
import { formatAge } from '../../../core/time/clock.ts';
import type { SweepRequest } from '../../inputs/request.ts';
import type { MainSession } from '../../session/session.ts';
import { withoutTask } from '../../session/summary/failure.ts';
import { type Judgement, whyNotConsidered } from './judge.ts';

/** An instance of the tenant, and the judgement on it. */
export interface Judged {
  readonly instance: InstanceSummary;
  readonly judgement: Judgement;
}

/** The instances of the tenant. */
interface Sorted {
  readonly judged: readonly Judged[];
  readonly notConsidered: readonly InstanceSummary[];
}

/** What happened to an instance, in the order of the rows. */
const decisions = ['failed', 'deleted', 'being deleted', 'would be deleted', 'kept'] as const;
type Decision = (typeof decisions)[number];

/** Writes to the job summary what was deleted, what stays and why. */
export function summarize(
  session: MainSession,
  request: SweepRequest,
  { judged, notConsidered }: Sorted,
): void {
  const { report, guard, client } = session;
  const now = client.serverClock.now();
  const rows = judged.map(({ instance, judgement }) => {
    const { decision, reason } = resultOf(session, { instance, judgement });
    const { name, id, createdAt } = instance;
    const age = now === undefined || createdAt === undefined ? '' : inMinutes(now - createdAt);
    return {
      decision,
      cells: [inline`${name}`, inline`${id}`, unbroken(age), shown(decision), prose(reason)],
    };
  });
  const begun = rows.filter(({ decision }) => decision !== 'kept' && decision !== 'failed');
  const counted = request.wait
    ? begun.filter(({ decision }) => decision !== 'being deleted')
    : begun;
  const counts = inline`${counted.length} of ${prose(countOf(rows.length))}`;
  const sorted = decisions.flatMap((decision) =>
    rows.filter((row) => row.decision === decision).map(({ cells }) => cells),
  );
  report.summary({
    title: titleOf(rows.length === 0, guard.dryRun, { counts, wait: request.wait }),
    blocks: [
      ...tableOf(sorted, request),
      ...describeOthers(notConsidered, request),
      ...(begun.length > 0 && !guard.dryRun
        ? [
            {
              text: inline`Deleted instances cannot be restored.`,
            },
          ]
        : []),
    ],
  });
}

function titleOf(
  isEmpty: boolean,
  dryRun: boolean,
  { counts, wait }: { readonly counts: Inline; readonly wait: boolean },
): Inline {
  if (dryRun) return inline`Would delete ${counts}`;
  if (isEmpty) return inline`Neo4j Aura: nothing to sweep`;
  return wait
    ? inline`Neo4j Aura: sweep deleted ${counts}`
    : inline`Neo4j Aura: sweep is deleting ${counts}`;
}

function inMinutes(milliseconds: number): string {
  return formatAge(Math.floor(milliseconds / 60_000) * 60_000);
}

function tableOf(
  rows: readonly (readonly Inline[])[],
  { repository, namePattern }: SweepRequest,
): readonly Block[] {
  if (rows.length === 0) {
    const which =
      namePattern === undefined
        ? inline`of the tenant belongs to ${repository}`
        : inline`that a sweep of ${repository} may delete matches ${namePattern}`;
    return [{ text: inline`No instance ${which}.` }];
  }
  const header = [inline`Instance`, inline`Id`, inline`Age`, inline`Decision`, inline`Reason`];
  return [{ table: { header, rows, numbers: [2] } }];
}

function describeOthers(
  others: readonly InstanceSummary[],
  request: SweepRequest,
): readonly Block[] {
  if (others.length === 0) return [];
  const rows = others.map(({ name, id }) => [
    inline`${name}`,
    inline`${id}`,
    prose(whyNotConsidered(name, request)),
  ]);
  const were = others.length === 1 ? 'was' : 'were';
  return [
    {
      details: {
        title: `${countOf(others.length)} ${were} not considered`,
        blocks: [
          {
            table: {
              header: [inline`Instance`, inline`Id`, inline`Reason`],
              rows,
            },
          },
        ],
      },
    },
  ];
}

function shown(decision: Decision): Inline {
  return decision === 'failed' ? inline`**failed**` : prose(decision);
}

function resultOf(
  { ledger, guard }: MainSession,
  { instance: { id, name }, judgement }: Judged,
): { readonly decision: Decision; readonly reason: string } {
  const { reason } = judgement;
  const { error, status, changed = false } = ledger.resultOf(id) ?? {};
  if (error !== undefined) {
    const why = withoutTask(error, ledger.task({ id, name }));
    return { decision: 'failed', reason: cutMessage(why) };
  }
  if (!judgement.stale) return { decision: 'kept', reason };
  const pattern = guard.protectingPattern(name);
  if (pattern !== undefined) {
    return { decision: 'kept', reason: `its name matches '${pattern}' of 'protected-names'` };
  }
  if (status === 'deleted') return { decision: 'deleted', reason };
  if (changed) return { decision: 'being deleted', reason };
  return { decision: guard.dryRun ? 'would be deleted' : 'kept', reason };
}
