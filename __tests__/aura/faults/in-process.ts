import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DrivenClock } from '../../../simulator/core/clock.ts';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { inputNames } from '../../../src/aura/inputs/names.ts';
import { runOperation } from '../../../src/aura/action.ts';
import { cleanUp } from '../../../src/aura/operations/create/clean-up.ts';
import type { GitHubServer } from '../../../harness/github/server.ts';
import { CommandProcessor } from '../../../harness/runner/commands.ts';
import { parseFileCommands } from '../../../harness/runner/file-commands.ts';
import { findLeaks } from '../../../harness/runner/leaks.ts';
import { Masks } from '../../../harness/runner/masks.ts';
import type { Annotation } from '../../../harness/runner/types.ts';
import { driveTime } from './drive.ts';

/** What a run of one stage within this process left behind. */
export interface InProcessResult {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  readonly log: readonly string[];
  /** Places in which a secret was found. */
  readonly leaks: readonly string[];
  /** How long the stage took, in driven time. */
  readonly milliseconds: number;
}

/** A simulator whose time the stages drive. */
export interface InProcessOptions {
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  readonly inputs: Readonly<Record<string, string>>;
  /** `RUNNER_TEMP` of the job; one of its own when left out. */
  readonly temp?: string;
  /** Given for a post stage: the state of its main stage. */
  readonly state?: Readonly<Record<string, string>>;
  /** Given where the stage asks GitHub. */
  readonly github?: GitHubServer;
}

/**
 * Runs a stage in this process, for tests with too many runs to start a process for each: the code
 * that the bundle is built from, with the runner's files and environment, but in time that jumps to
 * the next moment at which anything happens. One run at a time.
 */
export async function runInProcess(options: InProcessOptions): Promise<InProcessResult> {
  const { simulator, inputs, state, github } = options;
  const directory = mkdtempSync(path.join(tmpdir(), 'aura-in-process-'));
  const fileOf = (name: string): string => path.join(directory, name);
  for (const name of ['output', 'state', 'env', 'summary']) writeFileSync(fileOf(name), '');
  const restoreEnv = replaceEnv({
    ...Object.fromEntries(inputNames.map((name) => [inputVariable(name), ''])),
    ...Object.fromEntries(
      Object.entries({
        'api-url': simulator.url,
        'client-id': simulator.clientId,
        'client-secret': simulator.clientSecret,
        ...inputs,
      }).map(([name, value]) => [inputVariable(name), value]),
    ),
    ...Object.fromEntries(
      Object.entries(state ?? {}).map(([key, value]) => [`STATE_${key}`, value]),
    ),
    GITHUB_OUTPUT: fileOf('output'),
    GITHUB_STATE: fileOf('state'),
    GITHUB_ENV: fileOf('env'),
    GITHUB_STEP_SUMMARY: fileOf('summary'),
    RUNNER_TEMP: options.temp ?? directory,
    ...(github && {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'octo/shop',
      GITHUB_REF: 'refs/heads/main',
      'INPUT_GITHUB-TOKEN': 'ghs_0123456789abcdefghij',
    }),
  });
  const captured = capture();
  const time = driveTime([simulator, ...(github ? [github] : [])], options.clock);
  const begin = options.clock.now();
  try {
    const signal = new AbortController().signal;
    await (state === undefined ? runOperation : cleanUp)({ clock: time.clock, signal });
  } finally {
    time.stop();
    captured.restore();
    restoreEnv();
  }
  const exitCode = Number(process.exitCode ?? 0);
  process.exitCode = 0;
  const files = Object.fromEntries(
    ['output', 'state', 'env', 'summary'].map((name) => [name, readFileSync(fileOf(name), 'utf8')]),
  );
  rmSync(directory, { recursive: true });
  const milliseconds = options.clock.now() - begin;
  const secrets = simulator.secrets();
  return { ...evaluate(exitCode, captured, { files, secrets }), milliseconds };
}

function evaluate(
  exitCode: number,
  { stdout, stderr }: { readonly stdout: () => string; readonly stderr: () => string },
  {
    files,
    secrets,
  }: { readonly files: Readonly<Record<string, string>>; readonly secrets: readonly string[] },
): Omit<InProcessResult, 'milliseconds'> {
  const processor = new CommandProcessor(new Masks(), false);
  for (const line of `${stderr()}\n${stdout()}`.split('\n')) processor.line(line);
  const { annotations, log } = processor.result;
  const { output = '', state = '', env = '', summary = '' } = files;
  return {
    exitCode,
    outputs: parseFileCommands(output).values,
    state: parseFileCommands(state).values,
    annotations,
    log,
    leaks: findLeaks(
      {
        stdout: stdout(),
        stderr: stderr(),
        log,
        annotations: annotations.map(({ message }) => message),
        summary,
        output,
        env,
        state,
        directories: [],
        allowedFiles: [],
        exportsPassword: false,
      },
      secrets,
    ),
  };
}

function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function replaceEnv(values: Readonly<Record<string, string | undefined>>): () => void {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  return () => {
    for (const name of Object.keys(process.env)) {
      if (!(name in before)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, before);
  };
}

interface Captured {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly restore: () => void;
}

function capture(): Captured {
  const take = (stream: NodeJS.WriteStream): { text: () => string; restore: () => void } => {
    const chunks: string[] = [];
    const original = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array): boolean => {
      chunks.push(chunk.toString());
      return true;
    };
    return {
      text: () => chunks.join(''),
      restore: () => {
        stream.write = original;
      },
    };
  };
  const out = take(process.stdout);
  const error = take(process.stderr);
  return {
    stdout: out.text,
    stderr: error.text,
    restore: () => {
      out.restore();
      error.restore();
    },
  };
}
