import type { DrivenTime } from '../time/driven-time.ts';
import type { EvaluatedInputs } from './action.ts';
import type { Masks } from './masks.ts';
import type { TraceEvent } from './trace.ts';

/** What a job is started with; everything has a default that suits most tests. */
export interface JobOptions {
  /** `owner/name`; default `octo/shop`. */
  readonly repository?: string;
  /** The event that started the workflow; default a push to the ref. */
  readonly event?: { readonly name: string; readonly payload: object };
  /** Full ref, `refs/heads/main` by default. */
  readonly ref?: string;
  /** Set for pull requests only, as on GitHub. */
  readonly headRef?: string;
  readonly baseRef?: string;
  readonly actor?: string;
  /** Step debug logging, as with the secret ACTIONS_STEP_DEBUG. */
  readonly debug?: boolean;
  /** Registered as masks at job start, like repository secrets, and never to be printed. */
  readonly secrets?: readonly string[];
  /** Masked at job start, too, but no secrets: an id that a user keeps as a secret, say. */
  readonly maskedValues?: readonly string[];
  /** Variables of the job's `env:` block. */
  readonly env?: Readonly<Record<string, string>>;
  /** Directory with action.yml; default the root of this repository. */
  readonly actionDirectory?: string;
  /** What `${{ github.token }}` gives. */
  readonly githubToken?: string;
  /** Values that may not leak, read after each stage: a simulator's secrets, say. */
  readonly forbiddenSecrets?: () => readonly string[];
  /** The time that the steps share with a simulator. */
  readonly drivenTime?: DrivenTime;
  /**
   * Keys from passphrases cost almost nothing, so what a step seals can be opened only by steps of
   * such jobs: for tests in which the sealing is not the matter.
   */
  readonly quickKeys?: boolean;
  /** What runs the stages of the steps; default: each runs in a process of its own. */
  readonly driver?: StageDriver;
  /** An input that action.yml does not declare only warns, as on GitHub; default: it throws. */
  readonly allowUnknownInputs?: boolean;
  /** Files, relative to the workspace or RUNNER_TEMP, that may hold secrets (an env file). */
  readonly filesWithSecrets?: readonly string[];
}

/** What a cancellation can wait for in a running step. */
export interface RunningStep {
  /** In the step's own time, driven or real. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Resolves with the next raw line of output that contains the text. */
  readonly line: (text: string) => Promise<string>;
}

/** When and how a step is cancelled. */
export interface Cancellation {
  /** Cancel when this settles or aborts. A function is called when the step starts. */
  readonly when: Promise<unknown> | AbortSignal | ((step: RunningStep) => Promise<unknown>);
  /**
   * One signal alone in place of the runner's schedule. `SIGKILL`: killed at once, as when the
   * machine goes away; `SIGTERM`: told to end by something else than the runner.
   */
  readonly kill?: 'SIGKILL' | 'SIGTERM';
  /** Factor on the runner's 7.5 s and 2.5 s in real time; default 0.1. Driven time is not scaled. */
  readonly scale?: number;
}

/** One `uses:` step. */
export interface StepOptions {
  /** The `with:` block. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The step's `env:` block. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cancel?: Cancellation;
  /**
   * Main kills itself right before the thing with this number in its trace, counted from 0: at the
   * same point on a machine of any speed.
   */
  readonly killBefore?: number;
}

/** One process of a step: its main or its post. */
export interface Stage {
  readonly name: 'main' | 'post';
  readonly script: string;
  readonly step: StepOptions;
  readonly inputs: EvaluatedInputs;
  /** What main has saved; empty for main itself. */
  readonly savedState: Readonly<Record<string, string>>;
}

/** Runs the stages of a job in another way than in processes of their own. */
export interface StageDriver {
  readonly run: (launch: Launch) => Promise<StageEnd>;
  /** The time by which a stage is measured, in milliseconds. */
  readonly now: () => number;
}

/** What the runner starts a stage with. */
export interface Launch {
  readonly stage: 'main' | 'post';
  readonly env: Readonly<Record<string, string>>;
  readonly cancel: Cancellation | undefined;
  /** See the same field of the step. */
  readonly killBefore: number | undefined;
  /** To be called with each complete line of either stream. */
  readonly onLine: (line: string) => void;
}

/** How a stage ended. */
export interface StageEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Cancelled by schedule before it ended by itself. */
  readonly cancelled: boolean;
  readonly trace: readonly TraceEvent[];
}

/** One error, warning or notice, masked and cut as GitHub shows it. */
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
  /** The summary as uploaded: masked, empty when it was too large. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** The masked lines of the job log. */
  readonly log: readonly string[];
  /** The `::debug::` messages, masked; they are in `log` only when the job has debug on. */
  readonly debugLog: readonly string[];
  /** Raw, with everything a runner would have swallowed. */
  readonly stdout: string;
  readonly stderr: string;
  readonly trace: readonly TraceEvent[];
  /** What the runner itself had to complain about: a bad command file, an unknown input. */
  readonly runnerErrors: readonly string[];
  /** Real time. */
  readonly milliseconds: number;
  /** Time on the driven clock; the same as `milliseconds` without one. */
  readonly drivenMilliseconds: number;
}

/** A job on the fake runner: steps share its masks, its RUNNER_TEMP and exported variables. */
export interface FakeJob {
  step(step: StepOptions): Promise<StepResult>;
  /**
   * Runs the posts of all steps that started, the last one first.
   *
   * @param edit what becomes of the state that each main has saved
   */
  post(edit?: (state: StepResult['state']) => StepResult['state']): Promise<readonly StepResult[]>;
  /** What another job would get of this job output: `undefined` when the runner drops it. */
  output(expressionValue: string): string | undefined;
  readonly temp: string;
  readonly workspace: string;
  readonly masks: Masks;
  /** Removes the job's directories. */
  dispose(): Promise<void>;
}
