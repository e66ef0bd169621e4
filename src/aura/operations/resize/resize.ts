import { inWords } from '../../api/advice.ts';
import { capitalized, label } from '../../api/label.ts';
import type { Instance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { nameOfTier } from '../../inputs/table.ts';
import type { ResizeRequest } from '../../inputs/request.ts';
import { change } from '../../instances/change/change.ts';
import { isAtRest } from '../../instances/change/at-rest.ts';
import { type Found, readTarget } from '../../instances/find.ts';
import { type Kind, requestsOf } from '../../instances/change/resize-requests.ts';
import type { MainSession } from '../../session/session.ts';
import { offerAfter } from './offer.ts';
import { assertNameIsFree, moveWithName } from './rename.ts';

/**
 * Changes size, features and name of an instance: one request for each kind of value that differs,
 * each awaited before the next.
 *
 * @throws ActionError that says what was refused, why, and which values were changed before.
 */
export async function resize(session: MainSession, request: ResizeRequest): Promise<void> {
  const { report, guard, ledger } = session;
  ledger.announce();
  const found = await readTarget(session, request.target);
  const { instance } = found;
  const kinds = requestsOf(request, report.info);
  // While another operation is in progress, the values may be about to change.
  const due = isAtRest(instance.status) ? kinds.filter(({ spec }) => !spec.done(instance)) : kinds;
  if (due.length === 0) {
    const values = kinds.map(({ words }) => words).join(', ');
    report.info(`${capitalized(label(instance))} already has ${values}; nothing to do.`);
    return;
  }
  assertTierAllows(session, instance, due);
  const { newName } = request;
  if (newName !== undefined) await assertNameIsFree(session, instance, newName);
  if (guard.dryRun) {
    const values = due.map(({ words }) => words).join(', then ');
    report.notice(
      `Dry run: would set ${values} of ${label(instance)}, which is ${instance.status}.`,
    );
    return;
  }
  await performAll(session, found, { due, wait: request.wait });
}

/** Aura changes nothing but the name of a Free instance. Source: Aura documentation. */
function assertTierAllows({ ledger }: MainSession, instance: Instance, due: readonly Kind[]): void {
  const { type = '' } = instance;
  const refused = due.filter(({ spec }) => spec.newName === undefined);
  if (type !== 'free-db' || refused.length === 0) return;
  const values = refused.map(({ words }) => words).join(', ');
  throw new ActionError(
    `Could not ${ledger.task(instance)}: its tier is '${nameOfTier(type)}', for which Aura can only change the name, but the inputs ask for ${values}. Nothing was changed.`,
    { next: 'Remove these inputs, or create an instance of another tier.' },
  );
}

/** Every kind but the last one is awaited in any case: Aura works on one at a time. */
async function performAll(
  session: MainSession,
  found: Found,
  { due, wait }: { readonly due: readonly Kind[]; readonly wait: boolean },
): Promise<void> {
  let current = found;
  for (const [index, kind] of due.entries()) {
    try {
      const isLast = index === due.length - 1;
      const instance = await perform(session, current, {
        kind,
        wait: wait || !isLast,
        isFirst: index === 0,
      });
      current = { ...found, instance };
    } catch (error) {
      throw await explain(session, current.instance, { error, kind, due });
    }
  }
}

interface Step {
  readonly kind: Kind;
  readonly wait: boolean;
  readonly isFirst: boolean;
}

async function perform(
  session: MainSession,
  found: Found,
  { kind: { spec }, wait, isFirst }: Step,
): Promise<Instance> {
  const { newName } = spec;
  if (newName === undefined) return change(session, found, { spec, wait });
  // The first check may have been minutes ago.
  if (!isFirst) await assertNameIsFree(session, found.instance, newName);
  const rename = (): Promise<Instance> => change(session, found, { spec, wait });
  return moveWithName(session, found.instance, { newName, rename });
}

interface Failure {
  readonly error: unknown;
  readonly kind: Kind;
  readonly due: readonly Kind[];
}

/** Adds to an error what the tenant offers, and which values were changed before. */
async function explain(
  session: MainSession,
  instance: Instance,
  { error, kind, due }: Failure,
): Promise<unknown> {
  if (!(error instanceof ActionError || error instanceof RequestError)) return error;
  const task = session.ledger.task(instance);
  const refusal = error instanceof RequestError ? error : error.cause;
  // The offer says which sizes there are, but nothing about features.
  const isSize = /^(?:memory|storage) /.test(kind.words);
  const offer =
    isSize && refusal instanceof RequestError
      ? await offerAfter(session, refusal, instance)
      : undefined;
  const told = inWords(task, error);
  const { happened, next } =
    told instanceof ActionError ? told : { happened: told.message, next: undefined };
  const before = due.slice(0, due.indexOf(kind)).map(({ words }) => words);
  const which = due.length === 1 ? '' : ` This was the request for ${kind.words}.`;
  const made = before.length === 0 ? '' : ` Changed before it: ${before.join(', ')}.`;
  const offered = offer === undefined ? '' : ` ${offer}`;
  return new ActionError(`${happened}${offered}${which}${made}`, {
    next: offer === undefined ? next : undefined,
    cause: error,
  });
}
