import { readFileSync } from 'node:fs';
import { getInput } from '@actions/core';
import { type AuraClient, createAuraClient } from './aura/client.ts';
import { createTransport } from './aura/http.ts';
import type { Patience } from './aura/retry.ts';
import { createTokenSource } from './aura/token.ts';
import type { Clock } from './clock.ts';
import { createTokenFile } from './credentials/token-file.ts';
import { ActionError } from './errors.ts';
import type { RunEvent } from './github/event.ts';
import { type Request, readInputs } from './inputs.ts';
import type { Context } from './operations/context.ts';
import { create } from './operations/create.ts';
import { deleteInstance } from './operations/delete.ts';
import { get } from './operations/get.ts';
import { pause } from './operations/pause.ts';
import { poll } from './operations/poll.ts';
import { resume } from './operations/resume.ts';
import { type Report, createReport } from './report.ts';

/**
 * Runs the step: inputs, operation, report. Never throws; a failure sets the exit code.
 *
 * @param clock all waiting goes through it.
 */
export async function main(clock: Clock): Promise<void> {
  const report = createReport();
  try {
    assertRunner();
    const clientSecret = getInput('client-secret');
    if (clientSecret !== '') report.mask(clientSecret);
    const request = readInputs(getInput, readEvent(report));
    const patience: Patience = {
      clock,
      deadline: clock.now() + request.timeoutMilliseconds,
      random: Math.random,
      signal: undefined,
      log: report.info,
    };
    await run(connect(request, patience, report), request, { report, patience });
  } catch (error) {
    report.failure(error);
  }
}

function run(client: AuraClient, request: Request, context: Context): Promise<void> {
  switch (request.operation) {
    case 'create':
      return create(client, request, context);
    case 'get':
      return get(client, request, context);
    case 'poll':
      return poll(client, request, context);
    case 'pause':
      return pause(client, request, context);
    case 'resume':
      return resume(client, request, context);
    case 'delete':
      return deleteInstance(client, request, context);
  }
}

function connect(request: Request, patience: Patience, report: Report): AuraClient {
  const { credentials, apiUrl } = request;
  const transport = createTransport(apiUrl, patience.clock);
  const store = createTokenFile({
    directory: process.env['RUNNER_TEMP'],
    credentials,
    apiUrl,
    debug: report.debug,
  });
  const tokens = createTokenSource({
    transport,
    credentials,
    store,
    patience,
    onSecret: report.mask,
  });
  return createAuraClient({ transport, tokens, patience });
}

/** Without the runner's files outputs would go to the log, the password among them. */
function assertRunner(): void {
  const missing = ['GITHUB_OUTPUT', 'GITHUB_STATE'].filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new ActionError(
      `This program runs as a step of GitHub Actions, which sets ${missing.join(' and ')}. Nothing was done.`,
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
