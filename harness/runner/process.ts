import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleepReally } from 'node:timers/promises';
import type { DrivenTime } from '../time/driven-time.ts';
import { splitLines } from './lines.ts';
import { readTrace } from './trace.ts';
import type { Cancellation, StageEnd } from './types.ts';

const preload = new URL('./preload.mjs', import.meta.url).href;
const beforeSigterm = 7500;
const beforeSigkill = 2500;
const defaultScale = 0.1;
/** How long to wait for a grandchild that keeps the streams open. */
const streamsAfterExit = 5000;

/** A process to run until it ends. */
export interface ProcessOptions {
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly tracePath: string;
  readonly clock: DrivenTime | undefined;
  readonly cancel: Cancellation | undefined;
  readonly killBefore: number | undefined;
  readonly quickKeys: boolean;
  readonly onStart: (child: ChildProcess) => void;
  /** Called with each complete line of either stream. */
  readonly onLine: (line: string) => void;
}

/** Runs a script as the runner does: same Node.js, no stdin, both streams read line by line. */
export async function runProcess(options: ProcessOptions): Promise<StageEnd> {
  const { clock, killBefore, quickKeys } = options;
  const child = spawn(process.execPath, ['--import', preload, options.script], {
    cwd: options.cwd,
    env: {
      ...options.env,
      FAKE_RUNNER_TRACE: options.tracePath,
      ...(clock === undefined ? {} : { FAKE_RUNNER_NOW: String(clock.now) }),
      ...(killBefore === undefined ? {} : { FAKE_RUNNER_KILL_BEFORE: String(killBefore) }),
      ...(quickKeys ? { FAKE_RUNNER_QUICK_KEYS: 'true' } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(clock === undefined ? [] : (['ipc'] as const))],
    windowsHide: true,
  });
  clock?.add(child);
  options.onStart(child);
  const lines = watchLines();
  const onLine = (line: string): void => {
    options.onLine(line);
    lines.onLine(line);
  };
  const stdout = collect(child.stdout, onLine);
  const stderr = collect(child.stderr, onLine);
  const cancelling = watchForCancel(child, options, lines);
  const [exitCode, signal] = await ended(child);
  const cancelled = cancelling.stop();
  const trace = readTrace(options.tracePath);
  return { exitCode, signal, stdout: stdout(), stderr: stderr(), cancelled, trace };
}

function collect(
  stream: NodeJS.ReadableStream | null,
  onLine: (line: string) => void,
): () => string {
  const lines = splitLines(onLine);
  stream?.setEncoding('utf8');
  stream?.on('data', lines.write);
  stream?.on('end', lines.end);
  return lines.text;
}

function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      const giveUp = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, streamsAfterExit);
      child.once('close', () => {
        clearTimeout(giveUp);
      });
    });
    child.once('close', (code, signal) => {
      resolve([code, signal]);
    });
  });
}

/** Cancels on its trigger; `stop` tells whether that was before the process ended. */
function watchForCancel(
  child: ChildProcess,
  options: ProcessOptions,
  lines: LineWatch,
): { stop: () => boolean } {
  const { cancel, clock, tracePath } = options;
  if (cancel === undefined) return { stop: () => false };
  let cancelled = false;
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  const send = (name: NodeJS.Signals): void => {
    if (!running()) return;
    const at = clock?.now ?? Date.now();
    appendFileSync(tracePath, `${JSON.stringify({ at, kind: 'signal', name })}\n`);
    child.kill(name);
    clock?.interrupted(child);
  };
  // A wait for a process that has ended must not move the time of later ones.
  const ended = new AbortController();
  child.once('exit', () => {
    ended.abort();
  });
  const sleep = sleeper(clock, { scale: cancel.scale ?? defaultScale, ended: ended.signal });
  const run = async (): Promise<void> => {
    await triggered(options, lines);
    if (!running()) return;
    if (cancel.kill !== undefined) {
      send(cancel.kill);
      return;
    }
    cancelled = true;
    send('SIGINT');
    await sleep(beforeSigterm);
    send('SIGTERM');
    await sleep(beforeSigkill);
    send('SIGKILL');
  };
  const failure = run().catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  // Not awaited: the trigger may never come.
  failure.catch(() => undefined);
  return { stop: () => cancelled };
}

/** Driven if there is a clock; a process that never becomes idle is stopped in real time. */
function sleeper(
  clock: DrivenTime | undefined,
  { scale, ended }: { readonly scale: number; readonly ended: AbortSignal },
): (ms: number) => Promise<unknown> {
  if (clock === undefined) return (ms) => sleepReally(ms * scale, undefined, { ref: false });
  return (ms) => Promise.race([clock.sleep(ms, ended), sleepReally(ms, undefined, { ref: false })]);
}

async function triggered(options: ProcessOptions, lines: LineWatch): Promise<void> {
  const { cancel, clock } = options;
  const when = cancel?.when;
  if (typeof when === 'function') {
    await when({
      sleep: (milliseconds) => clock?.sleep(milliseconds) ?? sleepReally(milliseconds),
      line: (text) => lines.next(text),
    });
  } else if (when instanceof AbortSignal) {
    if (when.aborted) return;
    await new Promise((resolve) => {
      when.addEventListener('abort', resolve, { once: true });
    });
  } else {
    await when;
  }
}

/** The lines of a process as they arrive. */
interface LineWatch {
  readonly onLine: (line: string) => void;
  /** Resolves with the next line that contains the text. */
  readonly next: (text: string) => Promise<string>;
}

function watchLines(): LineWatch {
  const waiting = new Set<{ text: string; resolve: (line: string) => void }>();
  return {
    onLine: (line) => {
      for (const one of waiting) {
        if (!line.includes(one.text)) continue;
        waiting.delete(one);
        one.resolve(line);
      }
    },
    next: (text) =>
      new Promise((resolve) => {
        waiting.add({ text, resolve });
      }),
  };
}
