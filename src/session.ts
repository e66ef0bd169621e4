import { readFileSync } from 'node:fs';
import { getInput } from '@actions/core';
import { type AuraClient, createAuraClient } from './aura/client.ts';
import { createTransport } from './aura/http.ts';
import type { Patience } from './aura/retry.ts';
import { type Token, type TokenSource, createTokenSource } from './aura/token.ts';
import { delayed } from './cancellation.ts';
import type { Clock } from './clock.ts';
import { deriveTokenKey } from './credentials/seal.ts';
import { createTokenFile, tokenFilePath } from './credentials/token-file.ts';
import { ActionError } from './errors.ts';
import { type DeploymentStore, createDeploymentStore, noStore } from './github/deployments.ts';
import { type RunEvent, branchOf } from './github/event.ts';
import { readCommonInputs, readInputs } from './inputs.ts';
import type { CommonRequest, Request } from './request.ts';
import type { Context } from './operations/context.ts';
import type { Report } from './report.ts';

/** What a process is given from outside. */
export interface Surroundings {
  readonly clock: Clock;
  /** Aborts when the runner cancels the step. */
  readonly signal: AbortSignal;
}

/** What either stage of a step works with. */
export interface Session<R extends CommonRequest> {
  readonly request: R;
  readonly client: AuraClient;
  readonly context: Context;
}

/** How long the answer to a create is awaited after the step was cancelled. */
const graceMilliseconds = 5_000;

/** Reads and masks the inputs of the main stage; nothing is sent yet. @throws {@link ActionError} */
export function openMainSession(report: Report, surroundings: Surroundings): Session<Request> {
  prepare(report);
  const event = readEvent(report);
  const { env } = process;
  const roots = { workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(), temp: env['RUNNER_TEMP'] };
  const request = readInputs(getInput, { event, ...roots });
  const sealed = 'sealed' in request ? request.sealed : undefined;
  for (const secret of [sealed?.password, sealed?.token?.accessToken]) report.mask(secret ?? '');
  return openSession(request, { report, event, initial: sealed?.token, surroundings });
}

/**
 * The same for the post stage, which needs no more than the credentials.
 *
 * @param timeoutMilliseconds in place of the input `timeout`.
 * @throws {@link ActionError}
 */
export function openPostSession(
  report: Report,
  surroundings: Surroundings,
  timeoutMilliseconds: number,
): Session<CommonRequest> {
  prepare(report);
  const event = readEvent(report);
  const request = { ...readCommonInputs(getInput, event), timeoutMilliseconds, dryRun: false };
  return openSession(request, { report, event, initial: undefined, surroundings });
}

interface Opening {
  readonly report: Report;
  readonly event: RunEvent;
  /** A token that came with sealed credentials. */
  readonly initial: Token | undefined;
  readonly surroundings: Surroundings;
}

function openSession<R extends CommonRequest>(request: R, opening: Opening): Session<R> {
  const { report, event, initial } = opening;
  const { clock, signal } = opening.surroundings;
  const patience: Patience = {
    clock,
    deadline: clock.now() + request.timeoutMilliseconds,
    random: Math.random,
    signal,
    graceSignal: delayed(signal, graceMilliseconds, clock),
    log: report.info,
  };
  const { client, tokens } = connect(request, { patience, report, initial });
  const store = openStore(request, event, { patience, report });
  return { request, client, context: { report, patience, tokens, store } };
}

/** Refuses to run without a runner, and masks what is secret among the inputs before all else. */
function prepare(report: Report): void {
  assertRunner();
  for (const name of ['client-secret', 'sealing-key', 'github-token']) report.mask(getInput(name));
}

function connect(
  request: CommonRequest,
  { patience, report, initial }: Pick<Opening, 'report' | 'initial'> & { patience: Patience },
): { readonly client: AuraClient; readonly tokens: TokenSource } {
  const { credentials, apiUrl } = request;
  const transport = createTransport(apiUrl, patience.clock);
  const owner = { clientId: credentials.clientId, apiOrigin: apiUrl.origin };
  const directory = process.env['RUNNER_TEMP'];
  const store = createTokenFile({
    path: directory ? tokenFilePath(directory, owner) : undefined,
    key: deriveTokenKey(credentials, owner.apiOrigin),
    debug: report.debug,
  });
  const onSecret = report.mask;
  const tokens = createTokenSource({ transport, credentials, store, initial, patience, onSecret });
  return { client: createAuraClient({ transport, tokens, patience }), tokens };
}

function openStore(
  { credentialsStore, githubToken }: CommonRequest,
  event: RunEvent,
  { patience, report }: { readonly patience: Patience; readonly report: Report },
): DeploymentStore {
  if (credentialsStore === 'none' || githubToken === undefined) return noStore;
  const branch = branchOf(event);
  // The branch of a fork is none of this repository, and a tag's run has none: then the commit.
  const sha = process.env['GITHUB_SHA'] ?? event.ref;
  return createDeploymentStore({
    token: githubToken,
    repository: event.repository,
    ref: branch === undefined || branch.owner !== undefined ? sha : branch.name,
    apiUrl: process.env['GITHUB_API_URL'],
    clock: patience.clock,
    signal: patience.signal,
    warn: report.warning,
    debug: report.debug,
  });
}

/** Without the runner's files outputs would go to the log, the password among them. */
function assertRunner(): void {
  const missing = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV'].filter(
    (name) => !process.env[name],
  );
  if (missing.length > 0) {
    throw new ActionError(
      `This program runs as a step of GitHub Actions, which sets ${missing.join(', ')}. Nothing was done.`,
    );
  }
}

function readEvent(report: Report): RunEvent {
  const { env } = process;
  let payload: unknown;
  try {
    payload = JSON.parse(readFileSync(env['GITHUB_EVENT_PATH'] ?? '', 'utf8'));
  } catch (error) {
    report.debug(`The event's payload could not be read: ${String(error)}`);
  }
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    repository: env['GITHUB_REPOSITORY'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    actor: env['GITHUB_ACTOR'] ?? '',
    payload,
  };
}
