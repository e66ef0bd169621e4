import * as v from 'valibot';
import { lenient } from '../json.ts';
import {
  type StoreOptions,
  type Task,
  guarded,
  list,
  make,
  mark,
  retire,
} from './deployment-requests.ts';

/** The text that the jobs of a repository share. Neither method throws, except when cancelled. */
export interface SharedText {
  /**
   * What was stored, newest first: there may be several for a short time.
   *
   * @returns undefined if GitHub did not answer.
   */
  read(): Promise<readonly string[] | undefined>;
  /** Stores a text and deletes the older ones. */
  write(text: string): Promise<void>;
}

interface SharedTextOptions {
  /** The end of the deployments' task. */
  readonly name: string;
  /** The text as named in a warning, such as `the shared key`. */
  readonly what: string;
}

/** A step waits for each of them before it can send its first request. */
const reading = { milliseconds: 5_000, attempts: 2 } as const;
const writing = { milliseconds: 10_000, attempts: 1 } as const;

/**
 * Stores one text as GitHub deployments of one task. Their payload has another form than that of a
 * `DeploymentStore`, so neither reads or deletes the entries of the other, whatever their names.
 * Source: GitHub's REST documentation, "Deployments" and "Deployment statuses".
 */
export function createSharedText(
  options: StoreOptions,
  { name, what }: SharedTextOptions,
): SharedText {
  let warned = false;
  // A step may need the text for hours, and GitHub may answer again: only the warning is not repeated.
  const warnOnce: StoreOptions = {
    ...options,
    warn: (text) => {
      (warned ? options.debug : options.warn)(text);
      warned = true;
    },
  };
  // The next writer deletes what is left.
  const quiet: StoreOptions = { ...options, warn: options.debug };
  const task = (verb: string, limits: Pick<Task, 'milliseconds' | 'attempts'>): Task => ({
    tried: `${verb} ${what}`,
    ...limits,
  });
  return {
    read: () =>
      guarded(warnOnce, task('look for', reading), async (api) =>
        (await list(api, name)).flatMap(({ payload }) => textOf(payload) ?? []),
      ),
    write: async (text) => {
      const own = await guarded(warnOnce, task('store', writing), async (api) => {
        const id = await make(api, options.ref, { name, payload: { shared: text } });
        // It deploys nothing, so it should not look like an active deployment.
        await mark(api, id, { state: 'inactive' });
        return id;
      });
      if (own === undefined) return;
      await guarded(quiet, task('delete older values of', writing), async (api) => {
        const all = (await list(api, name)).filter(({ payload }) => textOf(payload) !== undefined);
        // Of several writers at the same time, only the last one deletes.
        if (all.some(({ id }) => id > own)) return;
        for (const { id } of all) if (id < own) await retire(api, id);
      });
    },
  };
}

const payloadObject = v.object({ shared: v.string() });
/** GitHub returns an object, or its JSON. */
const anyPayload = lenient(
  v.union([payloadObject, v.pipe(v.string(), v.parseJson(), payloadObject)]),
);

function textOf(payload: unknown): string | undefined {
  return v.parse(anyPayload, payload)?.shared;
}
