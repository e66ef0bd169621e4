import { dirname } from 'node:path';
import { getInput } from '@actions/core';
import { userAgent } from '../api/user-agent.ts';
import { lentToken } from '../credentials/bundle.ts';
import { createHandOver } from '../credentials/hand-over.ts';
import { asError, ActionError } from '../../core/errors.ts';
import { type DeploymentStore, noStore } from '../../core/github/deployments.ts';
import type { RunEvent } from '../../core/github/event.ts';
import { readLiveBranches } from '../../core/github/live-branches.ts';
import { createPullRequests } from '../../core/github/pull-requests.ts';
import { readEvent } from '../../core/github/run-event.ts';
import type { SharedTokens } from '../../core/oauth/shared-tokens.ts';
import type { TokenSource } from '../../core/oauth/token.ts';
import { createTokenFile, digestOf, tokenFilePath } from '../../core/oauth/token-file.ts';
import { deriveTokenKey } from '../../core/secrets/seal.ts';
import type { Patience } from '../../core/time/patience.ts';
import { delayed } from '../../core/time/time-limit.ts';
import { atMost } from '../../core/runner/repeated.ts';
import { commandFileProblems } from '../../core/runner/runner-files.ts';
import { whyIdle } from '../inputs/auto.ts';
import type { SessionSettings, Step, Task } from '../inputs/request.ts';
import { connect } from './connect.ts';
import { createGuard } from './guard.ts';
import { Ledger } from './ledger.ts';
import { type PostAccess, type TokenPlace, leaveTokenPlace } from './post-access.ts';
import { type Surroundings, assertRunner, maskInputs, readStep } from './read-step.ts';
import { type AuraReport, actionName } from './report.ts';
import type { MainSession } from './session.ts';
import { openSharedTokens } from './shared-tokens.ts';
import { openStore } from './store.ts';
import { summarizeIdle } from './summary/line.ts';
import { createRecap } from './summary/recap.ts';

/** How long a cancelled step waits for the response to a create. */
const graceMilliseconds = 5_000;

/** A session, and its operation. */
export interface Opened {
  readonly session: MainSession;
  readonly task: Task;
  /** Writes the job summary. @param failure the error that the step ends with. */
  readonly summarize: (failure?: unknown) => void;
}

/**
 * Reads and masks the inputs and builds the operation's session; sends no request yet.
 *
 * @returns undefined if the step has nothing to do: GitHub withholds its secrets, or `auto` has no
 *   operation for the event.
 * @throws ActionError with all problems at once.
 */
export async function openSession(
  report: AuraReport,
  surroundings: Surroundings,
): Promise<Opened | undefined> {
  // The step's time begins here: it includes reading the inputs.
  const begin = surroundings.clock.now();
  assertRunner();
  maskInputs(report);
  const event = readEvent(process.env, report.debug);
  const problems = commandFileProblems(process.env);
  const idle = whyIdle(getInput, event);
  if (idle !== undefined) {
    if (problems.length > 0) throw new ActionError(problems.join('\n'));
    report.outputs({ operation: idle.operation, skipped: idle.skipped });
    report.notice(idle.notice);
    summarizeIdle(report, idle);
    return undefined;
  }
  // What they say about the inputs follows the line that says what the step does.
  const remarks: string[] = [];
  const info = (line: string): void => {
    remarks.push(line);
  };
  try {
    const step = await readStep(event, problems, {
      report: { ...report, info },
      surroundings,
      begin,
    });
    const patience = patienceOf(step.settings, begin, { report, surroundings });
    const opened = compose(step, event, { report, patience });
    report.outputs({ operation: step.task.operation });
    for (const line of [describeStep(step, opened.session.ledger), ...remarks]) report.info(line);
    return opened;
  } finally {
    // Only after the secrets in sealed inputs were masked.
    if (problems.length === 0) report.outputs({ skipped: false });
  }
}

/** The first line of the log: what the step does, and on which instance. */
function describeStep({ task, settings }: Step, ledger: Ledger): string {
  const dryRun = settings.guard.dryRun ? ' (dry run: nothing is changed)' : '';
  return `${actionName}: ${describeTask(task, ledger)}${dryRun}`;
}

function describeTask({ operation, request }: Task, ledger: Ledger): string {
  if (operation === 'sweep') return `sweep (${ledger.task()})`;
  if (operation !== 'delete') return ledger.task();
  const { nothingToDo, ofBranch } = request;
  if (nothingToDo !== undefined) return operation;
  return ofBranch === undefined || ofBranch.suffix !== undefined
    ? ledger.task()
    : `delete the instances of branch '${ofBranch.branch.name}'`;
}

function patienceOf(
  { timeoutMilliseconds, pollIntervalMilliseconds }: SessionSettings,
  begin: number,
  { report, surroundings }: { report: AuraReport; surroundings: Surroundings },
): Patience {
  const { clock, signal } = surroundings;
  return {
    clock,
    begin,
    deadline: begin + timeoutMilliseconds,
    pollInterval: pollIntervalMilliseconds,
    random: Math.random,
    signal,
    graceSignal: delayed(signal, graceMilliseconds, clock),
    beats: new Set(),
    log: report.info,
  };
}

interface Parts {
  readonly report: AuraReport;
  readonly patience: Patience;
}

/** Builds each member of the session with the inputs that it needs. */
function compose(step: Step, event: RunEvent, { patience, ...own }: Parts): Opened {
  const { settings, task } = step;
  const recap = createRecap(step, { ...own, patience });
  const { report, history } = recap;
  const parts = { report, patience };
  const { account, handOver, githubToken } = settings;
  const { sealed } = handOver;
  const initial = sealed === undefined ? undefined : lentToken(sealed, account, report.mask);
  const place = tokenPlaceOf(settings);
  const { store, shared } = storesOf({ settings, task }, event, parts);
  const { client, tokens, sent } = connect({ ...account, place, initial, shared }, parts);
  const github = {
    token: githubToken,
    repository: event.repository,
    apiUrl: process.env['GITHUB_API_URL'],
    userAgent,
    patience,
    debug: report.debug,
  };
  const ledger = new Ledger(aimOf(task), report.outputs, history);
  const passing = { settings: handOver, account, report, patience, tokens, store };
  const session: MainSession = {
    client,
    patience,
    report,
    store,
    guard: createGuard(settings.guard),
    ledger,
    handOver: recap.watch(createHandOver(passing)),
    pullRequests: createPullRequests(github),
    liveBranches: (defaultBranches) => readLiveBranches(github, defaultBranches),
    openPostAccess: () => leaveAccess(settings, { place, tokens, report }),
  };
  const summarize = (failure?: unknown): void => {
    recap.write({ ledger, sent: sent() }, failure);
  };
  return { session, task, summarize };
}

/** Where the step stores credentials, and shares its token, with the repository. */
interface Stores {
  readonly store: DeploymentStore;
  readonly shared: SharedTokens | undefined;
}

function storesOf({ settings, task }: Step, event: RunEvent, parts: Parts): Stores {
  const { account, guard, handOver, githubToken } = settings;
  const keeps = handOver.credentialsStore !== 'none';
  // A sweep always deletes the stored credentials with their instances.
  const sweeps = task.operation === 'sweep';
  if (githubToken === undefined || !(keeps || sweeps)) return { store: noStore, shared: undefined };
  const storeParts = sweeps ? { ...parts, report: warningOnce(parts.report) } : parts;
  const { dryRun } = guard;
  return {
    store: openStore(githubToken, event, storeParts),
    shared: keeps ? openSharedTokens({ githubToken, account, dryRun }, event, parts) : undefined,
  };
}

/** A missing permission would give a warning for each of many instances. */
function warningOnce(report: AuraReport): AuraReport {
  return { ...report, warning: atMost(1, report.warning, report.info) };
}

/** What the step works on, as messages name it until it is found. */
function aimOf({ operation, request }: Task): ConstructorParameters<typeof Ledger>[0] {
  if ('several' in request && request.several !== undefined) {
    const { ids, pattern } = request.several;
    const several =
      ids === undefined ? `the instances that match '${pattern}'` : `${ids.length} instances`;
    return { operation, id: undefined, name: undefined, several };
  }
  if (operation === 'sweep') {
    const several = `the stale instances of ${request.repository}`;
    return { operation: 'delete', id: undefined, name: undefined, several };
  }
  if ('target' in request) return { operation, ...request.target };
  return { operation, id: undefined, name: 'name' in request ? request.name : undefined };
}

/** Where the job's token is stored; undefined without a directory for it. */
function tokenPlaceOf({ account }: SessionSettings): TokenPlace | undefined {
  const directory = process.env['RUNNER_TEMP'];
  if (!directory) return undefined;
  const { credentials, apiUrl } = account;
  const owner = { clientId: credentials.clientId, apiOrigin: apiUrl.origin };
  const key = deriveTokenKey(credentials, apiUrl.origin);
  return { path: tokenFilePath(directory, 'aura-action', owner), key };
}

interface Leaving {
  readonly place: TokenPlace | undefined;
  readonly tokens: TokenSource;
  readonly report: AuraReport;
}

/** @throws {@link ActionError} if the post step could not send requests to Aura. */
function leaveAccess(
  { account: { credentials, apiUrl }, handOver }: SessionSettings,
  { place, tokens, report }: Leaving,
): PostAccess {
  try {
    if (place === undefined) throw new Error('RUNNER_TEMP is not set');
    const known = tokens.known();
    const file = createTokenFile({ ...place, mask: report.mask, debug: report.debug });
    if (known !== undefined && file.load() === undefined) file.save(known);
    if (file.load() === undefined) throw new Error('the access token could not be stored there');
    return {
      apiUrl: apiUrl.origin,
      account: digestOf({ clientId: credentials.clientId, apiOrigin: apiUrl.origin }),
      key: leaveTokenPlace(dirname(place.path), place, report.mask),
      stored: handOver.credentialsStore !== 'none',
    };
  } catch (error) {
    throw new ActionError(
      `Could not prepare 'delete-after-job', which needs a file in RUNNER_TEMP: ${asError(error).message}. Nothing was created.`,
      { cause: error },
    );
  }
}
