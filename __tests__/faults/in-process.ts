import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DrivenClock, drivenClock } from '../../simulator/clock.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import type { Clock } from '../../src/clock.ts';
import { inputNames } from '../../src/inputs.ts';
import { runOperation } from '../../src/action.ts';
import { cleanUp } from '../../src/operations/clean-up.ts';
import { CommandProcessor } from '../helpers/runner-commands.ts';
import { parseFileCommands } from '../helpers/runner-file-commands.ts';
import { findLeaks } from '../helpers/runner-leaks.ts';
import { Masks } from '../helpers/runner-masks.ts';
import type { Annotation } from '../helpers/runner-types.ts';
import { createExchangeValidator } from '../helpers/validate-exchange.ts';

/** What a run of one stage within this process left behind. */
export interface InProcessResult {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  readonly log: readonly string[];
  /** Places in which a secret was found. */
  readonly leaks: readonly string[];
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
}

/** A simulator in driven time without limits; what breaks the description is noted. */
export async function startWorld(): Promise<{
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  readonly violations: string[];
}> {
  const clock = drivenClock();
  const violations: string[] = [];
  validator ??= createExchangeValidator();
  const validate = await validator;
  const simulator = await startSimulator({
    clock,
    requestsPerMinute: 'unlimited',
    tokensPerHour: 'unlimited',
    onExchange: (exchange) => violations.push(...validate(exchange)),
  });
  return { simulator, clock, violations };
}

let validator: ReturnType<typeof createExchangeValidator> | undefined;

/**
 * Runs a stage in this process, for tests with too many runs to start a process for each: the code
 * that the bundle is built from, with the runner's files and environment, but in time that jumps to
 * the next moment at which anything happens. One run at a time.
 */
export async function runInProcess(options: InProcessOptions): Promise<InProcessResult> {
  const { simulator, inputs, state } = options;
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
  });
  const captured = capture();
  const time = drive(simulator, options.clock);
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
  return evaluate(exitCode, captured, { files, secrets: simulator.secrets() });
}

function evaluate(
  exitCode: number,
  { stdout, stderr }: { readonly stdout: () => string; readonly stderr: () => string },
  {
    files,
    secrets,
  }: { readonly files: Readonly<Record<string, string>>; readonly secrets: readonly string[] },
): InProcessResult {
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

interface Timer {
  readonly due: number;
  readonly fire: () => void;
}

/** Time may pass in steps of this while a request is held back, because its answer may come. */
const heldStepMilliseconds = 1_000;
/** So many turns of the event loop without a change mean that nothing is under way. */
const quietTurns = 3;

/**
 * A clock over the simulator's: when all requests that are open are held back by it, and there are
 * timers, time moves on to the next of them.
 */
function drive(
  simulator: Simulator,
  simulated: DrivenClock,
): { readonly clock: Clock; readonly stop: () => void } {
  const open = new Set<ClientRequest>();
  const timers = new Set<Timer>();
  let turns = 0;
  let stopped = false;
  const onRequest = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    open.add(request);
    turns = 0;
    request.once('close', () => {
      open.delete(request);
      turns = 0;
    });
  };
  subscribe('http.client.request.created', onRequest);
  const turn = (): void => {
    if (stopped) return;
    turns = open.size === simulator.held() ? turns + 1 : 0;
    if (turns > quietTurns && timers.size > 0) {
      turns = 0;
      advance(simulated, timers, open.size > 0);
    }
    setImmediate(turn);
  };
  setImmediate(turn);
  const clock: Clock = {
    now: () => simulated.now(),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const timer = { due: simulated.now() + milliseconds, fire: resolve };
        timers.add(timer);
        signal?.addEventListener('abort', () => {
          timers.delete(timer);
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        });
      }),
  };
  return {
    clock,
    stop: () => {
      stopped = true;
      unsubscribe('http.client.request.created', onRequest);
    },
  };
}

function advance(simulated: DrivenClock, timers: Set<Timer>, held: boolean): void {
  const next = Math.min(...[...timers].map(({ due }) => due));
  const left = Math.max(0, next - simulated.now());
  simulated.advance(held ? Math.min(left, heldStepMilliseconds) : left);
  for (const timer of timers) {
    if (timer.due > simulated.now()) continue;
    timers.delete(timer);
    timer.fire();
  }
}
