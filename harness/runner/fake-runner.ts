import { evaluateInputs, loadAction, type Action, type EvaluatedInputs } from './action.ts';
import { closeJob, openJob, type JobState } from './job.ts';
import { findProcesses } from './orphans.ts';
import { runStage } from './stage.ts';
import type { FakeJob, JobOptions, StepOptions, StepResult } from './types.ts';

export type {
  Annotation,
  Cancellation,
  FakeJob,
  JobOptions,
  Launch,
  RunningStep,
  StageDriver,
  StageEnd,
  StepOptions,
  StepResult,
} from './types.ts';
export type { CommandFile, TraceEvent } from './trace.ts';

interface RegisteredPost {
  readonly step: StepOptions;
  readonly state: Readonly<Record<string, string>>;
}

/**
 * Starts a job on a fake runner with real processes: each step runs the committed bundle with the
 * environment, command files, masks and signals of GitHub's runner.
 */
export function startJob(options: JobOptions = {}): Promise<FakeJob> {
  // Invalid options also reject the promise.
  return new Promise((resolve) => {
    resolve(createJob(options));
  });
}

function createJob(options: JobOptions): FakeJob {
  const job = openJob(options);
  const posts: RegisteredPost[] = [];
  return {
    temp: job.context.temp,
    workspace: job.context.workspace,
    masks: job.masks,
    step: async (step) => {
      const inputs = inputsOf(job, step);
      // Registered when main starts, so that even a crash of main does not prevent it.
      const post = { step, state: {} };
      posts.push(post);
      const { main: script } = actionOf(job, step);
      const result = await runStage(job, { name: 'main', script, step, inputs, savedState: {} });
      posts.splice(posts.indexOf(post), 1, { step, state: result.state });
      return result;
    },
    post: (edit = (state) => state) => {
      const due = posts.splice(0).reverse();
      return runPosts(
        job,
        due.map(({ step, state }) => ({ step, state: edit(state) })),
      );
    },
    output: (value) => (value === '' || job.masks.touches(value) ? undefined : value),
    processes: () => findProcesses(job.context.trackingId),
    dispose: () => {
      closeJob(job);
      return Promise.resolve();
    },
  };
}

async function runPosts(
  job: JobState,
  posts: readonly RegisteredPost[],
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const { step, state } of posts) {
    const { post: script } = actionOf(job, step);
    if (script === undefined) continue;
    results.push(
      await runStage(job, {
        name: 'post',
        script,
        step,
        inputs: inputsOf(job, step),
        savedState: state,
      }),
    );
  }
  return results;
}

function actionOf(job: JobState, { actionDirectory }: StepOptions): Action {
  return actionDirectory === undefined ? job.action : loadAction(actionDirectory);
}

function inputsOf(job: JobState, step: StepOptions): EvaluatedInputs {
  const contexts = {
    'github.token': job.context.githubToken,
    'github.repository': job.options.repository ?? 'octo/shop',
    'github.workspace': job.context.workspace,
    'runner.temp': job.context.temp,
  };
  const inputs = evaluateInputs(actionOf(job, step), step.inputs, contexts);
  if (inputs.unknown.length > 0 && job.options.allowUnknownInputs !== true) {
    throw new Error(`action.yml does not declare the input '${inputs.unknown.join("', '")}'.`);
  }
  return inputs;
}
