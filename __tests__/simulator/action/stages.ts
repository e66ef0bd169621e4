import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { captureReport } from '../../core/runner/captured-report.ts';
import { makeDirectory } from './runner-files.ts';
import { startSimulator } from '../../../src/simulator/start.ts';
import { stopSimulator } from '../../../src/simulator/stop.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';

/** The simulator's program, not bundled. */
export const program = fileURLToPath(new URL('../../../simulator/cli.ts', import.meta.url));

/** The stages of a step in this process, and what they wrote for the runner. */
export interface Stages {
  readonly temp: string;
  readonly main: (options?: Options) => Promise<void>;
  /** With the state that main saved last. */
  readonly post: (options?: Omit<Options, 'script'> & { state?: string }) => Promise<void>;
  readonly lines: () => readonly string[];
  readonly outputs: () => Readonly<Record<string, string>>;
  readonly variables: () => Readonly<Record<string, string>>;
  /** What the post stage would get. */
  readonly state: () => string;
  readonly exitCode: () => typeof process.exitCode;
}

interface Options {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly script?: string;
}

/** Prepares a step of the simulator action; the code of a stage runs in this process. */
export function makeStages(inputs: Readonly<Record<string, string>> = {}): Stages {
  const temp = makeDirectory();
  const captured = captureReport();
  for (const [name, value] of Object.entries(inputs)) {
    vi.stubEnv(`INPUT_${name.toUpperCase()}`, value);
  }
  const state = (): string => Object.fromEntries(captured.state())['simulator'] ?? '';
  const never = new AbortController().signal;
  const env = (): NodeJS.ProcessEnv => ({ ...process.env, RUNNER_TEMP: temp });
  return {
    temp,
    main: ({ clock = systemClock, signal = never, script = program } = {}) =>
      startSimulator({ clock, signal, script, env: env() }),
    post: ({ clock = systemClock, signal = never, state: given = state() } = {}) =>
      stopSimulator({ clock, signal, env: { ...env(), STATE_simulator: given } }),
    lines: captured.lines,
    outputs: () => Object.fromEntries(captured.outputs()),
    variables: () => Object.fromEntries(captured.variables()),
    state,
    exitCode: captured.exitCode,
  };
}

/** A program to run instead of the simulator; it is JavaScript. */
export function makeProgram(code: string): string {
  const file = path.join(makeDirectory(), 'server.mjs');
  writeFileSync(file, code);
  return file;
}

/** Code that keeps a program running until it is ended. */
export const forever = 'setInterval(() => undefined, 1e6);';
