import { shelf } from '../credentials/shelf.ts';
import { dirname } from 'node:path';
import { getInput } from '@actions/core';
import { type AuraClient, createAuraClient } from '../api/client.ts';
import { aura } from '../api/service.ts';
import { createTransport } from '../../core/http/transport.ts';
import type { Patience } from '../../core/time/patience.ts';
import { type Token, type TokenSource, createTokenSource } from '../../core/oauth/token.ts';
import { delayed, TimeLimitError, withinDeadline } from '../../core/time/time-limit.ts';
import { certificatesIgnored, isLoopback } from '../../core/http/certificates.ts';
import { type Clock } from '../../core/time/clock.ts';
import { asError, ActionError } from '../../core/errors.ts';
import { type EnvFileRoots, isTrackedEnvFile } from '../../core/secrets/env-file.ts';
import { deriveTokenKey } from '../../core/secrets/seal.ts';
import { lentToken } from '../credentials/bundle.ts';
import { createTokenFile, tokenFilePath } from '../../core/oauth/token-file.ts';
import {
  type DeploymentStore,
  createDeploymentStore,
  noStore,
} from '../../core/github/deployments.ts';
import { type RunEvent, branchOf } from '../../core/github/event.ts';
import { readEvent } from '../../core/github/run-event.ts';
import { createPullRequests } from '../../core/github/pull-requests.ts';
import { whySkipped } from '../inputs/credentials.ts';
import { githubUrl } from '../inputs/surroundings.ts';
import { parseDuration } from '../../core/inputs/parsers.ts';
import { isUsernameAlone, readInputs } from '../inputs/inputs.ts';
import { inputDefaults } from '../inputs/names.ts';
import type { CommonRequest, Request } from '../inputs/request.ts';
import type { MainContext } from './context.ts';
import { type TokenPlace, accountOf, leaveTokenPlace, type PostAccess } from './post-access.ts';
import type { AuraReport } from './report.ts';
import { commandFileProblems, commandFiles } from '../../core/runner/runner-files.ts';

/** What a process receives from outside. */
export interface Surroundings {
  readonly clock: Clock;
  /** Aborts when the runner cancels the step. */
  readonly signal: AbortSignal;
}

/** What the main stage of a step uses. */
export interface MainSession<R extends CommonRequest> {
  readonly request: R;
  readonly client: AuraClient;
  readonly context: MainContext;
}

/** Time limit for git to say whether a repository tracks a file. */
const gitMilliseconds = 5_000;
/** How long a cancelled step waits for the response to a create. */
const graceMilliseconds = 5_000;

/**
 * Reads and masks the inputs and builds what the operation uses; sends no request yet.
 *
 * @returns undefined if the step is skipped, because GitHub withholds its secrets.
 * @throws {@link ActionError}
 */
export async function openMainSession(
  report: AuraReport,
  surroundings: Surroundings,
): Promise<MainSession<Request> | undefined> {
  // The step's time begins here: it includes reading the inputs.
  const begin = surroundings.clock.now();
  assertRunner();
  // First of all, mask the secrets among the inputs.
  for (const name of ['client-secret', 'password', 'sealing-key', 'github-token']) {
    // The runner masks each line separately, even a short one.
    for (const line of getInput(name).split(/[\r\n]+/)) report.mask(line.trim());
  }
  const event = readEvent(process.env, report.debug);
  const { env } = process;
  const problems = [...commandFileProblems(env)];
  const skipped = whySkipped(getInput, event);
  if (skipped !== undefined) {
    if (problems.length > 0) throw new ActionError(problems.join('\n'));
    report.outputs({ operation: getInput('operation'), skipped: true });
    report.notice(skipped);
    return undefined;
  }
  const opening = { report, surroundings, begin };
  try {
    const session = openSession(await readRequest(event, problems, opening), event, opening);
    report.outputs({ operation: getInput('operation') });
    return session;
  } finally {
    // Only after the secrets in sealed inputs were masked.
    if (problems.length === 0) report.outputs({ skipped: false });
  }
}

interface Opening {
  readonly report: AuraReport;
  readonly surroundings: Surroundings;
  /** Epoch milliseconds at which the step began. */
  readonly begin: number;
}

/** @param problems problems with the runner, to be reported together with those of the inputs. */
async function readRequest(
  event: RunEvent,
  problems: readonly string[],
  opening: Opening,
): Promise<Request> {
  const { report } = opening;
  const { env } = process;
  const roots = {
    workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    temp: env['RUNNER_TEMP'],
  };
  const envFile = getInput('env-file');
  const trouble = envFile === '' ? undefined : await trackingProblem(envFile, roots, opening);
  const run = {
    event,
    ...roots,
    env,
    problems: trouble === undefined ? problems : [...problems, trouble],
    remarks: report,
    onSecret: report.mask,
  };
  const request = readInputs(getInput, run);
  if (isUsernameAlone(getInput)) {
    report.warning("Input 'username' has no effect without 'password'; give both, or neither.");
  }
  return request;
}

/** Why git makes the env file unsafe: a commit would include the password. */
async function trackingProblem(
  envFile: string,
  roots: Pick<EnvFileRoots, 'workspace'>,
  { surroundings: { clock, signal }, begin }: Opening,
): Promise<string | undefined> {
  const timeout = parseDuration(getInput('timeout') || (inputDefaults.timeout ?? ''));
  const longest = 'value' in timeout ? timeout.value : gitMilliseconds;
  const limit = {
    clock,
    signal,
    // Per repository, and never more than the time left for the step.
    get milliseconds() {
      return withinDeadline(gitMilliseconds, begin + longest - clock.now());
    },
  };
  const expected = `Input 'env-file' is '${envFile}'; expected a path where a file can be written`;
  try {
    const tracked = await isTrackedEnvFile(envFile, roots, limit);
    return tracked ? `${expected}, but git tracks it.` : undefined;
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    return `${expected}, but git gave ${error.message}, so it may be a file that git tracks.`;
  }
}

function openSession(
  request: Request,
  event: RunEvent,
  { report, surroundings, begin }: Opening,
): MainSession<Request> {
  const sealed = 'sealed' in request ? request.sealed : undefined;
  const initial = sealed === undefined ? undefined : lentToken(sealed, request);
  report.mask(initial?.accessToken ?? '');
  const { clock, signal } = surroundings;
  const patience: Patience = {
    clock,
    deadline: begin + request.timeoutMilliseconds,
    random: Math.random,
    signal,
    graceSignal: delayed(signal, graceMilliseconds, clock),
    log: report.info,
  };
  const { client, tokens, place } = connect(request, { patience, report, initial });
  const store = openStore(request, event, { patience, report });
  const openPostAccess = (): PostAccess => leaveAccess(request, { place, tokens, report });
  const pullRequests = createPullRequests({
    token: request.githubToken,
    repository: event.repository,
    apiUrl: process.env['GITHUB_API_URL'],
    clock,
    deadline: patience.deadline,
    signal,
    debug: report.debug,
  });
  const context = { report, patience, tokens, store, openPostAccess, pullRequests };
  return { request, client, context };
}

interface Connecting {
  readonly patience: Patience;
  readonly report: AuraReport;
  /** A token that came with sealed credentials. */
  readonly initial: Token | undefined;
}

function connect(
  { credentials, apiUrl }: CommonRequest,
  { patience, report, initial }: Connecting,
): {
  readonly client: AuraClient;
  readonly tokens: TokenSource;
  readonly place: TokenPlace | undefined;
} {
  const transport = createTransport(aura, apiUrl, patience.clock);
  const owner = { clientId: credentials.clientId, apiOrigin: apiUrl.origin };
  const directory = process.env['RUNNER_TEMP'];
  const path = directory ? tokenFilePath(directory, aura.userAgent, owner) : undefined;
  const key = deriveTokenKey(credentials, owner.apiOrigin);
  const store = createTokenFile({ path, key, debug: report.debug });
  const onSecret = report.mask;
  const tokens = createTokenSource({ transport, credentials, store, initial, patience, onSecret });
  const client = createAuraClient({ transport, tokens, patience, debug: report.debug });
  return { client, tokens, place: path === undefined ? undefined : { path, key } };
}

interface Leaving {
  readonly place: TokenPlace | undefined;
  readonly tokens: TokenSource;
  readonly report: AuraReport;
}

/** @throws {@link ActionError} if the post step could not send requests to Aura. */
function leaveAccess(request: CommonRequest, { place, tokens, report }: Leaving): PostAccess {
  const { credentials, apiUrl, credentialsStore } = request;
  try {
    if (place === undefined) throw new Error('RUNNER_TEMP is not set');
    const known = tokens.known();
    const file = createTokenFile({ ...place, debug: report.debug });
    if (known !== undefined && file.load() === undefined) file.save(known);
    if (file.load() === undefined) throw new Error('the access token could not be kept there');
    return {
      apiUrl: apiUrl.origin,
      account: accountOf(credentials.clientId, apiUrl.origin),
      key: leaveTokenPlace(dirname(place.path), place, report.mask),
      stored: credentialsStore !== 'none',
    };
  } catch (error) {
    throw new ActionError(
      `Could not prepare 'delete-after-job', which needs a file in RUNNER_TEMP: ${asError(error).message}. Nothing was created.`,
      { cause: error },
    );
  }
}

/** The store of credentials of a step; it stores nothing if not requested. */
export function openStore(
  { credentialsStore, githubToken }: Pick<CommonRequest, 'credentialsStore' | 'githubToken'>,
  event: RunEvent,
  { patience, report }: { readonly patience: Patience; readonly report: AuraReport },
): DeploymentStore {
  if (credentialsStore === 'none' || githubToken === undefined) return noStore;
  const apiUrl = process.env['GITHUB_API_URL'];
  if (certificatesIgnored(process.env) && !isLoopback(new URL(apiUrl ?? githubUrl).hostname)) {
    // In main this was an error; the post stage continues, because it has an instance to delete.
    report.debug("GitHub is not asked, because 'NODE_TLS_REJECT_UNAUTHORIZED' is '0'.");
    return noStore;
  }
  const branch = branchOf(event);
  // A fork's branch does not belong to this repository, and a run for a tag has no branch: use the
  // commit instead.
  const sha = process.env['GITHUB_SHA'] ?? event.ref;
  return createDeploymentStore({
    shelf,
    token: githubToken,
    repository: event.repository,
    ref: branch === undefined || branch.owner !== undefined ? sha : branch.name,
    apiUrl,
    clock: patience.clock,
    deadline: patience.deadline,
    signal: patience.signal,
    warn: report.warning,
    debug: report.debug,
  });
}

/** Without the runner's files the outputs, including the password, would go to the log. */
function assertRunner(): void {
  const { env } = process;
  if (commandFiles.some((name) => !env[name])) {
    throw new ActionError(commandFileProblems(env).join('\n'));
  }
}
