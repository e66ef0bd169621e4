import { label } from '../../api/label.ts';
import type { Instance } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import { RequestError } from '../../../core/http/request-error.ts';
import { findByName } from '../../instances/find.ts';
import type { MainSession, Session } from '../../session/session.ts';

/**
 * Aura allows several instances with the same name, but most steps find an instance by its name.
 *
 * @throws {@link ActionError} if another instance of the tenant has the new name; RequestError if
 *   Aura refuses.
 */
export async function assertNameIsFree(
  session: Session,
  instance: Instance,
  newName: string,
): Promise<void> {
  const named = await findByName(session, instance.tenantId, newName);
  const others = named.filter(({ id }) => id !== instance.id);
  if (others.length === 0) return;
  throw new ActionError(
    `Could not ${session.ledger.task(instance)}: its new name '${newName}' already belongs to ${others.map(label).join(', ')}.`,
    { next: "Set another 'new-name'." },
  );
}

/**
 * Renames an instance, and moves what is stored for its name. The stored credentials are copied
 * first, so that a step that ends in between loses nothing.
 *
 * @param rename sends the request.
 */
export async function moveWithName(
  { store, handOver }: Pick<MainSession, 'store' | 'handOver'>,
  { id, name, tenantId: scope }: Instance,
  { newName, rename }: { readonly newName: string; readonly rename: () => Promise<Instance> },
): Promise<Instance> {
  const sealed = await store.find(name, id);
  if (sealed === undefined) return rename();
  const url = handOver.pageOf(scope, id);
  const removeOlder = await store.add({ name: newName, id, scope, sealed, url });
  try {
    const renamed = await rename();
    await removeOlder();
    await store.remove(name, { scope, id });
    return renamed;
  } catch (error) {
    // Otherwise the instance may have the new name, and both entries stay.
    const refused = error instanceof RequestError && error.effect === 'none';
    if (refused) await store.remove(newName, { scope, id });
    throw error;
  }
}
