import { getInput } from '@actions/core';
import { parseBoolean } from '../../../core/inputs/parsers.ts';
import { type Inline, inline, prose } from '../../../core/runner/markdown.ts';
import type { AuraReport } from '../report.ts';
import { summaryOfNoStart } from './failure.ts';

/** Writes the summary of a step that has not begun, because of its inputs or its surroundings. */
export function summarizeNoStart(report: AuraReport, failure: Error): void {
  // Outside a runner there is no summary, and the error is enough.
  if (process.env['GITHUB_STEP_SUMMARY'] && isWanted()) report.summary(summaryOfNoStart(failure));
}

/** Writes why a step has nothing to do. */
export function summarizeIdle(
  report: AuraReport,
  { skipped, notice }: { readonly skipped: boolean; readonly notice: string },
): void {
  if (!isWanted()) return;
  const title = skipped ? inline`Neo4j Aura: step skipped` : inline`Neo4j Aura: nothing to do`;
  report.summary({ title, blocks: [{ text: prose(notice) }] });
}

/** Writes a line of a post step, which has no session with settings. */
export function summarizeLine(report: AuraReport, text: Inline): void {
  if (isWanted()) report.summary({ blocks: [{ text }] });
}

/** An input that cannot be read, or that is missing, does not turn the summary off. */
function isWanted(): boolean {
  const summary = parseBoolean(getInput('summary'));
  return !('value' in summary) || summary.value;
}
