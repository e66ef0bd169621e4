import { capitalized, countOf, label } from '../../api/label.ts';
import type { Several } from '../../inputs/request.ts';
import type { Meant } from '../../session/guard.ts';
import type { Tally } from '../../session/ledger.ts';
import type { Session } from '../../session/session.ts';
import { collectFailures } from './failures.ts';
import { notFound } from '../find.ts';
import { readInstance } from '../read.ts';
import { findSeveral, inTurn, speakingOf } from './several.ts';

/** `3 instances: 2 running, 1 paused.` */
function describe({ all, failed, byStatus }: Tally): string {
  const parts = [...byStatus].map(([status, count]) => `${count} ${status ?? 'not read'}`);
  const failures = failed === 0 ? [] : [`${failed} failed`];
  return `${countOf(all)}: ${[...parts, ...failures].join(', ')}.`;
}

/**
 * Reads several instances side by side and sets the output `instances`.
 *
 * @throws ActionError that names each instance that could not be read.
 */
export async function getSeveral(session: Session, several: Several): Promise<void> {
  const { report, guard, ledger } = session;
  const found = await findSeveral(session, several);
  if (found.length === 0) return;
  const failures = collectFailures(session, 'get');
  const read = async (one: Meant): Promise<void> => {
    const instance = await readInstance(speakingOf(session, one), one);
    if (instance === undefined) {
      if (several.ids !== undefined) ledger.absent(one.id);
      if (several.ids !== undefined) throw notFound(session, { id: one.id, name: undefined });
      ledger.status(one.id, 'deleted');
      return;
    }
    guard.expect(one, instance);
    ledger.saw(instance);
    report.info(`${capitalized(label(instance))}: ${instance.status}.`);
  };
  await report.group(`Reading ${countOf(found.length)}`, () =>
    Promise.all(
      inTurn(session, found, {
        requests: 1,
        work: (one) => failures.attempt(one, () => read(one)),
      }),
    ),
  );
  ledger.flush();
  report.info(describe(ledger.tally()));
  failures.raise(found.length);
}
