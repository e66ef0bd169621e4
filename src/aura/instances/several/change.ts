import { capitalized, countOf, label } from '../../api/label.ts';
import { isGoing } from '../../api/statuses.ts';
import type { Instance } from '../../api/types.ts';
import type { Several } from '../../inputs/request.ts';
import type { Meant } from '../../session/guard.ts';
import type { Session } from '../../session/session.ts';
import { watchAlongside } from './watch-alongside.ts';
import { getAccepted } from '../change/acceptance.ts';
import type { StatusChange } from '../change/spec.ts';
import { type Failures, collectFailures } from './failures.ts';
import { notFound } from '../find.ts';
import { readInstance } from '../read.ts';
import { findSeveral, inTurn, sharing, speakingOf, sumUp } from './several.ts';
import { type ChangeWatch, createChangeWatch } from './watch-changes.ts';

interface ChangeOptions {
  readonly spec: StatusChange;
  readonly wait: boolean;
}

/**
 * Changes several instances side by side: one read and one request for each, then a common wait. If
 * one fails, the others are still changed.
 *
 * @throws ActionError that names each instance that failed; RequestError if Aura refuses.
 */
export async function changeSeveral(
  session: Session,
  several: Several,
  { spec, wait }: ChangeOptions,
): Promise<void> {
  const { report, guard } = session;
  const found = await findSeveral(session, several);
  if (found.length === 0) return;
  const failures = collectFailures(session, spec.verb);
  const watch = createChangeWatch(session, { spec, failures });
  const work = new Work(session, {
    spec,
    wait,
    failures,
    watch,
    byPattern: several.ids === undefined,
  });
  const doing = guard.dryRun ? 'Reading' : capitalized(spec.via);
  await report.group(`${doing} ${countOf(found.length)}`, async () => {
    const all = inTurn(session, found, {
      requests: 2,
      work: (one) => failures.attempt(one, () => work.begin(one)),
    });
    await watchAlongside(session, all, watch);
  });
  sumUp(session, work.changed(found), { verb: spec.verb, wait });
  failures.raise(found.length);
}

interface WorkOptions extends ChangeOptions {
  readonly failures: Failures;
  readonly watch: ChangeWatch;
  /** The user has named no instance: one that is being deleted does not matter. */
  readonly byPattern: boolean;
}

/** The work on each instance until Aura has accepted its change. */
class Work {
  readonly #session: Session;
  readonly #options: WorkOptions;
  readonly #changed = new Map<string, Instance>();
  /** How many are not accepted yet. */
  #open = 0;

  constructor(session: Session, options: WorkOptions) {
    this.#session = session;
    this.#options = options;
  }

  async begin(one: Meant): Promise<void> {
    this.#open += 1;
    try {
      const instance = await this.#read(one);
      if (instance !== undefined) await this.#request(one, instance);
    } finally {
      this.#open -= 1;
    }
  }

  /** Those of the instances that were changed, or would be in a dry run. */
  changed(all: readonly Meant[]): readonly Instance[] {
    return all.flatMap(({ id }) => this.#changed.get(id) ?? []);
  }

  /** @returns undefined if there is nothing to change. */
  async #read(one: Meant): Promise<Instance | undefined> {
    const { guard, ledger, report } = this.#session;
    const { byPattern } = this.#options;
    const instance = await readInstance(speakingOf(this.#shared(), one), one);
    if (instance === undefined) {
      if (!byPattern) ledger.absent(one.id);
      if (!byPattern) throw notFound(this.#session, { id: one.id, name: undefined });
      ledger.status(one.id, 'deleted');
      report.info(`Instance '${one.name ?? ''}' (${one.id}) was deleted in the meantime; skipped.`);
      return undefined;
    }
    guard.expect(one, instance);
    ledger.saw(instance);
    if (!byPattern || !isGoing(instance.status)) return instance;
    report.info(`${capitalized(label(instance))} is being deleted; skipped.`);
    return undefined;
  }

  async #request(one: Meant, read: Instance): Promise<void> {
    const { guard, ledger } = this.#session;
    const { spec, wait, watch } = this.#options;
    const mine = speakingOf(this.#shared(), read);
    if (spec.done(read)) {
      mine.report.info(`already ${spec.to}.`);
      return;
    }
    if (guard.dryRun) {
      mine.report.info(`${read.status}; would be ${spec.verb}d.`);
      this.#changed.set(read.id, read);
      return;
    }
    const { instance, sent } = await getAccepted(mine, { instance: read, meant: one }, spec);
    ledger.saw(instance);
    if (sent) {
      ledger.changed(instance.id, instance.status);
      this.#changed.set(instance.id, instance);
    }
    mine.report.info(`${instance.status}${sent ? '' : ', by another request'}.`);
    if (wait) watch.add(mine, { meant: one, instance, sent });
  }

  #shared(): Session {
    return sharing(this.#session, () => this.#open);
  }
}
