import type { AuraClient } from '../aura/client.ts';
import { AuraError } from '../aura/errors.ts';
import type { CreateBody, CreatedInstance, InstanceConfiguration } from '../aura/types.ts';
import { CancelledError } from '../cancellation.ts';
import { ActionError, attempting, whatToDo } from '../errors.ts';
import type { CreateRequest } from '../request.ts';
import type { Report } from '../report.ts';
import type { Context } from './context.ts';
import { describeBody, describeOffer } from './create-body.ts';
import { expectMatch } from './locate.ts';
import { lookForNew } from './look-for-new.ts';
import { removeInstance } from './remove.ts';

/** A create is sent at most this often, and each time only after the one before left nothing. */
const mostPosts = 3;

interface Situation {
  readonly request: CreateRequest;
  readonly context: Context;
}

/**
 * Makes exactly one instance. After an answer that leaves open whether one was made, it is looked
 * for by its name; its password is lost, so it is deleted before the create is sent again.
 *
 * @throws {@link ActionError} that names what may be left.
 */
export async function createOnce(
  client: AuraClient,
  body: CreateBody,
  situation: Situation,
): Promise<CreatedInstance> {
  const { report, patience } = situation.context;
  for (let posts = 1; ; posts += 1) {
    const sentAt = patience.clock.now();
    const unclear = await post(client, body, report);
    if (!(unclear instanceof AuraError)) return unclear;
    report.info(
      `${unclear.request}: ${unclear.message}. Looking whether instance '${body.name}' was made all the same.`,
    );
    await removeOrphan(client, body, { ...situation, sentAt, unclear });
    if (posts === mostPosts || patience.clock.now() > patience.deadline) {
      report.saveState(undefined);
      throw failure(
        body,
        unclear,
        `Sent ${posts} times; nothing of it is left. ${whatToDo(unclear)}`,
      );
    }
    report.info(`Nothing of it is left. Creating instance '${body.name}' again.`);
  }
}

/** The instance made, or the error that leaves open whether one was. */
async function post(
  client: AuraClient,
  body: CreateBody,
  report: Report,
): Promise<CreatedInstance | AuraError> {
  const tried = `create instance '${body.name}'`;
  return attempting(tried, async () => {
    try {
      return await client.createInstance(body);
    } catch (error) {
      if (!(error instanceof AuraError)) throw error;
      if (error.effect === 'unknown') return error;
      // Surely nothing was made: the post step need not look for it.
      report.saveState(undefined);
      if (error.status !== 400 || error.hasReason('missing-billing-details')) throw error;
      const offer = await readOffer(client, body.tenant_id);
      if (offer === undefined) throw error;
      throw failure(
        body,
        error,
        `Asked for ${describeBody(body)}; ${describeOffer(offer, body.type)}.`,
      );
    }
  });
}

/** Undefined where it can't be had: it would only explain a refusal. */
async function readOffer(
  client: AuraClient,
  tenantId: string,
): Promise<readonly InstanceConfiguration[] | undefined> {
  try {
    return await client.listConfigurations(tenantId);
  } catch (error) {
    if (error instanceof AuraError) return undefined;
    throw error;
  }
}

/** Finds what an unclear create has made, and deletes it. @throws {@link ActionError} */
async function removeOrphan(
  client: AuraClient,
  body: CreateBody,
  situation: Situation & { readonly sentAt: number; readonly unclear: AuraError },
): Promise<void> {
  const { request, context, unclear } = situation;
  const mayBeLeft = (what: string): string =>
    `${what} may be left, and its password is lost: look for it in the Aura console, or delete it with operation 'delete' and name '${body.name}'.`;
  let ids: readonly string[] = [];
  try {
    const search = { name: body.name, tenantId: body.tenant_id, since: situation.sentAt, request };
    const orphans = await lookForNew(client, search, context);
    ids = orphans.map(({ id }) => id);
    if (ids.length > 1) throw new ActionError('several new instances have the name');
    for (const id of ids) {
      context.report.info(`Instance '${body.name}' (${id}) was made, but its password is lost.`);
      const check = expectMatch(body.name, body.tenant_id);
      await removeInstance(client, { id, check, request, wait: true }, context);
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const what = ids.length === 0 ? `An instance '${body.name}'` : `Instance ${ids.join(' or ')}`;
    const why = error instanceof Error ? ` (${error.message.replace(/\.$/, '')})` : '';
    throw failure(
      body,
      unclear,
      `It could not be settled whether one was made${why}. ${mayBeLeft(what)}`,
    );
  }
}

function failure(body: CreateBody, error: AuraError, outcome: string): ActionError {
  return new ActionError(`Could not create instance '${body.name}': ${error.message}. ${outcome}`, {
    cause: error,
  });
}
