import { readFileSync } from 'node:fs';

/** The files through which an action passes values to the runner. */
export type CommandFile = 'output' | 'env' | 'state' | 'summary' | 'path';

/** One event of an action, in order; `at` is the time of its own clock, driven or not. */
export type TraceEvent = { readonly at: number } & (
  | { readonly kind: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'command-file'; readonly file: CommandFile; readonly keys: readonly string[] }
  | { readonly kind: 'write'; readonly path: string }
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly host: string;
      readonly path: string;
    }
  | { readonly kind: 'sleep'; readonly milliseconds: number }
  | { readonly kind: 'signal'; readonly name: string }
);

/** Reads the trace of a stage; skips a line that a kill cut off. */
export function readTrace(path: string): TraceEvent[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  return complete
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TraceEvent);
}
