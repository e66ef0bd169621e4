import type { Ended } from './processes.ts';

/** What act printed about a run. */
export interface RunLog {
  readonly succeeded: boolean;
  /** How many steps, with their post steps, ended well and not. */
  readonly steps: string;
  /** Warnings and errors of the steps. */
  readonly remarks: readonly string[];
  readonly lines: readonly string[];
  /** All that a person would read, whole. */
  readonly text: string;
}

/** A line of act with `--json`. */
interface Line {
  readonly msg?: string;
  readonly level?: string;
  readonly job?: string;
  readonly stage?: string;
  readonly step?: string;
  readonly stepResult?: string;
  readonly executionTime?: number;
  readonly command?: string;
  readonly raw_output?: boolean;
}

/** Reads what act printed with `--json`. */
export function readLog({ status, output }: Ended): RunLog {
  const lines = output.split('\n').flatMap(parseLine);
  const ended = lines.filter(
    ({ stepResult, executionTime }) => stepResult !== undefined && executionTime !== undefined,
  );
  const bad = ended.filter(({ stepResult }) => stepResult !== 'success').length;
  return {
    succeeded: status === 0,
    steps: bad === 0 ? String(ended.length) : `${ended.length}, ${bad} not passed`,
    remarks: lines
      .filter(({ command }) => command === 'warning' || command === 'error')
      .map(({ msg = '' }) => msg.trim()),
    lines: lines
      .filter(
        ({ msg = '' }) =>
          !/unable to get git|docker connection|^LocalRepositoryCache|set-output/.test(msg),
      )
      .map(({ job = '', msg = '' }) => `${job.trim()} | ${msg.trim().slice(0, 300)}`),
    text: lines.map(({ msg = '' }) => msg).join('\n'),
  };
}

function parseLine(line: string): Line[] {
  if (line.trim() === '') return [];
  try {
    return [JSON.parse(line) as Line];
  } catch {
    return [{ msg: line }];
  }
}
