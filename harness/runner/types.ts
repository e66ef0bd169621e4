import type { DrivenTime } from '../time/driven-time.ts';
import type { EvaluatedInputs } from './action.ts';
import type { Masks } from './masks.ts';
import type { TraceEvent } from './trace.ts';

/** Options of a job; the defaults suit most tests. */
export interface JobOptions {
  /** `owner/name`. Default: `octo/shop`. */
  readonly repository?: string;
  /** The event that started the workflow. Default: a push to the ref. */
  readonly event?: { readonly name: string; readonly payload: object };
  /** Full ref. Default: `refs/heads/main`. */
  readonly ref?: string;
  /** Set only for pull requests, as on GitHub. */
  readonly headRef?: string;
  readonly baseRef?: string;
  readonly actor?: string;
  /** Step debug logging, as with the secret ACTIONS_STEP_DEBUG. */
  readonly debug?: boolean;
  /** Masked at job start, like repository secrets; must never be printed. */
  readonly secrets?: readonly string[];
  /** Also masked at job start but not secret: for example an id that a user stores as a secret. */
  readonly maskedValues?: readonly string[];
  /** Variables of the job's `env:` block. */
  readonly env?: Readonly<Record<string, string>>;
  /** Directory with action.yml. Default: the root of this repository. */
  readonly actionDirectory?: string;
  /** The value of `${{ github.token }}`. */
  readonly githubToken?: string;
  /** Values that must not leak, read after each stage: for example a simulator's secrets. */
  readonly forbiddenSecrets?: () => readonly string[];
  /** The time that the steps share with a simulator. */
  readonly drivenTime?: DrivenTime;
  /**
   * Keys from passphrases cost almost nothing, and only steps of such jobs can open what a step
   * seals: for tests that do not test the sealing.
   */
  readonly quickKeys?: boolean;
  /** Runs the stages of the steps. Default: each runs in its own process. */
  readonly driver?: StageDriver;
  /** An undeclared input only causes a warning, as on GitHub. Default: it throws. */
  readonly allowUnknownInputs?: boolean;
  /** Files, relative to the workspace or RUNNER_TEMP, that may contain secrets (an env file). */
  readonly filesWithSecrets?: readonly string[];
}

/** Moments in a running step that a cancellation can wait for. */
export interface RunningStep {
  /** In the step's own time, driven or real. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Resolves with the next raw line of output that contains the text. */
  readonly line: (text: string) => Promise<string>;
}

/** When and how a step is cancelled. */
export interface Cancellation {
  /** Cancels when this settles or aborts. A function is called when the step starts. */
  readonly when: Promise<unknown> | AbortSignal | ((step: RunningStep) => Promise<unknown>);
  /**
   * Sends only this signal instead of the runner's sequence. `SIGKILL`: killed immediately, as
   * when the machine is lost; `SIGTERM`: stopped by something other than the runner.
   */
  readonly kill?: 'SIGKILL' | 'SIGTERM';
  /**
   * Factor for the runner's 7.5 s and 2.5 s in real time; default 0.1. Driven time is not scaled.
   */
  readonly scale?: number;
}

/** One `uses:` step. */
export interface StepOptions {
  /** The `with:` block. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The step's `env:` block. */
  readonly env?: Readonly<Record<string, string>>;
  /** Directory with action.yml, if the step uses another action than the job's other steps. */
  readonly actionDirectory?: string;
  readonly cancel?: Cancellation;
  /**
   * Main kills itself right before the event with this number in its trace, counted from 0: at
   * the same point on a machine of any speed.
   */
  readonly killBefore?: number;
}

/** One process of a step: main or post. */
export interface Stage {
  readonly name: 'main' | 'post';
  readonly script: string;
  readonly step: StepOptions;
  readonly inputs: EvaluatedInputs;
  /** State saved by main; empty for main itself. */
  readonly savedState: Readonly<Record<string, string>>;
}

/** Runs the stages of a job without separate processes. */
export interface StageDriver {
  readonly run: (launch: Launch) => Promise<StageEnd>;
  /** The time used to measure a stage, in milliseconds. */
  readonly now: () => number;
}

/** What the runner passes to a stage. */
export interface Launch {
  readonly stage: 'main' | 'post';
  readonly env: Readonly<Record<string, string>>;
  readonly cancel: Cancellation | undefined;
  /** See the same field of the step. */
  readonly killBefore: number | undefined;
  /** Must be called with each complete line of either stream. */
  readonly onLine: (line: string) => void;
}

/** How a stage ended. */
export interface StageEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Cancelled by the runner's sequence before it ended. */
  readonly cancelled: boolean;
  readonly trace: readonly TraceEvent[];
}

/** One error, warning or notice, masked and truncated as GitHub shows it. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
}

/** Everything observable of one stage (main or post) of a step. */
export interface StepResult {
  readonly stage: 'main' | 'post';
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly outputs: Readonly<Record<string, string>>;
  readonly exportedEnv: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** The summary as uploaded: masked; empty if it was too large. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** The masked lines of the job log. */
  readonly log: readonly string[];
  /** The `::debug::` messages, masked; `log` contains them only if the job has debug on. */
  readonly debugLog: readonly string[];
  /** Raw output, including what a runner would swallow. */
  readonly stdout: string;
  readonly stderr: string;
  readonly trace: readonly TraceEvent[];
  /** Complaints of the runner itself: a bad command file, an unknown input. */
  readonly runnerErrors: readonly string[];
  /** Real time. */
  readonly milliseconds: number;
  /** Time on the driven clock; without one, the same as `milliseconds`. */
  readonly drivenMilliseconds: number;
}

/** A job on the fake runner: steps share its masks, its RUNNER_TEMP and exported variables. */
export interface FakeJob {
  step(step: StepOptions): Promise<StepResult>;
  /**
   * Runs the post steps of all started steps, the last one first.
   *
   * @param edit changes the state that each main saved
   */
  post(edit?: (state: StepResult['state']) => StepResult['state']): Promise<readonly StepResult[]>;
  /** What another job would receive for this job output: `undefined` if the runner drops it. */
  output(expressionValue: string): string | undefined;
  readonly temp: string;
  readonly workspace: string;
  readonly masks: Masks;
  /** The ids of the processes that the job's steps left running; always empty but on Linux. */
  processes(): readonly number[];
  /** Ends the processes that the job left behind, and removes its directories. */
  dispose(): Promise<void>;
}
