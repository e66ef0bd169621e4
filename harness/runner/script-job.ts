import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import {
  startJob,
  type FakeJob,
  type JobOptions,
  type StepOptions,
  type StepResult,
} from './fake-runner.ts';

const actionDirectory = fileURLToPath(new URL('./script', import.meta.url));

/** Starts a job whose steps run JavaScript; it is disposed of after the test. */
export async function startScriptJob(options: JobOptions = {}): Promise<FakeJob> {
  const job = await startJob({ actionDirectory, ...options });
  onTestFinished(() => job.dispose());
  return job;
}

/** Runs JavaScript as the only step of a job. */
export async function runScript(
  code: string,
  options: JobOptions & Partial<StepOptions> = {},
): Promise<StepResult> {
  const { inputs, env, cancel, ...jobOptions } = options;
  const job = await startScriptJob(jobOptions);
  return job.step({
    inputs: { code, ...inputs },
    ...(env === undefined ? {} : { env }),
    ...(cancel === undefined ? {} : { cancel }),
  });
}

/** The log after the header that repeats the inputs. */
export function body(result: StepResult): readonly string[] {
  return result.log.slice(result.log.indexOf('##[endgroup]') + 1);
}
