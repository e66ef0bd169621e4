import { capitalized, countOf, label } from '../../api/label.ts';
import type { InstanceSummary } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { SweepRequest } from '../../inputs/request.ts';
import { type Read, readEach, removeSeveral } from '../../instances/several/remove.ts';
import { assertTenantVisible, resolveTenantToSearch } from '../../instances/tenant.ts';
import type { MainSession } from '../../session/session.ts';
import { askGitHub, createLastCheck } from './ask.ts';
import { isConsidered } from './judge.ts';
import { type Judged, summarize } from './summary.ts';

/**
 * Deletes the instances of this repository that nobody needs any longer. GitHub is asked twice: after
 * the instances were listed, and again after the stale ones were read; and once more before a
 * deletion that comes late. Only what all answers call stale is deleted.
 *
 * @throws ActionError if GitHub does not answer completely or too many instances are stale, and then
 *   nothing is deleted; or with each instance whose deletion failed.
 */
export async function sweep(session: MainSession, request: SweepRequest): Promise<void> {
  const { report, ledger, patience } = session;
  report.outputs({ changed: false });
  const listed = await listInstances(session);
  const considered = listed.filter(({ name }) => isConsidered(name, request));
  const notConsidered = listed.filter(({ name }) => !isConsidered(name, request));
  const first = await judgeAll(session, request, considered);
  const stale = first.flatMap(({ instance, judgement }) => (judgement.stale ? [instance] : []));
  const reads = await readEach(session, stale);
  const askedAt = patience.clock.now();
  const again = await judgeAgain(session, request, { stale, reads });
  const judged = new Map([...first, ...again].map((one) => [one.instance.id, one]));
  await sayJudgements(session, [...judged.values()]);
  const due = reads.filter(({ meant }) => judged.get(meant.id)?.judgement.stale === true);
  ledger.open(
    due.map(({ meant }) => meant),
    'several',
  );
  if (due.length === 0) report.notice(describeNothing(request, judged.size));
  try {
    const whyKept = createLastCheck(session, request, { askedAt, judged });
    const { wait } = request;
    const notice = { summarized: true } as const;
    if (due.length > 0) await removeSeveral(session, due, { wait, named: false, whyKept, notice });
  } finally {
    summarize(session, request, { judged: [...judged.values()], notConsidered });
  }
}

function sayJudgements({ report }: MainSession, judged: readonly Judged[]): Promise<void> {
  return report.group(`Checking ${countOf(judged.length)}`, () => {
    for (const { instance, judgement } of judged) {
      const what = capitalized(label(instance));
      report.info(`${what} is ${judgement.stale ? 'stale' : 'kept'}: ${judgement.reason}.`);
    }
    return Promise.resolve();
  });
}

/** All instances of the tenant. */
async function listInstances(session: MainSession): Promise<readonly InstanceSummary[]> {
  const tenantId = await resolveTenantToSearch(session);
  session.report.outputs({ tenant: tenantId });
  const all = await session.client.listInstances(tenantId);
  const listed = all.filter((instance) => instance.tenantId === tenantId);
  if (listed.length === 0) await assertTenantVisible(session, tenantId);
  return listed;
}

/** Asks GitHub what is needed, and judges the instances; without any, it does not ask. */
async function judgeAll(
  session: MainSession,
  request: SweepRequest,
  instances: readonly InstanceSummary[],
): Promise<readonly Judged[]> {
  if (instances.length === 0) return [];
  try {
    const judge = await askGitHub(session, request);
    return instances.map((instance) => ({ instance, judgement: judge(instance) }));
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    throw new ActionError(`${error.message} Nothing was deleted.`, { cause: error });
  }
}

/** Judges the stale instances again, as they were read. One with a new name has a new owner. */
async function judgeAgain(
  session: MainSession,
  request: SweepRequest,
  { stale, reads }: { readonly stale: readonly InstanceSummary[]; readonly reads: readonly Read[] },
): Promise<readonly Judged[]> {
  const judged = await judgeAll(session, request, stale);
  return judged.map(({ instance, judgement }, index) => {
    const name = reads[index]?.instance?.name ?? instance.name;
    const renamed = { stale: false, reason: `it is now named '${name}'` };
    return { instance, judgement: name === instance.name ? judgement : renamed };
  });
}

function describeNothing({ repository, namePattern }: SweepRequest, count: number): string {
  if (count > 0) return `Nothing to sweep: ${countOf(count)} checked, none is stale.`;
  const which =
    namePattern === undefined
      ? `of the tenant belongs to ${repository}`
      : `that a sweep of ${repository} may delete matches '${namePattern}'`;
  return `Nothing to sweep: no instance ${which}.`;
}
