import { subscribe, unsubscribe } from 'node:diagnostics_channel';
// Loaded now: otherwise the first request of a step would wait for it in real time.
import '@actions/http-client';
import type { ClientRequest } from 'node:http';
import type { DrivenClock } from '../../../simulator/core/clock.ts';
import type { Simulator } from '../../../simulator/aura/simulator.ts';
import { gitHubAt } from '../../../harness/github/server.ts';
import { DrivenTime } from '../../../harness/time/driven-time.ts';
import type {
  Launch,
  StageDriver,
  StageEnd,
  TraceEvent,
} from '../../../harness/runner/fake-runner.ts';
import { splitLines } from '../../../harness/runner/lines.ts';
import { runOperation } from '../../../src/aura/action.ts';
import { CancelledError } from '../../../src/core/errors.ts';
import { cleanUp } from '../../../src/aura/operations/create/clean-up.ts';

type Surroundings = Parameters<typeof runOperation>[0];

/** What the entry files of the bundle run. */
export const stages = { main: runOperation, post };
/** The default limit of Node.js, which a process of the step has. */
const usualStack = 10;
/** The time from the runner's SIGINT to its SIGKILL. */
const untilKilled = 10_000;
let busy = false;

/**
 * Runs stages in this process: the code that the bundle is built from, with the files and the
 * environment of the runner, but without a new process for each, and with a clock that jumps to the
 * next event. A cancelled stage gets the same signal as from its signal handlers. The trace contains
 * only requests and pauses. Real signals, the end of a process, proxies, TLS settings and parallel
 * steps need the bundle.
 */
export function inProcess(simulator: Simulator, clock: DrivenClock): StageDriver {
  return { now: () => clock.now(), run: (launch) => runStage(simulator, clock, launch) };
}

async function runStage(
  simulator: Simulator,
  clock: DrivenClock,
  { stage, env, cancel, killBefore, onLine }: Launch,
): Promise<StageEnd> {
  if (busy) throw new Error('Two stages at once need a process each.');
  if (cancel?.kill === 'SIGKILL' || killBefore !== undefined) {
    throw new Error('A stage that is killed needs its own process.');
  }
  const github = gitHubAt(env['GITHUB_API_URL']);
  // Loading takes real time, in which the controlled clock must not advance.
  if (github !== undefined) await import('@actions/github/lib/utils');
  busy = true;
  // Vitest sets 100 lines for each stack; with it a network error costs more than its request.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = usualStack;
  const restoreEnv = replaceEnv(env);
  const captured = captureStreams(onLine);
  const tracing = startTrace(clock);
  const time = new DrivenTime({
    clock,
    held: () => simulator.held() + (github?.held() ?? 0),
  }).joinHere();
  const cancelling = startCancelling(cancel, time.clock);
  try {
    await stages[stage]({ clock: tracing.traced(time.clock), signal: cancelling.signal });
    const cancelled = cancelling.end();
    const exitCode = Number(process.exitCode ?? 0);
    const { trace } = tracing;
    return { exitCode, signal: null, ...captured.texts(), cancelled, trace };
  } finally {
    time.leave();
    tracing.stop();
    captured.restore();
    restoreEnv();
    Error.stackTraceLimit = stackTraceLimit;
    // A stage that fails must not fail the process of the tests.
    process.exitCode = undefined;
    busy = false;
  }
}

interface Cancelling {
  readonly signal: AbortSignal;
  /** Call it when the stage has ended; returns whether the runner has cancelled it. */
  readonly end: () => boolean;
}

/** Does the same as a stage's signal handlers, when the runner sends the signals. */
function startCancelling(cancel: Launch['cancel'], clock: Clock): Cancelling {
  const controller = new AbortController();
  const { signal } = controller;
  if (cancel === undefined) return { signal, end: () => false };
  const { when, kill = 'SIGINT' } = cancel;
  if (typeof when !== 'function') throw new Error('A stage in this process needs a function.');
  let ended = false;
  let due = Infinity;
  const step = {
    sleep: (milliseconds: number) => clock.sleep(milliseconds),
    line: () => Promise.reject(new Error('To wait for a line of a stage needs its own process.')),
  };
  let failure: Error | undefined;
  when(step)
    .then(() => {
      if (ended) return;
      due = clock.now() + untilKilled;
      controller.abort(new CancelledError(kill));
    })
    .catch((error: unknown) => {
      failure = new Error('The moment to cancel at can not be awaited.', { cause: error });
      controller.abort(failure);
    });
  return {
    signal,
    end: () => {
      ended = true;
      if (failure !== undefined) throw failure;
      if (clock.now() > due) throw new Error('The runner would have killed the stage by now.');
      return signal.aborted && kill === 'SIGINT';
    },
  };
}

/** Does the same as post.ts, which can run only once in a process, and ends it. */
async function post(surroundings: Surroundings): Promise<void> {
  const left = process.env['STATE_aura-left'];
  if (left) process.stdout.write(`::warning::${left}\n`);
  if (process.env['STATE_aura-create']) await cleanUp(surroundings);
}

/** A new object: setting the real variables one by one takes longer than many steps. */
function replaceEnv(env: Readonly<Record<string, string>>): () => void {
  const before = process.env;
  process.env = { ...env };
  return () => {
    process.env = before;
  };
}

interface Captured {
  /** Call it when nothing more is written. */
  readonly texts: () => { readonly stdout: string; readonly stderr: string };
  readonly restore: () => void;
}

function captureStreams(onLine: (line: string) => void): Captured {
  const take = (stream: NodeJS.WriteStream): { text: () => string; restore: () => void } => {
    const lines = splitLines(onLine);
    const before = Object.getOwnPropertyDescriptor(stream, 'write');
    stream.write = (chunk: string | Uint8Array): boolean => {
      lines.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return true;
    };
    return {
      text: () => {
        lines.end();
        return lines.text();
      },
      restore: () => {
        if (before === undefined) Reflect.deleteProperty(stream, 'write');
        else Object.defineProperty(stream, 'write', before);
      },
    };
  };
  const stdout = take(process.stdout);
  const stderr = take(process.stderr);
  return {
    texts: () => ({ stdout: stdout.text(), stderr: stderr.text() }),
    restore: () => {
      stdout.restore();
      stderr.restore();
    },
  };
}

type Clock = Surroundings['clock'];

interface Tracing {
  readonly trace: readonly TraceEvent[];
  /** A clock that adds its pauses to the trace. */
  readonly traced: (stageClock: Clock) => Clock;
  readonly stop: () => void;
}

function startTrace(clock: DrivenClock): Tracing {
  const trace: TraceEvent[] = [];
  const onRequest = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    const { method, host, path } = request;
    trace.push({ at: clock.now(), kind: 'request', method, host, path });
  };
  subscribe('http.client.request.created', onRequest);
  return {
    trace,
    traced: (stageClock) => ({
      now: () => stageClock.now(),
      sleep: (milliseconds, signal) => {
        trace.push({ at: clock.now(), kind: 'sleep', milliseconds });
        return stageClock.sleep(milliseconds, signal);
      },
    }),
    stop: () => {
      unsubscribe('http.client.request.created', onRequest);
    },
  };
}
