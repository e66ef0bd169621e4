import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { inputVariable } from './action.ts';
import { CommandProcessor } from './commands.ts';
import { buildEnvironment, writeEvent } from './environment.ts';
import { isRefusedVariable, parseFileCommands, readSummary } from './file-commands.ts';
import {
  commandFileVariables,
  createCommandFiles,
  readCommandFile,
  type CommandFiles,
  type JobState,
} from './job.ts';
import { printHeader } from './header.ts';
import { findLeaks } from './leaks.ts';
import { runProcess } from './process.ts';
import type { Stage, StageEnd, StepResult } from './types.ts';

interface RawFiles {
  readonly output: string;
  readonly env: string;
  readonly state: string;
  readonly path: string;
  readonly summary: Buffer;
}

/**
 * Runs a stage, reads what it left behind, and checks that it leaked no secret and closed its groups.
 */
export async function runStage(job: JobState, stage: Stage): Promise<StepResult> {
  const started = performance.now();
  const drivenStart = drivenNow(job);
  const files = createCommandFiles(job.context.temp);
  const processor = new CommandProcessor(job.masks, job.options.debug === true);
  printHeader(processor, stage);
  const end = await launch(job, stage, { files, processor });
  const raw = readRawFiles(files);
  const taken = takeFiles(job, processor, raw);
  const milliseconds = performance.now() - started;
  const { annotations, log, debugLog, runnerErrors, failed } = processor.result;
  const result: StepResult = {
    stage: stage.name,
    exitCode: end.exitCode,
    signal: end.signal,
    conclusion: conclude(end, failed),
    ...taken,
    annotations,
    log,
    debugLog,
    stdout: end.stdout,
    stderr: end.stderr,
    trace: end.trace,
    runnerErrors,
    milliseconds,
    drivenMilliseconds: (drivenNow(job) ?? milliseconds) - (drivenStart ?? 0),
  };
  checkForLeaks(job, stage, { raw, result });
  checkGroups(stage, processor, end);
  return result;
}

/** The time of the clock that drives the stages, if any. */
function drivenNow({ options: { driver, drivenTime } }: JobState): number | undefined {
  return driver === undefined ? drivenTime?.now : driver.now();
}

interface Parts {
  readonly files: CommandFiles;
  readonly processor: CommandProcessor;
}

function launch(job: JobState, stage: Stage, { files, processor }: Parts): Promise<StageEnd> {
  const launched = {
    env: stageEnvironment(job, stage, files),
    // The post steps of a cancelled job are not cancelled again.
    cancel: stage.name === 'main' ? stage.step.cancel : undefined,
    killBefore: stage.name === 'main' ? stage.step.killBefore : undefined,
    onLine: (line: string) => {
      processor.line(line);
    },
  };
  const { driver } = job.options;
  if (driver !== undefined) return driver.run({ stage: stage.name, ...launched });
  return runProcess({
    ...launched,
    script: stage.script,
    cwd: job.context.workspace,
    tracePath: path.join(job.root, `trace-${randomUUID()}.jsonl`),
    clock: job.options.drivenTime,
    quickKeys: job.options.quickKeys === true,
    onStart: (child) => {
      job.children.add(child);
      child.once('exit', () => job.children.delete(child));
    },
  });
}

function stageEnvironment(
  job: JobState,
  stage: Stage,
  files: CommandFiles,
): Record<string, string> {
  const base = buildEnvironment(job.context, writeEvent(job.context));
  const inputs = [...stage.inputs.values].map(([name, value]) => [inputVariable(name), value]);
  const state = Object.entries(stage.savedState).map(([name, value]) => [`STATE_${name}`, value]);
  const searchPath = [...job.prependedPaths.toReversed(), base['PATH'] ?? ''];
  return {
    ...base,
    PATH: searchPath.join(path.delimiter),
    ...job.options.env,
    ...Object.fromEntries(job.exported),
    ...stage.step.env,
    ...(Object.fromEntries(inputs) as Record<string, string>),
    ...(Object.fromEntries(state) as Record<string, string>),
    ...commandFileVariables(files),
  };
}

function readRawFiles(files: CommandFiles): RawFiles {
  const text = (file: string): string => readCommandFile(file).toString('utf8');
  return {
    output: text(files.output),
    env: text(files.env),
    state: text(files.state),
    path: text(files.path),
    summary: readCommandFile(files.summary),
  };
}

type Taken = Pick<StepResult, 'outputs' | 'exportedEnv' | 'state' | 'summary'>;

/** Reads the command files, however the process ended. */
function takeFiles(job: JobState, processor: CommandProcessor, raw: RawFiles): Taken {
  const parse = (kind: 'output' | 'env' | 'state'): Record<string, string> => {
    const { values, error } = parseFileCommands(raw[kind]);
    if (error !== undefined) {
      processor.fail(`Unable to process file command '${kind}' successfully. ${error}`);
    }
    return { ...values };
  };
  const exportedEnv = parse('env');
  for (const name of Object.keys(exportedEnv).filter(isRefusedVariable)) {
    Reflect.deleteProperty(exportedEnv, name);
    const text = `Can't store ${name} output parameter using '$GITHUB_ENV' command.`;
    processor.result.runnerErrors.push(text);
    processor.issue('error', text);
  }
  for (const [name, value] of Object.entries(exportedEnv)) job.exported.set(name, value);
  job.prependedPaths.push(...raw.path.split(/\r?\n/).filter((line) => line !== ''));
  const { summary, error } = readSummary(raw.summary, (line) => job.masks.apply(line));
  if (error !== undefined) {
    processor.result.runnerErrors.push(error);
    processor.issue('error', error);
  }
  return {
    outputs: { ...processor.result.outputs, ...parse('output') },
    exportedEnv,
    state: { ...processor.result.state, ...parse('state') },
    summary,
  };
}

function conclude(end: StageEnd, failed: boolean): StepResult['conclusion'] {
  if (end.cancelled) return 'cancelled';
  return end.exitCode === 0 && !failed ? 'success' : 'failure';
}

function checkGroups({ name }: Stage, { groups }: CommandProcessor, { signal }: StageEnd): void {
  const problems = groups.problems(signal !== null);
  if (problems.length === 0) return;
  throw new Error(`The groups in the log of ${name} are not in order: ${problems.join('; ')}.`);
}

function checkForLeaks(
  job: JobState,
  stage: Stage,
  { raw, result }: { readonly raw: RawFiles; readonly result: StepResult },
): void {
  const { workspace, temp, home, githubToken } = job.context;
  const secrets = [
    githubToken,
    ...(job.options.secrets ?? []),
    ...(job.options.forbiddenSecrets?.() ?? []),
  ];
  const allowedFiles = (job.options.filesWithSecrets ?? []).flatMap((file) => [
    path.resolve(workspace, file),
    path.resolve(temp, file),
  ]);
  const places = findLeaks(
    {
      stdout: result.stdout,
      stderr: result.stderr,
      // The log's header repeats the inputs as the user wrote them, before the action runs.
      log: result.log.slice(result.log.indexOf('##[endgroup]') + 1),
      annotations: result.annotations.flatMap(({ message, title = '' }) => [message, title]),
      summary: raw.summary.toString('utf8'),
      output: raw.output,
      env: raw.env,
      state: raw.state,
      directories: [temp, workspace, home],
      allowedFiles,
      exportsPassword: stage.inputs.values.get('export-env') === 'true',
    },
    secrets,
  );
  if (places.length === 0) return;
  throw new Error(`A secret can be read after ${stage.name} in: ${places.join(', ')}.`);
}
