import { inWords } from '../../api/advice.ts';
import { label, listed, shortLabel } from '../../api/label.ts';
import type { CreateBody, CreatedInstance, Instance, InstanceSummary } from '../../api/types.ts';
import { ActionError } from '../../../core/errors.ts';
import type { DatabaseCredentials } from '../../credentials/bundle.ts';
import type { CreateRequest } from '../../inputs/request.ts';
import { announce } from '../../instances/announce.ts';
import { awaitGoal, statusGoal } from '../../instances/await.ts';
import { findByName } from '../../instances/find.ts';
import type { Attempt } from '../../instances/find-new.ts';
import { readAll } from '../../instances/read.ts';
import { removeInstance } from '../../instances/remove.ts';
import { namingTenants, resolveTenantToSearch, sayTenant } from '../../instances/tenant.ts';
import type { MainSession } from '../../session/session.ts';
import { completeBody, describeBody } from './body.ts';
import { compare } from './compare.ts';
import { sayWhatWouldHappen } from './dry-run.ts';
import { finishCopy, sayWhatIsLeft } from './finish-copy.ts';
import { type MadeOnce, createOnce } from './once.ts';
import {
  type Plan,
  assertNotOwnSource,
  defaultsOf,
  planOf,
  readSource,
  withSnapshot,
} from './plan.ts';
import { RaceLostError, yieldIfRaceLost } from './race.ts';
import { reuse } from './reuse.ts';
import { ofAnotherJob, ownName } from './sibling.ts';
import { namingReplaced, namingWhatIsLeft } from './told.ts';
import { createTrail } from './trail.ts';

/** No instance has been seen to run sooner: an earlier read would be in vain. */
const notBefore = 28_000;

/**
 * Creates an instance so that none is lost or left behind: it saves the intent before the request,
 * and outputs id and password before it waits.
 *
 * @throws ActionError if the name is taken, the configuration is not available, Aura refuses, or
 *   another step created an instance with the same name first; it names what still exists.
 */
export async function create(session: MainSession, request: CreateRequest): Promise<void> {
  try {
    await createOrReuse(session, request);
  } catch (error) {
    throw await namingTenants(session, error);
  }
}

async function createOrReuse(session: MainSession, request: CreateRequest): Promise<void> {
  const { report, guard, ledger } = session;
  const { name, ifExists } = request;
  ledger.announce();
  const source = await readSource(session, request);
  const tenantId =
    source === undefined || request.choosesTenant
      ? await resolveTenantToSearch(session)
      : source.tenantId;
  if (source?.tenantId === tenantId && !request.choosesTenant) sayTenant(report, { id: tenantId });
  report.outputs({ tenant: tenantId });
  const existing = await findByName(session, tenantId, name);
  assertNotOwnSource(request, existing);
  const drawn = planOf(request, source);
  if (ifExists === 'reuse' && (await reused(session, request, { existing, plan: drawn }))) return;
  await assertMayCreate(session, existing, request);
  const replaced = ifExists === 'replace' ? existing : [];
  const wanted = request.sourceSnapshotId;
  const plan = await withSnapshot(session, drawn, { source, wanted });
  for (const line of defaultsOf(request, plan)) report.info(line);
  const body = await completeBody(session, plan, tenantId);
  await replace(session, replaced);
  if (guard.dryRun) {
    sayWhatWouldHappen(session, body, replaced);
    return;
  }
  try {
    const knownIds = existing.map(({ id }) => id);
    await make(session, request, { body, knownIds, plan });
  } catch (error) {
    throw namingReplaced(error, ledger.task(), replaced);
  }
}

/** Reuses an existing instance, if there is one. @returns whether it did. */
async function reused(
  session: MainSession,
  request: CreateRequest,
  { existing, plan }: { readonly existing: readonly InstanceSummary[]; readonly plan: Plan },
): Promise<boolean> {
  if (existing.length === 0) return false;
  const instance = await reuse(session, existing, request);
  if (instance === undefined) return false;
  if (plan.isCopy) {
    const used = ofAnotherJob(session, instance);
    const advice = used === undefined ? reusedAsItIs : `Nothing was changed. ${used} ${ownName}`;
    compare(session, { plan, instance }, { advice });
  }
  if (!session.guard.dryRun) announce(session, instance, false);
  return true;
}

/**
 * @throws {@link ActionError} if an existing instance with the name does not allow another one.
 */
async function assertMayCreate(
  session: MainSession,
  existing: readonly InstanceSummary[],
  { name, ifExists }: CreateRequest,
): Promise<void> {
  if (existing.length === 0 || ifExists === 'reuse') return;
  if (ifExists === 'fail') {
    const there = await readAll(session, existing);
    if (there.length === 0) return;
    const ids = listed(there.map(({ id }) => id));
    const used = there.map((one) => ofAnotherJob(session, one)).find((why) => why !== undefined);
    const replaces =
      "If no other job uses it, delete it with operation 'delete', or set 'if-exists: replace'.";
    throw new ActionError(
      `Could not create instance '${name}': the tenant already has an instance with this name (${ids}).`,
      { next: `${used ?? replaces} ${ownName}` },
    );
  }
  session.guard.assertUnprotected(name);
  session.guard.assertFew(existing.map(shortLabel));
}

/**
 * Deletes the instances with the name and waits until they are deleted, so that the new one is not
 * confused with them.
 */
async function replace(whole: MainSession, existing: readonly InstanceSummary[]): Promise<void> {
  // A dry run says in one notice what would be deleted and created.
  const report = whole.guard.dryRun ? { ...whole.report, notice: () => undefined } : whole.report;
  const session = { ...whole, report };
  for (const one of existing) {
    try {
      await removeInstance(session, one, { wait: true });
    } catch (error) {
      throw inWords(`delete ${label(one)}`, error);
    }
  }
}

const reusedAsItIs =
  "Nothing was changed. If no other job uses it, use operation 'resize', or 'if-exists: replace' to delete it and create a new one.";

interface Making {
  readonly body: CreateBody;
  readonly plan: Plan;
  /** The ids that have the name before the create. */
  readonly knownIds: readonly string[];
}

/** Creates the instance, and saves each step for the post step. */
async function make(
  session: MainSession,
  request: CreateRequest,
  { body, knownIds, plan }: Making,
): Promise<void> {
  const trail = createTrail(session, request);
  let created: CreatedInstance | undefined;
  let unsettled: Attempt | undefined;
  let stateSaved = false;
  try {
    const made = await createOnce(session, body, { trail, knownIds, plan });
    ({ created, unsettled } = made);
    const knownSince = session.patience.clock.now();
    try {
      trail.created(created);
      stateSaved = true;
    } finally {
      // If one file cannot be written, the other one is still written.
      publish(session, created, body);
    }
    const { wait, deleteAfterJob: afterJob } = request;
    await settle(session, made, { wait, knownSince, plan, afterJob });
  } catch (error) {
    if (error instanceof RaceLostError) {
      // The winning instance may come from an earlier request of this step.
      if (unsettled !== undefined && unsettled.postedAt.length > 0) trail.posting(unsettled);
      else trail.clear();
    }
    throw namingWhatIsLeft(error, request, { created, stateSaved });
  } finally {
    trail.end();
  }
}

/** Immediately masks and outputs all values that are known before the first poll. */
function publish(
  { report, ledger, handOver }: MainSession,
  created: CreatedInstance,
  body: CreateBody,
): void {
  const first = `Aura is creating ${label(created)}: ${describeBody(body)}.`;
  handOver.publish(credentialsOf(created), first);
  report.outputs({
    tier: created.type ?? body.type,
    region: created.region ?? body.region,
    'cloud-provider': created.cloudProvider ?? body.cloud_provider,
    memory: body.memory,
  });
  ledger.made(created);
  if (!handOver.givenPassword) return;
  report.warning(
    `Input 'password' was not used: ${label(created)} is new and has another password, which is in the output 'password'.`,
  );
}

function credentialsOf(created: CreatedInstance): DatabaseCredentials {
  const { id, connectionUrl, name, tenantId, username, password, createdAt } = created;
  const known = { instanceId: id, connectionUri: connectionUrl, name, tenantId, createdAt };
  return { ...known, username, password };
}

interface Settling {
  readonly wait: boolean;
  readonly knownSince: number;
  readonly plan: Plan;
  /** Whether the post step deletes the instance. */
  readonly afterJob: boolean;
}

/** Passes the credentials on and waits for the instance, unless another step was faster. */
async function settle(
  session: MainSession,
  { created, knownIds, unsettled }: MadeOnce,
  { wait, knownSince, plan, afterJob }: Settling,
): Promise<void> {
  const { handOver, ledger } = session;
  const race = { knownIds, mayBeOwn: unsettled.postedAt.length > 0 };
  await yieldIfRaceLost(session, created, { ...race, check: 'first', checksAgain: wait });
  const removeOlder = await handOver.keep(credentialsOf(created));
  if (!wait) {
    sayWhatIsLeft(session, plan);
    await removeOlder();
    announce(session, { ...created, status: 'creating' }, afterJob);
    return;
  }
  const { id, createdAt } = created;
  const goal = statusGoal('running');
  const options = { what: label(created), goal, from: 'creating', notBefore, afterJob };
  const running = await awaitGoal(session, { id, createdAt, knownSince }, options);
  if (running !== undefined) ledger.saw(running);
  await yieldIfRaceLost(session, created, { ...race, check: 'last', checksAgain: false });
  await removeOlder();
  await conclude(session, created, { running, plan });
  const connectionUrl = created.connectionUrl ?? running?.connectionUrl;
  announce(session, { ...created, connectionUrl, status: 'running' }, afterJob);
}

/** The last actions, when the instance is running and stays. */
async function conclude(
  session: MainSession,
  created: CreatedInstance,
  { running, plan }: { readonly running: Instance | undefined; readonly plan: Plan },
): Promise<void> {
  const { report, handOver } = session;
  const first = credentialsOf(created);
  const credentials = { ...first, connectionUri: first.connectionUri ?? running?.connectionUrl };
  // The URI of the create response stays; only if it had none, the URI of the instance is output
  // later.
  if (first.connectionUri === undefined) {
    handOver.publish(credentials);
    const removeOlder = await handOver.keep(credentials);
    await removeOlder();
  } else {
    report.outputs({ 'connection-uri': first.connectionUri });
  }
  if (plan.isCopy && running !== undefined) {
    const { id, name, tenantId } = created;
    await finishCopy(session, plan, { instance: running, meant: { id, name, tenantId } });
  }
  await handOver.verify(credentials);
}
