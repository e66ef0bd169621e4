import { linesOf } from '../../../harness/world/support.ts';
import type { StepResult } from '../../../harness/runner/fake-runner.ts';

/** What a person reads in the log of a step, with the ids of this run replaced by their order. */
export function logOf(result: StepResult, ids: readonly string[] = []): string {
  const text = linesOf(result).join('\n');
  const named = ids.reduce((all, id, index) => all.replaceAll(id, `<id ${index + 1}>`), text);
  return named.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>');
}
