import * as v from 'valibot';
import { readJson } from '../core/json.ts';

/** The simulator of a step: enough to find it again, and to recognize it. */
export interface Saved {
  /** Where its program prints its address. */
  readonly file: string;
  /** Random for each simulator: after its end, another one may have its port. */
  readonly clientId: string;
}

const key = 'simulator';
const schema = v.object({ file: v.string(), clientId: v.string() });

/** What the main step saves; nothing means that the post step has nothing to do. */
export function saveState(
  report: { readonly saveState: (key: string, value: string) => void },
  saved: Saved | undefined,
): void {
  report.saveState(key, saved === undefined ? '' : JSON.stringify(saved));
}

/** Undefined if the main step started no simulator. */
export function readState(env: Readonly<Record<string, string | undefined>>): Saved | undefined {
  return readJson(schema, env[`STATE_${key}`] ?? '');
}
