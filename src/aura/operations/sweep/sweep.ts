import { capitalized, countOf, label } from '../../api/label.ts';
import type { InstanceSummary } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { LiveBranches } from '../../../core/github/live-branches.ts';
import type { SweepRequest } from '../../inputs/request.ts';
import { type Read, readEach, removeSeveral } from '../../instances/several/remove.ts';
import { sumUp } from '../../instances/several/several.ts';
import { assertTenantVisible, resolveTenantToSearch } from '../../instances/tenant.ts';
import type { MainSession } from '../../session/session.ts';
import { type Judgement, createJudge, isConsidered } from './judge.ts';
import { type Judged, summarize } from './summary.ts';

/**
 * Deletes the instances of this repository that nobody needs any longer. GitHub is asked twice: after
 * the instances were listed, and again after the stale ones were read. Only what both answers call
 * stale is deleted.
 *
 * @throws ActionError if GitHub does not answer completely or too many instances are stale, and then
 *   nothing is deleted; or with each instance whose deletion failed.
 */
export async function sweep(session: MainSession, request: SweepRequest): Promise<void> {
  const { report, ledger } = session;
  report.outputs({ changed: false });
  const considered = await listConsidered(session, request);
  const first = await judgeAll(session, request, considered);
  const stale = first.flatMap(({ instance, judgement }) => (judgement.stale ? [instance] : []));
  const reads = await readEach(session, stale);
  const again = await judgeAgain(session, request, { stale, reads });
  const judged = first.map((one) => ({ ...one, ...again.get(one.instance.id) }));
  for (const { instance, judgement } of judged) {
    const what = capitalized(label(instance));
    report.info(`${what} is ${judgement.stale ? 'stale' : 'kept'}: ${judgement.reason}.`);
  }
  const due = reads.filter(({ meant }) => again.get(meant.id)?.judgement.stale === true);
  ledger.open(
    due.map(({ meant }) => meant),
    'several',
  );
  if (due.length === 0) {
    report.notice(describeNothing(request, judged.length));
    return;
  }
  try {
    const { wait } = request;
    const deleted = await removeSeveral(session, due, { wait, named: false });
    sumUp(session, deleted, { verb: 'delete', wait, summarized: true });
  } finally {
    summarize(session, judged);
  }
}

/** The tenant's instances whose names a sweep of this repository judges. */
async function listConsidered(
  session: MainSession,
  request: SweepRequest,
): Promise<readonly InstanceSummary[]> {
  const tenantId = await resolveTenantToSearch(session);
  session.report.outputs({ tenant: tenantId });
  const all = await session.client.listInstances(tenantId);
  const listed = all.filter((instance) => instance.tenantId === tenantId);
  if (listed.length === 0) await assertTenantVisible(session, tenantId);
  return listed.filter(({ name }) => isConsidered(name, request));
}

/** Asks GitHub what is needed, and judges the instances; without any, it does not ask. */
async function judgeAll(
  session: MainSession,
  request: SweepRequest,
  instances: readonly InstanceSummary[],
): Promise<readonly Judged[]> {
  if (instances.length === 0) return [];
  const live = await askGitHub(session, request);
  const judge = createJudge(request, { live, now: session.client.serverClock.now() });
  return instances.map((instance) => ({ instance, judgement: judge(instance) }));
}

/** Judges the stale instances again, as they were read. One with a new name has a new owner. */
async function judgeAgain(
  session: MainSession,
  request: SweepRequest,
  { stale, reads }: { readonly stale: readonly InstanceSummary[]; readonly reads: readonly Read[] },
): Promise<ReadonlyMap<string, { readonly judgement: Judgement }>> {
  const judged = await judgeAll(session, request, stale);
  return new Map(
    judged.map(({ instance, judgement }, index) => {
      const name = reads[index]?.instance?.name ?? instance.name;
      const renamed = { stale: false, reason: `it is now named '${name}'` };
      return [instance.id, { judgement: name === instance.name ? judgement : renamed }];
    }),
  );
}

async function askGitHub(
  { liveBranches }: MainSession,
  { defaultBranches }: SweepRequest,
): Promise<LiveBranches> {
  try {
    return await liveBranches(defaultBranches);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    throw new ActionError(`${error.message} Nothing was deleted.`, { cause: error });
  }
}

function describeNothing({ repository, namePattern }: SweepRequest, count: number): string {
  const which = namePattern === undefined ? '' : ` and match '${namePattern}'`;
  const found = count === 0 ? 'there are none' : `none of the ${countOf(count)} is stale`;
  return `Nothing to sweep: of the instances that belong to ${repository}${which}, ${found}.`;
}
