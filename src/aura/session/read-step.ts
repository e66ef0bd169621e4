import { getInput } from '@actions/core';
import { ActionError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/github/event.ts';
import { parseDuration } from '../../core/inputs/times.ts';
import { commandFileProblems, commandFiles } from '../../core/runner/runner-files.ts';
import { type EnvFileRoots, isTrackedEnvFile } from '../../core/secrets/env-file.ts';
import type { Clock } from '../../core/time/clock.ts';
import { TimeLimitError, withinDeadline } from '../../core/time/time-limit.ts';
import { readInputs } from '../inputs/inputs.ts';
import type { Step } from '../inputs/request.ts';
import { messages } from '../inputs/messages.ts';
import { maskAccepted } from '../inputs/secrets.ts';
import { inputDefaults, secretInputs } from '../inputs/table.ts';
import type { AuraReport } from './report.ts';

/** Values that a process receives from outside. */
export interface Surroundings {
  readonly clock: Clock;
  /** Aborts when the runner cancels the step. */
  readonly signal: AbortSignal;
  /** Work that began before the step; the inputs are read when it has ended. */
  readonly ready?: Promise<void> | undefined;
}

interface Reading {
  readonly report: AuraReport;
  readonly surroundings: Surroundings;
  /** Epoch milliseconds at which the step began. */
  readonly begin: number;
}

/** Time limit for git to say whether a repository tracks a file. */
const gitMilliseconds = 5_000;

/** Masks the accepted secrets among the inputs, before anything else can print them. */
export function maskInputs({ mask }: AuraReport): void {
  const maskInput = maskAccepted(mask);
  for (const name of secretInputs) maskInput(getInput(name));
}

/** Without the runner's files the outputs, including the password, would go to the log. */
export function assertRunner(): void {
  const { env } = process;
  if (commandFiles.some((name) => !env[name])) {
    throw new ActionError(commandFileProblems(env).join('\n'));
  }
}

/**
 * Reads the inputs.
 *
 * @param problems problems with the runner, to be reported together with those of the inputs.
 * @throws {@link ActionError} with all problems at once.
 */
export async function readStep(
  event: RunEvent,
  problems: readonly string[],
  reading: Reading,
): Promise<Step> {
  const { env } = process;
  const workspace = env['GITHUB_WORKSPACE'] ?? process.cwd();
  const roots = { workspace, temp: env['RUNNER_TEMP'] };
  const envFile = getInput('env-file');
  const [trouble] = await Promise.all([
    envFile === '' ? undefined : trackingProblem(envFile, roots, reading),
    reading.surroundings.ready,
  ]);
  return readInputs(getInput, {
    event,
    ...roots,
    env,
    problems: trouble === undefined ? problems : [...problems, trouble],
    remarks: reading.report,
    mask: reading.report.mask,
  });
}

/** Why git makes the env file unsafe: a commit would include the password. */
async function trackingProblem(
  envFile: string,
  roots: Pick<EnvFileRoots, 'workspace'>,
  { surroundings: { clock, signal }, begin }: Reading,
): Promise<string | undefined> {
  const timeout = parseDuration(getInput('timeout') || (inputDefaults.timeout ?? ''));
  const longest = 'value' in timeout ? timeout.value : gitMilliseconds;
  const limit = {
    clock,
    signal,
    // For each repository, and never more than the time left for the step.
    get milliseconds() {
      return withinDeadline(gitMilliseconds, begin + longest - clock.now());
    },
  };
  try {
    const tracked = await isTrackedEnvFile(envFile, roots, limit);
    return tracked ? messages.envFile(envFile, 'git tracks it') : undefined;
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    const why = `git could not be asked (${error.message}), so git may track it`;
    return messages.envFile(envFile, why);
  }
}
