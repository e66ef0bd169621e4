import type { DrivenClock } from '../../../simulator/core/clock.ts';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import type { GitHubServer } from '../../../harness/github/server.ts';
import { startJob, type FakeJob, type StepResult } from '../../../harness/runner/fake-runner.ts';
import { inProcess } from '../in-process/driver.ts';

/** A simulator whose clock the stages advance. */
export interface InProcessOptions {
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  readonly inputs: Readonly<Record<string, string>>;
  /** Set if the stage sends requests to GitHub. */
  readonly github?: GitHubServer;
}

/** Runs one main stage in this process, as the only step of its job. One run at a time. */
export async function runInProcess(options: InProcessOptions): Promise<StepResult> {
  const job = await startInProcess(options);
  try {
    return await stepInProcess(job, options);
  } finally {
    await job.dispose();
  }
}

/** Starts a job whose stages run in this process. */
export function startInProcess({
  simulator,
  clock,
  github,
}: Omit<InProcessOptions, 'inputs'>): Promise<FakeJob> {
  return startJob({
    secrets: [simulator.clientSecret],
    forbiddenSecrets: () => simulator.secrets(),
    driver: inProcess(simulator, clock),
    ...(github && { env: { GITHUB_API_URL: github.url } }),
  });
}

/** Runs a step of such a job. */
export function stepInProcess(
  job: FakeJob,
  { simulator, inputs }: Pick<InProcessOptions, 'simulator' | 'inputs'>,
): Promise<StepResult> {
  const usual = {
    'api-url': simulator.url,
    'client-id': simulator.clientId,
    'client-secret': simulator.clientSecret,
  };
  return job.step({ inputs: { ...usual, ...inputs } });
}
