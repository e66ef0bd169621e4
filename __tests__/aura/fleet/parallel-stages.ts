import { AsyncLocalStorage } from 'node:async_hooks';
import type { StageDriver } from '../../../harness/runner/fake-runner.ts';
import { splitLines } from '../../../harness/runner/lines.ts';
import type { DrivenClock } from '../../../simulator/core/clock.ts';
import { stages } from '../in-process/driver.ts';

/** What a process would have for itself. */
interface Own {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: ReturnType<typeof splitLines>;
  readonly stderr: ReturnType<typeof splitLines>;
}

/** Runs stages in this process, many at once. */
export interface ParallelStages {
  readonly driver: StageDriver;
  /** Gives the process its environment and its streams back. */
  readonly restore: () => void;
}

/**
 * Prepares this process: each stage has its own environment and streams, as in a process
 * of its own. There are no cancellations and no traces.
 *
 * @param clock moves only when the caller moves it.
 */
export function parallelStages(clock: DrivenClock): ParallelStages {
  const running = new AsyncLocalStorage<Own>();
  const { env } = process;
  const undo = [
    replace(process, 'env', {
      get: () => running.getStore()?.env ?? env,
    }),
    ...(['stdout', 'stderr'] as const).map((name) => {
      const write = process[name].write.bind(process[name]);
      const take = (chunk: string | Uint8Array): boolean => {
        const own = running.getStore();
        if (own === undefined) return write(chunk);
        own[name].write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
        return true;
      };
      return replace(process[name], 'write', { value: take, writable: true });
    }),
  ];
  return {
    driver: {
      now: () => clock.now(),
      run: async ({ stage, env: variables, onLine }) => {
        const end = { failed: false };
        const onStageLine = (line: string): void => {
          // All stages share the exit code of the process.
          end.failed ||= line.startsWith('::error');
          onLine(line);
        };
        const own: Own = {
          env: { ...variables },
          stdout: splitLines(onStageLine),
          stderr: splitLines(onStageLine),
        };
        const { signal } = new AbortController();
        await running.run(own, () => stages[stage]({ clock, signal }));
        own.stdout.end();
        own.stderr.end();
        const [stdout, stderr] = [own.stdout.text(), own.stderr.text()];
        return {
          exitCode: end.failed ? 1 : 0,
          signal: null,
          stdout,
          stderr,
          cancelled: false,
          trace: [],
        };
      },
    },
    restore: () => {
      for (const back of undo) back();
      // Stages that failed have set it.
      process.exitCode = undefined;
    },
  };
}

/** Replaces a property; the returned function puts it back. */
function replace(holder: object, name: string, property: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(holder, name);
  Object.defineProperty(holder, name, { ...property, configurable: true, enumerable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(holder, name);
    else Object.defineProperty(holder, name, before);
  };
}
