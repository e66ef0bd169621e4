import { capitalized, countOf, listed, onOneLine, shortLabel } from '../../api/label.ts';
import type { Instance, InstanceSummary, UnreadableEntry } from '../../api/types.ts';
import { matchesGlob } from '../../../core/inputs/glob.ts';
import type { Several } from '../../inputs/request.ts';
import type { Meant } from '../../session/guard.ts';
import type { Session } from '../../session/session.ts';
import { assertTenantVisible, resolveTenant, resolveTenantToSearch } from '../tenant.ts';

/**
 * Finds the instances that the inputs select, and opens their entries in the ledger. Ids are taken as
 * they are, a pattern is compared with the names in the tenant. No match is a success with a notice.
 *
 * @throws ActionError for the tenant; RequestError if Aura refuses.
 */
export async function findSeveral(session: Session, several: Several): Promise<readonly Meant[]> {
  const { report, ledger } = session;
  report.outputs({ changed: false });
  const meant =
    several.ids === undefined
      ? await findMatching(session, several.pattern)
      : await asMeant(session, several.ids);
  ledger.open(meant, 'several');
  if (meant.length === 0) {
    report.notice(
      `No instance of the tenant matches '${several.pattern ?? ''}' ('name-pattern'); nothing to do.`,
    );
  }
  return meant;
}

async function asMeant(session: Session, ids: readonly string[]): Promise<readonly Meant[]> {
  const given = session.guard.tenant.wanted !== undefined;
  const tenantId = given ? await resolveTenant(session) : undefined;
  return ids.map((id) => ({ id, tenantId }));
}

async function findMatching(
  session: Session,
  pattern: string,
): Promise<readonly InstanceSummary[]> {
  const tenantId = await resolveTenantToSearch(session);
  const unreadable: UnreadableEntry[] = [];
  const all = await session.client.listInstances(tenantId, (entry) => unreadable.push(entry));
  const odd = unreadable.filter(
    (entry) =>
      (entry.tenantId ?? tenantId) === tenantId &&
      entry.name !== undefined &&
      matchesGlob(pattern, entry.name),
  );
  if (odd.length > 0) {
    session.report.warning(
      `Skipped in Aura's list of instances, because they match '${pattern}' but cannot be read: ${listed(odd.map(({ description }) => description))}. Look at them in the Aura console.`,
    );
  }
  const found = all.filter(
    (instance) => instance.tenantId === tenantId && matchesGlob(pattern, instance.name),
  );
  if (found.length === 0) await assertTenantVisible(session, tenantId);
  session.report.outputs({ tenant: tenantId });
  return found;
}

interface Done {
  readonly verb: 'pause' | 'resume' | 'delete';
  readonly wait: boolean;
  /** Whether the job summary names all of them. */
  readonly summarized?: true;
}

/** The status at the end of each change. */
const ends = { pause: 'paused', resume: 'running', delete: 'deleted' } as const;

/**
 * Says in one notice what was done with several instances, or would be in a dry run; also before a
 * failure with others.
 *
 * @param due the instances that had to be changed.
 */
export function sumUp(
  { report, guard, ledger }: Session,
  due: readonly Instance[],
  { verb, wait, summarized }: Done,
): void {
  const changed = guard.dryRun
    ? due
    : due.filter(({ id }) => {
        const { changed: isChanged, error, status } = ledger.resultOf(id) ?? {};
        return isChanged === true && error === undefined && (!wait || status === ends[verb]);
      });
  if (guard.dryRun) for (const { id } of due) ledger.due(id);
  if (changed.length === 0) {
    if (due.length === 0) report.info(`Nothing was changed: no instance had to be ${verb}d.`);
    return;
  }
  const names = listed(changed.map(shortLabel), summarized && 'see the summary');
  const which = `${countOf(changed.length)}: ${names}`;
  if (guard.dryRun) report.notice(`Dry run: would ${verb} ${which}.`);
  else if (wait) report.notice(`${capitalized(verb)}d ${which}.`);
  else report.notice(`Aura has accepted the request to ${verb} ${which}.`);
}

/** The same session with the instance in front of each log line. */
export function speakingOf(
  session: Session,
  { name, id }: { readonly id: string; readonly name?: string | undefined },
): Session {
  const who = name === undefined ? id : `${onOneLine(name)} (${id})`;
  const info = (text: string): void => {
    session.report.info(`${who}: ${text}`);
  };
  return alongside({ ...session, report: { ...session.report, info } });
}

/** The same session for one of several instances, which has no phase of its own in the log. */
export function alongside(session: Session): Session {
  return { ...session, alongside: true };
}

/** Together the reads of many instances need no more than 100 requests a minute. */
const shareMilliseconds = 600;

/**
 * The least time between two reads of one instance, if so many are read in turn.
 *
 * @returns milliseconds.
 */
export function shareAmong(count: number): number {
  return count * shareMilliseconds;
}

/** So many requests are sent at once. */
const burst = 10;

/**
 * Begins the work on each instance: a few at once, the others one after the other, so that the step
 * leaves room within Aura's limit for the steps before and after it.
 *
 * @param requests that the work on one instance sends at first.
 * @returns the results, in the same order.
 */
export function inTurn<T, R>(
  { patience: { clock, deadline, signal } }: Session,
  all: readonly T[],
  { requests, work }: { readonly requests: number; readonly work: (one: T) => Promise<R> },
): readonly Promise<R>[] {
  return all.map(async (one, index) => {
    const wait = shareAmong(Math.max(0, index * requests - burst));
    const left = deadline - clock.now();
    if (wait > 0) await clock.sleep(Math.max(0, Math.min(wait, left)), signal);
    return work(one);
  });
}

/** From here on the usual gap between two polls of one instance is too short. */
const manyBusy = 15;

/**
 * The same session for one of several instances that are worked on side by side.
 *
 * @param busy counts the instances that may be polled at the same time.
 */
export function sharing(session: Session, busy: () => number): Session {
  const { patience } = session;
  return {
    ...alongside(session),
    patience: {
      ...patience,
      get pollInterval() {
        const count = busy();
        return count > manyBusy
          ? Math.max(patience.pollInterval ?? 0, shareAmong(count))
          : patience.pollInterval;
      },
    },
  };
}
