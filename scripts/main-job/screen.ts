import type { StepResult } from '../../harness/runner/fake-runner.ts';
import type { Run } from './jobs.ts';
import { describe, type Played } from './world.ts';

/** Characters of a line. */
const width = 98;

const prefixes: Readonly<Record<string, string>> = {
  '##[group]': '',
  '##[error]': 'Error: ',
  '##[warning]': 'Warning: ',
  '##[notice]': 'Notice: ',
  '##[debug]': 'Debug: ',
};

/** The whole log of a run, as GitHub's log view shows it. */
export function wholeLog({ results }: Played): string[] {
  return results
    .flatMap(({ log }) => log)
    .filter((line) => line !== '##[endgroup]')
    .map((line) => `    ${display(line)}`);
}

/** A run in a few lines: the event, the operation, Aura before and after, and the action's words. */
export function summaryOf(run: Run, played: Played): string[] {
  const [main] = played.results;
  const operation = main?.outputs['operation'] ?? '';
  const [before, after] = [describe(played.before), describe(played.after)];
  const change = before === after ? after : `${before} -> ${after}`;
  const heading = `  ${run.title.padEnd(22)}${operation.padEnd(9)}Aura: ${change}`;
  return [heading, ...(main === undefined ? [] : saidBy(main)).map((line) => `    | ${line}`)].map(
    cut,
  );
}

/**
 * The first and the last line of the action's own log: what it is about to do on which instance, and
 * how that ended. The rest of the log is for those who look for a cause.
 */
function saidBy({ log }: StepResult): string[] {
  const runnersOwn = log.indexOf('##[endgroup]') + 1;
  const said: string[] = [];
  let inGroup = false;
  for (const line of log.slice(runnersOwn)) {
    if (line.startsWith('##[group]')) inGroup = true;
    else if (line === '##[endgroup]') inGroup = false;
    else if (!inGroup && line.trim() !== '') said.push(display(line).trim());
  }
  return said.length <= 2 ? said : [said[0] ?? '', said.at(-1) ?? ''];
}

function display(line: string): string {
  const [prefix, words] = Object.entries(prefixes).find(([start]) => line.startsWith(start)) ?? [
    '',
    '',
  ];
  return words + line.slice(prefix.length);
}

function cut(line: string): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
